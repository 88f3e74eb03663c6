#include "core/call/registrationmachine.h"
#include "server/memoryregistry.h"
#include "server/servercore.h"
#include "tests/core/call/scriptedserver.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;
using namespace std::chrono_literals;
using State = RegistrationState;

namespace {

constexpr TimePoint kStart{100s};

class FixedClock final : public server::WallClock
{
public:
    std::int64_t unixSeconds() const override { return 1'700'000'000; }
};

/// A phone's link and registration against the server itself; each connection is a pair of queues without delay.
class Rig
{
public:
    void begin()
    {
        registration.begin(now, *protocol::Msisdn::fromE164("+8613800138000"), protocol::AccountKind::Sim,
                           *protocol::Imsi::fromDigits("460001234567890"));
        run();
    }
    void verify(const std::string &typed)
    {
        registration.verify(now, typed);
        run();
    }
    void pass(Duration duration)
    {
        now += duration;
        core.handleTimeout(now);
        link.handleTimeout(now);
        registration.handleTimeout(now);
        run();
    }
    /// Until nobody has anything to say.
    void run()
    {
        for (bool moved = true; moved;)
            moved = drainRegistration() || drainLink() || drainServer();
    }

    TimePoint now = kStart;
    SeededRandom random{1};
    crypto::DeviceIdentity identity = makeIdentity(1);
    ServerLink link{{}, identity, random};
    RegistrationMachine registration{{.platform = "test"}, identity};
    std::string code;
    std::optional<RegistrationChanged> lastChange;
    std::optional<Account> account;
    std::vector<LinkDown> downs;
    int connections = 0;

private:
    bool drainRegistration()
    {
        const auto outputs = drain<RegistrationOutput>(registration);
        for (const auto &send : only<RegistrationSend>(outputs))
            link.sendUnauthenticated(now, send.message);
        for (const auto &done : only<RegistrationDone>(outputs)) {
            account = done.account;
            link.adopt(now, done.account);
        }
        for (const auto &change : only<RegistrationChanged>(outputs))
            lastChange = change;
        return !outputs.empty();
    }

    bool drainLink()
    {
        const auto outputs = drain<LinkOutput>(link);
        for (const LinkOutput &output : outputs) {
            if (std::holds_alternative<ServerConnect>(output)) {
                open = server::ConnectionId(static_cast<std::uint64_t>(++connections));
                core.handle(now, server::ConnectionOpened{*open, "192.0.2.1", filled(5)});
                link.handle(now, ServerConnected{filled(5)});
            } else if (std::holds_alternative<ServerDisconnect>(output)) {
                core.handle(now, server::ConnectionClosed{*open});
                open.reset();
            } else if (const auto *send = std::get_if<ServerSend>(&output)) {
                core.handle(now, server::TextReceived{*open, send->text});
            } else if (const auto *down = std::get_if<LinkDown>(&output)) {
                downs.push_back(*down);
                registration.linkDown(now, down->failure);
            } else if (const auto *message = std::get_if<LinkMessage>(&output)) {
                registration.handle(now, message->message, link.serverKey());
            }
        }
        return !outputs.empty();
    }

    bool drainServer()
    {
        const auto outputs = drain<server::ServerOutput>(core);
        for (const server::ServerOutput &output : outputs) {
            if (const auto *sent = std::get_if<server::SendText>(&output); sent && sent->id == open)
                link.handle(now, ServerText{sent->text});
            else if (const auto *closed = std::get_if<server::CloseConnection>(&output); closed && closed->id == open)
                link.handle(now, ServerFailed{ServerFailure::Closed, closed->code});
            else if (const auto *sms = std::get_if<server::SendCode>(&output))
                code = sms->code;
        }
        return !outputs.empty();
    }

    FixedClock clock;
    server::MemoryRegistry registry;
    server::Secrets secrets = server::Secrets::generate(random);
    server::ServerCore core{server::Limits{}, secrets, registry, clock, random};
    std::optional<server::ConnectionId> open;
};

} // namespace

class LinkAndServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registersAndIsLoggedInOnTheSameConnection();
    void verifiesOnAnotherConnectionThanItBegan();
    void tellsAWrongCode();
    void logsInAgainAfterIdleness();
    void isToldThatItsAccountIsUnknown();
};

void LinkAndServerTest::registersAndIsLoggedInOnTheSameConnection()
{
    Rig rig;
    rig.begin();
    QVERIFY(rig.registration.state() == State::CodeSent);
    rig.verify(rig.code);
    QVERIFY(rig.registration.state() == State::Registered);
    QVERIFY(rig.link.isUp());
    QCOMPARE(rig.connections, 1);
    // The server answers what only a logged-in phone may ask.
    protocol::CallOffer offer{CallId{}, rig.account->msisdn, *protocol::Msisdn::fromE164("+4915550123456"), {}, {}, false};
    QVERIFY(rig.link.send(rig.now, offer));
    rig.run();
    QVERIFY(rig.downs.empty());
}

void LinkAndServerTest::verifiesOnAnotherConnectionThanItBegan()
{
    Rig rig;
    rig.begin();
    rig.pass(25s); // idle by now
    QVERIFY(!rig.link.channelBinding().has_value());
    rig.verify(rig.code);
    QVERIFY(rig.registration.state() == State::Registered);
    QVERIFY(rig.link.isUp());
    QCOMPARE(rig.connections, 2);
}

void LinkAndServerTest::tellsAWrongCode()
{
    Rig rig;
    rig.begin();
    rig.verify(rig.code == "123456" ? "654321" : "123456");
    QVERIFY(rig.lastChange->state == State::CodeSent);
    QVERIFY(rig.lastChange->fault == RegistrationFault::WrongCode);
    QCOMPARE(rig.lastChange->triesLeft, 4U);
    rig.verify(rig.code);
    QVERIFY(rig.registration.state() == State::Registered);
}

void LinkAndServerTest::logsInAgainAfterIdleness()
{
    Rig rig;
    rig.begin();
    rig.verify(rig.code);
    rig.pass(30s);
    QVERIFY(!rig.link.isUp());
    rig.link.warmUp(rig.now);
    rig.run();
    QVERIFY(rig.link.isUp());
    QVERIFY(rig.downs.empty());
}

void LinkAndServerTest::isToldThatItsAccountIsUnknown()
{
    Rig rig;
    rig.begin();
    rig.verify(rig.code);
    Account stranger = *rig.account;
    stranger.id.bytes.fill(0xee);
    rig.link.setAccount(stranger);
    rig.run();
    rig.link.warmUp(rig.now);
    rig.run();
    QVERIFY(!rig.link.isUp());
    QCOMPARE(rig.downs.size(), std::size_t(1));
    QVERIFY(rig.downs[0].failure == ServerFailure::Refused);
}

QTEST_APPLESS_MAIN(LinkAndServerTest)
#include "tst_linkandserver.moc"
