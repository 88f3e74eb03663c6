#include "core/ice/hostagent.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::ice;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint kStart{100s};

TransportAddress address(const char *text, std::uint16_t port = 5000)
{
    return {Redacted<std::string>(text), port};
}

Candidate candidate(const char *text, std::uint32_t priority = 1, std::uint16_t port = 5000)
{
    return {address(text, port), CandidateType::Host, priority};
}

std::vector<PathOutput> drain(HostAgent &agent)
{
    std::vector<PathOutput> outputs;
    while (auto output = agent.poll())
        outputs.push_back(std::move(*output));
    return outputs;
}

/// The one output that is expected; nothing when there is another number or another kind.
template<typename Output>
std::optional<Output> only(HostAgent &agent)
{
    const auto outputs = drain(agent);
    if (outputs.size() != 1 || !std::holds_alternative<Output>(outputs[0]))
        return std::nullopt;
    return std::get<Output>(outputs[0]);
}

using Addresses = std::vector<TransportAddress>;

} // namespace

class HostAgentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersItsAddressesWithHostPriorities();
    void offersNothingWithoutAnAddress();
    void triesThePeersAddressesByPriority();
    void mergesCandidatesWithoutDuplicates();
    void triesTheLatestCandidatesFirst();
    void boundsCandidatesAndDestinations();
    void neverSendsToWhatIsNoHost_data();
    void neverSendsToWhatIsNoHost();
    void neverSendsToItself();
    void sendsToLoopbackOnlyFromLoopback();
    void leavesFamiliesAloneThatItHasNoAddressOf();
    void selectsWhereTheFirstAuthenticPacketCameFrom();
    void selectsAnAddressThatIsNoCandidate();
    void staysWithThePathWhileItIsHeard();
    void followsThePeerWhenTheOldPathFellSilent();
    void followsThePeerAtOnceWhenItNamedOtherAddresses();
    void failsWhenPatienceEnds();
    void doesNotFailOnceSelected();
    void selectsEvenAfterItFailed();
    void triesEverythingAgainAfterARestart();
    void keepsTryingAPeerReflexiveAddressAfterARestart();
    void ignoresDatagrams();
};

void HostAgentTest::offersItsAddressesWithHostPriorities()
{
    HostAgent agent;
    agent.handle(kStart, LocalCandidates{{candidate("2001:DB8::1"), candidate("192.0.2.1"), candidate("nonsense")}});
    const auto sent = only<SendCandidates>(agent);
    QVERIFY(sent.has_value());
    QCOMPARE(sent->candidates.size(), std::size_t(2));
    QVERIFY(sent->candidates[0].address == address("2001:db8::1"));
    QCOMPARE(sent->candidates[0].priority, (126U << 24U) + (65535U << 8U) + 255U);
    QVERIFY(sent->candidates[1].address == address("192.0.2.1"));
    QCOMPARE(sent->candidates[1].priority, (126U << 24U) + (65534U << 8U) + 255U);
}

void HostAgentTest::offersNothingWithoutAnAddress()
{
    HostAgent agent;
    agent.handle(kStart, LocalCandidates{});
    agent.handle(kStart, Restart{});
    QVERIFY(drain(agent).empty());
}

void HostAgentTest::triesThePeersAddressesByPriority()
{
    HostAgent agent;
    QVERIFY(agent.destinations().empty());
    agent.handle(kStart, RemoteCandidates{{candidate("192.0.2.1", 10), candidate("192.0.2.2", 30), candidate("192.0.2.3", 20)}});
    QVERIFY(agent.destinations() == (Addresses{address("192.0.2.2"), address("192.0.2.3"), address("192.0.2.1")}));
}

