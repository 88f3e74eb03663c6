#include "core/call/capabilities.h"
#include "tests/core/call/phoneworld.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;
using namespace Qt::StringLiterals;

namespace {

LineCall outgoing(const std::string &number)
{
    LineCall call;
    call.id = LineCallId{900};
    call.number = Redacted(number);
    return call;
}

bool saidNothing(const Phone &phone)
{
    return phone.did<ServerConnect>().empty() && phone.did<ServerSend>().empty();
}

/// The leg goes on and no Internet leg was made of it.
bool staysCellular(const Phone &phone, StayReason reason)
{
    const auto info = phone.call();
    return info && info->stay == reason && !info->moved && info->carrier == Carrier::Cellular && phone.handedOver() == 0
           && !phone.reached("keys");
}

} // namespace

class CallSetUpTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersTheCallAndArrivesForTheRing();
    void offersAfterTheDialAndNeverBefore();
    void suppressesTheOfferOfAHiddenCaller();
    void offersNothingThatMustStayCellular_data();
    void offersNothingThatMustStayCellular();
    void doesNotArriveForAWithheldCallerId();
    void doesNotArriveForAnUnusableCallerId();
    void waitsForALateCallerId();
    void learnsLateThatTheCallerIdIsWithheld();
    void connectsForACallThatIsBeingPrepared();
    void doesNotConnectForACallThatWouldNotBeOffered_data();
    void doesNotConnectForACallThatWouldNotBeOffered();
    void goesOnWithoutCallerIdForAKnownCaller();
    void staysCellularWithoutCallerIdForAStranger();
    void believesWhatItSentAndNotWhatTheServerSaysOfTheCallerId();
    void staysCellularWhenNobodyMatches();
    void letsTheRingSoundWhenNobodyMatches();
    void letsTheRingSoundAfterFourSecondsWhateverHappens();
    void staysCellularWithoutAServer();
    void isNotDelayedByAServerThatNeverAnswers();
    void callsOffTheOfferWhenTheDialIsGivenUp();
    void callsOffTheArrivalWhenTheRingStops();
    void answersOneMatchOnly();
    void answersOneFirstMessageOnly();
    void takesOneSecondMessageOnly();
    void blocksTheMoveWhenThePinChanged_data();
    void blocksTheMoveWhenThePinChanged();
    void showsNoCodeOfACardThatIsNotInOrder();
    void movesAgainOnceTheNewIdentityIsConfirmed();
    void doesNotReleaseOnTheFirstMessageAlone();
    void staysCellularWhenTheServerPutsAStrangerOn_data();
    void staysCellularWhenTheServerPutsAStrangerOn();
    void staysCellularWhenTheServerCrossesCalls();
    void staysCellularWhenTheKeysFail();
    void staysCellularWhenThePeerAbortsBeforeTheKeys();
    void isNotAbortedByTheServerOnceThereAreKeys();
    void staysCellularWhenThereIsNoPath();
    void survivesTheServerOnceThereAreKeys();
    void staysCellularWhenTheServerDiesBeforeTheKeys();
    void declinesAManualRequestOfAStranger();
    void asksTheUserForAManualRequestOfAContact();
};

void CallSetUpTest::offersTheCallAndArrivesForTheRing()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    const auto offers = world.a.sentOf<protocol::CallOffer>();
    QCOMPARE(offers.size(), std::size_t(1));
    QVERIFY(offers[0].msisdn == world.a.msisdn());
    QVERIFY(offers[0].callee == world.b.msisdn());
    QVERIFY(!offers[0].manual);
    const auto arrivals = world.b.sentOf<protocol::CallArrive>();
    QCOMPARE(arrivals.size(), std::size_t(1));
    QVERIFY(arrivals[0].cli == std::vector{world.a.msisdn()});
    QVERIFY(arrivals[0].sim == protocol::SimProof(*protocol::Imsi::fromDigits(world.b.imsi)));
    QVERIFY(!arrivals[0].msisdn.has_value());
}

