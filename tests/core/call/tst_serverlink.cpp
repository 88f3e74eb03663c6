#include "core/call/serverlink.h"
#include "tests/core/call/scriptedserver.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;
using namespace std::chrono_literals;
using protocol::ErrorCode;

namespace {

constexpr TimePoint kStart{100s};
const protocol::Key32 kBinding = filled(5);

/// A link with what it wrote, ready to be asked.
struct Fixture
{
    explicit Fixture(ServerLinkConfig config = {}) : link(config, identity, random) { }

    std::vector<LinkOutput> outputs() { return drain<LinkOutput>(link); }
    /// What it sends now, decoded.
    std::vector<protocol::Message> sent()
    {
        std::vector<protocol::Message> messages;
        for (const ServerSend &send : only<ServerSend>(outputs()))
            messages.push_back(*protocol::decode(send.text, protocol::UnknownKeys::Refuse));
        return messages;
    }
    /// LinkDown, when nothing but that and the end of the connection was told.
    std::optional<LinkDown> down()
    {
        const auto downs = only<LinkDown>(outputs());
        return downs.size() == 1 ? std::optional(downs[0]) : std::nullopt;
    }
    void connectAndChallenge(TimePoint now = kStart)
    {
        link.handle(now, ServerConnected{kBinding});
        link.handle(now, text(server.challenge(kBinding)));
    }
    /// Logged in, outputs taken.
    void bringUp(TimePoint now = kStart)
    {
        link.setAccount(server.account());
        link.warmUp(now);
        connectAndChallenge(now);
        link.handle(now, text(protocol::Welcome{}));
        outputs();
    }

    ScriptedServer server;
    crypto::DeviceIdentity identity = makeIdentity(1);
    SeededRandom random{1};
    ServerLink link;
};

protocol::CallAbort message(std::uint8_t number)
{
    CallId id;
    id.bytes.fill(number);
    return {id, "ERR_AUTH"};
}

protocol::RegisterBegin begin()
{
    return {*protocol::Msisdn::fromE164("+8613800138000"), {}, makeIdentity(1).card().bytes, "test", protocol::AccountKind::Manual};
}

protocol::ErrorMessage error(ErrorCode code, std::string re)
{
    protocol::ErrorMessage error;
    error.code = code;
    error.re = std::move(re);
    return error;
}

using Messages = std::vector<protocol::Message>;

} // namespace

class ServerLinkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysSilentUntilSomebodyWantsIt();
    void logsInWithASignatureOverTheConnection();
    void sendsWhatWaitsRightBehindTheLogin();
    void sendsAtOnceWhileUp();
    void connectsToSend();
    void refusesMoreThanCanWait();
    void cannotSendWithoutAnAccount();
    void tellsTheServersMessages();
    void includesNumberAndSimWhenTheServerAsksForThem();
    void distrustsAnotherServerKey();
    void distrustsABadSignature_data();
    void distrustsABadSignature();
    void distrustsAChannelWithoutBinding();
    void acceptsAChannelWithoutBindingWhereConfigured();
    void followsAnAnnouncedServerKey();
    void trustsTheKeyThatWasAnnouncedToAnEarlierProcess();
    void ignoresAnAnnouncementThatTheServerDidNotSign();
    void forgetsAnAnnouncementWithTheAccount();
    void refusesAnotherProtocolVersion();
    void endsWhenTheServerIsBusyBeforeItsChallenge();
    void endsWhenTheFirstWordIsNoMessage();
    void ignoresASecondChallenge();
    void dropsMessagesOfCallsBeforeTheWelcome();
    void survivesAMalformedMessageWhileUp();
    void isUnreachableWhenTheLoginTakesTooLong_data();
    void isUnreachableWhenTheLoginTakesTooLong();
    void tellsARefusedLogin();
    void tellsThatTheServerHasNoSuchAccount_data();
    void tellsThatTheServerHasNoSuchAccount();
    void tellsThatTheNumberMovedElsewhere_data();
    void tellsThatTheNumberMovedElsewhere();
    void believesNoStrangerThatTheNumberMoved();
    void doesNotComeBackAfterARefusal();
    void comesBackToABusyServer();
    void comesBackAfterALossWhileKept();
    void comesBackLateWhenANewerConnectionTookItsPlace();
    void waitsLongerAfterEachFailure();
    void triesAtOnceWhenThereIsSomethingToSend();
    void staysAwayAfterALossWhenNobodyKeepsIt();
    void dropsWhatWaitedWhenTheConnectionFails();
    void goesWhenIdle();
    void countsIdlenessFromTheLastMessage();
    void countsIdlenessFromTheEndOfKeeping();
    void stopsOnDemand();
    void registersWithoutAnAccount();
    void registersWithoutLoggingInTheOldAccountFirst();
    void signsTheCodeForTheConnectionItGoesOutOn();
    void isUpWithTheAccountJustRegistered();
    void logsInAnewAsAnotherAccount();
    void doesNotTrustTheKeyOfARegistrationForAnotherAccount();
    void needsANewConnectionWhenTheChallengeIsOld();
    void ignoresInputsOfAClosedConnection();
};

