#include "server/secretsfile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace ringlift;
using namespace ringlift::server;
using namespace Qt::StringLiterals;

namespace {

/// A secrets file that the server made.
class SecretsRig
{
public:
    SecretsRig() { made = openSecrets(path(), SecretsOwner::Server, true, m_random).has_value(); }

    std::string path() const { return m_folder.filePath(u"secrets/file"_s).toStdString(); }
    QByteArray content() const
    {
        QFile file(QString::fromStdString(path()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void overwrite(const QByteArray &bytes) const
    {
        QFile::remove(QString::fromStdString(path()));
        QFile file(QString::fromStdString(path()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        setMode(0400);
    }
    void setMode(mode_t mode) const { QCOMPARE(::chmod(path().c_str(), mode), 0); }
    Result<Secrets> open(bool registryIsEmpty = false, SecretsOwner owner = SecretsOwner::Server)
    {
        return openSecrets(path(), owner, registryIsEmpty, m_random);
    }
    /// Why it does not open.
    std::string refusal(SecretsOwner owner = SecretsOwner::Server)
    {
        const auto opened = open(false, owner);
        return opened ? std::string() : opened.error().message;
    }

    bool made = false;

private:
    QTemporaryDir m_folder;
    SeededRandom m_random{7};
};

bool contains(const std::string &text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestSecretsFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesAFileThatOnlyItsOwnerReads();
    void readsBackWhatItMade();
    void refusesAFileThatIsTooOpen_data();
    void refusesAFileThatIsTooOpen();
    void takesACredentialThatAGroupReads();
    void refusesALink();
    void refusesADamagedFile_data();
    void refusesADamagedFile();
    void makesNoNewSecretsWhenThereAreAccounts();
    void neverOverwritesAFile();
};

void TestSecretsFile::makesAFileThatOnlyItsOwnerReads()
{
    SecretsRig rig;
    QVERIFY(rig.made);
    struct stat status = {};
    QCOMPARE(::stat(rig.path().c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0400U);
}

void TestSecretsFile::readsBackWhatItMade()
{
    SecretsRig rig;
    const auto first = rig.open();
    const auto second = rig.open(true);
    QVERIFY(first && second);
    QVERIFY(std::ranges::equal(first->tagKey.view(), second->tagKey.view()));
    QVERIFY(std::ranges::equal(first->otpKey.view(), second->otpKey.view()));
    QVERIFY(!std::ranges::equal(first->tagKey.view(), first->otpKey.view()));
    QCOMPARE(first->serverKey.publicKey(), second->serverKey.publicKey());
    QCOMPARE(first->turnSecret, second->turnSecret);
    QCOMPARE(first->tagKeyId, second->tagKeyId);
}

void TestSecretsFile::refusesAFileThatIsTooOpen_data()
{
    QTest::addColumn<mode_t>("mode");
    for (const mode_t mode : {0600U, 0440U, 0404U, 0500U, 0444U, 0666U})
        QTest::addRow("%o", mode) << mode;
}

void TestSecretsFile::refusesAFileThatIsTooOpen()
{
    QFETCH(const mode_t, mode);
    SecretsRig rig;
    rig.setMode(mode);
    const std::string refusal = rig.refusal();
    QVERIFY2(contains(refusal, "chmod 0400"), refusal.c_str());
    QVERIFY(contains(refusal, rig.path()));
}

void TestSecretsFile::takesACredentialThatAGroupReads()
{
    SecretsRig rig;
    rig.setMode(0440);
    QVERIFY(rig.open(false, SecretsOwner::Systemd));
    rig.setMode(0444);
    QVERIFY(!rig.open(false, SecretsOwner::Systemd));
}

void TestSecretsFile::refusesALink()
{
    SecretsRig rig;
    const QString moved = QString::fromStdString(rig.path()) + u".moved"_s;
    QVERIFY(QFile::rename(QString::fromStdString(rig.path()), moved));
    QVERIFY(QFile::link(moved, QString::fromStdString(rig.path())));
    QVERIFY(contains(rig.refusal(), "symbolic link"));
}

void TestSecretsFile::refusesADamagedFile_data()
{
    QTest::addColumn<int>("damage");
    QTest::newRow("empty") << 0;
    QTest::newRow("cut short") << 1;
    QTest::newRow("one bit of a key") << 2;
    QTest::newRow("something behind it") << 3;
    QTest::newRow("another heading") << 4;
    QTest::newRow("a missing key") << 5;
    QTest::newRow("far too large") << 6;
}

void TestSecretsFile::refusesADamagedFile()
{
    QFETCH(const int, damage);
    SecretsRig rig;
    const QByteArray whole = rig.content();
    QByteArray bytes = whole;
    const qsizetype key = bytes.indexOf("tag_key ") + 10;
    switch (damage) {
    case 0:
        bytes.clear();
        break;
    case 1:
        bytes.chop(1);
        break;
    case 2:
        bytes[key] = bytes[key] == 'A' ? 'B' : 'A';
        break;
    case 3:
        bytes.append("x\n");
        break;
    case 4:
        bytes.replace("ringliftd-secrets 1", "ringliftd-secrets 2");
        break;
    case 5:
        bytes.remove(bytes.indexOf("otp_key"), bytes.indexOf("server_seed") - bytes.indexOf("otp_key"));
        break;
    default:
        bytes.append(QByteArray(1'000'000, 'x'));
        break;
    }
    QVERIFY(bytes != whole);
    rig.overwrite(bytes);
    QVERIFY(!rig.refusal().empty());
    QVERIFY(!rig.open(true));
    QCOMPARE(rig.content(), bytes);
}

void TestSecretsFile::makesNoNewSecretsWhenThereAreAccounts()
{
    SecretsRig rig;
    QVERIFY(QFile::remove(QString::fromStdString(rig.path())));
    QVERIFY(contains(rig.refusal(), "accounts"));
    QVERIFY(!QFile::exists(QString::fromStdString(rig.path())));
    QVERIFY(rig.open(true));
}

void TestSecretsFile::neverOverwritesAFile()
{
    SecretsRig rig;
    const QByteArray before = rig.content();
    SeededRandom random(99);
    QVERIFY(!writeSecrets(rig.path(), Secrets::generate(random)));
    QCOMPARE(rig.content(), before);
}

QTEST_APPLESS_MAIN(TestSecretsFile)
#include "tst_secretsfile.moc"