// EM4
void CallSetUpTest::offersAfterTheDialAndNeverBefore()
{
    PhoneWorld world;
    world.dial(world.a, world.b);
    world.run(5s);
    std::optional<std::size_t> dialled;
    std::optional<std::size_t> connected;
    for (std::size_t i = 0; i < world.a.history.size(); ++i) {
        if (!dialled && std::holds_alternative<LineDial>(world.a.history[i].what))
            dialled = i;
        if (!connected && std::holds_alternative<ServerConnect>(world.a.history[i].what))
            connected = i;
    }
    QVERIFY(dialled < connected);
    QCOMPARE(world.a.firstTime<LineDial>(), std::optional(kWorldStart));
    QVERIFY(*world.a.firstTime<ServerConnect>() <= kWorldStart + 50ms);
}

// T14
void CallSetUpTest::suppressesTheOfferOfAHiddenCaller()
{
    PhoneWorld world;
    LineCall call = outgoing(world.b.number);
    call.ownNumberWithheld = true;
    world.feed(world.a, LineEvent{call});
    world.run(10s);
    QVERIFY(saidNothing(world.a));
    QVERIFY(staysCellular(world.a, StayReason::OwnNumberWithheld));
}

void CallSetUpTest::offersNothingThatMustStayCellular_data()
{
    QTest::addColumn<std::string>("number");
    QTest::addColumn<int>("reason");
    const auto row = [](const char *name, const char *number, StayReason reason) {
        QTest::newRow(name) << std::string(number) << static_cast<int>(reason);
    };
    row("short number", "10086", StayReason::ShortNumber);
    row("MMI code", "*100#", StayReason::MmiCode);
    row("hidden by code", "#31#+8613800138001", StayReason::MmiCode);
    row("digits after the call", "+8613800138001,,12", StayReason::PostDialDigits);
    row("no number", "hello", StayReason::InvalidNumber);
    row("own number", "+8613800138000", StayReason::InvalidNumber);
}

void CallSetUpTest::offersNothingThatMustStayCellular()
{
    QFETCH(const std::string, number);
    QFETCH(const int, reason);
    PhoneWorld world;
    world.feed(world.a, LineEvent{outgoing(number)});
    world.run(10s);
    QVERIFY(saidNothing(world.a));
    QCOMPARE(static_cast<int>(world.a.call()->stay), reason);
    QVERIFY(world.a.did<LineHangUp>().empty());
}

// M5
void CallSetUpTest::doesNotArriveForAWithheldCallerId()
{
    PhoneWorld world;
    world.ring(world.b, "", CallerIdPresence::Withheld);
    world.run(10s);
    QVERIFY(saidNothing(world.b));
    QVERIFY(staysCellular(world.b, StayReason::CallerIdWithheld));
}

void CallSetUpTest::doesNotArriveForAnUnusableCallerId()
{
    PhoneWorld world;
    world.ring(world.b, "12345");
    world.run(10s);
    QVERIFY(world.b.sentOf<protocol::CallArrive>().empty());
    QVERIFY(staysCellular(world.b, StayReason::CallerIdUnusable));
}

void CallSetUpTest::waitsForALateCallerId()
{
    PhoneWorld world;
    const LineCallId leg = world.ring(world.b, "", CallerIdPresence::Unknown);
    world.run(620ms);
    QVERIFY(world.b.sentOf<protocol::CallArrive>().empty());
    LineCall known = world.b.legs.at(leg);
    known.callerId = CallerIdPresence::Known;
    known.number = Redacted(world.a.number);
    world.feed(world.b, LineEvent{known});
    world.run(1s);
    const auto arrivals = world.b.sentOf<protocol::CallArrive>();
    QCOMPARE(arrivals.size(), std::size_t(1));
    QVERIFY(arrivals[0].cli == std::vector{world.a.msisdn()});
}

void CallSetUpTest::learnsLateThatTheCallerIdIsWithheld()
{
    PhoneWorld world;
    const LineCallId leg = world.ring(world.b, "", CallerIdPresence::Unknown);
    world.run(600ms);
    LineCall withheld = world.b.legs.at(leg);
    withheld.callerId = CallerIdPresence::Withheld;
    world.feed(world.b, LineEvent{withheld});
    world.run(10s);
    QVERIFY(world.b.sentOf<protocol::CallArrive>().empty());
    QVERIFY(staysCellular(world.b, StayReason::CallerIdWithheld));
}

