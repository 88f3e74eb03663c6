#include "server/secretsfile.h"

#include <QCryptographicHash>
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

const QByteArray kKeyA = QByteArray(42, 'A') + 'A';
const QByteArray kKeyB = QByteArray(42, 'B') + 'A';
const QByteArray kKeyC = QByteArray(42, 'C') + 'A';

/// A file of these lines whose check is right.
QByteArray sealed(const QByteArray &lines)
{
    const QByteArray text = "ringliftd-secrets 1\n" + lines;
    return text + "check " + QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex() + "\n";
}

/// The lines of a server that never rotated anything.
QByteArray plainLines(int keyId = 1)
{
    return "tag_key_id " + QByteArray::number(keyId) + "\ntag_key " + kKeyA + "\notp_key " + kKeyB + "\nserver_seed " +
           kKeyC + "\nturn_secret " + QByteArray(43, 't') + "\n";
}

QByteArray oldKeyLines(int keyId, int day, const QByteArray &key = kKeyB)
{
    return "old_tag_key_id " + QByteArray::number(keyId) + "\nold_tag_key " + key + "\nold_tag_key_rotated " +
           QByteArray::number(day) + "\n";
}

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
    void readsAFileThatNeverKnewRotation();
    void keepsOldTagKeys();
    void keepsTheNextServerKey();
    void refusesWhatMakesNoSense_data();
    void refusesWhatMakesNoSense();
    void dropsTagKeysWhoseTimeIsOver();
    void keepsTagKeysInOrderWhenTheClockGoesBack();
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

void TestSecretsFile::readsAFileThatNeverKnewRotation()
{
    SecretsRig rig;
    rig.overwrite(sealed(plainLines()));
    const auto secrets = rig.open();
    QVERIFY(secrets);
    QCOMPARE(secrets->tagKeyId, 1U);
    QVERIFY(secrets->oldTagKeys.empty());
    // What has nothing new is written as it ever was.
    QVERIFY(writeSecrets(rig.path(), *secrets, IfExists::Replace));
    QCOMPARE(rig.content(), sealed(plainLines()));
}

