#include "core/call/capabilities.h"
#include "core/call/mediasession.h"
#include "core/ice/hostagent.h"
#include "tests/core/call/scriptedserver.h"

#include <QTest>

#include <functional>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;
using namespace std::chrono_literals;
using crypto::CryptoError;
using protocol::Role;

namespace {

constexpr TimePoint kStart{100s};
constexpr Duration kDelay = 10ms;

ice::TransportAddress addressOf(Role role)
{
    return {Redacted<std::string>(role == Role::Caller ? "192.0.2.1" : "192.0.2.2"), 5000};
}

/// One end with what its session told.
struct End
{
    std::unique_ptr<MediaSession> session;
    crypto::DeviceIdentity identity;
    std::optional<SessionKeyed> keyed;
    std::optional<CryptoError> failed;
    std::optional<TimePoint> proven;
    std::vector<ControlMessage> controls;
    std::vector<SessionAudio> sounds;
    std::vector<ControlMessage> unconfirmed;
    std::vector<Bytes> datagrams;
    std::vector<protocol::Message> messages;
};

/// Two sessions wired back to back, with signalling and datagrams that take 10 ms, in invented time.
class Pair
{
public:
    Pair()
    {
        const CallId callId = random.id<CallId>();
        crypto::EphemeralKey ephemeral = crypto::EphemeralKey::generate(random);
        const protocol::Key32 commit = crypto::commitment(callId, ephemeral.publicKey);
        SessionSetup setup{.callId = callId, .role = Role::Caller, .caller = number("+8613800138000"),
            .callee = number("+4915550123456"), .peer = callee.identity.card(), .ephemeral = std::move(ephemeral),
            .commit = commit, .ownCaps = encode(Capabilities{}), .peerCaps = {}};
        callerSetup.emplace(std::move(setup));
        SessionSetup other{.callId = callId, .role = Role::Callee, .caller = number("+8613800138000"),
            .callee = number("+4915550123456"), .peer = caller.identity.card(),
            .ephemeral = crypto::EphemeralKey::generate(random), .commit = commit, .ownCaps = encode(Capabilities{}),
            .peerCaps = encode(Capabilities{})};
        calleeSetup.emplace(std::move(other));
    }

    static protocol::Msisdn number(const char *e164) { return *protocol::Msisdn::fromE164(e164); }

    /// Sessions are made, sockets opened, the first message sent.
    void start()
    {
        make(caller, *callerSetup);
        make(callee, *calleeSetup);
        for (const Role role : {Role::Caller, Role::Callee})
            end(role).session->socketOpened(now, {addressOf(role)});
        callee.session->start();
        collect();
    }

    void run(Duration duration)
    {
        const TimePoint until = now + duration;
        collect();
        while (const auto next = nextEvent()) {
            if (*next > until)
                break;
            now = std::max(now, *next);
            step();
        }
        now = until;
    }
    void runUntilProven()
    {
        start();
        run(3s);
    }

    End &end(Role role) { return role == Role::Caller ? caller : callee; }
    static Role other(Role role) { return role == Role::Caller ? Role::Callee : Role::Caller; }

    TimePoint now = kStart;
    SeededRandom random{1};
    End caller{{}, makeIdentity(1), {}, {}, {}, {}, {}, {}, {}, {}};
    End callee{{}, makeIdentity(2), {}, {}, {}, {}, {}, {}, {}, {}};
    std::optional<SessionSetup> callerSetup;
    std::optional<SessionSetup> calleeSetup;
    /// What becomes of a datagram or a message on its way: false loses it.
    std::function<bool(Role from, Bytes &datagram)> network = [](Role, Bytes &) { return true; };
    std::function<bool(Role from, protocol::Message &message)> server = [](Role, protocol::Message &) { return true; };

private:
    struct InFlight { TimePoint at; Role to; std::variant<Bytes, protocol::Message> what; };

    static void make(End &end, SessionSetup &setup)
    {
        end.session = std::make_unique<MediaSession>(MediaSessionConfig{}, std::move(setup), end.identity,
                                                     std::make_unique<ice::HostAgent>());
    }

    std::optional<TimePoint> nextEvent() const
    {
        std::optional<TimePoint> next = earlier(caller.session->nextTimeout(), callee.session->nextTimeout());
        for (const InFlight &flight : m_flights)
            next = earlier(next, flight.at);
        return next;
    }

