#include "platform/linux/modemmanagermodem.h"

#include "platform/linux/simvalues.h"

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
            ownNumbers = textsIn(value);
        else if (interface == kModem3gppInterface && name == "OperatorCode"_L1)
            servingOperator = textIn(value);
        else if (interface == kVoiceInterface && name == "EmergencyOnly"_L1)
            emergencyOnly = flagIn(value);
    }
}

void ModemManagerModem::applySim(const Properties &properties)
{
    if (const auto value = properties.constFind(u"Imsi"_s); value != properties.cend())
        imsi = textIn(*value);
    if (const auto value = properties.constFind(u"EmergencyNumbers"_s); value != properties.cend())
        emergencyNumbers = textsIn(*value);
}

void ModemManagerModem::forgetSim()
{
    imsi.clear();
    emergencyNumbers.clear();
}

SimInfo ModemManagerModem::sim() const
{
    SimInfo sim;
    sim.slot = slot;
    sim.emergencyNumbers = emergencyNumbersOf(emergencyNumbers);
    sim.homeRegion = regionOfOperator(imsi);
    sim.servingRegion = regionOfOperator(servingOperator);
    if (sim.servingRegion.empty())
        sim.servingRegion = sim.homeRegion;
    if (state < kEnabled || !hasVoice || !isImsi(imsi))
        return sim;
    sim.present = true;
    sim.imsi = Redacted(imsi.toStdString());
    sim.ownNumber = Redacted(ownNumberOf(ownNumbers, sim.homeRegion));
    return sim;
}

} // namespace ringlift::modem
