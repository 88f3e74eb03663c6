#include "core/call/capabilities.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;

class CapabilitiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheBytesOfItsFormat();
    void readsBackWhatItWrote();
    void skipsWhatItDoesNotKnow();
    void refusesMalformedBytes_data();
    void refusesMalformedBytes();
    void choosesTheBestCommonSuite();
};

void CapabilitiesTest::writesTheBytesOfItsFormat()
{
    QCOMPARE(toHex(encode(Capabilities{})), std::string("01" "01020001" "020100"));
    const Capabilities two{.suites = {1, 2}, .layouts = {0, 3}};
    QCOMPARE(toHex(encode(two)), std::string("01" "010400010002" "02020003"));
}

void CapabilitiesTest::readsBackWhatItWrote()
{
    const Capabilities capabilities{.suites = {2, 1}, .layouts = {0, 1, 2}};
    QVERIFY(decodeCapabilities(encode(capabilities)) == capabilities);
}

void CapabilitiesTest::skipsWhatItDoesNotKnow()
{
    const auto read = decodeCapabilities(*fromHex("01" "7f03aabbcc" "01020001" "ff00" "020100"));
    QVERIFY(read == Capabilities{});
}

void CapabilitiesTest::refusesMalformedBytes_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("version 2") << QByteArray("02" "01020001");
    QTest::newRow("type without a length") << QByteArray("01" "01");
    QTest::newRow("value cut short") << QByteArray("01" "010200");
    QTest::newRow("half a suite") << QByteArray("01" "0103000100");
}

void CapabilitiesTest::refusesMalformedBytes()
{
    QFETCH(const QByteArray, hex);
    QVERIFY(!decodeCapabilities(*fromHex(hex.toStdString())).has_value());
}

void CapabilitiesTest::choosesTheBestCommonSuite()
{
    const Capabilities both{.suites = {1, 2}, .layouts = {}};
    const Capabilities first{.suites = {1}, .layouts = {}};
    const Capabilities second{.suites = {2}, .layouts = {}};
    QCOMPARE(commonSuite(both, both), std::uint16_t(2));
    QCOMPARE(commonSuite(both, first), std::uint16_t(1));
    QCOMPARE(commonSuite(first, second), std::uint16_t(0));
    QCOMPARE(commonSuite({.suites = {}, .layouts = {}}, both), std::uint16_t(0));
}

QTEST_APPLESS_MAIN(CapabilitiesTest)
#include "tst_capabilities.moc"