void ServerLinkTest::staysSilentUntilSomebodyWantsIt()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.handleTimeout(kStart + 24h);
    QVERIFY(f.outputs().empty());
    QVERIFY(!f.link.nextTimeout().has_value());
}

void ServerLinkTest::logsInWithASignatureOverTheConnection()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.warmUp(kStart);
    QCOMPARE(only<ServerConnect>(f.outputs()).size(), std::size_t(1));
    f.connectAndChallenge();
    const Messages sent = f.sent();
    QCOMPARE(sent.size(), std::size_t(1));
    const auto &auth = std::get<protocol::Auth>(sent[0]);
    QVERIFY(auth.accountId == f.server.account().id);
    QVERIFY(!auth.msisdn.has_value());
    const Bytes signedText = crypto::loginMessage(auth.accountId, auth.clientNonce, filled(9), f.server.key().publicKey(), kBinding);
    QVERIFY(crypto::verifySignature(f.identity.card().edPublic, signedText, auth.sig));
    QVERIFY(!f.link.isUp());
    f.link.handle(kStart, text(protocol::Welcome{true, false, 0}));
    const auto ups = only<LinkUp>(f.outputs());
    QCOMPARE(ups.size(), std::size_t(1));
    QVERIFY(ups[0].welcome.reverify);
    QVERIFY(f.link.isUp());
    QVERIFY(f.link.channelBinding() == kBinding);
    QVERIFY(f.link.serverNonce() == filled(9));
    QVERIFY(f.link.serverKey() == f.server.key().publicKey());
}

void ServerLinkTest::sendsWhatWaitsRightBehindTheLogin()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    QVERIFY(f.link.send(kStart, message(1)));
    QVERIFY(f.link.send(kStart, message(2)));
    QVERIFY(f.sent().empty());
    f.connectAndChallenge();
    const Messages sent = f.sent();
    QCOMPARE(sent.size(), std::size_t(3));
    QVERIFY(std::holds_alternative<protocol::Auth>(sent[0]));
    QVERIFY(sent[1] == protocol::Message(message(1)));
    QVERIFY(sent[2] == protocol::Message(message(2)));
    // The login is on its way: no need to wait for its answer.
    QVERIFY(f.link.send(kStart, message(3)));
    QVERIFY(f.sent() == Messages{message(3)});
}

void ServerLinkTest::sendsAtOnceWhileUp()
{
    Fixture f;
    f.bringUp();
    QVERIFY(f.link.send(kStart, message(1)));
    QVERIFY(f.sent() == Messages{message(1)});
}

void ServerLinkTest::connectsToSend()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    QVERIFY(f.link.send(kStart, message(1)));
    QVERIFY(f.link.send(kStart, message(2)));
    QCOMPARE(only<ServerConnect>(f.outputs()).size(), std::size_t(1));
}

void ServerLinkTest::refusesMoreThanCanWait()
{
    ServerLinkConfig config;
    config.maxQueued = 2;
    Fixture f(config);
    f.link.setAccount(f.server.account());
    QVERIFY(f.link.send(kStart, message(1)));
    QVERIFY(f.link.send(kStart, message(2)));
    QVERIFY(!f.link.send(kStart, message(3)));
    f.connectAndChallenge();
    QCOMPARE(f.sent().size(), std::size_t(3));
}

void ServerLinkTest::cannotSendWithoutAnAccount()
{
    Fixture f;
    QVERIFY(!f.link.send(kStart, message(1)));
    f.link.warmUp(kStart);
    f.link.setKept(kStart, true);
    QVERIFY(f.outputs().empty());
}

