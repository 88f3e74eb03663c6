#pragma once

#include "tests/sim/plan.h"

/// What the people of a plan wish for their calls, and what follows from it: said anew, so that it can judge the
/// phones.
namespace ringlift::sim {

/// Whether calls with this number, empty when unknown, may move over that connection.
bool mayMove(const PhoneTraits &traits, const NetworkInfo &network, const std::string &peer);

/// Whether the phone asks its user before a call with this number moves.
bool asksFirst(const PhoneTraits &traits, const std::string &peer);

/// Drawn after everything else.
void drawWishes(Plan &plan, Draw &draw);

} // namespace ringlift::sim
