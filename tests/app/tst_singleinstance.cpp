#include "tests/app/sessionrig.h"

#include <QImage>

using namespace ringlift;
using namespace Qt::StringLiterals;

namespace {

const QString kProgram = QStringLiteral(RINGLIFT);

struct Ended {
    int status = -1;
    QByteArray errors;
};

Ended run(const QStringList &arguments)
{
    QProcess process;
    process.start(kProgram, arguments);
    if (!process.waitForFinished(60'000))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardError()};
}

} // namespace

/// Two real processes.
class TestSingleInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void handsItsLinkToTheFirst();
    void bringsTheFirstToTheFront();
    void doesNothingInTheBackground();
    void answersTheBus();
    void leavesOtherPhonesAlone();
    void startsWithoutABus();
    void saysThatTheFirstIsSilent();

private:
    void startFirst(const QStringList &arguments);

    std::unique_ptr<tests::SessionRig> m_session;
    std::unique_ptr<QProcess> m_first;
};

void TestSingleInstance::init()
{
    m_session = std::make_unique<tests::SessionRig>();
    QVERIFY(m_session->isRunning());
}

void TestSingleInstance::cleanup()
{
    if (m_first) {
        m_first->terminate();
        QVERIFY(m_first->state() == QProcess::NotRunning || m_first->waitForFinished());
        QCOMPARE(m_first->exitStatus(), QProcess::NormalExit);
        QCOMPARE(m_first->exitCode(), 0);
        m_first.reset();
    }
    m_session.reset();
}

void TestSingleInstance::startFirst(const QStringList &arguments)
{
    m_first = std::make_unique<QProcess>();
    m_first->start(kProgram, arguments);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->programRuns(), 60'000);
}

void TestSingleInstance::handsItsLinkToTheFirst()
{
    startFirst({u"--background"_s});
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->pictures(u"register-number"_s).isEmpty(), 60'000);
    const Ended second = run({u"tel:+49-155-50123456"_s});
    QCOMPARE(second.status, 0);
    QCOMPARE(second.errors, QByteArray());
    QTRY_COMPARE_WITH_TIMEOUT(m_session->pictures(u"dial"_s).size(), 1, 60'000);
    m_first->terminate(); // after that the picture is whole
    QVERIFY(m_first->waitForFinished());
    const QImage filled(m_session->pictures(u"dial"_s).front());

    // The same number, given to a phone of its own, looks the same; another does not.
    for (const auto &[link, same] :
         {std::pair(u"callto:+4915550123456"_s, true), std::pair(u"tel:+4915550123457"_s, false)}) {
        const QString folder = m_session->path(same ? u"same"_s : u"other"_s);
        QVERIFY(QDir().mkpath(folder));
        QProcess other;
        other.start(kProgram,
                    {u"--data"_s, folder, u"--insecure-key-file"_s, folder + u"/key"_s, u"--audio"_s, u"none"_s,
                     u"--language"_s, u"en"_s, u"--network"_s, u"none"_s, u"--screenshots"_s, folder, link});
        QStringList pictures;
        QTRY_VERIFY_WITH_TIMEOUT(
            !(pictures = QDir(folder).entryList({u"*-dial.png"_s, u"*-register-number.png"_s})).isEmpty(), 60'000);
        QVERIFY(pictures.front().endsWith("-dial.png"_L1));
        other.terminate();
        QVERIFY(other.waitForFinished());
        QCOMPARE(QImage(folder + u'/' + pictures.front()) == filled, same);
    }
}

void TestSingleInstance::bringsTheFirstToTheFront()
{
    startFirst({});
    QCOMPARE(run({}).status, 0);
    QVERIFY(m_session->programRuns());
    QCOMPARE(m_session->programPid(), m_first->processId());
}

void TestSingleInstance::doesNothingInTheBackground()
{
    startFirst({u"--background"_s});
    QCOMPARE(run({u"--background"_s}).status, 0);
    QCOMPARE(m_session->programPid(), m_first->processId());
}

void TestSingleInstance::answersTheBus()
{
    startFirst({u"--background"_s});
    QCOMPARE(m_session->call(u"Activate"_s, {QVariantMap()}).type(), QDBusMessage::ReplyMessage);
    QCOMPARE(m_session->open(u"tel:112"_s).type(), QDBusMessage::ReplyMessage);
    QCOMPARE(m_session->call(u"Open"_s, {QStringList(), QVariantMap()}).type(), QDBusMessage::ReplyMessage);
    const QDBusMessage refused = m_session->open(u"callto:somebody"_s);
    QCOMPARE(refused.errorName(), u"org.freedesktop.DBus.Error.InvalidArgs"_s);
    QVERIFY(refused.errorMessage().contains(u"cannot be dialled"_s));
    const QDBusMessage action = m_session->call(u"ActivateAction"_s, {u"dial"_s, QVariantList(), QVariantMap()});
    QCOMPARE(action.type(), QDBusMessage::ErrorMessage);
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->pictures(u"dial"_s).isEmpty(), 60'000);
}

void TestSingleInstance::leavesOtherPhonesAlone()
{
    startFirst({u"--background"_s});
    QProcess other;
    other.start(kProgram, {u"--data"_s, m_session->path(u"other"_s), u"--insecure-key-file"_s,
                           m_session->path(u"other.key"_s), u"--audio"_s, u"none"_s, u"--control"_s});
    QVERIFY(other.waitForStarted());
    other.write("{\"id\":1,\"cmd\":\"quit\"}\n");
    QVERIFY(other.waitForFinished());
    QCOMPARE(other.exitCode(), 0);
    QVERIFY(other.readAllStandardOutput().contains("\"re\":1"));
    QCOMPARE(m_session->programPid(), m_first->processId());
}

void TestSingleInstance::startsWithoutABus()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    m_first = std::make_unique<QProcess>();
    m_first->start(kProgram, {u"tel:112"_s});
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->pictures(u"dial"_s).isEmpty(), 60'000);
}

void TestSingleInstance::saysThatTheFirstIsSilent()
{
    QDBusConnection silent = m_session->bus();
    QVERIFY(silent.registerService(QString::fromLatin1(app::SingleInstance::kName)));
    const Ended second = run({u"tel:112"_s});
    QCOMPARE(second.status, 3);
    QVERIFY(second.errors.contains("does not answer"));
}

QTEST_MAIN(TestSingleInstance)
#include "tst_singleinstance.moc"