void ServerLinkTest::tellsTheServersMessages()
{
    Fixture f;
    f.bringUp();
    f.link.handle(kStart, text(message(4)));
    const auto told = only<LinkMessage>(f.outputs());
    QCOMPARE(told.size(), std::size_t(1));
    QVERIFY(told[0].message == protocol::Message(message(4)));
    f.link.handle(kStart, text(error(ErrorCode::Rate, "call.offer")));
    QCOMPARE(only<LinkMessage>(f.outputs()).size(), std::size_t(1));
    QVERIFY(f.link.isUp());
}

void ServerLinkTest::includesNumberAndSimWhenTheServerAsksForThem()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.warmUp(kStart);
    f.link.handle(kStart, ServerConnected{kBinding});
    protocol::Challenge challenge = f.server.challenge(kBinding);
    challenge.retag = true;
    f.link.handle(kStart, text(challenge));
    const Messages sent = f.sent();
    const auto &auth = std::get<protocol::Auth>(sent.at(0));
    QVERIFY(auth.msisdn == f.server.account().msisdn);
    QVERIFY(auth.sim == f.server.account().sim);
}

void ServerLinkTest::distrustsAnotherServerKey()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.warmUp(kStart);
    f.link.handle(kStart, ServerConnected{kBinding});
    f.link.handle(kStart, text(ScriptedServer(8).challenge(kBinding)));
    const auto outputs = f.outputs();
    QVERIFY(only<ServerSend>(outputs).empty());
    QCOMPARE(only<ServerDisconnect>(outputs).size(), std::size_t(1));
    const auto downs = only<LinkDown>(outputs);
    QCOMPARE(downs.size(), std::size_t(1));
    QVERIFY(downs[0].failure == ServerFailure::Untrusted);
    QVERIFY(!f.link.serverKey().has_value());
}

void ServerLinkTest::distrustsABadSignature_data()
{
    QTest::addColumn<bool>("ofAnotherConnection");
    QTest::newRow("signed for another connection") << true;
    QTest::newRow("not signed at all") << false;
}

void ServerLinkTest::distrustsABadSignature()
{
    QFETCH(const bool, ofAnotherConnection);
    Fixture f;
    QVERIFY(f.link.sendUnauthenticated(kStart, begin()));
    f.link.handle(kStart, ServerConnected{kBinding});
    protocol::Challenge challenge = f.server.challenge(ofAnotherConnection ? filled(6) : kBinding);
    if (!ofAnotherConnection)
        challenge.serverSig = {};
    f.link.handle(kStart, text(challenge));
    const auto outputs = f.outputs();
    QVERIFY(only<ServerSend>(outputs).empty());
    QVERIFY(only<LinkDown>(outputs).at(0).failure == ServerFailure::Untrusted);
}

void ServerLinkTest::distrustsAChannelWithoutBinding()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.warmUp(kStart);
    f.link.handle(kStart, ServerConnected{});
    const auto down = f.down();
    QVERIFY(down.has_value());
    QVERIFY(down->failure == ServerFailure::Untrusted);
}

void ServerLinkTest::acceptsAChannelWithoutBindingWhereConfigured()
{
    ServerLinkConfig config;
    config.acceptZeroChannelBinding = true;
    Fixture f(config);
    f.link.setAccount(f.server.account());
    f.link.warmUp(kStart);
    f.link.handle(kStart, ServerConnected{});
    f.link.handle(kStart, text(f.server.challenge({})));
    QCOMPARE(f.sent().size(), std::size_t(1));
}

void ServerLinkTest::followsAnAnnouncedServerKey()
{
    Fixture f;
    const ScriptedServer successor(8);
    f.link.setAccount(f.server.account());
    f.link.warmUp(kStart);
    f.link.handle(kStart, ServerConnected{kBinding});
    protocol::Challenge challenge = f.server.challenge(kBinding);
    challenge.nextPk = successor.key().publicKey();
    challenge.nextSig = f.server.key().sign(crypto::serverKeyMessage(successor.key().publicKey()));
    f.link.handle(kStart, text(challenge));
    f.link.handle(kStart, text(protocol::Welcome{}));
    QVERIFY(f.link.isUp());
    // Once: the account is kept with both keys.
    const auto kept = only<LinkServerKeys>(f.outputs());
    QCOMPARE(kept.size(), std::size_t(1));
    QVERIFY(kept.front().current == f.server.key().publicKey());
    QVERIFY(kept.front().next == successor.key().publicKey());
    f.link.disconnect(kStart);

    f.link.warmUp(kStart);
    f.link.handle(kStart, ServerConnected{kBinding});
    f.outputs();
    f.link.handle(kStart, text(successor.challenge(kBinding)));
    const Messages sent = f.sent();
    const auto &auth = std::get<protocol::Auth>(sent.at(0));
    const Bytes signedText = crypto::loginMessage(auth.accountId, auth.clientNonce, filled(9), successor.key().publicKey(), kBinding);
    QVERIFY(crypto::verifySignature(f.identity.card().edPublic, signedText, auth.sig));
}

