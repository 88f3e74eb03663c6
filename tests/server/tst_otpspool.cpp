#include "core/base/random.h"
#include "server/otpspool.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace ringlift;
using namespace ringlift::server;
using namespace Qt::StringLiterals;

namespace {

SendCode makeCode(std::uint64_t seed)
{
    return {*protocol::Msisdn::fromE164("+4915550123456"), "012345", SeededRandom(seed).id<SessionId>()};
}

/// A spool below a temporary folder.
class SpoolRig
{
public:
    QString path() const { return m_folder.filePath(u"spool"_s); }
    Result<std::unique_ptr<OtpSpool>> open() const { return OtpSpool::open(path().toStdString()); }
    QStringList files() const { return QDir(path()).entryList(QDir::Files | QDir::Hidden); }
    void put(const QString &name) const
    {
        QFile file(QDir(path()).filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }

private:
    QTemporaryDir m_folder;
};

} // namespace

class TestOtpSpool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void putsTheCodeIntoAFileNamedByTheSession();
    void forgetsTheCodeThatIsNamed();
    void clearsWhatAnEarlierRunLeft();
    void clearsAtTheEnd();
    void refusesAnOpenFolder();
    void saysWhenItCannotWrite();
};

void TestOtpSpool::putsTheCodeIntoAFileNamedByTheSession()
{
    SpoolRig rig;
    const auto spool = rig.open();
    QVERIFY(spool);
    const SendCode code = makeCode(1);
    QVERIFY((*spool)->send(code));
    const QString name = QString::fromStdString(toHex(code.session.bytes)) + u".json"_s;
    QCOMPARE(rig.files(), QStringList{name});
    QFile file(QDir(rig.path()).filePath(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject content = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(content, (QJsonObject{{u"to"_s, u"+4915550123456"_s}, {u"code"_s, u"012345"_s}}));
    struct stat status = {};
    QCOMPARE(::fstat(file.handle(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0600U);
}

void TestOtpSpool::forgetsTheCodeThatIsNamed()
{
    SpoolRig rig;
    const auto spool = rig.open();
    QVERIFY((*spool)->send(makeCode(1)) && (*spool)->send(makeCode(2)));
    (*spool)->forget(makeCode(1).session);
    (*spool)->forget(makeCode(1).session);
    QCOMPARE(rig.files(), QStringList{QString::fromStdString(toHex(makeCode(2).session.bytes)) + u".json"_s});
}

void TestOtpSpool::clearsWhatAnEarlierRunLeft()
{
    SpoolRig rig;
    QVERIFY(rig.open());
    const QString hex = QString::fromStdString(toHex(makeCode(1).session.bytes));
    rig.put(hex + u".json"_s);
    rig.put(hex + u".json.new-0123456789abcdef"_s);
    rig.put(u"notes.txt"_s);
    const auto spool = rig.open();
    QVERIFY(spool);
    QCOMPARE(rig.files(), QStringList{u"notes.txt"_s});
}

void TestOtpSpool::clearsAtTheEnd()
{
    SpoolRig rig;
    {
        const auto spool = rig.open();
        QVERIFY((*spool)->send(makeCode(1)));
    }
    QVERIFY(rig.files().isEmpty());
}

void TestOtpSpool::refusesAnOpenFolder()
{
    SpoolRig rig;
    QVERIFY(rig.open());
    QCOMPARE(::chmod(rig.path().toStdString().c_str(), 0750), 0);
    const auto spool = rig.open();
    QVERIFY(!spool);
    QVERIFY(spool.error().message.find("chmod 0700") != std::string::npos);
}

void TestOtpSpool::saysWhenItCannotWrite()
{
    SpoolRig rig;
    const auto spool = rig.open();
    QVERIFY(QDir(rig.path()).removeRecursively());
    const auto sent = (*spool)->send(makeCode(1));
    QVERIFY(!sent);
    QVERIFY(sent.error().message.find("012345") == std::string::npos);
    QVERIFY(sent.error().message.find("4915550123456") == std::string::npos);
}

QTEST_APPLESS_MAIN(TestOtpSpool)
#include "tst_otpspool.moc"