    void step()
    {
        while (!m_flights.empty() && m_flights.front().at <= now) {
            const InFlight flight = std::move(m_flights.front());
            m_flights.pop_front();
            deliver(flight);
            collect();
        }
        caller.session->handleTimeout(now);
        callee.session->handleTimeout(now);
        collect();
    }

    void deliver(const InFlight &flight)
    {
        MediaSession &to = *end(flight.to).session;
        if (const auto *datagram = std::get_if<Bytes>(&flight.what)) {
            to.datagram(now, addressOf(other(flight.to)), *datagram);
            return;
        }
        const auto &message = std::get<protocol::Message>(flight.what);
        if (const auto *noise1 = std::get_if<protocol::CallNoise1>(&message))
            to.noise1(now, *noise1);
        else if (const auto *noise2 = std::get_if<protocol::CallNoise2>(&message))
            to.noise2(now, *noise2);
        else if (const auto *sealed = std::get_if<protocol::CallSealed>(&message))
            to.sealed(now, *sealed);
    }

    void collect()
    {
        for (const Role role : {Role::Caller, Role::Callee}) {
            for (SessionOutput &output : drain<SessionOutput>(*end(role).session))
                take(role, output);
        }
    }

    void take(Role role, SessionOutput &output)
    {
        End &from = end(role);
        if (auto *message = std::get_if<SessionMessage>(&output)) {
            from.messages.push_back(message->message);
            if (server(role, message->message))
                m_flights.push_back({now + kDelay, other(role), message->message});
        } else if (auto *datagram = std::get_if<SessionDatagram>(&output)) {
            from.datagrams.push_back(datagram->bytes);
            if (network(role, datagram->bytes))
                m_flights.push_back({now + kDelay, other(role), datagram->bytes});
        } else if (auto *keyed = std::get_if<SessionKeyed>(&output)) {
            from.keyed = *keyed;
        } else if (auto *failed = std::get_if<SessionFailed>(&output)) {
            from.failed = failed->error;
        } else if (std::holds_alternative<SessionProven>(output)) {
            from.proven = now;
        } else if (auto *control = std::get_if<SessionControl>(&output)) {
            from.controls.push_back(control->message);
        } else if (auto *audio = std::get_if<SessionAudio>(&output)) {
            from.sounds.push_back(*audio);
        } else if (auto *unconfirmed = std::get_if<SessionUnconfirmed>(&output)) {
            from.unconfirmed.push_back(unconfirmed->message);
        }
    }

    std::deque<InFlight> m_flights;
};

template<typename Kind>
std::size_t countOf(const std::vector<protocol::Message> &messages)
{
    return only<Kind>(messages).size();
}

} // namespace

class MediaSessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesOnKeysAndTheSameDigits();
    void provesThePathBothWays();
    void isNotProvenWithoutTheKeysOfTheSecondMessage();
    void isNotProvenWhileOneDirectionIsDead_data();
    void isNotProvenWhileOneDirectionIsDead();
    void failsWhenTheServerChangesWhatWasAgreed_data();
    void failsWhenTheServerChangesWhatWasAgreed();
    void failsWhenTheServerPutsAnotherIdentityOn();
    void failsWithoutACommonSuite();
    void refusesASuiteBelowTheCommonOne();
    void answersOneFirstMessageOnly();
    void takesOneSecondMessageOnly();
    void takesNoMessageOfTheOtherRole();
    void startsOnce();
    void keepsItsAddressesFromTheServer();
    void tellsItsAddressesAgainUntilThePathIsProven();
    void ignoresForgedCandidates();
    void sendsFiftyProbesASecondBeforeThereIsSound();
    void sendsSoundInsteadOfProbes();
    void carriesSoundWithItsTimestamp();
    void sendsPacketsOfTwoSizesOnly();
    void deliversAControlMessageOnceInSpiteOfLoss();
    void tellsAnAbortOfItsOwnApartFromARefusal();
    void tellsWhatNobodyConfirmed();
    void changesNoStateUnderAFloodOfForgedPackets();
    void dropsReplayedPackets();
    void doesNotFollowForgedAddresses();
    void findsThePathAgainAfterARestart();
    void tellsARestartAgainWhenItGotLost();
    void measuresTheRoundTrip();
    void endsQuietlyAfterItsLastWord();
    void sendsNothingWithoutKeys();
};