void ServerLinkTest::trustsTheKeyThatWasAnnouncedToAnEarlierProcess()
{
    Fixture f;
    const ScriptedServer successor(8);
    Account account = f.server.account();
    account.nextServerPublic = successor.key().publicKey();
    f.link.setAccount(account);
    f.link.warmUp(kStart);
    f.link.handle(kStart, ServerConnected{kBinding});
    f.outputs();
    f.link.handle(kStart, text(successor.challenge(kBinding)));
    f.link.handle(kStart, text(protocol::Welcome{}));
    QVERIFY(f.link.isUp());
    QVERIFY(only<LinkServerKeys>(f.outputs()).empty());
}

void ServerLinkTest::ignoresAnAnnouncementThatTheServerDidNotSign()
{
    Fixture f;
    const ScriptedServer stranger(8);
    f.link.setAccount(f.server.account());
    f.link.warmUp(kStart);
    f.link.handle(kStart, ServerConnected{kBinding});
    protocol::Challenge challenge = f.server.challenge(kBinding);
    challenge.nextPk = stranger.key().publicKey();
    challenge.nextSig = stranger.key().sign(crypto::serverKeyMessage(stranger.key().publicKey()));
    f.link.handle(kStart, text(challenge));
    f.link.handle(kStart, text(protocol::Welcome{}));
    QVERIFY(f.link.isUp());
    f.link.disconnect(kStart);
    f.link.warmUp(kStart);
    f.outputs();
    f.link.handle(kStart, ServerConnected{kBinding});
    f.link.handle(kStart, text(stranger.challenge(kBinding)));
    const auto down = f.down();
    QVERIFY(down.has_value());
    QVERIFY(down->failure == ServerFailure::Untrusted);
}

void ServerLinkTest::forgetsAnAnnouncementWithTheAccount()
{
    Fixture f;
    const ScriptedServer successor(8);
    f.link.setAccount(f.server.account());
    f.link.warmUp(kStart);
    f.link.handle(kStart, ServerConnected{kBinding});
    protocol::Challenge challenge = f.server.challenge(kBinding);
    challenge.nextPk = successor.key().publicKey();
    challenge.nextSig = f.server.key().sign(crypto::serverKeyMessage(successor.key().publicKey()));
    f.link.handle(kStart, text(challenge));
    const ScriptedServer other(10);
    f.link.setAccount(other.account());
    f.outputs();
    f.link.warmUp(kStart);
    f.link.handle(kStart, ServerConnected{kBinding});
    f.link.handle(kStart, text(successor.challenge(kBinding)));
    const auto down = f.down();
    QVERIFY(down.has_value());
    QVERIFY(down->failure == ServerFailure::Untrusted);
}

void ServerLinkTest::refusesAnotherProtocolVersion()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.warmUp(kStart);
    f.link.handle(kStart, ServerConnected{kBinding});
    protocol::Challenge challenge = f.server.challenge(kBinding);
    challenge.version = 2;
    f.link.handle(kStart, text(challenge));
    const auto down = f.down();
    QVERIFY(down.has_value());
    QVERIFY(down->failure == ServerFailure::Refused);
}

void ServerLinkTest::endsWhenTheServerIsBusyBeforeItsChallenge()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.warmUp(kStart);
    f.link.handle(kStart, ServerConnected{kBinding});
    f.link.handle(kStart, text(error(ErrorCode::BusyServer, "")));
    const auto down = f.down();
    QVERIFY(down.has_value());
    QVERIFY(down->failure == ServerFailure::Refused);
    QVERIFY(!down->gone);
}

