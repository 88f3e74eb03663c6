#include "app/ringer.h"
#include "tests/app/callinfos.h"

#include <QTest>

#include <vector>

using namespace ringlift;
using app::Ringer;
using call::CallHandle;
using media::Tone;
using test::ringingAbroad;
using test::ringingHere;
using test::talkingOnInternet;

namespace {

/// Notes what it is asked to play; the test says what became of it.
struct FakePlayer
{
    explicit FakePlayer(Ringer &ringer)
    {
        QObject::connect(&ringer, &Ringer::toneRequested, [this](Tone tone) { sounds = tone; ++starts; });
        QObject::connect(&ringer, &Ringer::silenceRequested, [this] { sounds.reset(); });
        QObject::connect(&ringer, &Ringer::ringPresented, [this](CallHandle call) { presented.push_back(call); });
    }

    std::optional<Tone> sounds;
    int starts = 0;
    std::vector<CallHandle> presented;
};

call::CallInfo wantingAnswer(std::uint32_t handle = 1)
{
    call::CallInfo info = ringingHere(handle);
    info.wantsAnswer = true;
    return info;
}

call::CallInfo movedWhileRinging(std::uint32_t handle = 1)
{
    call::CallInfo info = talkingOnInternet(handle);
    info.ip = call::IpState::Alerting;
    info.answeredAt.reset();
    return info;
}

template<typename Change>
call::CallInfo with(call::CallInfo info, Change change)
{
    change(info);
    return info;
}

} // namespace

Q_DECLARE_METATYPE(call::CallInfo)
Q_DECLARE_METATYPE(std::optional<Tone>)