void MediaSessionTest::agreesOnKeysAndTheSameDigits()
{
    Pair pair;
    pair.runUntilProven();
    QVERIFY(pair.caller.keyed.has_value());
    QVERIFY(pair.callee.keyed.has_value());
    QCOMPARE(pair.caller.keyed->sas, pair.callee.keyed->sas);
    QCOMPARE(pair.caller.keyed->sas.size(), std::size_t(6));
    QVERIFY(pair.caller.session->isKeyed());
    QVERIFY(pair.callee.session->isKeyed());
}

void MediaSessionTest::provesThePathBothWays()
{
    Pair pair;
    pair.runUntilProven();
    QVERIFY(pair.caller.proven.has_value());
    QVERIFY(pair.callee.proven.has_value());
    QVERIFY(*pair.caller.proven < kStart + 1s);
    QVERIFY(*pair.callee.proven < kStart + 1s);
    QVERIFY(pair.caller.session->pathOk(pair.now));
    QVERIFY(pair.callee.session->pathOk(pair.now));
}

// T27: message 1 alone proves nothing to the caller.
void MediaSessionTest::isNotProvenWithoutTheKeysOfTheSecondMessage()
{
    Pair pair;
    pair.server = [](Role from, protocol::Message &message) {
        return from == Role::Callee || std::holds_alternative<protocol::CallSealed>(message);
    };
    pair.start();
    pair.run(10s);
    QVERIFY(pair.caller.session->isKeyed());
    QVERIFY(!pair.callee.session->isKeyed());
    QVERIFY(!pair.caller.proven.has_value());
    QVERIFY(!pair.caller.session->lastReceived().has_value());
}

void MediaSessionTest::isNotProvenWhileOneDirectionIsDead_data()
{
    QTest::addColumn<int>("dead");
    QTest::newRow("from the caller") << static_cast<int>(Role::Caller);
    QTest::newRow("from the callee") << static_cast<int>(Role::Callee);
}

void MediaSessionTest::isNotProvenWhileOneDirectionIsDead()
{
    QFETCH(const int, dead);
    Pair pair;
    pair.network = [dead](Role from, Bytes &) { return static_cast<int>(from) != dead; };
    pair.start();
    pair.run(10s);
    QVERIFY(!pair.caller.proven.has_value());
    QVERIFY(!pair.callee.proven.has_value());
    pair.network = [](Role, Bytes &) { return true; };
    pair.run(3s);
    QVERIFY(pair.caller.proven.has_value());
    QVERIFY(pair.callee.proven.has_value());
}

void MediaSessionTest::failsWhenTheServerChangesWhatWasAgreed_data()
{
    QTest::addColumn<int>("what");
    QTest::newRow("caller's number") << 0;
    QTest::newRow("callee's number") << 1;
    QTest::newRow("call id") << 2;
    QTest::newRow("commit") << 3;
    QTest::newRow("caller's capabilities") << 4;
    QTest::newRow("callee's capabilities") << 5;
    QTest::newRow("first message") << 6;
    QTest::newRow("second message") << 7;
    QTest::newRow("caller's ephemeral key") << 8;
}

void MediaSessionTest::failsWhenTheServerChangesWhatWasAgreed()
{
    QFETCH(const int, what);
    Pair pair;
    SessionSetup &callee = *pair.calleeSetup;
    if (what == 0)
        callee.caller = Pair::number("+8613800138001");
    else if (what == 1)
        callee.callee = Pair::number("+4915550123457");
    else if (what == 2)
        callee.callId.bytes[0] ^= 1;
    else if (what == 3)
        callee.commit[0] ^= 1;
    else if (what == 4)
        callee.peerCaps = encode(Capabilities{.suites = {1}, .layouts = {0, 1}});
    pair.server = [what](Role, protocol::Message &message) {
        auto *noise1 = std::get_if<protocol::CallNoise1>(&message);
        auto *noise2 = std::get_if<protocol::CallNoise2>(&message);
        if (what == 5 && noise1 != nullptr)
            noise1->caps = encode(Capabilities{.suites = {1}, .layouts = {0, 1}});
        if (what == 6 && noise1 != nullptr)
            noise1->m1[40] ^= 1;
        if (what == 7 && noise2 != nullptr)
            noise2->m2[40] ^= 1;
        if (what == 8 && noise2 != nullptr)
            noise2->m2[0] ^= 1;
        return true;
    };
    pair.start();
    pair.run(5s);
    QVERIFY(pair.caller.failed.has_value() || pair.callee.failed.has_value());
    QVERIFY(!pair.callee.keyed.has_value());
    QVERIFY(!pair.caller.proven.has_value());
    QVERIFY(!pair.callee.proven.has_value());
    if (what == 8)
        QVERIFY(pair.callee.failed == CryptoError::Commit);
}

