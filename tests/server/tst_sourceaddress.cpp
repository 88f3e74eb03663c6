#include "server/sourceaddress.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;

namespace {

SourceAddress parsed(const QByteArray &text)
{
    return SourceAddress::parse(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
}

} // namespace

class TestSourceAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsAddressesTogether_data()
    {
        QTest::addColumn<QByteArray>("a");
        QTest::addColumn<QByteArray>("b");
        QTest::addColumn<bool>("sameHost");
        QTest::addColumn<bool>("sameNetwork");
        const auto row = [](const char *name, const char *a, const char *b, bool sameHost, bool sameNetwork) {
            QTest::newRow(name) << QByteArray(a) << QByteArray(b) << sameHost << sameNetwork;
        };
        row("the same", "192.0.2.1", "192.0.2.1", true, true);
        row("one /24", "192.0.2.1", "192.0.2.255", false, true);
        row("two /24", "192.0.2.1", "192.0.3.1", false, false);
        row("IPv4 inside IPv6", "192.0.2.1", "::ffff:192.0.2.1", true, true);
        row("IPv4 inside IPv6, in hexadecimal", "192.0.2.1", "::ffff:c000:201", true, true);
        row("one /64", "2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true, true);
        row("one /48", "2001:db8:1:2::1", "2001:db8:1:3::1", false, true);
        row("two /48", "2001:db8:1::1", "2001:db8:2::1", false, false);
        row("a scope", "fe80::1%eth0", "fe80::1%eth1", true, true);
        row("IPv4 and IPv6 that begins alike", "32.1.13.184", "2001:db8::", false, false);
        row("no addresses", "", "example.org", true, true);
        row("no address and one", "1.2.3", "1.2.3.0", false, false);
        row("a port is no part of an address", "192.0.2.1:80", "", true, true);
    }
    void countsAddressesTogether()
    {
        QFETCH(const QByteArray, a);
        QFETCH(const QByteArray, b);
        QFETCH(const bool, sameHost);
        QFETCH(const bool, sameNetwork);
        QCOMPARE(parsed(a).host == parsed(b).host, sameHost);
        QCOMPARE(parsed(a).network == parsed(b).network, sameNetwork);
        QCOMPARE(parsed(a) == parsed(b), sameHost && sameNetwork);
    }
};

QTEST_APPLESS_MAIN(TestSourceAddress)
#include "tst_sourceaddress.moc"