class TestRinger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOnceThatACallHasMoved()
    {
        Ringer ringer;
        FakePlayer player(ringer);
        const auto moved = with(talkingOnInternet(), [](auto &info) { info.prompt = call::Prompt::Sound; });
        ringer.onCallChanged(moved);
        QCOMPARE(player.sounds, std::optional(Tone::Moved));
        ringer.onToneSettled();
        QTRY_VERIFY(!player.sounds);
        ringer.onCallChanged(with(moved, [](auto &info) { info.muted = true; }));
        QVERIFY(!player.sounds);
        QCOMPARE(player.starts, 1);
    }

    void isSilentAboutAMoveWhereItsUserWantsThat()
    {
        Ringer ringer;
        FakePlayer player(ringer);
        for (const auto prompt : {call::Prompt::Off, call::Prompt::Notice, call::Prompt::AskFirst})
            ringer.onCallChanged(with(talkingOnInternet(), [prompt](auto &info) { info.prompt = prompt; }));
        QCOMPARE(player.starts, 0);
    }

    void tellsOfAMoveAfterTheRing()
    {
        Ringer ringer;
        FakePlayer player(ringer);
        auto info = with(wantingAnswer(), [](auto &call) {
            call.prompt = call::Prompt::Sound;
            call.moved = true;
            call.ip = call::IpState::Alerting;
        });
        ringer.onCallChanged(info);
        QCOMPARE(player.sounds, std::optional(Tone::Ring));
        info.wantsAnswer = false;
        info.answeredAt = TimePoint();
        ringer.onCallChanged(info);
        QCOMPARE(player.sounds, std::optional(Tone::Moved));
        ringer.onCallFinished(info.handle);
        QVERIFY(!player.sounds);
    }

    void soundsWhatACallNeeds_data()
    {
        QTest::addColumn<call::CallInfo>("info");
        QTest::addColumn<std::optional<Tone>>("tone");
        const std::optional<Tone> silence;
        const std::optional<Tone> ring = Tone::Ring;
        const std::optional<Tone> ringback = Tone::Ringback;
        QTest::newRow("our own ring") << wantingAnswer() << ring;
        QTest::newRow("the phone's ring") << ringingHere() << silence;
        QTest::newRow("answered here") << with(wantingAnswer(), [](auto &info) { info.answeredAt = TimePoint(); }) << silence;
        QTest::newRow("ended before the answer")
            << with(wantingAnswer(), [](auto &info) { info.end = call::CallEnd::NoAnswer; }) << silence;
        QTest::newRow("rings there, heard on the cellular leg")
            << with(ringingAbroad(), [](auto &info) { info.ip = call::IpState::Alerting; }) << silence;
        QTest::newRow("moved while it rings there") << movedWhileRinging() << ringback;
        QTest::newRow("dialled without a leg") << with(ringingAbroad(), [](auto &info) {
            info.manual = true;
            info.leg = LegState::None;
            info.ip = call::IpState::Alerting;
        }) << ringback;
        QTest::newRow("does not ring there yet")
            << with(movedWhileRinging(), [](auto &info) { info.ip = call::IpState::Proven; }) << silence;
        QTest::newRow("answered there") << talkingOnInternet() << silence;
        QTest::newRow("given up") << with(movedWhileRinging(), [](auto &info) { info.end = call::CallEnd::LocalHangUp; }) << silence;
        QTest::newRow("lost, and to be placed again")
            << with(movedWhileRinging(), [](auto &info) { info.ip = call::IpState::Ended; }) << silence;
    }

    void soundsWhatACallNeeds()
    {
        QFETCH(const call::CallInfo, info);
        QFETCH(const std::optional<Tone>, tone);
        Ringer ringer;
        const FakePlayer player(ringer);
        ringer.onCallChanged(info);
        QVERIFY(player.sounds == tone);
    }

    void stopsTheRingWithTheAnswer()
    {
        Ringer ringer;
        const FakePlayer player(ringer);
        ringer.onCallChanged(wantingAnswer());
        ringer.onToneSettled();
        ringer.onCallChanged(with(wantingAnswer(), [](auto &info) { info.wantsAnswer = false; }));
        QVERIFY(!player.sounds);
    }

    void stopsWhenTheCallIsOver()
    {
        Ringer ringer;
        const FakePlayer player(ringer);
        ringer.onCallChanged(movedWhileRinging());
        ringer.onCallFinished(CallHandle(2));
        QVERIFY(player.sounds == Tone::Ringback);
        ringer.onCallFinished(CallHandle(1));
        QVERIFY(!player.sounds);
    }

    void goesOnWithTheToneThroughOtherNews()
    {
        Ringer ringer;
        const FakePlayer player(ringer);
        ringer.onCallChanged(wantingAnswer());
        ringer.onCallChanged(with(wantingAnswer(), [](auto &info) { info.sas = "123456"; }));
        ringer.onCallChanged(talkingOnInternet(2));
        QCOMPARE(player.starts, 1);
    }

    void letsTheRingGoBeforeTheRingback()
    {
        Ringer ringer;
        const FakePlayer player(ringer);
        ringer.onCallChanged(movedWhileRinging(1));
        ringer.onCallChanged(wantingAnswer(2));
        QVERIFY(player.sounds == Tone::Ring);
        ringer.onCallFinished(CallHandle(2));
        QVERIFY(player.sounds == Tone::Ringback);
    }

    void presentsARingOnceItIsSeenAndHeard_data()
    {
        QTest::addColumn<bool>("heardFirst");
        QTest::newRow("seen, then heard") << false;
        QTest::newRow("heard, then seen") << true;
    }

    void presentsARingOnceItIsSeenAndHeard()
    {
        QFETCH(const bool, heardFirst);
        Ringer ringer;
        const FakePlayer player(ringer);
        ringer.onCallChanged(wantingAnswer());
        heardFirst ? ringer.onToneSettled() : ringer.onRingShown(CallHandle(1));
        QVERIFY(player.presented.empty());
        heardFirst ? ringer.onRingShown(CallHandle(1)) : ringer.onToneSettled();
        ringer.onCallChanged(wantingAnswer());
        QCOMPARE(player.presented, std::vector{CallHandle(1)});
    }

    void presentsASecondRingWhileTheFirstSounds()
    {
        Ringer ringer;
        const FakePlayer player(ringer);
        ringer.onCallChanged(wantingAnswer(1));
        ringer.onRingShown(CallHandle(1));
        ringer.onToneSettled();
        ringer.onCallChanged(wantingAnswer(2));
        ringer.onRingShown(CallHandle(2));
        QCOMPARE(player.presented, (std::vector{CallHandle(1), CallHandle(2)}));
    }

    void doesNotTakeTheRingbackForARing()
    {
        Ringer ringer;
        const FakePlayer player(ringer);
        ringer.onCallChanged(movedWhileRinging(1));
        ringer.onToneSettled();
        ringer.onCallChanged(wantingAnswer(2));
        ringer.onRingShown(CallHandle(2));
        QVERIFY(player.presented.empty());
        ringer.onToneSettled();
        QCOMPARE(player.presented, std::vector{CallHandle(2)});
    }

    void tellsThatACallWasContinued_data()
    {
        QTest::addColumn<bool>("rings");
        QTest::newRow("and nothing else") << false;
        QTest::newRow("while another call rings") << true;
    }

    void tellsThatACallWasContinued()
    {
        QFETCH(const bool, rings);
        Ringer ringer;
        const FakePlayer player(ringer);
        if (rings)
            ringer.onCallChanged(wantingAnswer(2));
        ringer.onMilestone(CallHandle(1), "continued_by_phone");
        QVERIFY(player.sounds == Tone::Continued);
        ringer.onCallFinished(CallHandle(1)); // the Internet leg is over, the tone is not
        ringer.onToneSettled();
        QVERIFY(player.sounds == Tone::Continued);
        QTRY_VERIFY(player.sounds != Tone::Continued);
        QVERIFY(player.sounds == (rings ? std::optional(Tone::Ring) : std::nullopt));
        QCOMPARE(player.starts, rings ? 3 : 1);
    }

    void isSilentAtOtherMilestones()
    {
        Ringer ringer;
        const FakePlayer player(ringer);
        ringer.onMilestone(CallHandle(1), "leg_bound");
        QVERIFY(!player.sounds);
    }

    void presentsNoRingThatIsOver()
    {
        Ringer ringer;
        const FakePlayer player(ringer);
        ringer.onCallChanged(wantingAnswer());
        ringer.onRingShown(CallHandle(1));
        ringer.onCallChanged(with(wantingAnswer(), [](auto &info) { info.wantsAnswer = false; }));
        ringer.onToneSettled();
        ringer.onCallFinished(CallHandle(1));
        QVERIFY(player.presented.empty());
    }
};

QTEST_GUILESS_MAIN(TestRinger)
#include "tst_ringer.moc"