void MediaSessionTest::failsWhenTheServerPutsAnotherIdentityOn()
{
    Pair pair;
    pair.calleeSetup->peer = makeIdentity(3).card();
    pair.start();
    pair.run(5s);
    QVERIFY(pair.caller.failed == CryptoError::Auth);
    QVERIFY(!pair.caller.keyed.has_value());
}

void MediaSessionTest::failsWithoutACommonSuite()
{
    Pair pair;
    pair.calleeSetup->ownCaps = encode(Capabilities{.suites = {9}, .layouts = {0}});
    pair.start();
    pair.run(5s);
    QVERIFY(pair.callee.failed == CryptoError::Version);
    QCOMPARE(countOf<protocol::CallNoise1>(pair.callee.messages), std::size_t(0));
}

void MediaSessionTest::refusesASuiteBelowTheCommonOne()
{
    Pair pair;
    const Bytes both = encode(Capabilities{.suites = {1, 2}, .layouts = {0}});
    pair.calleeSetup->ownCaps = both;
    pair.calleeSetup->peerCaps = both;
    pair.start();
    QVERIFY(pair.callee.failed == CryptoError::Downgrade);
}

void MediaSessionTest::answersOneFirstMessageOnly()
{
    Pair pair;
    pair.runUntilProven();
    const auto noise1 = only<protocol::CallNoise1>(pair.callee.messages).at(0);
    QVERIFY(!pair.caller.session->noise1(pair.now, noise1));
    pair.run(1s);
    QCOMPARE(countOf<protocol::CallNoise2>(pair.caller.messages), std::size_t(1));

    // Not even after one that was wrong.
    Pair attacked;
    attacked.server = [](Role, protocol::Message &message) {
        if (auto *first = std::get_if<protocol::CallNoise1>(&message))
            first->m1[40] ^= 1;
        return true;
    };
    attacked.start();
    attacked.run(1s);
    const auto honest = only<protocol::CallNoise1>(attacked.callee.messages).at(0);
    QVERIFY(!attacked.caller.session->noise1(attacked.now, honest));
    attacked.run(1s);
    QCOMPARE(countOf<protocol::CallNoise2>(attacked.caller.messages), std::size_t(0));
}

void MediaSessionTest::takesOneSecondMessageOnly()
{
    Pair pair;
    pair.server = [](Role, protocol::Message &message) {
        if (auto *second = std::get_if<protocol::CallNoise2>(&message))
            second->m2[40] ^= 1;
        return true;
    };
    pair.start();
    pair.run(1s);
    QVERIFY(pair.callee.failed.has_value());
    auto honest = only<protocol::CallNoise2>(pair.caller.messages).at(0);
    QVERIFY(!pair.callee.session->noise2(pair.now, honest));
    QVERIFY(!pair.callee.session->isKeyed());
}

void MediaSessionTest::takesNoMessageOfTheOtherRole()
{
    Pair pair;
    pair.runUntilProven();
    QVERIFY(!pair.callee.session->noise1(pair.now, only<protocol::CallNoise1>(pair.callee.messages).at(0)));
    QVERIFY(!pair.caller.session->noise2(pair.now, only<protocol::CallNoise2>(pair.caller.messages).at(0)));
}

void MediaSessionTest::startsOnce()
{
    Pair pair;
    pair.start();
    pair.callee.session->start();
    pair.caller.session->start();
    pair.run(1s);
    pair.callee.session->start();
    pair.run(1s);
    QCOMPARE(countOf<protocol::CallNoise1>(pair.callee.messages), std::size_t(1));
    QCOMPARE(countOf<protocol::CallNoise1>(pair.caller.messages), std::size_t(0));
}

