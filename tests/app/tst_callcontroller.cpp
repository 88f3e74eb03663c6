#include "app/callcontroller.h"
#include "tests/app/callinfos.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringlift;
using namespace std::chrono_literals;
using app::CallController;
using call::CallHandle;
using test::ringingAbroad;
using test::ringingHere;
using test::talkingOnInternet;

namespace {

call::CallInfo ended(call::CallInfo info)
{
    info.end = call::CallEnd::RemoteHangUp;
    return info;
}

call::CallInfo wantingAnswer(std::uint32_t handle)
{
    call::CallInfo info = ringingHere(handle);
    info.wantsAnswer = true;
    return info;
}

} // namespace

class TestCallController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsNothingAtFirst();
    void showsADialledCall();
    void showsACallThatFailedAtOnce();
    void keepsARingingCallApartFromTheCurrentOne();
    void showsAnAnsweredCallAsCurrent();
    void takesAnEndedCallAwayAfterAWhile();
    void keepsALostCallUntilItIsRedialledOrClosed();
    void returnsToTheOtherCallWhenOneEnds();
    void passesWhatTheUserAsksForToTheEngine();
    void asksForNothingThatTheCallDoesNotOffer();
    void tellsTheCallerOfTheRingOnlyWhenItIsOnTheScreen();
    void tellsTheCallerOfTheRingOnlyOnce();
    void countsTheSecondsOfATalk();
    void ignoresNewsOfUnknownCalls();
    void putsAQuestionBeforeItsUser();
    void passesTheWordForACallThatAsks();
};

void TestCallController::putsAQuestionBeforeItsUser()
{
    CallController calls;
    const QSignalSpy asked(&calls, &CallController::questionAsked);
    call::CallInfo asking = ringingAbroad(1);
    calls.onCallChanged(asking);
    calls.onCallChanged(ringingAbroad(2));
    asking.asksToMove = true;
    calls.onCallChanged(asking);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(calls.current().callHandle(), CallHandle{1});
    asking.muted = true;
    calls.onCallChanged(asking); // the same question
    QCOMPARE(asked.size(), 1);
    call::CallInfo ring = ringingHere(3);
    ring.stay = call::StayReason::None;
    ring.asksToMove = true;
    calls.onCallChanged(ring);
    QCOMPARE(asked.size(), 2);
    QCOMPARE(calls.incoming().callHandle(), CallHandle{3});
    QCOMPARE(calls.current().callHandle(), CallHandle{1});
}

void TestCallController::passesTheWordForACallThatAsks()
{
    CallController calls;
    const QSignalSpy allowed(&calls, &CallController::moveAllowed);
    const QSignalSpy kept(&calls, &CallController::stayCellularRequested);
    call::CallInfo info = ringingAbroad(1);
    calls.onCallChanged(info);
    calls.allowMove(); // it has not asked
    calls.keepOnPhone();
    QCOMPARE(allowed.size() + kept.size(), 0);
    info.asksToMove = true;
    calls.onCallChanged(info);
    calls.allowMove();
    QCOMPARE(allowed.size(), 1);
    calls.keepOnPhone();
    QCOMPARE(kept.size(), 1);
    call::CallInfo ring = ringingHere(2);
    ring.stay = call::StayReason::None;
    ring.asksToMove = true;
    calls.onCallChanged(ring);
    calls.allowMove();
    QCOMPARE(allowed.constLast().at(0).value<CallHandle>(), CallHandle{2});
}

void TestCallController::showsNothingAtFirst()
{
    CallController calls;
    QVERIFY(!calls.isActive());
    QVERIFY(!calls.isRinging());
    QVERIFY(calls.others().isEmpty());
}

void TestCallController::showsADialledCall()
{
    CallController calls;
    const QSignalSpy changed(&calls, &CallController::changed);
    calls.onCallChanged(ringingAbroad());
    QVERIFY(calls.isActive());
    QCOMPARE(calls.current().handle(), 1U);
    QCOMPARE(changed.size(), 1);
}

void TestCallController::showsACallThatFailedAtOnce()
{
    CallController calls;
    call::CallInfo failed = ringingAbroad(5);
    failed.end = call::CallEnd::Failed;
    failed.stay = call::StayReason::NotRegistered;
    calls.onCallChanged(failed);
    calls.onCallFinished(CallHandle(5), {});
    QCOMPARE(calls.current().status(), QStringLiteral("The call could not be connected."));
    QVERIFY(calls.current().explanation().contains(QStringLiteral("not registered")));
}

void TestCallController::keepsARingingCallApartFromTheCurrentOne()
{
    CallController calls;
    calls.onCallChanged(talkingOnInternet(1));
    calls.onCallChanged(wantingAnswer(2));
    QCOMPARE(calls.current().handle(), 1U);
    QCOMPARE(calls.incoming().handle(), 2U);
    QVERIFY(calls.others().isEmpty());
}

void TestCallController::showsAnAnsweredCallAsCurrent()
{
    CallController calls;
    calls.onCallChanged(wantingAnswer(2));
    QVERIFY(!calls.isActive());
    call::CallInfo answered = wantingAnswer(2);
    answered.answeredAt = TimePoint();
    calls.onCallChanged(answered);
    QVERIFY(calls.isActive());
    QVERIFY(!calls.isRinging());
}

void TestCallController::takesAnEndedCallAwayAfterAWhile()
{
    CallController calls;
    calls.setReadingTime(0ms);
    calls.onCallChanged(talkingOnInternet());
    calls.onCallChanged(ended(talkingOnInternet()));
    QVERIFY(calls.current().isEnded());
    QTRY_VERIFY(!calls.isActive());
}