void ServerLinkTest::endsWhenTheFirstWordIsNoMessage()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.warmUp(kStart);
    f.link.handle(kStart, ServerConnected{kBinding});
    f.link.handle(kStart, ServerText{"<html>"});
    const auto down = f.down();
    QVERIFY(down.has_value());
    QVERIFY(down->failure == ServerFailure::Refused);
}

void ServerLinkTest::ignoresASecondChallenge()
{
    Fixture f;
    f.bringUp();
    f.link.handle(kStart, text(f.server.challenge(kBinding, 10)));
    const auto outputs = f.outputs();
    QCOMPARE(outputs.size(), std::size_t(1));
    QVERIFY(std::holds_alternative<Fault>(outputs[0]));
    QVERIFY(f.link.serverNonce() == filled(9));
}

void ServerLinkTest::dropsMessagesOfCallsBeforeTheWelcome()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.warmUp(kStart);
    f.connectAndChallenge();
    f.outputs();
    f.link.handle(kStart, text(message(1)));
    QVERIFY(only<LinkMessage>(f.outputs()).empty());
}

void ServerLinkTest::survivesAMalformedMessageWhileUp()
{
    Fixture f;
    f.bringUp();
    f.link.handle(kStart, ServerText{"{"});
    f.link.handle(kStart, ServerText{std::string(protocol::kMaxMessageSize + 1, ' ')});
    const auto outputs = f.outputs();
    QCOMPARE(only<Fault>(outputs).size(), outputs.size());
    QVERIFY(f.link.isUp());
}

void ServerLinkTest::isUnreachableWhenTheLoginTakesTooLong_data()
{
    QTest::addColumn<int>("steps");
    QTest::newRow("no connection") << 0;
    QTest::newRow("no challenge") << 1;
    QTest::newRow("no welcome") << 2;
}

void ServerLinkTest::isUnreachableWhenTheLoginTakesTooLong()
{
    QFETCH(const int, steps);
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.warmUp(kStart);
    if (steps > 0)
        f.link.handle(kStart, ServerConnected{kBinding});
    if (steps > 1)
        f.link.handle(kStart, text(f.server.challenge(kBinding)));
    f.outputs();
    QCOMPARE(f.link.nextTimeout(), std::optional(kStart + 5s));
    f.link.handleTimeout(kStart + 5s - 1us);
    QVERIFY(f.outputs().empty());
    f.link.handleTimeout(kStart + 5s);
    const auto outputs = f.outputs();
    QCOMPARE(only<ServerDisconnect>(outputs).size(), std::size_t(1));
    QVERIFY(only<LinkDown>(outputs).at(0).failure == ServerFailure::Unreachable);
    QVERIFY(!f.link.nextTimeout().has_value());
}

void ServerLinkTest::tellsARefusedLogin()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.warmUp(kStart);
    f.connectAndChallenge();
    f.link.handle(kStart, text(error(ErrorCode::RegLocked, "auth")));
    const auto outputs = f.outputs();
    QCOMPARE(only<ServerDisconnect>(outputs).size(), std::size_t(1));
    const LinkDown down = only<LinkDown>(outputs).at(0);
    QVERIFY(down.failure == ServerFailure::Refused);
    QVERIFY(!down.gone);
}

void ServerLinkTest::tellsThatTheServerHasNoSuchAccount_data()
{
    QTest::addColumn<int>("secondsToTheAnswer");
    QTest::addColumn<bool>("gone");
    QTest::newRow("at once") << 0 << true;
    QTest::newRow("maybe because the challenge was old") << 5 << false;
}

void ServerLinkTest::tellsThatTheServerHasNoSuchAccount()
{
    QFETCH(const int, secondsToTheAnswer);
    QFETCH(const bool, gone);
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.warmUp(kStart);
    f.connectAndChallenge();
    f.link.handle(kStart + std::chrono::seconds(secondsToTheAnswer), text(error(ErrorCode::Auth, "auth")));
    const auto down = f.down();
    QVERIFY(down.has_value());
    QVERIFY(down->failure == ServerFailure::Refused);
    QCOMPARE(down->gone, gone);
}

void ServerLinkTest::tellsThatTheNumberMovedElsewhere_data()
{
    QTest::addColumn<bool>("byMessage");
    QTest::newRow("by E_GONE") << true;
    QTest::newRow("by close code 4001") << false;
}