void MediaSessionTest::keepsItsAddressesFromTheServer()
{
    Pair pair;
    pair.runUntilProven();
    const Bytes own{192, 0, 2, 1};
    for (const auto &sealed : only<protocol::CallSealed>(pair.caller.messages)) {
        QVERIFY(std::search(sealed.box.begin(), sealed.box.end(), own.begin(), own.end()) == sealed.box.end());
        QCOMPARE(sealed.box.size() % 256, std::size_t(16)); // padding and tag: the number of addresses does not show
    }
    QVERIFY(countOf<protocol::CallSealed>(pair.caller.messages) > 0);
}

void MediaSessionTest::tellsItsAddressesAgainUntilThePathIsProven()
{
    Pair pair;
    int lost = 0;
    pair.server = [&lost](Role, protocol::Message &message) {
        return !std::holds_alternative<protocol::CallSealed>(message) || ++lost > 2;
    };
    pair.start();
    pair.run(1s);
    QVERIFY(!pair.caller.proven.has_value());
    pair.run(4s);
    QVERIFY(pair.caller.proven.has_value());
    QVERIFY(pair.callee.proven.has_value());
    const std::size_t told = countOf<protocol::CallSealed>(pair.caller.messages);
    pair.run(20s);
    QCOMPARE(countOf<protocol::CallSealed>(pair.caller.messages), told);
}

void MediaSessionTest::ignoresForgedCandidates()
{
    Pair pair;
    pair.server = [](Role, protocol::Message &message) {
        if (auto *sealed = std::get_if<protocol::CallSealed>(&message))
            sealed->box[0] ^= 1;
        return true;
    };
    pair.start();
    pair.run(1s);
    QVERIFY(pair.caller.session->dropped() > 0);
    QVERIFY(pair.caller.datagrams.empty());
    QVERIFY(pair.callee.datagrams.empty());
}

void MediaSessionTest::sendsFiftyProbesASecondBeforeThereIsSound()
{
    Pair pair;
    pair.runUntilProven();
    pair.caller.datagrams.clear();
    pair.run(10s);
    std::size_t probes = 0;
    for (const Bytes &datagram : pair.caller.datagrams)
        probes += datagram[0] == 0x82 ? 1U : 0U;
    QVERIFY2(probes >= 495 && probes <= 505, std::to_string(probes).c_str());
}

void MediaSessionTest::sendsSoundInsteadOfProbes()
{
    Pair pair;
    pair.runUntilProven();
    pair.caller.datagrams.clear();
    const Bytes body(60, 1);
    for (std::uint32_t frame = 0; frame < 50; ++frame) {
        pair.caller.session->sound(pair.now, 1000 + 960 * frame, body);
        pair.run(20ms);
    }
    std::size_t probes = 0;
    std::size_t sounds = 0;
    for (const Bytes &datagram : pair.caller.datagrams) {
        probes += datagram[0] == 0x82 ? 1U : 0U;
        sounds += datagram[0] == 0x80 ? 1U : 0U;
    }
    QCOMPARE(sounds, std::size_t(50));
    QCOMPARE(probes, std::size_t(0));
    // The path stays proven by sound alone, and probes come back when the sound stops.
    QVERIFY(pair.callee.session->pathOk(pair.now));
    pair.run(5s);
    QVERIFY(pair.callee.session->pathOk(pair.now));
}

void MediaSessionTest::carriesSoundWithItsTimestamp()
{
    Pair pair;
    pair.runUntilProven();
    const TimePoint sent = pair.now;
    pair.caller.session->sound(pair.now, 0xfffffff0, Bytes{0, 1, 2, 3});
    pair.run(100ms);
    QCOMPARE(pair.callee.sounds.size(), std::size_t(1));
    QCOMPARE(pair.callee.sounds[0].timestamp, 0xfffffff0U);
    QCOMPARE(pair.callee.sounds[0].body, (Bytes{0, 1, 2, 3}));
    QCOMPARE(pair.callee.sounds[0].arrived, sent + kDelay);
    QVERIFY(pair.caller.sounds.empty());
}

// T25: besides sound, whose size the codec keeps constant.
void MediaSessionTest::sendsPacketsOfTwoSizesOnly()
{
    Pair pair;
    pair.runUntilProven();
    pair.caller.session->send(pair.now, Dtmf{0, '5', 100});
    pair.caller.session->send(pair.now, MuteHold{0, true, false});
    pair.run(2s);
    for (const Bytes &datagram : pair.caller.datagrams)
        QCOMPARE(datagram.size(), datagram[0] == 0x81 ? kControlSize + crypto::kMinPacketSize : 60 + crypto::kMinPacketSize);
}

