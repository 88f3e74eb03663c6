#include "platform/linux/modemmanagermodem.h"

namespace ringlift::modem {

using namespace Qt::StringLiterals;

namespace {

constexpr int kEnabled = 6; // MM_MODEM_STATE_ENABLED; from here on calls can be dialled

} // namespace

void ModemManagerModem::apply(const QString &interface, const Properties &properties)
{
    if (interface == kVoiceInterface)
        hasVoice = true;
    for (auto property = properties.begin(); property != properties.end(); ++property) {
        const QString &name = property.key();
        const QVariant &value = property.value();
        if (interface == kModemInterface && name == "State"_L1)
            state = numberIn(value).value_or(state);
        else if (interface == kModemInterface && name == "Device"_L1)
            device = textIn(value);
        else if (interface == kModemInterface && name == "Sim"_L1)
            simPath = pathIn(value);
        else if (interface == kModemInterface && name == "OwnNumbers"_L1)
            facts.ownNumbers = textsIn(value);
        else if (interface == kModem3gppInterface && name == "OperatorCode"_L1)
            facts.servingOperator = textIn(value);
        else if (interface == kVoiceInterface && name == "EmergencyOnly"_L1)
            emergencyOnly = flagIn(value);
    }
}

void ModemManagerModem::applySim(const Properties &properties)
{
    if (const auto value = properties.constFind(u"Imsi"_s); value != properties.cend())
        facts.imsi = textIn(*value);
    if (const auto value = properties.constFind(u"EmergencyNumbers"_s); value != properties.cend())
        facts.emergencyNumbers = textsIn(*value);
}

void ModemManagerModem::forgetSim()
{
    facts.imsi.clear();
    facts.emergencyNumbers.clear();
}

SimInfo ModemManagerModem::sim() const
{
    return simInfoOf(slot, facts, state >= kEnabled && hasVoice);
}

} // namespace ringlift::modem
