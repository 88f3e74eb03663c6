#pragma once

#include "core/engine/hookhealth.h"
#include "core/engine/testcall.h"

#include <QDateTime>
#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include <functional>

namespace ringlift::app {

/// Would this phone catch a call right now? The answer in words, and what to do where it is not yes.
class HealthController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(Verdict verdict READ verdict NOTIFY changed)
    Q_PROPERTY(QString headline READ headline NOTIFY changed)
    Q_PROPERTY(QString explanation READ explanation NOTIFY changed)
    Q_PROPERTY(QString advice READ advice NOTIFY changed)
    Q_PROPERTY(QString meantime READ meantime NOTIFY changed)
    Q_PROPERTY(Remedy remedy READ remedy NOTIFY changed)
    Q_PROPERTY(QVariantList checks READ checks NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(QString notice READ notice NOTIFY changed)
    Q_PROPERTY(bool testing READ isTesting NOTIFY changed)
    Q_PROPERTY(QString testResult READ testResult NOTIFY changed)
    Q_PROPERTY(bool testPassed READ hasPassedTest NOTIFY changed)

public:
    enum Verdict { Asking, Yes, Perhaps, No };
    Q_ENUM(Verdict)
    /// Note: neither good nor bad.
    enum State { Fine, Caution, Problem, Unknown, Note };
    Q_ENUM(State)
    /// What this app offers to do about the first thing that is not in order.
    enum Remedy { NoRemedy, Register, ProveNumber, OpenSettings };
    Q_ENUM(Remedy)
    using Clock = std::function<QDateTime()>;

    /// @param clock for the age of what is shown.
    explicit HealthController(Clock clock = &QDateTime::currentDateTime, QObject *parent = nullptr);

    Verdict verdict() const;
    QString headline() const;
    /// What stands first in the way; empty when nothing does.
    QString explanation() const;
    QString advice() const;
    /// What holds in any case.
    QString meantime() const;
    Remedy remedy() const;
    /// {name, state, stateName, sentence, advice, time, moment} of each; the last may be that of the dialer's ring.
    QVariantList checks() const;
    /// The server is being tried.
    bool isBusy() const { return m_busy; }
    /// Why it was not.
    QString notice() const;
    /// A test call is being made.
    bool isTesting() const { return m_testing; }
    /// What came of the last one; empty when there was none.
    QString testResult() const;
    bool hasPassedTest() const { return m_test && m_test->outcome == engine::TestOutcome::Passed; }
    void retranslate() { Q_EMIT changed(); }

    /// The page is on the screen: what it shows has to be true.
    Q_INVOKABLE void setWatched(bool watched);
    /// Tries the server as well.
    Q_INVOKABLE void checkNow();
    Q_INVOKABLE void makeTestCall();

public Q_SLOTS:
    void onHealthTold(const ringlift::engine::HookHealth &health, ringlift::engine::ProbeOutcome probe);
    void onTestCallTold(const ringlift::engine::TestReport &report);
    /// Something that the answer depends on is another now.
    void onFactsChanged();

Q_SIGNALS:
    void changed();
    /// probe: log in at the server first.
    void askRequested(bool probe);
    void testCallRequested();

private:
    engine::HookVerdict judgement() const;
    bool hasDisappointed() const;
    bool isManual() const;
    const engine::HookCheck *foremost() const;
    QVariantMap shown(const engine::HookCheck &check) const;

    const Clock m_clock;
    std::optional<engine::HookHealth> m_health;
    engine::ProbeOutcome m_probe = engine::ProbeOutcome::None;
    bool m_watched = false;
    bool m_busy = false;
    std::optional<engine::TestReport> m_test;
    bool m_testing = false;
};

} // namespace ringlift::app