void CallSetUpTest::connectsForACallThatIsBeingPrepared()
{
    PhoneWorld world;
    world.feed(world.a, LinePrepared{outgoing(world.b.number)});
    world.run(2s);
    QVERIFY(world.a.machine->calls().empty());
    QVERIFY(world.a.sentOf<protocol::CallOffer>().empty());
    QCOMPARE(world.a.did<ServerStatus>().size(), std::size_t(1));
    QVERIFY(world.a.did<ServerStatus>().front().online);
    // Nobody dials: the connection is given up as any idle one.
    world.run(30s);
    QVERIFY(!world.a.did<ServerStatus>().back().online);
    QVERIFY(world.a.did<CallFinished>().empty());
}

void CallSetUpTest::doesNotConnectForACallThatWouldNotBeOffered_data()
{
    QTest::addColumn<QString>("number");
    QTest::newRow("an emergency number") << u"112"_s;
    QTest::newRow("an emergency number and more") << u"1101234567"_s;
    QTest::newRow("a short number") << u"12345"_s;
    QTest::newRow("a code for the network") << u"*#100#"_s;
    QTest::newRow("the own number") << QString();
    QTest::newRow("letters") << u"RINGLIFT"_s;
}

void CallSetUpTest::doesNotConnectForACallThatWouldNotBeOffered()
{
    QFETCH(QString, number);
    PhoneWorld world;
    world.feed(world.a, LinePrepared{outgoing(number.isEmpty() ? world.a.number : number.toStdString())});
    world.run(2s);
    QVERIFY(saidNothing(world.a));
}

void CallSetUpTest::goesOnWithoutCallerIdForAKnownCaller()
{
    PhoneWorld world;
    world.know(TrustLevel::Tofu);
    world.ringsAs = [](LineCall call) {
        call.callerId = CallerIdPresence::Unknown;
        call.number = Redacted(std::string());
        return call;
    };
    QVERIFY(world.reachMoved());
    const auto arrivals = world.b.sentOf<protocol::CallArrive>();
    QVERIFY(arrivals.at(0).cli.empty());
    QCOMPARE(world.b.call()->peer.reveal(), world.a.number);
}

void CallSetUpTest::staysCellularWithoutCallerIdForAStranger()
{
    PhoneWorld world;
    world.ringsAs = [](LineCall call) {
        call.callerId = CallerIdPresence::Unknown;
        call.number = Redacted(std::string());
        return call;
    };
    world.dial(world.a, world.b);
    world.run(10s);
    QVERIFY(staysCellular(world.b, StayReason::UnknownCallerWithoutPin));
    // Nothing that b could confirm.
    QVERIFY(staysCellular(world.a, StayReason::PeerDeclinedMove));
    QCOMPARE(world.a.call()->safetyNumber, std::string());
    QVERIFY(!world.a.reached("keys"));
    QVERIFY(world.a.hasLeg() && world.b.hasLeg());
}

void CallSetUpTest::believesWhatItSentAndNotWhatTheServerSaysOfTheCallerId()
{
    PhoneWorld world;
    world.ringsAs = [](LineCall call) {
        call.callerId = CallerIdPresence::Unknown;
        call.number = Redacted(std::string());
        return call;
    };
    world.fromServer = [](const Phone &, protocol::Message &message) {
        if (auto *matched = std::get_if<protocol::CallMatched>(&message))
            matched->cliNone = false;
        return true;
    };
    world.dial(world.a, world.b);
    world.run(10s);
    QVERIFY(staysCellular(world.b, StayReason::UnknownCallerWithoutPin));
}

void CallSetUpTest::staysCellularWhenNobodyMatches()
{
    PhoneWorld world;
    world.ring(world.b, "+8613800138009");
    world.run(15s);
    QVERIFY(staysCellular(world.b, StayReason::NoMatch));
    QVERIFY(world.b.did<LineHangUp>().empty());
    QVERIFY(world.b.hasLeg());
}

