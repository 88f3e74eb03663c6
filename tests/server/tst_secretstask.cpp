#include "server/secretsfile.h"
#include "server/secretstask.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace ringlift;
using namespace ringlift::server;
using namespace Qt::StringLiterals;

namespace {

constexpr std::int32_t kToday = 20'000;

/// A stopped server with secrets.
class TaskRig
{
public:
    TaskRig()
    {
        paths.data = m_folder.filePath(u"data"_s).toStdString();
        paths.secrets = m_folder.filePath(u"secrets/file"_s).toStdString();
        QVERIFY(ensurePrivateFolder(paths.data));
        QVERIFY(openSecrets(paths.secrets, SecretsOwner::Server, true, m_random));
    }

    Result<std::string> run(Task task, std::int32_t today = kToday)
    {
        CommandLine line;
        line.task = task;
        return doSecretsTask(line, paths, today, m_random);
    }
    /// Why it is not done.
    std::string refusal(Task task = Task::RotateTagKey)
    {
        const auto done = run(task);
        return done ? std::string() : done.error().message;
    }
    Secrets secrets() const { return std::move(**readSecrets(paths.secrets, SecretsOwner::Server)); }
    QByteArray content() const
    {
        QFile file(QString::fromStdString(paths.secrets));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QStringList files() const { return QDir(m_folder.filePath(u"secrets"_s)).entryList(QDir::Files | QDir::Hidden); }

    Paths paths;

private:
    QTemporaryDir m_folder;
    SeededRandom m_random{7};
};

bool contains(const std::string &text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestSecretsTask : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsANewTagKey()
    {
        TaskRig rig;
        const Secrets before = rig.secrets();
        const auto said = rig.run(Task::RotateTagKey);
        QVERIFY(said);
        QVERIFY2(contains(*said, "tag key 2") && contains(*said, "180 days"), said->c_str());
        const Secrets after = rig.secrets();
        QCOMPARE(after.tagKeyId, 2U);
        QVERIFY(!std::ranges::equal(after.tagKey.view(), before.tagKey.view()));
        QCOMPARE(after.oldTagKeys.size(), std::size_t(1));
        QVERIFY(std::ranges::equal(after.oldTagKeys[0].key.view(), before.tagKey.view()));
        QCOMPARE(after.oldTagKeys[0].rotatedDay, kToday);
        QVERIFY(std::ranges::equal(after.otpKey.view(), before.otpKey.view()));
        QCOMPARE(after.serverKey.publicKey(), before.serverKey.publicKey());
        QCOMPARE(after.turnSecret, before.turnSecret);
        struct stat status = {};
        QCOMPARE(::stat(rig.paths.secrets.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 07777U, 0400U);
        QCOMPARE(rig.files().size(), 1);
    }

    void dropsKeysWhoseTimeIsOver()
    {
        TaskRig rig;
        QVERIFY(rig.run(Task::RotateTagKey));
        QVERIFY(rig.run(Task::RotateTagKey, kToday + 180));
        const Secrets after = rig.secrets();
        QCOMPARE(after.tagKeyId, 3U);
        QCOMPARE(after.oldTagKeys.size(), std::size_t(1));
        QCOMPARE(after.oldTagKeys[0].id, 2U);
    }

    void preparesAnIdentityKeyAndSwitchesToIt()
    {
        TaskRig rig;
        const protocol::Key32 first = rig.secrets().serverKey.publicKey();
        const auto prepared = rig.run(Task::PrepareIdentityKey);
        QVERIFY(prepared);
        const Secrets between = rig.secrets();
        QCOMPARE(between.serverKey.publicKey(), first);
        QVERIFY(between.nextServerKey && between.nextServerKey->publicKey() != first);
        QVERIFY(contains(*prepared, toHex(between.nextServerKey->publicKey())));
        QVERIFY(rig.run(Task::RotateTagKey));
        const auto switched = rig.run(Task::SwitchIdentityKey);
        QVERIFY(switched);
        const Secrets after = rig.secrets();
        QCOMPARE(after.serverKey.publicKey(), between.nextServerKey->publicKey());
        QVERIFY(!after.nextServerKey);
        QCOMPARE(after.tagKeyId, 2U);
    }

    void preparesNoIdentityKeyTwice()
    {
        TaskRig rig;
        QVERIFY(rig.run(Task::PrepareIdentityKey));
        const QByteArray before = rig.content();
        QVERIFY(contains(rig.refusal(Task::PrepareIdentityKey), "prepared already"));
        QCOMPARE(rig.content(), before);
    }

    void switchesToNoIdentityKeyThatWasNeverAnnounced()
    {
        TaskRig rig;
        const QByteArray before = rig.content();
        QVERIFY(contains(rig.refusal(Task::SwitchIdentityKey), "--prepare-identity-key"));
        QCOMPARE(rig.content(), before);
    }

    void changesNothingForOtherTasks()
    {
        TaskRig rig;
        const QByteArray before = rig.content();
        QVERIFY(!rig.refusal(Task::Check).empty());
        QCOMPARE(rig.content(), before);
    }

    void leavesTheSecretsOfARunningServerAlone()
    {
        TaskRig rig;
        const auto lock = lockFile(rig.paths.data + "/lock");
        QVERIFY(lock);
        const QByteArray before = rig.content();
        QVERIFY(contains(rig.refusal(), "another ringliftd"));
        QCOMPARE(rig.content(), before);
    }

    void makesNothingInTheDataFolder()
    {
        TaskRig rig;
        QVERIFY(rig.run(Task::RotateTagKey));
        QVERIFY(QDir(QString::fromStdString(rig.paths.data)).isEmpty());
    }

    void leavesCredentialsOfSystemdAlone()
    {
        TaskRig rig;
        rig.paths.secretsAreCredential = true;
        const QByteArray before = rig.content();
        QVERIFY(contains(rig.refusal(), "--secrets"));
        QCOMPARE(rig.content(), before);
    }

    void makesNoSecrets()
    {
        TaskRig rig;
        QVERIFY(QFile::remove(QString::fromStdString(rig.paths.secrets)));
        QVERIFY(contains(rig.refusal(), "there is no secrets file"));
        QVERIFY(rig.files().isEmpty());
    }

    void leavesABadFileAlone_data()
    {
        QTest::addColumn<mode_t>("mode");
        QTest::addColumn<QByteArray>("damage");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("damaged") << mode_t(0400) << QByteArray("x") << QByteArray("is damaged");
        QTest::newRow("open to others") << mode_t(0440) << QByteArray() << QByteArray("chmod 0400");
        QTest::newRow("writable") << mode_t(0600) << QByteArray() << QByteArray("chmod 0400");
    }

    void leavesABadFileAlone()
    {
        QFETCH(const mode_t, mode);
        QFETCH(const QByteArray, damage);
        QFETCH(const QByteArray, reason);
        TaskRig rig;
        const QByteArray bytes = rig.content() + damage;
        QVERIFY(QFile::remove(QString::fromStdString(rig.paths.secrets)));
        QVERIFY(writePrivateFile(rig.paths.secrets, bytes.toStdString(), mode, IfExists::Fail));
        const std::string refusal = rig.refusal();
        QVERIFY2(contains(refusal, reason.toStdString()), refusal.c_str());
        QCOMPARE(rig.content(), bytes);
    }
};

QTEST_APPLESS_MAIN(TestSecretsTask)
#include "tst_secretstask.moc"
