#include "core/engine/testcall.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::engine;
using namespace std::chrono_literals;

namespace {

constexpr CallHandle kCall{4};

CallInfo answered()
{
    CallInfo info;
    info.handle = kCall;
    info.test = true;
    info.ip = IpState::Answered;
    return info;
}

CallRecord record(CallEnd end, StayReason stay = StayReason::None, bool wasAnswered = false)
{
    CallRecord record;
    record.end = end;
    record.stay = stay;
    record.answered = wasAnswered;
    return record;
}

struct Rig {
    Rig() { call.want(); }

    TestReport report() const { return told.isEmpty() ? TestReport{} : told.constLast().at(0).value<TestReport>(); }
    /// Gives the device back what it says, until the call is to end.
    void hearEchoes()
    {
        const auto device = call.deviceFactory()();
        device->start(true);
        std::array<std::int16_t, ports::AudioDevice::kFrameSamples> frame{};
        QTRY_VERIFY_WITH_TIMEOUT((device->read(frame), device->write(frame), !hangUps.isEmpty()), 10'000);
    }

    TestCall call{{2s, 200ms, 10ms}};
    QSignalSpy told{&call, &TestCall::told};
    QSignalSpy hangUps{&call, &TestCall::hangUpWanted};
};

} // namespace

class TestTestCall : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsThatTheEchoCame()
    {
        Rig rig;
        rig.call.begun(kCall);
        QVERIFY(rig.call.isRunning() && rig.call.concerns(kCall));
        rig.call.changed(answered());
        rig.hearEchoes();
        rig.call.finished(record(CallEnd::LocalHangUp, StayReason::None, true));
        QCOMPARE(rig.report().outcome, TestOutcome::Passed);
        QVERIFY(rig.report().echo && *rig.report().echo < 1s);
        QVERIFY(rig.report().toAnswer);
        QVERIFY(!rig.call.isRunning());
    }

    void givesUpWhenNothingComesBack()
    {
        Rig rig;
        rig.call.begun(kCall);
        rig.call.changed(answered());
        QTRY_COMPARE(rig.hangUps.size(), 1);
        QCOMPARE(rig.hangUps.constFirst().at(0).value<CallHandle>(), kCall);
        rig.call.finished(record(CallEnd::LocalHangUp, StayReason::None, true));
        QCOMPARE(rig.report().outcome, TestOutcome::Silent);
        QVERIFY(!rig.report().echo);
    }

    void givesUpWhenNobodyAnswers()
    {
        Rig rig;
        rig.call.begun(kCall);
        QTRY_COMPARE(rig.hangUps.size(), 1);
        rig.call.finished(record(CallEnd::LocalHangUp));
        QCOMPARE(rig.report().outcome, TestOutcome::NotTaken);
        QVERIFY(!rig.report().toAnswer);
    }

    void tellsWhyNoCallWasMade_data()
    {
        QTest::addColumn<TestRefusal>("reason");
        QTest::addColumn<TestOutcome>("outcome");
        QTest::newRow("not registered") << TestRefusal::NotRegistered << TestOutcome::NotRegistered;
        QTest::newRow("call up") << TestRefusal::CallUp << TestOutcome::CallUp;
        QTest::newRow("emergency mode") << TestRefusal::EmergencyMode << TestOutcome::EmergencyMode;
        QTest::newRow("no server") << TestRefusal::ServerUnreachable << TestOutcome::ServerUnreachable;
        QTest::newRow("no echo peer") << TestRefusal::NoEchoPeer << TestOutcome::NoEchoPeer;
    }
    void tellsWhyNoCallWasMade()
    {
        QFETCH(const TestRefusal, reason);
        QFETCH(const TestOutcome, outcome);
        Rig rig;
        rig.call.refused(reason);
        QCOMPARE(rig.report().outcome, outcome);
        rig.call.refused(reason); // nobody waits any more
        QCOMPARE(rig.told.size(), 1);
    }

    void tellsHowACallFailed_data()
    {
        QTest::addColumn<CallEnd>("end");
        QTest::addColumn<StayReason>("stay");
        QTest::addColumn<TestOutcome>("outcome");
        const auto row = [](const char *name, CallEnd end, StayReason stay, TestOutcome outcome) {
            QTest::newRow(name) << end << stay << outcome;
        };
        row("server gone", CallEnd::Failed, StayReason::ServerUnreachable, TestOutcome::ServerUnreachable);
        row("too many", CallEnd::Failed, StayReason::ServerRefused, TestOutcome::ServerRefused);
        row("busy", CallEnd::Failed, StayReason::NoMatch, TestOutcome::NotTaken);
        row("no path", CallEnd::Failed, StayReason::NoPath, TestOutcome::NoPath);
        row("path lost", CallEnd::MediaLost, StayReason::None, TestOutcome::NoPath);
        row("another card", CallEnd::Failed, StayReason::KeyAgreementFailed, TestOutcome::NotTrusted);
        row("a call of the user's", CallEnd::LocalHangUp, StayReason::None, TestOutcome::Interrupted);
        row("hung up there", CallEnd::RemoteHangUp, StayReason::None, TestOutcome::NotTaken);
    }
    void tellsHowACallFailed()
    {
        QFETCH(const CallEnd, end);
        QFETCH(const StayReason, stay);
        QFETCH(const TestOutcome, outcome);
        Rig rig;
        rig.call.begun(kCall);
        rig.call.finished(record(end, stay));
        QCOMPARE(rig.report().outcome, outcome);
        QVERIFY(rig.hangUps.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestTestCall)
#include "tst_testcall.moc"
