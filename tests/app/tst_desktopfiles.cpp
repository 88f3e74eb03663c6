#include "tests/app/sessionrig.h"

#include <QStandardPaths>

using namespace ringlift;
using namespace Qt::StringLiterals;

namespace {

struct Ended {
    int status = -1;
    QByteArray output;
};

Ended run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(60'000))
        return {};
    return {process.exitCode(), process.readAll()};
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The program as it is installed.
class TestDesktopFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void areWhatTheirReadersExpect_data();
    void areWhatTheirReadersExpect();
    void nameTheProgramOfThePrefix();
    void goIntoAStagingFolder();
    void startTheProgramForALink();

private:
    QString installed(const QString &name) const { return m_prefix.filePath(name); }

    QTemporaryDir m_prefix;
};

void TestDesktopFiles::initTestCase()
{
    for (const QString &built : {QStringLiteral(BUILT_APP), QStringLiteral(BUILT_SERVER)}) {
        const Ended install = run(QStringLiteral(CMAKE), {u"--install"_s, built, u"--prefix"_s, m_prefix.path()});
        QVERIFY2(install.status == 0, install.output.constData());
    }
}

void TestDesktopFiles::areWhatTheirReadersExpect_data()
{
    QTest::addColumn<QString>("reader");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("file");
    QTest::newRow("desktop file") << u"desktop-file-validate"_s << QStringList()
                                  << u"share/applications/org.ringlift.Ringlift.desktop"_s;
    QTest::newRow("metainfo") << u"appstreamcli"_s << QStringList{u"validate"_s, u"--no-net"_s}
                              << u"share/metainfo/org.ringlift.Ringlift.metainfo.xml"_s;
    QTest::newRow("unit") << u"systemd-analyze"_s << QStringList{u"--user"_s, u"verify"_s}
                          << u"share/systemd/user/ringlift.service"_s;
    QTest::newRow("server's unit") << u"systemd-analyze"_s << QStringList{u"verify"_s}
                                   << u"lib/systemd/system/ringliftd.service"_s;
}

void TestDesktopFiles::areWhatTheirReadersExpect()
{
    QFETCH(const QString, reader);
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, file);
    QVERIFY(QFile::exists(installed(file)));
    QVERIFY2(!QStandardPaths::findExecutable(reader).isEmpty(), "its reader is not installed");
    const QTemporaryDir runtime;
    qputenv("XDG_RUNTIME_DIR", runtime.path().toUtf8());
    const Ended checked = run(reader, arguments + QStringList{installed(file)});
    QVERIFY2(checked.status == 0, checked.output.constData());
    if (reader != "appstreamcli"_L1)
        QCOMPARE(checked.output, QByteArray());
}

void TestDesktopFiles::nameTheProgramOfThePrefix()
{
    const QByteArray program = installed(u"" INSTALL_BINDIR "/ringlift"_s).toUtf8();
    QVERIFY(QFileInfo(QString::fromUtf8(program)).isExecutable());
    QVERIFY(QFile::exists(installed(u"share/icons/hicolor/scalable/apps/org.ringlift.Ringlift.svg"_s)));
    const QByteArray desktop = contentOf(installed(u"share/applications/org.ringlift.Ringlift.desktop"_s));
    QVERIFY(desktop.contains("\nExec=" + program + " %u\n"));
    QVERIFY(desktop.contains("\nMimeType=x-scheme-handler/tel;x-scheme-handler/callto;\n"));
    for (const char *const language : {"de", "zh_CN"})
        QVERIFY(desktop.contains("\nComment[" + QByteArray(language) + "]="));
    QVERIFY(contentOf(installed(u"share/dbus-1/services/org.ringlift.Ringlift.service"_s))
                .contains("\nExec=" + program + " --background\n"));
    QVERIFY(contentOf(installed(u"share/systemd/user/ringlift.service"_s))
                .contains("\nExecStart=" + program + " --background\n"));
    const QByteArray server = installed(u"" INSTALL_BINDIR "/ringliftd"_s).toUtf8();
    QVERIFY(QFileInfo(QString::fromUtf8(server)).isExecutable());
    QVERIFY(contentOf(installed(u"lib/systemd/system/ringliftd.service"_s)).contains("\nExecStart=" + server + "\n"));
}

void TestDesktopFiles::goIntoAStagingFolder()
{
    const QTemporaryDir staging;
    qputenv("DESTDIR", staging.path().toUtf8());
    const Ended install =
        run(QStringLiteral(CMAKE), {u"--install"_s, QStringLiteral(BUILT_APP), u"--prefix"_s, u"/usr"_s});
    qunsetenv("DESTDIR");
    QVERIFY2(install.status == 0, install.output.constData());
    QVERIFY(contentOf(staging.filePath(u"usr/share/dbus-1/services/org.ringlift.Ringlift.service"_s))
                .contains("\nExec=/usr/" INSTALL_BINDIR "/ringlift --background\n"));
    QVERIFY(QFile::exists(staging.filePath(u"usr/" INSTALL_BINDIR "/ringlift"_s)));
}

void TestDesktopFiles::startTheProgramForALink()
{
    const tests::SessionRig session(installed(u"share/dbus-1/services"_s));
    QVERIFY(session.isRunning());
    QVERIFY(!session.programRuns());
    const QDBusMessage answer = session.open(u"tel:+49-155-50123456"_s);
    QVERIFY2(answer.type() == QDBusMessage::ReplyMessage, qPrintable(answer.errorMessage()));
    const qint64 pid = session.programPid();
    QCOMPARE(QFileInfo(u"/proc/%1/exe"_s.arg(pid)).symLinkTarget(),
             QFileInfo(installed(u"" INSTALL_BINDIR "/ringlift"_s)).canonicalFilePath());
    QTRY_VERIFY_WITH_TIMEOUT(!session.pictures(u"dial"_s).isEmpty(), 60'000);
    QVERIFY(session.open(u"callto:somebody"_s).type() == QDBusMessage::ErrorMessage);
    QCOMPARE(session.programPid(), pid);
    session.terminateProgram();
    QTRY_VERIFY_WITH_TIMEOUT(!session.programRuns(), 60'000);
}

QTEST_GUILESS_MAIN(TestDesktopFiles)
#include "tst_desktopfiles.moc"
