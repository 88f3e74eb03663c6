#pragma once

#include "core/ports/simcard.h"

namespace ringlift::manual {

/// A device without SIM.
class ManualSim : public ports::SimCard
{
    Q_OBJECT

public:
    using SimCard::SimCard;

    std::vector<SimInfo> sims() const override { return {}; }
};

} // namespace ringlift::manual