void TestCallController::keepsALostCallUntilItIsRedialledOrClosed()
{
    CallController calls;
    calls.setReadingTime(0ms);
    call::CallInfo lost = ended(talkingOnInternet());
    lost.offersRedial = true;
    calls.onCallChanged(lost);
    QCoreApplication::processEvents();
    QVERIFY(calls.current().canRedial());

    const QSignalSpy redial(&calls, &CallController::redialRequested);
    calls.redial();
    QCOMPARE(redial.size(), 1);
    calls.dismiss();
    QVERIFY(!calls.isActive());
}

void TestCallController::returnsToTheOtherCallWhenOneEnds()
{
    CallController calls;
    calls.onCallChanged(talkingOnInternet(1));
    calls.onCallChanged(talkingOnInternet(2));
    QCOMPARE(calls.current().handle(), 2U); // the last that was dialled
    QCOMPARE(calls.others().size(), 1);
    calls.show(1);
    QCOMPARE(calls.current().handle(), 1U);
    calls.show(2);
    calls.onCallChanged(ended(talkingOnInternet(2)));
    QCOMPARE(calls.current().handle(), 1U);
    QVERIFY(calls.others().isEmpty());
}

void TestCallController::passesWhatTheUserAsksForToTheEngine()
{
    CallController calls;
    call::CallInfo info = talkingOnInternet(3);
    info.moved = false;
    info.leg = LegState::Active;
    calls.onCallChanged(info);
    calls.onCallChanged(wantingAnswer(4));
    const QSignalSpy answer(&calls, &CallController::answerRequested);
    const QSignalSpy decline(&calls, &CallController::declineRequested);
    const QSignalSpy hangUp(&calls, &CallController::hangUpRequested);
    const QSignalSpy mute(&calls, &CallController::muteRequested);
    const QSignalSpy digits(&calls, &CallController::digitsRequested);
    const QSignalSpy stay(&calls, &CallController::stayCellularRequested);
    const QSignalSpy sas(&calls, &CallController::sasAnswered);
    calls.answer();
    calls.decline();
    calls.hangUp();
    calls.setMuted(true);
    calls.sendDigits(QStringLiteral("5"));
    calls.stayOnPhone();
    calls.answerSas(false);
    QCOMPARE(answer.at(0).at(0).value<CallHandle>(), CallHandle(4));
    QCOMPARE(decline.at(0).at(0).value<CallHandle>(), CallHandle(4));
    QCOMPARE(hangUp.at(0).at(0).value<CallHandle>(), CallHandle(3));
    QCOMPARE(mute.at(0).at(1).toBool(), true);
    QCOMPARE(digits.at(0).at(1).toString(), QStringLiteral("5"));
    QCOMPARE(stay.size(), 1);
    QCOMPARE(sas.at(0).at(1).toBool(), false);
}

void TestCallController::asksForNothingThatTheCallDoesNotOffer()
{
    CallController calls;
    const QList<QSignalSpy *> none{new QSignalSpy(&calls, &CallController::answerRequested),
                                   new QSignalSpy(&calls, &CallController::hangUpRequested),
                                   new QSignalSpy(&calls, &CallController::redialRequested),
                                   new QSignalSpy(&calls, &CallController::stayCellularRequested),
                                   new QSignalSpy(&calls, &CallController::sasAnswered)};
    const auto ask = [&calls] {
        calls.answer();
        calls.redial();
        calls.stayOnPhone();
        calls.answerSas(true);
    };
    calls.hangUp();
    ask();
    call::CallInfo info = ringingAbroad();
    info.stay = call::StayReason::NoMatch;
    calls.onCallChanged(info);
    ask();
    for (const QSignalSpy *const spy : none)
        QCOMPARE(spy->size(), 0);
    qDeleteAll(none);
}

void TestCallController::tellsTheCallerOfTheRingOnlyWhenItIsOnTheScreen()
{
    CallController calls;
    const QSignalSpy shown(&calls, &CallController::ringShown);
    calls.onIncomingShown(CallHandle(2));
    calls.onCallChanged(ringingHere(2));
    QVERIFY(calls.isRinging());
    QCOMPARE(shown.size(), 0);
    calls.setRingOnScreen(true);
    QCOMPARE(shown.size(), 1);
    QCOMPARE(shown.at(0).at(0).value<CallHandle>(), CallHandle(2));
}

void TestCallController::tellsTheCallerOfTheRingOnlyOnce()
{
    CallController calls;
    const QSignalSpy shown(&calls, &CallController::ringShown);
    calls.setRingOnScreen(true);
    calls.onCallChanged(wantingAnswer(2));
    QCOMPARE(shown.size(), 0);
    calls.onIncomingShown(CallHandle(2));
    calls.setRingOnScreen(true);
    calls.onCallChanged(wantingAnswer(2));
    QCOMPARE(shown.size(), 1);
}

void TestCallController::countsTheSecondsOfATalk()
{
    TimePoint now(10s);
    CallController calls([&now] { return now; });
    calls.onCallChanged(talkingOnInternet(1, TimePoint(10s)));
    QCOMPARE(calls.current().status(), QStringLiteral("0:00"));
    now += 62s;
    const QSignalSpy changed(&calls, &CallController::changed);
    QTRY_COMPARE(calls.current().status(), QStringLiteral("1:02"));
    QVERIFY(!changed.isEmpty());
}

void TestCallController::ignoresNewsOfUnknownCalls()
{
    CallController calls;
    calls.onCallFinished(CallHandle(9), {});
    calls.onAudioChanged(CallHandle(9), {});
    calls.onFiguresChanged(CallHandle(9), {});
    calls.show(9);
    QVERIFY(!calls.isActive());
}

QTEST_GUILESS_MAIN(TestCallController)
#include "tst_callcontroller.moc"
