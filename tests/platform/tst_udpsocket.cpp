#include "platform/qt/udpsocket.h"
#include "tests/platform/waiting.h"

#include <QHostAddress>
#include <QTest>

using namespace ringlift;
using qt::HostAddresses;
using qt::UdpSocket;

namespace {

struct Arrived
{
    ice::TransportAddress from;
    Bytes datagram;
};

/// A socket with what it received.
struct Peer
{
    explicit Peer(HostAddresses which = HostAddresses::LoopbackOnly) : socket(which)
    {
        QObject::connect(&socket, &UdpSocket::received, &socket, [this](const ice::TransportAddress &from, ByteView datagram) {
            arrived.push_back({from, copyOf(datagram)});
        });
        addresses = socket.open();
    }

    std::optional<ice::TransportAddress> address(QAbstractSocket::NetworkLayerProtocol family) const
    {
        for (const ice::TransportAddress &candidate : addresses) {
            if (QHostAddress(QString::fromStdString(candidate.address.reveal())).protocol() == family)
                return candidate;
        }
        return std::nullopt;
    }

    UdpSocket socket;
    std::vector<ice::TransportAddress> addresses;
    std::vector<Arrived> arrived;
};

} // namespace

class UdpSocketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersAddressesThatCanBeReached();
    void prefersOtherAddressesToLoopback();
    void carriesDatagramsBothWays_data();
    void carriesDatagramsBothWays();
    void handlesABurstInBoundedTurns();
    void keepsListeningWhenItWasWokenForNothing();
    void dropsWhatIsTooLong();
    void survivesNonsenseAddresses();
    void mayBeClosedWhileReceiving();
    void opensAgainOnAnotherPort();
};

void UdpSocketTest::offersAddressesThatCanBeReached()
{
    const Peer peer;
    QVERIFY(!peer.addresses.empty());
    for (const ice::TransportAddress &address : peer.addresses) {
        QVERIFY(QHostAddress(QString::fromStdString(address.address.reveal())).isLoopback());
        QVERIFY(address.port != 0);
    }
}

void UdpSocketTest::prefersOtherAddressesToLoopback()
{
    const std::vector<QHostAddress> usual = qt::hostAddresses(HostAddresses::Usual);
    QVERIFY(!usual.empty() && usual.size() <= UdpSocket::kMaxAddresses);
    const bool allLoopback = std::all_of(usual.begin(), usual.end(), [](const QHostAddress &a) { return a.isLoopback(); });
    const bool noLoopback = std::none_of(usual.begin(), usual.end(), [](const QHostAddress &a) { return a.isLoopback(); });
    QVERIFY(allLoopback || noLoopback);
    for (const QHostAddress &address : usual)
        QVERIFY(!address.isLinkLocal() && !address.isMulticast());
}

void UdpSocketTest::carriesDatagramsBothWays_data()
{
    QTest::addColumn<int>("family");
    QTest::newRow("IPv4") << int(QAbstractSocket::IPv4Protocol);
    QTest::newRow("IPv6") << int(QAbstractSocket::IPv6Protocol);
}

void UdpSocketTest::carriesDatagramsBothWays()
{
    QFETCH(int, family);
    Peer anna;
    Peer bo;
    const auto toBo = bo.address(QAbstractSocket::NetworkLayerProtocol(family));
    if (!toBo)
        QSKIP("this machine does not have that family");
    anna.socket.send(*toBo, Bytes{1, 2, 3});
    QVERIFY(tests::waitUntil([&] { return bo.arrived.size() == 1; }));
    QCOMPARE(bo.arrived[0].datagram, (Bytes{1, 2, 3}));
    QVERIFY(bo.arrived[0].from == *anna.address(QAbstractSocket::NetworkLayerProtocol(family)));
    bo.socket.send(bo.arrived[0].from, Bytes{4});
    QVERIFY(tests::waitUntil([&] { return anna.arrived.size() == 1; }));
    QCOMPARE(anna.arrived[0].datagram, Bytes{4});
}

void UdpSocketTest::handlesABurstInBoundedTurns()
{
    Peer anna;
    Peer bo;
    for (std::uint8_t i = 0; i < 100; ++i)
        anna.socket.send(bo.addresses[0], Bytes{i});
    QVERIFY(tests::waitUntil([&] { return bo.arrived.size() == 100; }));
    for (std::uint8_t i = 0; i < 100; ++i)
        QCOMPARE(bo.arrived[i].datagram, Bytes{i});
}

void UdpSocketTest::keepsListeningWhenItWasWokenForNothing()
{
    Peer receiver;
    Peer sender;
    const auto to = receiver.address(QAbstractSocket::IPv4Protocol);
    QVERIFY(to);
    // What one turn leaves over is read in a turn of its own, and the descriptor wakes the socket as well.
    constexpr std::size_t kOneMoreThanATurn = 65;
    for (std::size_t i = 0; i < kOneMoreThanATurn; ++i)
        sender.socket.send(*to, Bytes{1});
    QVERIFY(tests::waitUntil([&] { return receiver.arrived.size() == kOneMoreThanATurn; }));
    QCoreApplication::processEvents();
    for (std::size_t i = 1; i <= 3; ++i) {
        sender.socket.send(*to, Bytes{2});
        QVERIFY(tests::waitUntil([&] { return receiver.arrived.size() == kOneMoreThanATurn + i; }));
    }
}

void UdpSocketTest::dropsWhatIsTooLong()
{
    Peer anna;
    Peer bo;
    anna.socket.send(bo.addresses[0], Bytes(UdpSocket::kMaxDatagram + 1, 7));
    anna.socket.send(bo.addresses[0], Bytes(UdpSocket::kMaxDatagram, 8));
    QVERIFY(tests::waitUntil([&] { return !bo.arrived.empty(); }));
    QCOMPARE(bo.arrived.size(), 1U);
    QCOMPARE(bo.arrived[0].datagram, Bytes(UdpSocket::kMaxDatagram, 8));
}

void UdpSocketTest::survivesNonsenseAddresses()
{
    Peer anna;
    Peer bo;
    anna.socket.send({Redacted(std::string("example.invalid")), 5}, Bytes{1});
    anna.socket.send({Redacted(std::string()), 0}, Bytes{1});
    anna.socket.send(bo.addresses[0], Bytes{2});
    QVERIFY(tests::waitUntil([&] { return bo.arrived.size() == 1; }));
}

void UdpSocketTest::mayBeClosedWhileReceiving()
{
    Peer anna;
    Peer bo;
    int received = 0;
    connect(&bo.socket, &UdpSocket::received, &bo.socket, [&] {
        ++received;
        bo.socket.close();
    });
    for (int i = 0; i < 10; ++i)
        anna.socket.send(bo.addresses[0], Bytes{1});
    QVERIFY(tests::waitUntil([&] { return received == 1; }));
    Peer fence;
    anna.socket.send(fence.addresses[0], Bytes{1});
    QVERIFY(tests::waitUntil([&] { return fence.arrived.size() == 1; }));
    QCOMPARE(received, 1);
    anna.socket.close();
    anna.socket.send(bo.addresses[0], Bytes{1});
}

void UdpSocketTest::opensAgainOnAnotherPort()
{
    Peer anna;
    Peer bo;
    bo.socket.close();
    bo.addresses = bo.socket.open();
    anna.socket.send(bo.addresses[0], Bytes{1});
    QVERIFY(tests::waitUntil([&] { return bo.arrived.size() == 1; }));
}

QTEST_GUILESS_MAIN(UdpSocketTest)
#include "tst_udpsocket.moc"
