#include "platform/linux/ofonomodem.h"

namespace ringlift::modem {

using namespace Qt::StringLiterals;

void OfonoModem::apply(const QString &interface, const Properties &properties)
{
    for (auto property = properties.begin(); property != properties.end(); ++property) {
        const QString &name = property.key();
        const QVariant &value = property.value();
        if (interface == kOfonoModem && name == "Online"_L1)
            online = flagIn(value);
        else if (interface == kOfonoModem && name == "Interfaces"_L1)
            interfaces = textsIn(value);
        else if (interface == kOfonoSim && name == "Present"_L1)
            simPresent = flagIn(value);
        else if (interface == kOfonoSim && name == "SubscriberIdentity"_L1)
            facts.imsi = textIn(value);
        else if (interface == kOfonoSim && name == "SubscriberNumbers"_L1)
            facts.ownNumbers = textsIn(value);
        else if (interface == kOfonoNetwork && name == "MobileCountryCode"_L1)
            facts.servingOperator = textIn(value);
        else if (interface == kOfonoCalls && name == "EmergencyNumbers"_L1)
            facts.emergencyNumbers = textsIn(value);
    }
}

SimInfo OfonoModem::sim() const
{
    return simInfoOf(slot, facts, online && simPresent && has(kOfonoCalls));
}

} // namespace ringlift::modem