void MediaSessionTest::deliversAControlMessageOnceInSpiteOfLoss()
{
    Pair pair;
    pair.runUntilProven();
    pair.network = [&pair](Role, Bytes &datagram) { return datagram[0] != 0x81 || pair.random.uniform(3) == 0; };
    pair.callee.session->send(pair.now, Alerting{});
    pair.callee.session->send(pair.now, Answered{});
    pair.run(2s);
    QCOMPARE(only<Alerting>(pair.caller.controls).size(), std::size_t(1));
    QCOMPARE(only<Answered>(pair.caller.controls).size(), std::size_t(1));
    QVERIFY(pair.callee.session->isQuiet());
}

// Both are HO_ABORT; one answers an id of the peer's, the other has a new one.
void MediaSessionTest::tellsAnAbortOfItsOwnApartFromARefusal()
{
    Pair pair;
    pair.runUntilProven();
    for (std::uint32_t id = 1; id <= 3; ++id)
        pair.callee.session->send(pair.now, HoAbort{id, AbortReason::NoPath});
    pair.run(1s);
    pair.callee.session->send(pair.now, HoAbort{0, AbortReason::UserChoseCellular});
    pair.run(1s);
    QCOMPARE(only<HoAbort>(pair.caller.controls).size(), std::size_t(4));
    QVERIFY(only<HoAbort>(pair.caller.controls).back().reason == AbortReason::UserChoseCellular);
}

void MediaSessionTest::tellsWhatNobodyConfirmed()
{
    Pair pair;
    pair.runUntilProven();
    pair.network = [](Role, Bytes &) { return false; };
    pair.caller.session->send(pair.now, HoReady{1});
    pair.run(1999ms);
    QVERIFY(pair.caller.unconfirmed.empty());
    pair.run(1ms);
    QVERIFY(pair.caller.unconfirmed == std::vector<ControlMessage>{HoReady{1}});
}

// T24: whatever is not authentic changes nothing.
void MediaSessionTest::changesNoStateUnderAFloodOfForgedPackets()
{
    Pair pair;
    pair.runUntilProven();
    pair.callee.controls.clear();
    const auto last = pair.callee.session->lastReceived();
    const std::uint64_t dropped = pair.callee.session->dropped();
    for (std::uint8_t i = 0; i < 200; ++i) {
        Bytes forged(1 + pair.random.uniform(1300));
        pair.random.fill(forged);
        forged[0] = static_cast<std::uint8_t>(0x80 + i % 5);
        pair.callee.session->datagram(pair.now, addressOf(Role::Caller), forged);
    }
    // One bit off, in the header, the body and the tag of a packet that was never delivered.
    bool lose = true;
    pair.network = [&lose](Role from, Bytes &) { return !(lose && from == Role::Caller); };
    pair.run(20ms);
    const Bytes fresh = pair.caller.datagrams.back();
    for (std::size_t at = 0; at < fresh.size(); ++at) {
        Bytes forged = fresh;
        forged[at] ^= 0x01;
        QVERIFY(!pair.callee.session->datagram(pair.now, addressOf(Role::Caller), forged));
    }
    QVERIFY(pair.callee.session->dropped() > dropped + 200);
    QVERIFY(pair.callee.session->lastReceived() <= last.value() + 20ms);
    QVERIFY(pair.callee.controls.empty());
    QVERIFY(pair.callee.sounds.empty());
    lose = false;
    pair.run(1s);
    QVERIFY(pair.callee.session->pathOk(pair.now));
}

void MediaSessionTest::dropsReplayedPackets()
{
    Pair pair;
    pair.runUntilProven();
    pair.callee.session->send(pair.now, Alerting{});
    pair.run(200ms);
    QCOMPARE(pair.caller.controls.size(), std::size_t(1));
    const std::vector<Bytes> all = pair.callee.datagrams;
    pair.network = [](Role, Bytes &) { return false; };
    pair.run(kDelay); // what is on its way arrives
    const std::uint64_t dropped = pair.caller.session->dropped();
    const auto last = pair.caller.session->lastReceived();
    for (const Bytes &datagram : all)
        pair.caller.session->datagram(pair.now, addressOf(Role::Callee), datagram);
    QCOMPARE(pair.caller.session->dropped(), dropped + all.size());
    QVERIFY(pair.caller.session->lastReceived() == last);
    QCOMPARE(pair.caller.controls.size(), std::size_t(1));
}