void ServerLinkTest::tellsThatTheNumberMovedElsewhere()
{
    QFETCH(const bool, byMessage);
    Fixture f;
    f.bringUp();
    f.link.setKept(kStart, true);
    if (byMessage)
        f.link.handle(kStart, text(error(ErrorCode::Gone, "")));
    f.link.handle(kStart, ServerFailed{ServerFailure::Closed, 4001});
    const auto down = f.down();
    QVERIFY(down.has_value());
    QVERIFY(down->failure == ServerFailure::Refused);
    QVERIFY(down->gone);
    QVERIFY(!f.link.nextTimeout().has_value());
}

void ServerLinkTest::believesNoStrangerThatTheNumberMoved()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.warmUp(kStart);
    f.link.handle(kStart, ServerFailed{ServerFailure::Closed, 4001}); // before it proved its key
    const auto down = f.down();
    QVERIFY(down.has_value());
    QVERIFY(!down->gone);
}

void ServerLinkTest::doesNotComeBackAfterARefusal()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.setKept(kStart, true);
    f.connectAndChallenge();
    f.link.handle(kStart, text(error(ErrorCode::Auth, "auth")));
    QVERIFY(!f.link.nextTimeout().has_value());
}

void ServerLinkTest::comesBackToABusyServer()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.setKept(kStart, true);
    f.connectAndChallenge();
    f.link.handle(kStart, text(error(ErrorCode::BusyServer, "auth")));
    QVERIFY(f.link.nextTimeout().has_value());
}

void ServerLinkTest::comesBackAfterALossWhileKept()
{
    Fixture f;
    f.bringUp();
    f.link.setKept(kStart, true);
    QVERIFY(!f.link.nextTimeout().has_value());
    f.link.handle(kStart, ServerFailed{ServerFailure::Closed, 0});
    const auto down = f.down();
    QVERIFY(down.has_value());
    QVERIFY(down->failure == ServerFailure::Closed);
    QVERIFY(!f.link.isUp());
    const auto due = f.link.nextTimeout();
    QVERIFY(due.has_value());
    QVERIFY(*due >= kStart + 500ms && *due <= kStart + 750ms);
    f.link.handleTimeout(*due - 1us);
    QVERIFY(f.outputs().empty());
    f.link.handleTimeout(*due);
    QCOMPARE(only<ServerConnect>(f.outputs()).size(), std::size_t(1));
    f.connectAndChallenge(*due);
    QVERIFY(std::holds_alternative<protocol::Auth>(f.sent().at(0)));
}

void ServerLinkTest::comesBackLateWhenANewerConnectionTookItsPlace()
{
    Fixture f;
    f.bringUp();
    f.link.setKept(kStart, true);
    f.link.handle(kStart, ServerFailed{ServerFailure::Closed, 1008});
    const auto down = f.down();
    QVERIFY(down.has_value());
    QVERIFY(!down->gone);
    const auto due = f.link.nextTimeout();
    QVERIFY(due.has_value());
    QVERIFY(*due >= kStart + 20s && *due <= kStart + 30s);
}

void ServerLinkTest::waitsLongerAfterEachFailure()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.setKept(kStart, true);
    TimePoint now = kStart;
    std::vector<Duration> waits;
    for (int i = 0; i < 12; ++i) {
        f.link.handle(now, ServerFailed{ServerFailure::Unreachable, 0});
        const TimePoint due = f.link.nextTimeout().value();
        waits.push_back(due - now);
        now = due;
        f.link.handleTimeout(now);
    }
    Duration least = 500ms;
    for (const Duration wait : waits) {
        QVERIFY(wait >= least);
        QVERIFY(wait <= least * 3 / 2);
        least = std::min<Duration>(least * 2, 20s);
    }
    QVERIFY(waits[10] != waits[11]);
    // A login begins the count anew.
    f.connectAndChallenge(now);
    f.link.handle(now, text(protocol::Welcome{}));
    f.link.handle(now, ServerFailed{ServerFailure::Closed, 0});
    QVERIFY(f.link.nextTimeout().value() <= now + 750ms);
}

void ServerLinkTest::triesAtOnceWhenThereIsSomethingToSend()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    f.link.setKept(kStart, true);
    f.link.handle(kStart, ServerFailed{ServerFailure::Unreachable, 0});
    f.outputs();
    QVERIFY(f.link.send(kStart + 10ms, message(1)));
    QCOMPARE(only<ServerConnect>(f.outputs()).size(), std::size_t(1));
    QCOMPARE(f.link.nextTimeout(), std::optional(kStart + 10ms + 5s));
}