void HostAgentTest::mergesCandidatesWithoutDuplicates()
{
    HostAgent agent;
    agent.handle(kStart, RemoteCandidates{{candidate("2001:db8::1"), candidate("2001:DB8:0::1")}});
    agent.handle(kStart, RemoteCandidates{{candidate("2001:db8::1", 9), candidate("2001:db8::1", 1, 5001)}});
    QVERIFY(agent.destinations() == (Addresses{address("2001:db8::1"), address("2001:db8::1", 5001)}));
}

void HostAgentTest::triesTheLatestCandidatesFirst()
{
    HostAgent agent;
    agent.handle(kStart, RemoteCandidates{{candidate("192.0.2.1", 100)}});
    agent.handle(kStart, RemoteCandidates{{candidate("192.0.2.2", 1)}});
    QVERIFY(agent.destinations() == (Addresses{address("192.0.2.2"), address("192.0.2.1")}));
}

void HostAgentTest::boundsCandidatesAndDestinations()
{
    HostAgentConfig config;
    config.maxCandidates = 3;
    config.maxDestinations = 2;
    HostAgent agent(config);
    std::vector<Candidate> many;
    for (std::uint16_t port = 1; port <= 5; ++port)
        many.push_back(candidate("192.0.2.1", 1, port));
    agent.handle(kStart, RemoteCandidates{many});
    QVERIFY(agent.destinations() == (Addresses{address("192.0.2.1", 1), address("192.0.2.1", 2)}));
    for (Candidate &own : many)
        own.address.address = Redacted<std::string>("192.0.2.9");
    agent.handle(kStart, LocalCandidates{many});
    const auto sent = only<SendCandidates>(agent);
    QVERIFY(sent.has_value());
    QCOMPARE(sent->candidates.size(), std::size_t(3));
}

void HostAgentTest::neverSendsToWhatIsNoHost_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::uint16_t>("port");
    const auto row = [](const char *text, std::uint16_t port = 5000) { QTest::newRow(text) << std::string(text) << port; };
    row("0.0.0.0");
    row("255.255.255.255");
    row("224.0.0.1");
    row("::");
    row("ff02::1");
    row("fe80::1");
    row("::ffff:127.0.0.1");
    row("example.org");
    row("192.0.2.1", 0);
}

void HostAgentTest::neverSendsToWhatIsNoHost()
{
    QFETCH(const std::string, text);
    QFETCH(const std::uint16_t, port);
    HostAgent agent;
    const TransportAddress bad{Redacted(text), port};
    agent.handle(kStart, RemoteCandidates{{{bad, CandidateType::Host, 1}}});
    QVERIFY(agent.destinations().empty());
    agent.handle(kStart, AuthenticFrom{bad});
    QVERIFY(agent.destinations().empty());
    QVERIFY(drain(agent).empty());
}

void HostAgentTest::neverSendsToItself()
{
    HostAgent agent;
    agent.handle(kStart, LocalCandidates{{candidate("192.0.2.1", 1, 5000)}});
    agent.handle(kStart, RemoteCandidates{{candidate("192.0.2.1", 1, 5000), candidate("192.0.2.1", 1, 5001)}});
    QVERIFY(agent.destinations() == Addresses{address("192.0.2.1", 5001)});
}

void HostAgentTest::sendsToLoopbackOnlyFromLoopback()
{
    HostAgent agent;
    agent.handle(kStart, RemoteCandidates{{candidate("127.0.0.1", 2), candidate("192.0.2.2", 1)}});
    agent.handle(kStart, LocalCandidates{{candidate("192.0.2.1")}});
    QVERIFY(agent.destinations() == Addresses{address("192.0.2.2")});
    agent.handle(kStart, LocalCandidates{{candidate("127.0.0.1", 1, 6000)}});
    QVERIFY(agent.destinations() == (Addresses{address("127.0.0.1"), address("192.0.2.2")}));
}

