#pragma once

#include "core/ports/simcard.h"
#include "platform/linux/telephony.h"

namespace ringlift::modem {

/// The SIMs of a telephony service's modems.
class ModemSim : public ports::SimCard
{
    Q_OBJECT

public:
    /// telephony must outlive the SIMs.
    explicit ModemSim(Telephony &telephony, QObject *parent = nullptr) : SimCard(parent), m_telephony(telephony)
    {
        connect(&telephony, &Telephony::simsChanged, this, &ModemSim::changed);
    }

    std::vector<SimInfo> sims() const override { return m_telephony.sims(); }

private:
    Telephony &m_telephony;
};

} // namespace ringlift::modem
