#include "app/dialcontroller.h"
#include "app/telurl.h"

#include <QRandomGenerator>
#include <QTest>

using namespace ringlift;
using namespace Qt::StringLiterals;

class TestTelUrl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheNumber_data();
    void readsTheNumber();
    void refusesAsAWhole_data();
    void refusesAsAWhole();
    void givesOnlyWhatCanBeDialled();
};

void TestTelUrl::readsTheNumber_data()
{
    QTest::addColumn<QString>("link");
    QTest::addColumn<QString>("number");
    const auto row = [](const char *name, const QString &link, const QString &number) {
        QTest::newRow(name) << link << number;
    };
    row("plain", u"tel:+4915550123456"_s, u"+4915550123456"_s);
    row("separators", u"tel:+49-(155).5012-3456"_s, u"+4915550123456"_s);
    row("spaces", u"tel:+49%20155%C2%A050123456"_s, u"+4915550123456"_s);
    row("dashes of word processors", u"tel:+49\u2011155\u20135012\u00A03456"_s, u"+4915550123456"_s);
    row("capitals", u"TEL:+4915550123456"_s, u"+4915550123456"_s);
    row("callto", u"callto:+4915550123456"_s, u"+4915550123456"_s);
    row("slashes", u"callto://+4915550123456/"_s, u"+4915550123456"_s);
    row("escaped plus", u"tel:%2B4915550123456"_s, u"+4915550123456"_s);
    row("trunk prefix", u"tel:+49(0)15550123456"_s, u"+4915550123456"_s);
    row("white space around", u"  tel:+4915550123456\n"_s, u"+4915550123456"_s);
    row("national", u"tel:0155-50123456"_s, u"015550123456"_s);
    row("with 00", u"tel:004915550123456"_s, u"004915550123456"_s);
    row("local, with its context", u"tel:7042;phone-context=example.com"_s, u"7042"_s);
    row("short", u"tel:10086"_s, u"10086"_s);
    row("emergency", u"tel:112"_s, u"112"_s);
    row("emergency with a plus", u"tel:+112"_s, u"+112"_s);
    row("extension", u"tel:+4930123456;ext=12"_s, u"+4930123456,12"_s);
    row("post-dial digits", u"tel:10086,1;2"_s, u"10086,1;2"_s);
    row("post-dial digits of older links", u"tel:10086p1w2"_s, u"10086,1;2"_s);
    row("post-dial parameter", u"tel:+4930123456;postd=pp22"_s, u"+4930123456,,22"_s);
    row("other parameters", u"tel:+4930123456;isub=12;foo"_s, u"+4930123456"_s);
    row("code", u"tel:*%2306%23"_s, u"*#06#"_s);
    row("code that nobody escaped", u"tel:**21*004915550123456#"_s, u"**21*004915550123456#"_s);
}

void TestTelUrl::readsTheNumber()
{
    QFETCH(const QString, link);
    const auto number = app::numberOfLink(link);
    QVERIFY2(number.has_value(), number ? "" : number.error().message.c_str());
    QTEST(*number, "number");
}

void TestTelUrl::refusesAsAWhole_data()
{
    QTest::addColumn<QString>("link");
    QTest::newRow("empty") << QString();
    QTest::newRow("no number") << u"tel:"_s;
    QTest::newRow("separators only") << u"tel:+-()"_s;
    QTest::newRow("pauses only") << u"tel:,,"_s;
    QTest::newRow("parameters only") << u"tel:;ext=12"_s;
    QTest::newRow("a name") << u"callto:somebody"_s;
    QTest::newRow("letters for digits") << u"tel:1-800-FLOWERS"_s;
    QTest::newRow("plus inside") << u"tel:49+155"_s;
    QTest::newRow("two pluses") << u"tel:++49155"_s;
    QTest::newRow("digits of other scripts") << u"tel:١٢٣"_s;
    QTest::newRow("zero byte") << u"tel:49%00155"_s;
    QTest::newRow("line break") << u"tel:49%0A155"_s;
    QTest::newRow("bad extension") << u"tel:4930123456;ext=a"_s;
    QTest::newRow("bad post-dial digits") << u"tel:4930123456;postd=x"_s;
    QTest::newRow("too long") << u"tel:"_s + QString(65, u'1');
    QTest::newRow("endless") << u"tel:"_s + QString(100'000, u'-') + u'1';
    QTest::newRow("another scheme") << u"sip:+4915550123456"_s;
    QTest::newRow("option") << u"--server=wss://example.org"_s;
    QTest::newRow("number alone") << u"+4915550123456"_s;
}

void TestTelUrl::refusesAsAWhole()
{
    QFETCH(const QString, link);
    const auto number = app::numberOfLink(link);
    QVERIFY(!number.has_value());
    const QString error = QString::fromStdString(number.error().message);
    QVERIFY(error.endsWith(u'.'));
    QVERIFY(!error.contains(u"155"_s));
}

void TestTelUrl::givesOnlyWhatCanBeDialled()
{
    QRandomGenerator random(20261125);
    const QString alphabet = u"0123456789+*#,;pw=-.()/% %2B%23ext=postd=\u00A0\u0661a"_s;
    int read = 0;
    for (int round = 0; round < 20'000; ++round) {
        QString link = round % 2 == 0 ? u"tel:"_s : u"callto:"_s;
        const auto length = random.bounded(40);
        for (int index = 0; index < length; ++index)
            link.append(alphabet.at(random.bounded(alphabet.size())));
        const auto number = app::numberOfLink(link);
        if (!number)
            continue;
        ++read;
        app::DialController pad;
        pad.setNumber(*number);
        QVERIFY2(pad.number() == *number && !number->isEmpty(), qPrintable(link));
    }
    QVERIFY(read > 100);
}

QTEST_GUILESS_MAIN(TestTelUrl)
#include "tst_telurl.moc"