// mission.md K3: one round trip and 300 ms after the login, of which the phone itself takes some.
void CallSetUpTest::letsTheRingSoundWhenNobodyMatches()
{
    PhoneWorld world;
    world.ring(world.b, "+8613800138009");
    world.run(10s);
    const auto holds = world.b.did<LineHoldRing>();
    QCOMPARE(holds.size(), std::size_t(2));
    QVERIFY(holds[0].hold);
    QVERIFY(!holds[1].hold);
    const TimePoint accepted = world.b.timeOf("arrive_accepted").value();
    std::optional<TimePoint> released;
    for (const auto &did : world.b.history) {
        const auto *hold = std::get_if<LineHoldRing>(&did.what);
        if (hold != nullptr && !hold->hold)
            released = did.at;
    }
    QCOMPARE(released, std::optional(accepted + 280ms));
    QCOMPARE(world.b.timeOf("ring_let"), released);
}

// mission.md K2
void CallSetUpTest::letsTheRingSoundAfterFourSecondsWhateverHappens()
{
    PhoneWorld world;
    world.cutInternet();
    world.dial(world.a, world.b);
    world.run(1500ms);
    const TimePoint rang = world.now;
    world.run(4100ms);
    const auto holds = world.b.did<LineHoldRing>();
    QVERIFY(holds.size() == 2 && !holds[1].hold);
    QVERIFY(world.b.history.back().at <= rang + 4100ms);
}

void CallSetUpTest::staysCellularWithoutAServer()
{
    PhoneWorld world;
    world.serverThere = false;
    world.dial(world.a, world.b);
    world.run(3s);
    QVERIFY(staysCellular(world.a, StayReason::ServerUnreachable));
    QVERIFY(staysCellular(world.b, StayReason::ServerUnreachable));
    world.answerAtB(); // the page's button answers the phone itself
    world.run(1s);
    QVERIFY(world.a.legState() == LegState::Active);
    QVERIFY(world.b.legState() == LegState::Active);
}

void CallSetUpTest::isNotDelayedByAServerThatNeverAnswers()
{
    PhoneWorld world;
    world.fromServer = [](const Phone &, protocol::Message &) { return false; };
    world.dial(world.a, world.b);
    world.run(10s);
    QCOMPARE(world.a.firstTime<LineDial>(), std::optional(kWorldStart));
    QVERIFY(staysCellular(world.a, StayReason::ServerUnreachable));
    QVERIFY(world.a.hasLeg() && world.b.hasLeg());
}

void CallSetUpTest::callsOffTheOfferWhenTheDialIsGivenUp()
{
    PhoneWorld world;
    world.dial(world.a, world.b);
    world.run(1s);
    world.feed(world.a, UserHangUp{CallHandle{1}});
    world.run(1s);
    QCOMPARE(world.a.sentOf<protocol::CallCancel>().size(), std::size_t(1));
    QVERIFY(world.a.record()->end == CallEnd::LocalHangUp);
    QCOMPARE(world.server().figures().offers, std::size_t(0));
}

void CallSetUpTest::callsOffTheArrivalWhenTheRingStops()
{
    PhoneWorld world;
    const LineCallId leg = world.ring(world.b, "+8613800138009");
    world.run(1s);
    world.setLeg(world.b, leg, LegState::Ended, LegEnd::RemoteHangUp);
    world.run(1s);
    QCOMPARE(world.b.sentOf<protocol::CallCancel>().size(), std::size_t(1));
    QVERIFY(world.b.record()->end == CallEnd::NoAnswer);
    QCOMPARE(world.server().figures().arrivals, std::size_t(0));
}

// The one-shot rule of protocol.md 3.6.
void CallSetUpTest::answersOneMatchOnly()
{
    PhoneWorld world;
    std::vector<std::pair<const Phone *, protocol::Message>> matches;
    world.fromServer = [&matches](const Phone &to, protocol::Message &message) {
        if (std::holds_alternative<protocol::CallMatched>(message))
            matches.emplace_back(&to, message);
        return true;
    };
    QVERIFY(world.reachAlerting());
    QCOMPARE(matches.size(), std::size_t(2));
    for (const auto &[to, message] : matches)
        world.feed(to == &world.a ? world.a : world.b, text(message));
    // Under another call id too: one match a ring.
    auto other = std::get<protocol::CallMatched>(matches[matches[0].first == &world.b ? 0 : 1].second);
    other.callId.bytes.fill(1);
    world.feed(world.b, text(other));
    world.run(2s);
    QVERIFY(world.a.faulted("second_match"));
    QVERIFY(world.b.faulted("second_match"));
    QCOMPARE(world.b.sentOf<protocol::CallNoise1>().size(), std::size_t(1));
    QCOMPARE(world.a.sentOf<protocol::CallNoise2>().size(), std::size_t(1));
    world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.b.reached("leg_bound"); }));
}

