#include "core/ice/ipaddress.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::ice;

class IpAddressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsNumericAddressesOnly_data();
    void readsNumericAddressesOnly();
    void writesTheUsualSpelling();
    void takesFourOrSixteenBytes();
    void knowsAddressesOfOneHost_data();
    void knowsAddressesOfOneHost();
    void knowsLoopbackAddresses();
};

void IpAddressTest::readsNumericAddressesOnly_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("numeric");
    QTest::newRow("IPv4") << std::string("192.0.2.1") << true;
    QTest::newRow("IPv6") << std::string("2001:DB8::1") << true;
    QTest::newRow("empty") << std::string() << false;
    QTest::newRow("name") << std::string("localhost") << false;
    QTest::newRow("three numbers") << std::string("192.0.2") << false;
    QTest::newRow("octal") << std::string("192.0.2.010") << false;
    QTest::newRow("number too big") << std::string("192.0.2.256") << false;
    QTest::newRow("with port") << std::string("192.0.2.1:80") << false;
    QTest::newRow("with zone") << std::string("fe80::1%eth0") << false;
    QTest::newRow("in brackets") << std::string("[2001:db8::1]") << false;
    QTest::newRow("zero byte inside") << std::string("192.0.2.1\0x", 11) << false;
}

void IpAddressTest::readsNumericAddressesOnly()
{
    QFETCH(const std::string, text);
    QFETCH(const bool, numeric);
    QCOMPARE(IpAddress::parse(text).has_value(), numeric);
}

void IpAddressTest::writesTheUsualSpelling()
{
    QCOMPARE(IpAddress::parse("2001:DB8:0:0::01")->text(), std::string("2001:db8::1"));
    QCOMPARE(IpAddress::parse("192.0.2.1")->text(), std::string("192.0.2.1"));
}

void IpAddressTest::takesFourOrSixteenBytes()
{
    QCOMPARE(IpAddress::fromBytes(Bytes{192, 0, 2, 1})->text(), std::string("192.0.2.1"));
    QVERIFY(IpAddress::fromBytes(Bytes(16, 1))->family() == IpAddress::Family::V6);
    QVERIFY(!IpAddress::fromBytes(Bytes(5, 1)).has_value());
    QVERIFY(!IpAddress::fromBytes({}).has_value());
}

void IpAddressTest::knowsAddressesOfOneHost_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("unicast");
    const auto row = [](const char *text, bool unicast) { QTest::newRow(text) << std::string(text) << unicast; };
    row("10.0.0.1", true);
    row("127.0.0.1", true);
    row("223.255.255.1", true);
    row("0.0.0.0", false);
    row("0.1.2.3", false);
    row("224.0.0.251", false);
    row("239.255.255.250", false);
    row("240.0.0.1", false);
    row("255.255.255.255", false);
    row("2001:db8::1", true);
    row("fd00::1", true);
    row("::1", true);
    row("::", false);
    row("::2", false);
    row("::ffff:192.0.2.1", false);
    row("64:ff9b::192.0.2.1", false);
    row("ff02::fb", false);
    row("fe80::1", false);
    row("febf::1", false);
}

void IpAddressTest::knowsAddressesOfOneHost()
{
    QFETCH(const std::string, text);
    QFETCH(const bool, unicast);
    QCOMPARE(IpAddress::parse(text)->isUnicast(), unicast);
}

void IpAddressTest::knowsLoopbackAddresses()
{
    QVERIFY(IpAddress::parse("127.1.2.3")->isLoopback());
    QVERIFY(IpAddress::parse("::1")->isLoopback());
    QVERIFY(!IpAddress::parse("::")->isLoopback());
    QVERIFY(!IpAddress::parse("10.0.0.1")->isLoopback());
    QVERIFY(!IpAddress::parse("2001:db8::1")->isLoopback());
}

QTEST_APPLESS_MAIN(IpAddressTest)
#include "tst_ipaddress.moc"
