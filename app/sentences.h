#pragma once

#include "core/call/phonemachine.h"
#include "core/engine/callengine.h"

#include <QCoreApplication>
#include <QString>

namespace ringlift::app {

/// What the states, reasons and faults of core mean to a person, in the language of the interface. Empty where there is
/// nothing to say.
class Sentences
{
    Q_DECLARE_TR_FUNCTIONS(Sentences)

public:
    static QString of(call::StayReason reason);
    static QString of(call::CallEnd end, CallDirection direction);
    static QString of(call::TrustLevel trust);
    static QString of(LegState leg);
    static QString of(call::IpState ip);
    static QString of(call::RegistrationFault fault);
    static QString of(const call::AccountStanding &standing);
    /// Why the registration was not deleted.
    static QString ofFailedDeletion(call::RegistrationFault fault);
    static QString of(engine::StartState state);

    /// "Try again in 5 minutes."
    static QString waiting(std::uint32_t seconds);
    /// "3 tries are left."
    static QString triesLeft(std::uint32_t tries);
};

} // namespace ringlift::app