void ServerLinkTest::staysAwayAfterALossWhenNobodyKeepsIt()
{
    Fixture f;
    f.bringUp();
    f.link.handle(kStart, ServerFailed{ServerFailure::Closed, 0});
    QVERIFY(f.down().has_value());
    QVERIFY(!f.link.nextTimeout().has_value());
}

void ServerLinkTest::dropsWhatWaitedWhenTheConnectionFails()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    QVERIFY(f.link.send(kStart, message(1)));
    f.link.handle(kStart, ServerFailed{ServerFailure::Unreachable, 0});
    QVERIFY(f.link.send(kStart, message(2)));
    f.outputs();
    f.connectAndChallenge();
    const Messages sent = f.sent();
    QCOMPARE(sent.size(), std::size_t(2));
    QVERIFY(sent[1] == protocol::Message(message(2)));
}

void ServerLinkTest::goesWhenIdle()
{
    Fixture f;
    f.bringUp();
    QCOMPARE(f.link.nextTimeout(), std::optional(kStart + 20s));
    f.link.handleTimeout(kStart + 20s - 1us);
    QVERIFY(f.outputs().empty());
    f.link.handleTimeout(kStart + 20s);
    const auto outputs = f.outputs();
    QCOMPARE(outputs.size(), std::size_t(1)); // no LinkDown: nothing failed
    QVERIFY(std::holds_alternative<ServerDisconnect>(outputs[0]));
    QVERIFY(!f.link.isUp());
    QVERIFY(!f.link.nextTimeout().has_value());
}

void ServerLinkTest::countsIdlenessFromTheLastMessage()
{
    Fixture f;
    f.bringUp();
    QVERIFY(f.link.send(kStart + 5s, message(1)));
    QCOMPARE(f.link.nextTimeout(), std::optional(kStart + 25s));
    f.link.handle(kStart + 7s, text(message(2)));
    QCOMPARE(f.link.nextTimeout(), std::optional(kStart + 27s));
}

void ServerLinkTest::countsIdlenessFromTheEndOfKeeping()
{
    Fixture f;
    f.bringUp();
    f.link.setKept(kStart, true);
    f.link.handleTimeout(kStart + 1h);
    QVERIFY(f.outputs().empty());
    f.link.setKept(kStart + 1h, false);
    QCOMPARE(f.link.nextTimeout(), std::optional(kStart + 1h + 20s));
}

void ServerLinkTest::stopsOnDemand()
{
    Fixture f;
    f.bringUp();
    f.link.setKept(kStart, true);
    f.link.disconnect(kStart);
    const auto outputs = f.outputs();
    QCOMPARE(outputs.size(), std::size_t(1));
    QVERIFY(std::holds_alternative<ServerDisconnect>(outputs[0]));
    QVERIFY(!f.link.nextTimeout().has_value());
    f.link.disconnect(kStart);
    QVERIFY(f.outputs().empty());
    f.link.setKept(kStart, true);
    QCOMPARE(only<ServerConnect>(f.outputs()).size(), std::size_t(1));
}

void ServerLinkTest::registersWithoutAnAccount()
{
    Fixture f;
    QVERIFY(f.link.sendUnauthenticated(kStart, begin()));
    QCOMPARE(only<ServerConnect>(f.outputs()).size(), std::size_t(1));
    f.link.handle(kStart, ServerConnected{kBinding});
    QVERIFY(f.outputs().empty());
    f.link.handle(kStart, text(f.server.challenge(kBinding)));
    QVERIFY(f.sent() == Messages{begin()});
    const protocol::RegisterSent answer{SessionId{}, 300, 60, 6};
    f.link.handle(kStart, text(answer));
    QVERIFY(only<LinkMessage>(f.outputs()).at(0).message == protocol::Message(answer));
    QCOMPARE(f.link.nextTimeout(), std::optional(kStart + 20s));
}

void ServerLinkTest::registersWithoutLoggingInTheOldAccountFirst()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    QVERIFY(f.link.sendUnauthenticated(kStart, begin()));
    f.connectAndChallenge();
    QVERIFY(f.sent() == Messages{begin()});
    // A call that comes in between logs in on the same connection.
    QVERIFY(f.link.send(kStart + 1s, message(1)));
    const Messages sent = f.sent();
    QCOMPARE(sent.size(), std::size_t(2));
    QVERIFY(std::holds_alternative<protocol::Auth>(sent[0]));
}