void CallSetUpTest::answersOneFirstMessageOnly()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    const auto noise1 = world.b.sentOf<protocol::CallNoise1>().at(0);
    world.feed(world.a, text(noise1));
    world.run(1s);
    QVERIFY(world.a.faulted("unexpected_noise1"));
    QCOMPARE(world.a.sentOf<protocol::CallNoise2>().size(), std::size_t(1));
}

void CallSetUpTest::takesOneSecondMessageOnly()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.feed(world.b, text(world.a.sentOf<protocol::CallNoise2>().at(0)));
    QVERIFY(world.b.faulted("unexpected_noise2"));
    world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.b.reached("leg_bound"); }));
}

void CallSetUpTest::blocksTheMoveWhenThePinChanged_data()
{
    QTest::addColumn<bool>("atCaller");
    QTest::newRow("at the caller") << true;
    QTest::newRow("at the callee") << false;
}

// T17
void CallSetUpTest::blocksTheMoveWhenThePinChanged()
{
    QFETCH(const bool, atCaller);
    PhoneWorld world;
    Phone &victim = atCaller ? world.a : world.b;
    Phone &peer = atCaller ? world.b : world.a;
    const crypto::IdentityCard old = makeIdentity(99).card();
    victim.pins.insert_or_assign(peer.msisdn(),
                                 Pin{old.idHash(), old.edPublic, old.xPublic, 1, 1, TrustLevel::Verified, 3, std::nullopt});
    world.boot(victim);
    world.dial(world.a, world.b);
    world.run(15s);
    QVERIFY(staysCellular(victim, StayReason::PeerIdentityChanged));
    QVERIFY(!peer.reached("keys"));
    QVERIFY(world.a.hasLeg() && world.b.hasLeg());
    QVERIFY(staysCellular(peer, StayReason::UnconfirmedByPeer));
    QCOMPARE(peer.call()->safetyNumber, victim.machine->pinChange(peer.msisdn())->safetyNumber);
    QCOMPARE(victim.call()->safetyNumber, std::string());
    const Pin &pin = victim.pins.at(peer.msisdn());
    QVERIFY(pin.idHash == old.idHash());
    QVERIFY(pin.pendingCard == peer.identity.card().bytes);
    QVERIFY(victim.did<ShowIncoming>().empty());
}

void CallSetUpTest::showsNoCodeOfACardThatIsNotInOrder()
{
    PhoneWorld world;
    world.fromServer = [&world](const Phone &to, protocol::Message &message) {
        auto *matched = std::get_if<protocol::CallMatched>(&message);
        if (matched != nullptr && &to == &world.a)
            matched->peerIdcard.back() ^= 1;
        return true;
    };
    world.dial(world.a, world.b);
    world.run(5s);
    world.feed(world.a, text(protocol::CallAbort{world.a.sentOf<protocol::CallOffer>().at(0).callId, "ERR_PIN"}));
    QVERIFY(staysCellular(world.a, StayReason::KeyAgreementFailed));
    QCOMPARE(world.a.call()->safetyNumber, std::string());
}

void CallSetUpTest::movesAgainOnceTheNewIdentityIsConfirmed()
{
    PhoneWorld world;
    const crypto::IdentityCard old = makeIdentity(99).card();
    world.a.pins.insert_or_assign(world.b.msisdn(),
                                  Pin{old.idHash(), old.edPublic, old.xPublic, 1, 1, TrustLevel::Tofu, 0, std::nullopt});
    world.boot(world.a);
    world.dial(world.a, world.b);
    world.run(5s);
    world.feed(world.a, UserHangUp{CallHandle{1}});
    world.run(5s);
    world.feed(world.a, UserConfirmPin{world.b.msisdn()});
    world.dial(world.a, world.b);
    QVERIFY(world.runUntil([&] { return world.a.reached("peer_alerting"); }));
    QVERIFY(world.a.call(2)->trust == TrustLevel::Tofu);
}

