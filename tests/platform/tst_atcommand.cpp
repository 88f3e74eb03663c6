#include "platform/plmn/at/atcommand.h"
#include "platform/plmn/at/atport.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::plmn::at;
using Kind = AtCommand::Kind;

/// Lines of AT commands, and ports that carry them.
class AtCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheCommandsOfALine_data();
    void readsTheCommandsOfALine();
    void refusesWhatIsNoCommand_data();
    void refusesWhatIsNoCommand();
    void splitsArgumentsAtCommasOutsideQuotationMarks();
    void cutsBytesIntoLines_data();
    void cutsBytesIntoLines();
    void echoesUntilToldNotTo();
    void holdsUnsolicitedLinesUntilAWhileAfterAResult();
    void tellsWhatWaitsBeforeItTakesTheNextCommand();
    void takesTextAfterAPrompt();
};

void AtCommandTest::readsTheCommandsOfALine_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<std::vector<AtCommand>>("commands");
    using List = std::vector<AtCommand>;
    QTest::newRow("nothing") << QByteArray("AT") << List{};
    QTest::newRow("lower case") << QByteArray("ate0") << List{{"E", Kind::Execute, "0"}};
    QTest::newRow("several") << QByteArray("ATE0V1&C1+CMEE=1;+CREG?")
                             << List{{"E", Kind::Execute, "0"},
                                     {"V", Kind::Execute, "1"},
                                     {"&C", Kind::Execute, "1"},
                                     {"+CMEE", Kind::Set, "1"},
                                     {"+CREG", Kind::Query, ""}};
    QTest::newRow("dial") << QByteArray("ATD+49 155-5;") << List{{"D", Kind::Execute, "+49 155-5;"}};
    QTest::newRow("register") << QByteArray("ATS0=2") << List{{"S", Kind::Set, "0=2"}};
    QTest::newRow("test") << QByteArray("AT+CNMI=?") << List{{"+CNMI", Kind::Test, ""}};
    QTest::newRow("quoted semicolon") << QByteArray("AT+CPIN=\"1;2\";+CIMI")
                                      << List{{"+CPIN", Kind::Set, "\"1;2\""}, {"+CIMI", Kind::Execute, ""}};
    QTest::newRow("maker's own") << QByteArray("AT*CNTI=2;^SCFG?;$X;%IPSYS?")
                                 << List{{"*CNTI", Kind::Set, "2"},
                                         {"^SCFG", Kind::Query, ""},
                                         {"$X", Kind::Execute, ""},
                                         {"%IPSYS", Kind::Query, ""}};
}

void AtCommandTest::readsTheCommandsOfALine()
{
    QFETCH(QByteArray, line);
    QFETCH(std::vector<AtCommand>, commands);
    const auto read = parseAtLine(line.toStdString());
    QVERIFY(read);
    QVERIFY(*read == commands);
}

void AtCommandTest::refusesWhatIsNoCommand_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no prefix") << QByteArray("+CREG?");
    QTest::newRow("digit") << QByteArray("AT1");
    QTest::newRow("no name") << QByteArray("AT+=1");
    QTest::newRow("ampersand alone") << QByteArray("AT&");
    QTest::newRow("glued commands") << QByteArray("AT+CREG+CIMI");
    QTest::newRow("not ASCII") << QByteArray("AT\xff\xfe");
    QTest::newRow("too many") << QByteArray("AT") + QByteArray("E0").repeated(60);
}

void AtCommandTest::refusesWhatIsNoCommand()
{
    QFETCH(QByteArray, line);
    QVERIFY(!parseAtLine(line.toStdString()));
}

void AtCommandTest::splitsArgumentsAtCommasOutsideQuotationMarks()
{
    using List = std::vector<std::string>;
    QCOMPARE(splitArguments("1, 2,\"a, b\",,"), (List{"1", "2", "a, b", "", ""}));
    QCOMPARE(splitArguments(""), List{""});
    QVERIFY(toNumber("12") == 12);
    QVERIFY(!toNumber("") && !toNumber("-1") && !toNumber("1x") && !toNumber("12345678901"));
}

