#include "platform/linux/ofonomodem.h"

#include "platform/linux/simvalues.h"

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
            imsi = textIn(value);
        else if (interface == kOfonoSim && name == "SubscriberNumbers"_L1)
            ownNumbers = textsIn(value);
        else if (interface == kOfonoNetwork && name == "MobileCountryCode"_L1)
            servingMcc = textIn(value);
        else if (interface == kOfonoCalls && name == "EmergencyNumbers"_L1)
            emergencyNumbers = textsIn(value);
    }
}

SimInfo OfonoModem::sim() const
{
    SimInfo sim;
    sim.slot = slot;
    sim.emergencyNumbers = emergencyNumbersOf(emergencyNumbers);
    sim.homeRegion = regionOfOperator(imsi);
    sim.servingRegion = regionOfOperator(servingMcc);
    if (sim.servingRegion.empty())
        sim.servingRegion = sim.homeRegion;
    if (!online || !simPresent || !has(kOfonoCalls) || !isImsi(imsi))
        return sim;
    sim.present = true;
    sim.imsi = Redacted(imsi.toStdString());
    sim.ownNumber = Redacted(ownNumberOf(ownNumbers, sim.homeRegion));
    return sim;
}

} // namespace ringlift::modem
