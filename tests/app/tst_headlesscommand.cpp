#include "app/headlesscommand.h"

#include <QTest>

using namespace ringlift;
using app::parseCommand;

namespace {

/// JSON in which single quotes stand for double ones.
QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

} // namespace

class TestHeadlessCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesEveryCommandInItsForm_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("name");
        QTest::newRow("register") << json("{'id':1,'cmd':'register','number':'+8613800138000'}") << "register";
        QTest::newRow("verify") << json("{'id':1,'cmd':'verify','code':'000123'}") << "verify";
        QTest::newRow("lock") << json("{'id':1,'cmd':'lock','pin':'1234'}") << "lock";
        QTest::newRow("lock taken away") << json("{'id':1,'cmd':'lock','pin':null}") << "lock";
        QTest::newRow("unlock") << json("{'id':1,'cmd':'unlock','pin':'1234'}") << "unlock";
        QTest::newRow("delete account") << json("{'id':1,'cmd':'delete_account'}") << "delete_account";
        QTest::newRow("dial") << json("{'id':1,'cmd':'dial','number':'+8613900139000'}") << "dial";
        QTest::newRow("dial on a SIM") << json("{'id':1,'cmd':'dial','number':'112','sim':3}") << "dial";
        QTest::newRow("answer") << json("{'id':1,'cmd':'answer'}") << "answer";
        QTest::newRow("answer a call") << json("{'id':1,'cmd':'answer','call':'c2'}") << "answer";
        QTest::newRow("decline") << json("{'id':1,'cmd':'decline'}") << "decline";
        QTest::newRow("hangup") << json("{'id':1,'cmd':'hangup'}") << "hangup";
        QTest::newRow("mute") << json("{'id':1,'cmd':'mute','on':false}") << "mute";
        QTest::newRow("digits") << json("{'id':1,'cmd':'send_digits','digits':'0*#A'}") << "send_digits";
        QTest::newRow("stay") << json("{'id':1,'cmd':'stay_cellular'}") << "stay_cellular";
        QTest::newRow("redial") << json("{'id':1,'cmd':'redial'}") << "redial";
        QTest::newRow("sas") << json("{'id':1,'cmd':'sas','same':true}") << "sas";
        QTest::newRow("pin") << json("{'id':1,'cmd':'confirm_pin','number':'+8613900139000'}") << "confirm_pin";
        QTest::newRow("pin that was compared")
            << json("{'id':1,'cmd':'confirm_pin','number':'+8613900139000','compared':'12345 12345 12345 12345 12345 "
                    "12345 12345 12345 12345 12345 1234512345'}")
            << "confirm_pin";
        QTest::newRow("hand-over") << json("{'id':1,'cmd':'hand_over','number':'+8613900139000','when':'at_ring'}")
                                   << "hand_over";
        QTest::newRow("settings") << json("{'id':1,'cmd':'settings'}") << "settings";
        QTest::newRow("a setting") << json("{'id':1,'cmd':'settings','move_calls':false}") << "settings";
        QTest::newRow("wishes")
            << json("{'id':1,'cmd':'settings','move_over':'free_data','move_when_roaming':false,'prompt':'ask'}")
            << "settings";
        QTest::newRow("move") << json("{'id':1,'cmd':'move'}") << "move";
        QTest::newRow("rule") << json("{'id':1,'cmd':'contact_rule','number':'+8613900139000','rule':'never'}")
                              << "contact_rule";
        QTest::newRow("no rule") << json("{'id':1,'cmd':'contact_rule','number':'+8613900139000','rule':null}")
                                 << "contact_rule";
        QTest::newRow("connection") << json("{'id':1,'cmd':'network','kind':'cellular','metered':true,'roaming':false}")
                                    << "network";
        QTest::newRow("play") << json("{'id':1,'cmd':'play'}") << "play";
        QTest::newRow("history") << json("{'id':1,'cmd':'history','limit':1000}") << "history";
        QTest::newRow("clear") << json("{'id':1,'cmd':'clear_history'}") << "clear_history";
        QTest::newRow("network") << json("{'id':1,'cmd':'network_changed'}") << "network_changed";
        QTest::newRow("status") << json("{'id':1,'cmd':'status'}") << "status";
        QTest::newRow("quit") << json("{'id':0,'cmd':'quit'}") << "quit";
        QTest::newRow("the largest id") << json("{'id':9007199254740991,'cmd':'quit'}") << "quit";
    }
    void takesEveryCommandInItsForm()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, name);
        const auto command = parseCommand(line);
        QVERIFY(command.has_value());
        QCOMPARE(command->name, name);
        QVERIFY(!command->fields.contains(QStringLiteral("id")));
        QVERIFY(!command->fields.contains(QStringLiteral("cmd")));
    }

    void refusesWhatIsNoCommand_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("knowsItsId");
        const auto row = [](const char *name, const char *line, const char *code, bool knowsItsId) {
            QTest::newRow(name) << json(line) << QString::fromLatin1(code) << knowsItsId;
        };
        row("no JSON", "dial", "bad_json", false);
        row("half a line", "{'id':1,'cmd':'quit'", "bad_json", false);
        row("two objects", "{'id':1,'cmd':'quit'}{}", "bad_json", false);
        row("an array", "[1]", "bad_json", false);
        row("no UTF-8", "{'id':1,'cmd':'\xff'}", "bad_json", false);
        row("no id", "{'cmd':'quit'}", "bad_id", false);
        row("an id in words", "{'id':'1','cmd':'quit'}", "bad_id", false);
        row("a broken id", "{'id':1.5,'cmd':'quit'}", "bad_id", false);
        row("a negative id", "{'id':-1,'cmd':'quit'}", "bad_id", false);
        row("an id too large", "{'id':9007199254740993,'cmd':'quit'}", "bad_id", false);
        row("no command", "{'id':1}", "unknown_command", true);
        row("unknown command", "{'id':1,'cmd':'fly'}", "unknown_command", true);
        row("a command of another type", "{'id':1,'cmd':7}", "unknown_command", true);
        row("unknown field", "{'id':1,'cmd':'quit','now':true}", "unknown_field", true);
        row("field of another command", "{'id':1,'cmd':'hangup','sim':0}", "unknown_field", true);
        row("missing number", "{'id':1,'cmd':'dial'}", "missing_field", true);
        row("missing same", "{'id':1,'cmd':'sas'}", "missing_field", true);
        row("number of another type", "{'id':1,'cmd':'dial','number':112}", "bad_value", true);
        row("empty number", "{'id':1,'cmd':'dial','number':''}", "bad_value", true);
        row("number with a line end", "{'id':1,'cmd':'dial','number':'112\\n'}", "bad_value", true);
        row("slot too high", "{'id':1,'cmd':'dial','number':'1','sim':4}", "bad_value", true);
        row("slot of another type", "{'id':1,'cmd':'dial','number':'1','sim':'0'}", "bad_value", true);
        row("slot null", "{'id':1,'cmd':'dial','number':'1','sim':null}", "bad_value", true);
        row("code with letters", "{'id':1,'cmd':'verify','code':'12345a'}", "bad_value", true);
        row("short PIN", "{'id':1,'cmd':'unlock','pin':'123'}", "bad_value", true);
        row("digits that are none", "{'id':1,'cmd':'send_digits','digits':'12x'}", "bad_value", true);
        row("short safety number", "{'id':1,'cmd':'confirm_pin','number':'+8613900139000','compared':'12345 12345'}",
            "bad_value", true);
        row("national number", "{'id':1,'cmd':'confirm_pin','number':'13900139000'}", "bad_value", true);
        row("a hand-over at no moment", "{'id':1,'cmd':'hand_over','number':'+8613900139000'}", "missing_field", true);
        row("a hand-over at another moment", "{'id':1,'cmd':'hand_over','number':'+8613900139000','when':'at_ring_'}",
            "bad_value", true);
        row("flag in words", "{'id':1,'cmd':'mute','on':'yes'}", "bad_value", true);
        row("unknown connection", "{'id':1,'cmd':'settings','move_over':'pigeon'}", "bad_value", true);
        row("unknown prompt", "{'id':1,'cmd':'settings','prompt':true}", "bad_value", true);
        row("unknown rule", "{'id':1,'cmd':'contact_rule','number':'+8613900139000','rule':'often'}", "bad_value",
            true);
        row("no rule at all", "{'id':1,'cmd':'contact_rule','number':'+8613900139000'}", "missing_field", true);
        row("unknown kind", "{'id':1,'cmd':'network','kind':'fast'}", "bad_value", true);
        row("limit 0", "{'id':1,'cmd':'history','limit':0}", "bad_value", true);
        row("empty call", "{'id':1,'cmd':'hangup','call':''}", "bad_value", true);
    }
    void refusesWhatIsNoCommand()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, code);
        QFETCH(bool, knowsItsId);
        const auto command = parseCommand(line);
        QVERIFY(!command.has_value());
        QCOMPARE(command.error().code, code);
        QCOMPARE(command.error().id.has_value(), knowsItsId);
        QVERIFY(command.error().error.endsWith(u'.'));
    }

    void refusesALineThatIsTooLong()
    {
        QByteArray line = json("{'id':1,'cmd':'quit'}");
        line.append(app::kMaxCommandLine - line.size(), ' ');
        QVERIFY(parseCommand(line).has_value());
        line.append(' ');
        QCOMPARE(parseCommand(line).error().code, QStringLiteral("line_too_long"));
    }

    void survivesRubbish()
    {
        QVERIFY(!parseCommand(QByteArray(app::kMaxCommandLine, '[')).has_value());
        QVERIFY(!parseCommand(QByteArray(1000, '\0')).has_value());
        QVERIFY(!parseCommand(json("{'id':1e308,'cmd':'quit'}")).has_value());
        QVERIFY(!parseCommand(json("{'id':1,'cmd':'quit','cmd':'fly'}")).has_value());
    }
};

QTEST_APPLESS_MAIN(TestHeadlessCommand)
#include "tst_headlesscommand.moc"