void HostAgentTest::leavesFamiliesAloneThatItHasNoAddressOf()
{
    HostAgent agent;
    agent.handle(kStart, RemoteCandidates{{candidate("2001:db8::2", 2), candidate("192.0.2.2", 1)}});
    agent.handle(kStart, LocalCandidates{{candidate("192.0.2.1")}});
    QVERIFY(agent.destinations() == Addresses{address("192.0.2.2")});
}

void HostAgentTest::selectsWhereTheFirstAuthenticPacketCameFrom()
{
    HostAgent agent;
    agent.handle(kStart, RemoteCandidates{{candidate("192.0.2.1", 2), candidate("192.0.2.2", 1)}});
    agent.handle(kStart, AuthenticFrom{address("192.0.2.2")});
    const auto selected = only<PathSelected>(agent);
    QVERIFY(selected.has_value());
    QVERIFY(selected->to == address("192.0.2.2"));
    QVERIFY(agent.destinations() == Addresses{address("192.0.2.2")});
    agent.handle(kStart + 20ms, AuthenticFrom{address("192.0.2.2")});
    QVERIFY(drain(agent).empty());
}

void HostAgentTest::selectsAnAddressThatIsNoCandidate()
{
    HostAgent agent;
    agent.handle(kStart, RemoteCandidates{{candidate("192.0.2.1")}});
    agent.handle(kStart, AuthenticFrom{address("198.51.100.7", 40000)});
    QVERIFY(agent.destinations() == (Addresses{address("198.51.100.7", 40000)}));
}

void HostAgentTest::staysWithThePathWhileItIsHeard()
{
    HostAgent agent;
    agent.handle(kStart, AuthenticFrom{address("192.0.2.1")});
    drain(agent);
    for (Duration passed = 0ms; passed < 5s; passed += 500ms) {
        agent.handle(kStart + passed, AuthenticFrom{address("192.0.2.1")});
        agent.handle(kStart + passed + 499ms, AuthenticFrom{address("192.0.2.2")});
    }
    QVERIFY(drain(agent).empty());
    QVERIFY(agent.destinations() == Addresses{address("192.0.2.1")});
}

void HostAgentTest::followsThePeerWhenTheOldPathFellSilent()
{
    HostAgent agent;
    agent.handle(kStart, AuthenticFrom{address("192.0.2.1")});
    agent.handle(kStart + 500ms, AuthenticFrom{address("192.0.2.1")});
    drain(agent);
    agent.handle(kStart + 1499ms, AuthenticFrom{address("192.0.2.2")});
    QVERIFY(drain(agent).empty());
    agent.handle(kStart + 1500ms, AuthenticFrom{address("192.0.2.2")});
    const auto selected = only<PathSelected>(agent);
    QVERIFY(selected.has_value());
    QVERIFY(selected->to == address("192.0.2.2"));
}

void HostAgentTest::followsThePeerAtOnceWhenItNamedOtherAddresses()
{
    HostAgent agent;
    agent.handle(kStart, RemoteCandidates{{candidate("192.0.2.1")}});
    agent.handle(kStart, AuthenticFrom{address("192.0.2.1")});
    agent.handle(kStart + 1s, AuthenticFrom{address("192.0.2.1")});
    drain(agent);
    // Told again, with the selected one among them: nothing has moved.
    agent.handle(kStart + 1s, RemoteCandidates{{candidate("192.0.2.1"), candidate("192.0.2.2")}});
    agent.handle(kStart + 1s, AuthenticFrom{address("192.0.2.2")});
    QVERIFY(drain(agent).empty());
    agent.handle(kStart + 1s, RemoteCandidates{{candidate("192.0.2.3")}});
    // What is heard of the old path has been on its way.
    agent.handle(kStart + 1s, AuthenticFrom{address("192.0.2.1")});
    QVERIFY(drain(agent).empty());
    agent.handle(kStart + 1s + 10ms, AuthenticFrom{address("192.0.2.3")});
    const auto selected = only<PathSelected>(agent);
    QVERIFY(selected.has_value());
    QVERIFY(selected->to == address("192.0.2.3"));
}