void TestSecretsFile::keepsOldTagKeys()
{
    SecretsRig rig;
    SeededRandom random(3);
    auto secrets = rig.open();
    QVERIFY(secrets);
    const crypto::SecretKey first = secrets->tagKey.clone();
    secrets->rotateTagKey(random, 20'000);
    secrets->rotateTagKey(random, 20'010);
    QVERIFY(writeSecrets(rig.path(), *secrets, IfExists::Replace));
    struct stat status = {};
    QCOMPARE(::stat(rig.path().c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0400U);
    const auto read = rig.open();
    QVERIFY(read);
    QCOMPARE(read->tagKeyId, 3U);
    QVERIFY(std::ranges::equal(read->tagKey.view(), secrets->tagKey.view()));
    QCOMPARE(read->oldTagKeys.size(), std::size_t(2));
    QCOMPARE(read->oldTagKeys[0].id, 1U);
    QVERIFY(std::ranges::equal(read->oldTagKeys[0].key.view(), first.view()));
    QCOMPARE(read->oldTagKeys[0].rotatedDay, 20'000);
    QCOMPARE(read->oldTagKeys[1].id, 2U);
    QCOMPARE(read->oldTagKeys[1].rotatedDay, 20'010);
}

void TestSecretsFile::keepsTheNextServerKey()
{
    SecretsRig rig;
    SeededRandom random(3);
    auto secrets = rig.open();
    QVERIFY(secrets);
    QVERIFY(!secrets->switchServerKey());
    secrets->rotateTagKey(random, 20'000);
    secrets->prepareServerKey(random);
    QVERIFY(writeSecrets(rig.path(), *secrets, IfExists::Replace));
    auto read = rig.open();
    QVERIFY(read && read->nextServerKey);
    QCOMPARE(read->nextServerKey->publicKey(), secrets->nextServerKey->publicKey());
    QCOMPARE(read->serverKey.publicKey(), secrets->serverKey.publicKey());
    QVERIFY(read->switchServerKey());
    QCOMPARE(read->serverKey.publicKey(), secrets->nextServerKey->publicKey());
    QVERIFY(!read->nextServerKey);
}

void TestSecretsFile::refusesWhatMakesNoSense_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("reason");
    const QByteArray follow = "do not follow each other";
    QTest::newRow("an old key that was never the one before") << plainLines(3) + oldKeyLines(1, 5) << follow;
    QTest::newRow("an old key newer than the current one") << plainLines(1) + oldKeyLines(2, 5) << follow;
    QTest::newRow("two keys of one id") << plainLines(2) + oldKeyLines(2, 5) << follow;
    QTest::newRow("an old key twice") << plainLines(2) + oldKeyLines(1, 5) + oldKeyLines(1, 5) << follow;
    QTest::newRow("days in the wrong order")
        << plainLines(3) + oldKeyLines(1, 6) + oldKeyLines(2, 5) << QByteArray("order in which they were rotated");
    QTest::newRow("two current keys") << plainLines(1) + "tag_key_id 2\ntag_key " + kKeyB + "\n"
                                      << QByteArray("a line too many");
    QTest::newRow("an empty line at the end") << plainLines() + "\n" << QByteArray("a line too many");
    QTest::newRow("a line without a name") << plainLines() + " x\n" << QByteArray("a line too many");
    QTest::newRow("a short next seed") << plainLines() + "next_server_seed AAAA\n"
                                       << QByteArray("next_server_seed is not 32 bytes");
    QTest::newRow("a next seed twice") << plainLines() + "next_server_seed " + kKeyA + "\nnext_server_seed " + kKeyB +
                                              "\n"
                                       << QByteArray("a line too many");
    QTest::newRow("a next seed that is the current one") << plainLines() + "next_server_seed " + kKeyC + "\n"
                                                         << QByteArray("next server key is the current one");
    QTest::newRow("a short old key") << plainLines(2) + oldKeyLines(1, 5, "AAAA")
                                     << QByteArray("old_tag_key is not 32 bytes");
    QTest::newRow("a long current key") << plainLines().replace(kKeyA, kKeyA + kKeyA)
                                        << QByteArray("tag_key is not 32 bytes");
    QTest::newRow("an id that is no number")
        << plainLines().replace("tag_key_id 1", "tag_key_id one") << QByteArray("tag_key_id is not a whole number");
    QTest::newRow("a negative day") << plainLines(2) + oldKeyLines(1, -5)
                                    << QByteArray("old_tag_key_rotated is not a whole number");
    QTest::newRow("no day") << plainLines(2) + oldKeyLines(1, 5).replace("old_tag_key_rotated 5\n", "")
                            << QByteArray("the line old_tag_key_rotated is missing");
    QTest::newRow("a missing line") << plainLines().replace("otp_key " + kKeyB + "\n", "")
                                    << QByteArray("the line otp_key is missing");
    QTest::newRow("a short turn secret") << plainLines().replace(QByteArray(43, 't'), "t")
                                         << QByteArray("turn_secret is not");
}

void TestSecretsFile::refusesWhatMakesNoSense()
{
    QFETCH(const QByteArray, lines);
    QFETCH(const QByteArray, reason);
    SecretsRig rig;
    rig.overwrite(sealed(lines));
    const std::string refusal = rig.refusal();
    QVERIFY2(contains(refusal, reason.toStdString()), refusal.c_str());
    QVERIFY(contains(refusal, rig.path()));
    for (const QByteArray &key : {kKeyA, kKeyB, kKeyC})
        QVERIFY(!contains(refusal, key.toStdString()));
    QCOMPARE(rig.content(), sealed(lines));
}

void TestSecretsFile::dropsTagKeysWhoseTimeIsOver()
{
    SeededRandom random(3);
    Secrets secrets = Secrets::generate(random);
    QVERIFY(!secrets.dropLapsedTagKeys(30'000, 180));
    secrets.rotateTagKey(random, 20'000);
    secrets.rotateTagKey(random, 20'100);
    QCOMPARE(secrets.lapsedTagKeys(20'179, 180), std::size_t(0));
    QCOMPARE(secrets.lapsedTagKeys(20'180, 180), std::size_t(1));
    QVERIFY(secrets.dropLapsedTagKeys(20'180, 180));
    QVERIFY(!secrets.dropLapsedTagKeys(20'180, 180));
    QCOMPARE(secrets.oldTagKeys.front().id, 2U);
    QVERIFY(secrets.dropLapsedTagKeys(20'280, 180));
    QVERIFY(secrets.oldTagKeys.empty());
    QCOMPARE(secrets.tagKeyId, 3U);
}

void TestSecretsFile::keepsTagKeysInOrderWhenTheClockGoesBack()
{
    SeededRandom random(3);
    SecretsRig rig;
    Secrets secrets = Secrets::generate(random);
    secrets.rotateTagKey(random, 20'000);
    secrets.rotateTagKey(random, 19'000);
    QCOMPARE(secrets.oldTagKeys.back().rotatedDay, 20'000);
    QVERIFY(writeSecrets(rig.path(), secrets, IfExists::Replace));
    QVERIFY(rig.open());
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
    QVERIFY(!writeSecrets(rig.path(), Secrets::generate(random), IfExists::Fail));
    QCOMPARE(rig.content(), before);
}

QTEST_APPLESS_MAIN(TestSecretsFile)
#include "tst_secretsfile.moc"