void AtCommandTest::cutsBytesIntoLines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::newRow("CR") << QByteArray("AT\rATE0\r") << QByteArrayList{"AT", "ATE0"};
    QTest::newRow("CR LF") << QByteArray("AT\r\nATE0\r\n") << QByteArrayList{"AT", "ATE0"};
    QTest::newRow("unfinished") << QByteArray("AT\rATE") << QByteArrayList{"AT"};
    QTest::newRow("what is no command") << QByteArray("hello\r\nAT\r") << QByteArrayList{"AT"};
    QTest::newRow("left prompt") << QByteArray("\x1b\x1a AT\r") << QByteArrayList{"AT"};
    QTest::newRow("endless") << QByteArray(5000, 'A') + QByteArray("\rAT\r") << QByteArrayList{"too long", "AT"};
    QTest::newRow("zeros") << QByteArray(5, '\0') + QByteArray("AT\rAT\r") << QByteArrayList{"AT"};
}

void AtCommandTest::cutsBytesIntoLines()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, lines);
    AtPort port;
    QByteArrayList read;
    for (const char byte : bytes) {
        const std::string one(1, byte);
        port.feed(viewOf(one));
        while (const auto input = port.next()) {
            read << (input->kind == AtInput::Kind::TooLong ? "too long" : QByteArray::fromStdString(input->text));
            port.finish(TimePoint{}, "OK");
        }
    }
    QCOMPARE(read, lines);
}

void AtCommandTest::echoesUntilToldNotTo()
{
    AtPort port;
    port.feed(viewOf("AT\r"));
    QVERIFY(port.next());
    port.finish(TimePoint{}, "OK");
    QCOMPARE(port.takeOutput(), "AT\r\r\nOK\r\n");
    port.setEcho(false);
    port.feed(viewOf("AT\r"));
    QVERIFY(port.next());
    port.finish(TimePoint{}, "OK");
    QCOMPARE(port.takeOutput(), "\r\nOK\r\n");
}

void AtCommandTest::holdsUnsolicitedLinesUntilAWhileAfterAResult()
{
    AtPort port;
    port.setEcho(false);
    const TimePoint start{std::chrono::seconds(5)};
    port.notify(start, "RING");
    QCOMPARE(port.takeOutput(), "\r\nRING\r\n");
    port.feed(viewOf("AT+CLCC\r"));
    QVERIFY(port.next());
    port.notify(start, "RING");
    QVERIFY(port.takeOutput().empty() && !port.nextTimeout());
    port.reply("+CLCC: 1,1,4,0,0");
    port.finish(start, "OK");
    QCOMPARE(port.takeOutput(), "\r\n+CLCC: 1,1,4,0,0\r\n\r\nOK\r\n");
    QCOMPARE(*port.nextTimeout(), start + AtPort::kQuiet);
    QVERIFY(AtPort::kQuiet >= std::chrono::milliseconds(30));
    port.handleTimeout(start + AtPort::kQuiet - Duration(1));
    QVERIFY(port.takeOutput().empty());
    port.handleTimeout(start + AtPort::kQuiet);
    QCOMPARE(port.takeOutput(), "\r\nRING\r\n");
    QVERIFY(!port.nextTimeout());
}

void AtCommandTest::tellsWhatWaitsBeforeItTakesTheNextCommand()
{
    AtPort port;
    const TimePoint start{std::chrono::seconds(5)};
    port.setEcho(false);
    port.feed(viewOf("AT+CHUP\r"));
    QVERIFY(port.next());
    port.notify(start, "+CLCC: 1,0,6,0,0");
    port.finish(start, "OK");
    QCOMPARE(port.takeOutput(), "\r\nOK\r\n");
    port.setEcho(true);
    port.feed(viewOf("ATD10086;\r"));
    QVERIFY(port.next());
    QCOMPARE(port.takeOutput(), "\r\n+CLCC: 1,0,6,0,0\r\nATD10086;\r");
    QVERIFY(!port.nextTimeout());
}

void AtCommandTest::takesTextAfterAPrompt()
{
    AtPort port;
    port.setEcho(false);
    port.feed(viewOf("AT+CMGS=3\r00\r\n01\x1a"
                     "AT\r"));
    QVERIFY(port.next());
    port.prompt();
    QCOMPARE(port.takeOutput(), "\r\n> ");
    QVERIFY(port.next() == (AtInput{AtInput::Kind::Text, "00\r\n01"}));
    port.prompt();
    port.feed(viewOf("00\x1b"));
    QVERIFY(port.next() == (AtInput{AtInput::Kind::Cancelled, "AT\r00"}));
}

QTEST_APPLESS_MAIN(AtCommandTest)
#include "tst_atcommand.moc"