void MediaSessionTest::doesNotFollowForgedAddresses()
{
    Pair pair;
    pair.runUntilProven();
    const Bytes replayed = pair.caller.datagrams.back();
    const ice::TransportAddress elsewhere{Redacted<std::string>("198.51.100.66"), 6666};
    pair.network = [](Role from, Bytes &) { return from == Role::Callee; };
    for (int i = 0; i < 300; ++i) {
        pair.callee.session->datagram(pair.now, elsewhere, replayed);
        pair.callee.session->handleTimeout(pair.now);
        for (const auto &sent : only<SessionDatagram>(drain<SessionOutput>(*pair.callee.session)))
            QVERIFY(sent.to == addressOf(Role::Caller));
        pair.now += 10ms;
    }
}

void MediaSessionTest::findsThePathAgainAfterARestart()
{
    Pair pair;
    pair.runUntilProven();
    pair.network = [](Role, Bytes &) { return false; };
    pair.run(2s);
    QVERIFY(!pair.caller.session->pathOk(pair.now));
    pair.network = [](Role, Bytes &) { return true; };
    pair.caller.session->restart(pair.now);
    pair.run(2s);
    QVERIFY(pair.caller.session->pathOk(pair.now));
    QVERIFY(pair.callee.session->pathOk(pair.now));
}

// protocol.md 3.6: lost restarts are sent again.
void MediaSessionTest::tellsARestartAgainWhenItGotLost()
{
    Pair pair;
    pair.runUntilProven();
    const std::size_t before = countOf<protocol::CallSealed>(pair.caller.messages);
    pair.network = [](Role, Bytes &) { return false; };
    pair.server = [](Role, protocol::Message &) { return false; };
    pair.caller.session->restart(pair.now);
    pair.run(5s);
    QVERIFY(countOf<protocol::CallSealed>(pair.caller.messages) >= before + 3);
    pair.network = [](Role, Bytes &) { return true; };
    pair.run(1s);
    const std::size_t after = countOf<protocol::CallSealed>(pair.caller.messages);
    pair.run(10s);
    QCOMPARE(countOf<protocol::CallSealed>(pair.caller.messages), after);
}

void MediaSessionTest::measuresTheRoundTrip()
{
    Pair pair;
    pair.runUntilProven();
    QCOMPARE(pair.caller.session->roundTrip(), std::optional<Duration>(2 * kDelay));
    QCOMPARE(pair.callee.session->roundTrip(), std::optional<Duration>(2 * kDelay));
}

void MediaSessionTest::endsQuietlyAfterItsLastWord()
{
    Pair pair;
    pair.runUntilProven();
    pair.caller.session->send(pair.now, Bye{0, ByeReason::User});
    pair.caller.session->wind();
    pair.caller.datagrams.clear();
    pair.run(50ms);
    QCOMPARE(only<Bye>(pair.callee.controls).size(), std::size_t(1));
    QVERIFY(pair.caller.session->isQuiet());
    pair.caller.datagrams.clear();
    pair.caller.session->sound(pair.now, 1, Bytes(60, 1));
    pair.run(5s);
    for (const Bytes &datagram : pair.caller.datagrams)
        QCOMPARE(datagram[0], std::uint8_t(0x81)); // answers to what the other end still asks
}

void MediaSessionTest::sendsNothingWithoutKeys()
{
    Pair pair;
    pair.server = [](Role, protocol::Message &) { return false; };
    pair.start();
    pair.callee.session->sound(pair.now, 1, Bytes(60, 1));
    pair.callee.session->send(pair.now, Answered{});
    pair.callee.session->datagram(pair.now, addressOf(Role::Caller), Bytes(100, 0x80));
    pair.run(5s);
    QVERIFY(pair.callee.datagrams.empty());
    QVERIFY(!pair.callee.session->pathOk(pair.now));
}

QTEST_APPLESS_MAIN(MediaSessionTest)
#include "tst_mediasession.moc"
