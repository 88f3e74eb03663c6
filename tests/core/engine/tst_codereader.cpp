#include "core/call/codemessage.h"
#include "core/engine/codereader.h"

#include <QTest>

using namespace ringlift;
using namespace Qt::StringLiterals;
using enum call::RegistrationState;

namespace {

class ScriptedMessages : public ports::TextMessages
{
public:
    void read(bool wanted) override { isRead = wanted; }

    bool isRead = false;
};

QString messageWith(const QString &code)
{
    return u"Ringlift code: %1. Never tell it to anyone."_s.arg(code);
}

struct Rig {
    Rig()
    {
        QObject::connect(&reader, &engine::CodeReader::codeRead,
                         [this](const std::string &code) { codes.append(QString::fromStdString(code)); });
    }

    void enter(std::initializer_list<call::RegistrationState> states)
    {
        for (const auto state : states)
            reader.registrationChanged(state);
    }
    void receive(const QString &text)
    {
        Q_EMIT messages.received(text);
        QCoreApplication::processEvents();
    }

    ScriptedMessages messages;
    engine::CodeReader reader{messages};
    QStringList codes;
};

} // namespace

class CodeReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheCodeOfTheServer_data();
    void findsTheCodeOfTheServer();
    void readsWhileARegistrationWaits_data();
    void readsWhileARegistrationWaits();
    void tellsOfTheCode();
    void keepsACodeThatComesBeforeTheServersAnswer();
    void tellsOfACodeOnce();
    void leavesTriesToThePerson();
    void beginsAnewWithEachRegistration();
};

void CodeReaderTest::findsTheCodeOfTheServer_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("the server's") << messageWith(u"012345"_s) << u"012345"_s;
    QTest::newRow("with a platform's token") << messageWith(u"012345"_s) + u"\n\nFA+9qCX9VSu"_s << u"012345"_s;
    QTest::newRow("empty") << u""_s << QString();
    QTest::newRow("cut") << u"Ringlift code: 0123"_s << QString();
    QTest::newRow("no more than the code") << u"Ringlift code: 012345"_s << QString();
    QTest::newRow("too few digits") << messageWith(u"12345"_s) << QString();
    QTest::newRow("too many digits") << messageWith(u"1234567"_s) << QString();
    QTest::newRow("letters") << messageWith(u"12345O"_s) << QString();
    QTest::newRow("digits of another script") << messageWith(u"١٢٣٤٥٦"_s) << QString();
    QTest::newRow("quoted") << u"She wrote: "_s + messageWith(u"012345"_s) << QString();
    QTest::newRow("of another service") << u"Your code: 123456. Never tell it to anyone."_s << QString();
}

void CodeReaderTest::findsTheCodeOfTheServer()
{
    QFETCH(QString, text);
    QFETCH(QString, code);
    QCOMPARE(QString::fromStdString(call::codeInMessage(text.toStdString()).value_or("")), code);
}

void CodeReaderTest::readsWhileARegistrationWaits_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<bool>("reads");
    QTest::newRow("none") << int(None) << false;
    QTest::newRow("connecting") << int(Connecting) << true;
    QTest::newRow("code sent") << int(CodeSent) << true;
    QTest::newRow("verifying") << int(Verifying) << true;
    QTest::newRow("locked") << int(Locked) << false;
    QTest::newRow("registered") << int(Registered) << false;
    QTest::newRow("failed") << int(Failed) << false;
}

void CodeReaderTest::readsWhileARegistrationWaits()
{
    QFETCH(int, state);
    QFETCH(bool, reads);
    Rig rig;
    QVERIFY(!rig.messages.isRead);
    rig.enter({Connecting, call::RegistrationState(state)});
    QCOMPARE(rig.messages.isRead, reads);
}

void CodeReaderTest::tellsOfTheCode()
{
    Rig rig;
    rig.enter({Connecting, CodeSent});
    rig.receive(u"Lunch?"_s);
    QVERIFY(rig.codes.isEmpty());
    rig.receive(messageWith(u"123456"_s));
    QCOMPARE(rig.codes, QStringList{u"123456"_s});
}

void CodeReaderTest::keepsACodeThatComesBeforeTheServersAnswer()
{
    Rig rig;
    rig.enter({Connecting});
    rig.receive(messageWith(u"123456"_s));
    QVERIFY(rig.codes.isEmpty());
    rig.enter({CodeSent});
    QCoreApplication::processEvents();
    QCOMPARE(rig.codes, QStringList{u"123456"_s});
}

void CodeReaderTest::tellsOfACodeOnce()
{
    Rig rig;
    rig.enter({Connecting, CodeSent});
    rig.receive(messageWith(u"123456"_s));
    rig.enter({Verifying, CodeSent}); // it was wrong
    rig.receive(messageWith(u"123456"_s));
    QCOMPARE(rig.codes.size(), 1);
}

void CodeReaderTest::leavesTriesToThePerson()
{
    Rig rig;
    rig.enter({Connecting, CodeSent});
    for (const QString &code : {u"000001"_s, u"000002"_s, u"000003"_s, u"000004"_s, u"000005"_s})
        rig.receive(messageWith(code));
    QCOMPARE(std::size_t(rig.codes.size()), engine::CodeReader::kMaxCodes);
}

void CodeReaderTest::beginsAnewWithEachRegistration()
{
    Rig rig;
    rig.enter({Connecting});
    rig.receive(messageWith(u"000001"_s));
    rig.enter({Failed, Connecting, CodeSent});
    QCoreApplication::processEvents();
    QVERIFY(rig.codes.isEmpty());
    rig.receive(messageWith(u"000001"_s));
    QCOMPARE(rig.codes.size(), 1);
}

QTEST_GUILESS_MAIN(CodeReaderTest)
#include "tst_codereader.moc"