void HostAgentTest::failsWhenPatienceEnds()
{
    HostAgent agent;
    agent.handle(kStart, LocalCandidates{{candidate("192.0.2.1")}});
    QVERIFY(!agent.nextTimeout().has_value());
    agent.handle(kStart, RemoteCandidates{{candidate("192.0.2.2")}});
    agent.handle(kStart + 1s, RemoteCandidates{{candidate("192.0.2.3")}});
    QCOMPARE(agent.nextTimeout(), std::optional(kStart + 8s));
    drain(agent);
    agent.handleTimeout(kStart + 8s - 1us);
    QVERIFY(drain(agent).empty());
    agent.handleTimeout(kStart + 8s);
    QVERIFY(only<PathFailed>(agent).has_value());
    QVERIFY(!agent.nextTimeout().has_value());
    agent.handle(kStart + 9s, RemoteCandidates{{candidate("192.0.2.4")}});
    QVERIFY(!agent.nextTimeout().has_value()); // told once; a restart begins anew
}

void HostAgentTest::doesNotFailOnceSelected()
{
    HostAgent agent;
    agent.handle(kStart, AuthenticFrom{address("192.0.2.2")});
    agent.handle(kStart, RemoteCandidates{{candidate("192.0.2.2")}});
    drain(agent);
    QVERIFY(!agent.nextTimeout().has_value());
    agent.handleTimeout(kStart + 8s);
    QVERIFY(drain(agent).empty());
}

void HostAgentTest::selectsEvenAfterItFailed()
{
    HostAgent agent;
    agent.handle(kStart, RemoteCandidates{{candidate("192.0.2.2")}});
    agent.handleTimeout(kStart + 8s);
    QVERIFY(only<PathFailed>(agent).has_value());
    agent.handle(kStart + 9s, AuthenticFrom{address("192.0.2.2")});
    QVERIFY(only<PathSelected>(agent).has_value());
}

void HostAgentTest::triesEverythingAgainAfterARestart()
{
    HostAgent agent;
    agent.handle(kStart, LocalCandidates{{candidate("192.0.2.9")}});
    agent.handle(kStart, RemoteCandidates{{candidate("192.0.2.1", 2), candidate("192.0.2.2", 1)}});
    agent.handle(kStart, AuthenticFrom{address("192.0.2.2")});
    drain(agent);
    agent.handle(kStart + 30s, Restart{});
    const auto sent = only<SendCandidates>(agent);
    QVERIFY(sent.has_value());
    QCOMPARE(sent->candidates.size(), std::size_t(1));
    QVERIFY(agent.destinations() == (Addresses{address("192.0.2.1"), address("192.0.2.2")}));
    QCOMPARE(agent.nextTimeout(), std::optional(kStart + 38s));
    agent.handle(kStart + 31s, AuthenticFrom{address("192.0.2.1")});
    QVERIFY(only<PathSelected>(agent).has_value());
    QVERIFY(!agent.nextTimeout().has_value());
}

void HostAgentTest::keepsTryingAPeerReflexiveAddressAfterARestart()
{
    HostAgent agent;
    agent.handle(kStart, RemoteCandidates{{candidate("192.0.2.1")}});
    agent.handle(kStart, AuthenticFrom{address("198.51.100.7")});
    agent.handle(kStart + 30s, Restart{});
    QVERIFY(agent.destinations() == (Addresses{address("198.51.100.7"), address("192.0.2.1")}));
}

void HostAgentTest::ignoresDatagrams()
{
    HostAgent agent;
    const Bytes stun(20, 0);
    agent.handle(kStart, Datagram{address("192.0.2.1"), stun});
    QVERIFY(drain(agent).empty());
    QVERIFY(agent.destinations().empty());
}

QTEST_APPLESS_MAIN(HostAgentTest)
#include "tst_hostagent.moc"