// T27: the caller has keys, but nobody has shown that they hold the callee's.
void CallSetUpTest::doesNotReleaseOnTheFirstMessageAlone()
{
    PhoneWorld world;
    world.know(TrustLevel::Verified);
    world.fromServer = [](const Phone &, protocol::Message &message) {
        return !std::holds_alternative<protocol::CallNoise2>(message);
    };
    world.dial(world.a, world.b);
    world.run(30s);
    QVERIFY(world.a.reached("keys"));
    QVERIFY(!world.a.reached("path_proven"));
    QVERIFY(world.a.did<LineHangUp>().empty());
    QVERIFY(world.a.hasLeg());
    QVERIFY(world.a.call()->stay == StayReason::NoPath);
}

void CallSetUpTest::staysCellularWhenTheServerPutsAStrangerOn_data()
{
    QTest::addColumn<bool>("forCaller");
    QTest::newRow("for the caller") << true;
    QTest::newRow("for the callee") << false;
}

void CallSetUpTest::staysCellularWhenTheServerPutsAStrangerOn()
{
    QFETCH(const bool, forCaller);
    PhoneWorld world;
    world.fromServer = [&world, forCaller](const Phone &to, protocol::Message &message) {
        auto *matched = std::get_if<protocol::CallMatched>(&message);
        if (matched != nullptr && (&to == &world.a) == forCaller)
            matched->peerIdcard = makeIdentity(99).card().bytes;
        return true;
    };
    world.dial(world.a, world.b);
    world.run(15s);
    QVERIFY(world.a.call()->stay == StayReason::KeyAgreementFailed || world.b.call()->stay == StayReason::KeyAgreementFailed);
    QVERIFY(!world.b.reached("keys"));
    QVERIFY(world.a.hasLeg() && world.b.hasLeg());
    QVERIFY(world.a.pins.empty() && world.b.pins.empty());
}

// T19
void CallSetUpTest::staysCellularWhenTheServerCrossesCalls()
{
    PhoneWorld world;
    world.fromServer = [](const Phone &, protocol::Message &message) {
        if (auto *matched = std::get_if<protocol::CallMatched>(&message); matched != nullptr && matched->caller)
            matched->caller = *protocol::Msisdn::fromE164("+8613800138007");
        return true;
    };
    world.dial(world.a, world.b);
    world.run(15s);
    QVERIFY(staysCellular(world.b, StayReason::KeyAgreementFailed));
    QVERIFY(!world.a.reached("keys"));
}

void CallSetUpTest::staysCellularWhenTheKeysFail()
{
    PhoneWorld world;
    world.fromServer = [](const Phone &, protocol::Message &message) {
        if (auto *noise2 = std::get_if<protocol::CallNoise2>(&message))
            noise2->m2[40] ^= 1;
        return true;
    };
    world.dial(world.a, world.b);
    world.run(20s);
    QVERIFY(staysCellular(world.b, StayReason::KeyAgreementFailed));
    const auto aborts = world.b.sentOf<protocol::CallAbort>();
    QCOMPARE(aborts.size(), std::size_t(1));
    QCOMPARE(aborts[0].code, std::string("ERR_AUTH"));
    QVERIFY(world.a.did<LineHangUp>().empty());
    QVERIFY(world.a.hasLeg() && world.b.hasLeg());
}

void CallSetUpTest::staysCellularWhenThePeerAbortsBeforeTheKeys()
{
    PhoneWorld world;
    world.fromServer = [](const Phone &, protocol::Message &message) {
        if (const auto *noise1 = std::get_if<protocol::CallNoise1>(&message))
            message = protocol::CallAbort{noise1->callId, "ENDED"};
        return true;
    };
    world.dial(world.a, world.b);
    world.run(5s);
    QVERIFY(staysCellular(world.a, StayReason::PeerDeclinedMove));
    QCOMPARE(world.a.call()->safetyNumber, std::string());
}

// I9: call.abort is not authentic.
void CallSetUpTest::isNotAbortedByTheServerOnceThereAreKeys()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    const CallId id = world.a.sentOf<protocol::CallOffer>().at(0).callId;
    world.feed(world.a, text(protocol::CallAbort{id, "ERR_AUTH"}));
    world.feed(world.b, text(protocol::CallAbort{id, "ERR_PIN"}));
    QCOMPARE(world.b.call()->safetyNumber, std::string());
    world.feed(world.a, text(protocol::CallExpired{id}));
    world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.b.reached("leg_bound"); }));
}

