#pragma once

#include "core/engine/hookhealth.h"
#include "core/engine/testcall.h"

#include <QCoreApplication>
#include <QString>

namespace ringlift::app {

/// What the hook health means to a person, in the language of the interface.
class HealthSentences
{
    Q_DECLARE_TR_FUNCTIONS(HealthSentences)

public:
    static QString nameOf(engine::HookAspect aspect);
    static QString nameOf(engine::HookState state);
    static QString nameOfRing();
    static QString nameOfNote();
    /// What is so.
    static QString of(const engine::HookCheck &check);
    /// What to do about it; empty where there is nothing to do.
    static QString adviceOn(const engine::HookCheck &check);
    /// Whether the dialer's ring waits for the decision.
    static QString of(ports::RingHoldState state);
    /// Why the server was not tried; empty when it was, or nobody wanted it.
    static QString of(engine::ProbeOutcome probe);

    /// What came of a test call.
    static QString of(const engine::TestReport &report);

    /// manual: this device has no phone line.
    static QString headline(engine::HookVerdict verdict, bool manual);
    /// What the verdict means until something is done.
    static QString meantime(engine::HookVerdict verdict, bool manual);
    /// "0.21 s".
    static QString time(Duration took);
};

} // namespace ringlift::app