void ServerLinkTest::signsTheCodeForTheConnectionItGoesOutOn()
{
    Fixture f;
    SessionId session;
    session.bytes.fill(4);
    QVERIFY(f.link.sendUnauthenticated(kStart, protocol::RegisterVerify{session, "123456", {}}));
    f.connectAndChallenge();
    const Messages sent = f.sent();
    const auto &verify = std::get<protocol::RegisterVerify>(sent.at(0));
    const Bytes signedText = crypto::registerMessage(session, kBinding, f.identity.card().bytes, "123456");
    QVERIFY(crypto::verifySignature(f.identity.card().edPublic, signedText, verify.sig));
}

void ServerLinkTest::isUpWithTheAccountJustRegistered()
{
    Fixture f;
    QVERIFY(f.link.sendUnauthenticated(kStart, begin()));
    f.connectAndChallenge();
    f.outputs();
    f.link.adopt(kStart + 1s, f.server.account());
    const auto outputs = f.outputs();
    QCOMPARE(outputs.size(), std::size_t(1));
    QVERIFY(std::holds_alternative<LinkUp>(outputs[0]));
    QVERIFY(f.link.isUp());
    QVERIFY(f.link.send(kStart + 2s, message(1)));
    QVERIFY(f.sent() == Messages{message(1)});
}

void ServerLinkTest::logsInAnewAsAnotherAccount()
{
    Fixture f;
    f.bringUp();
    f.link.setKept(kStart, true);
    Account other = f.server.account();
    other.id.bytes.fill(8);
    f.link.setAccount(other);
    QCOMPARE(only<ServerDisconnect>(f.outputs()).size(), std::size_t(1));
    QVERIFY(!f.link.isUp());
    QVERIFY(f.link.nextTimeout().has_value());
    f.link.handleTimeout(kStart);
    QCOMPARE(only<ServerConnect>(f.outputs()).size(), std::size_t(1));
    f.connectAndChallenge();
    const Messages sent = f.sent();
    QVERIFY(std::get<protocol::Auth>(sent.at(0)).accountId == other.id);
    f.link.setAccount(other);
    QVERIFY(f.outputs().empty());
    f.link.setAccount(std::nullopt);
    QCOMPARE(f.outputs().size(), std::size_t(1));
    QVERIFY(!f.link.nextTimeout().has_value());
}

void ServerLinkTest::doesNotTrustTheKeyOfARegistrationForAnotherAccount()
{
    Fixture f;
    const ScriptedServer stranger(8);
    QVERIFY(f.link.sendUnauthenticated(kStart, begin()));
    f.link.handle(kStart, ServerConnected{kBinding});
    f.link.handle(kStart, text(stranger.challenge(kBinding)));
    f.outputs();
    f.link.setAccount(f.server.account());
    QVERIFY(f.link.send(kStart, message(1)));
    QVERIFY(f.sent().empty());
    f.link.handle(kStart, ServerConnected{kBinding});
    f.link.handle(kStart, text(stranger.challenge(kBinding)));
    QVERIFY(f.sent().empty());
}

void ServerLinkTest::needsANewConnectionWhenTheChallengeIsOld()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    QVERIFY(f.link.sendUnauthenticated(kStart, begin()));
    f.connectAndChallenge();
    f.outputs();
    QVERIFY(f.link.send(kStart + 6s, message(1)));
    const auto outputs = f.outputs();
    QCOMPARE(outputs.size(), std::size_t(2));
    QVERIFY(std::holds_alternative<ServerDisconnect>(outputs[0]));
    QVERIFY(std::holds_alternative<ServerConnect>(outputs[1]));
    f.connectAndChallenge(kStart + 6s);
    QCOMPARE(f.sent().size(), std::size_t(2));
}

void ServerLinkTest::ignoresInputsOfAClosedConnection()
{
    Fixture f;
    f.link.setAccount(f.server.account());
    f.connectAndChallenge();
    f.link.handle(kStart, ServerFailed{ServerFailure::Closed, 4001});
    f.link.handle(kStart, text(protocol::Welcome{}));
    QVERIFY(f.outputs().empty());
}

QTEST_APPLESS_MAIN(ServerLinkTest)
#include "tst_serverlink.moc"