void CallSetUpTest::staysCellularWhenThereIsNoPath()
{
    PhoneWorld world;
    world.cutInternet();
    world.dial(world.a, world.b);
    world.run(20s);
    QVERIFY(world.a.call()->stay == StayReason::NoPath);
    QVERIFY(world.b.call()->stay == StayReason::NoPath);
    QVERIFY(world.b.did<ShowIncoming>().empty());
    QVERIFY(world.a.did<LineHangUp>().empty());
    QVERIFY(world.a.hasLeg() && world.b.hasLeg());
    world.feed(world.b, UserAnswer{CallHandle{1}});
    world.run(1s);
    QVERIFY(world.a.legState() == LegState::Active);
}

void CallSetUpTest::survivesTheServerOnceThereAreKeys()
{
    PhoneWorld world;
    QVERIFY(world.reachAlerting());
    world.serverThere = false;
    for (Phone *phone : {&world.a, &world.b}) {
        phone->connection.reset();
        world.feed(*phone, ServerFailed{ServerFailure::Closed, 0});
    }
    world.run(10s);
    world.answerAtB();
    QVERIFY(world.runUntil([&] { return world.b.reached("leg_bound"); }));
    world.run(5s);
    QVERIFY(world.a.call()->carrier == Carrier::Internet);
}

void CallSetUpTest::staysCellularWhenTheServerDiesBeforeTheKeys()
{
    PhoneWorld world;
    world.fromServer = [&world](const Phone &to, protocol::Message &message) {
        if (!std::holds_alternative<protocol::CallMatched>(message))
            return true;
        world.serverThere = false;
        world.after(1ms, [&world, &to] {
            Phone &phone = &to == &world.a ? world.a : world.b;
            phone.connection.reset();
            world.feed(phone, ServerFailed{ServerFailure::Closed, 0});
        });
        return true;
    };
    world.dial(world.a, world.b);
    world.run(10s);
    QVERIFY(staysCellular(world.a, StayReason::ServerUnreachable));
    QVERIFY(staysCellular(world.b, StayReason::ServerUnreachable));
    QVERIFY(world.a.hasLeg() && world.b.hasLeg());
}

// T48
void CallSetUpTest::declinesAManualRequestOfAStranger()
{
    PhoneWorld world;
    world.b.account->kind = protocol::AccountKind::Manual;
    world.boot(world.b);
    world.feed(world.b, GoOnline{true});
    protocol::CallRequest request{CallId{}, world.a.msisdn()};
    // A server that lets anybody ask: the phone's own setting decides.
    world.runUntil([&] { return world.b.did<ServerStatus>().size() == 1; });
    world.feed(world.b, text(request));
    QVERIFY(world.b.did<ShowIncoming>().empty());
    QCOMPARE(world.b.sentOf<protocol::CallDecline>().size(), std::size_t(1));
    QVERIFY(world.b.sentOf<protocol::CallArrive>().empty());
}

void CallSetUpTest::asksTheUserForAManualRequestOfAContact()
{
    PhoneWorld world;
    world.b.account->kind = protocol::AccountKind::Manual;
    world.know(TrustLevel::Tofu);
    world.feed(world.b, GoOnline{true});
    world.runUntil([&] { return world.b.did<ServerStatus>().size() == 1; });
    world.feed(world.b, text(protocol::CallRequest{CallId{}, world.a.msisdn()}));
    QCOMPARE(world.b.did<ShowIncoming>().size(), std::size_t(1));
    QVERIFY(world.b.sentOf<protocol::CallArrive>().empty());
    world.feed(world.b, UserAnswer{CallHandle{1}});
    world.run(1s);
    const auto arrivals = world.b.sentOf<protocol::CallArrive>();
    QCOMPARE(arrivals.size(), std::size_t(1));
    QVERIFY(arrivals[0].manual);
    QVERIFY(arrivals[0].cli == std::vector{world.a.msisdn()});
}

QTEST_APPLESS_MAIN(CallSetUpTest)
#include "tst_callsetup.moc"
