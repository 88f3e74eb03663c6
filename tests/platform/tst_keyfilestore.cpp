#include "platform/qt/keyfilestore.h"
#include "platform/qt/memorystore.h"
#include "tests/platform/secretrig.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace ringlift;
using namespace Qt::StringLiterals;
using ports::SecretFailure;
using qt::KeyFileStore;

class KeyFileStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsSecretsAcrossInstances();
    void answersFromTheEventLoop();
    void makesAPrivateFile();
    void refusesExposedFiles_data();
    void refusesExposedFiles();
    void refusesDamagedFiles_data();
    void refusesDamagedFiles();
    void tellsWhenTheFolderIsMissing();
    void leavesNothingBehindWhenWritingFails();
    void readsBackEverySecretBundle();
    void failsAsToldInMemory();
};

void KeyFileStoreTest::keepsSecretsAcrossInstances()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"keys"_s);
    KeyFileStore first(path);
    QCOMPARE(tests::readSecret(first, u"seed"_s).failure, SecretFailure::NotFound);
    QVERIFY(!tests::writeSecret(first, u"seed"_s, {0, 1, 255}));
    QVERIFY(!tests::writeSecret(first, u"other"_s, {9}));
    KeyFileStore second(path);
    QCOMPARE(*tests::readSecret(second, u"seed"_s).secret, (Bytes{0, 1, 255}));
    QVERIFY(!tests::writeSecret(second, u"seed"_s, {5}));
    QCOMPARE(*tests::readSecret(first, u"seed"_s).secret, Bytes{5});
    QVERIFY(!tests::removeSecret(first, u"seed"_s));
    QCOMPARE(tests::readSecret(second, u"seed"_s).failure, SecretFailure::NotFound);
    QCOMPARE(*tests::readSecret(second, u"other"_s).secret, Bytes{9});
}

void KeyFileStoreTest::answersFromTheEventLoop()
{
    QTemporaryDir folder;
    KeyFileStore store(folder.filePath(u"keys"_s));
    bool answered = false;
    store.read(u"seed"_s, [&](const std::optional<Bytes> &, std::optional<SecretFailure>) { answered = true; });
    QVERIFY(!answered);
    QVERIFY(tests::waitUntil([&] { return answered; }));
}

void KeyFileStoreTest::makesAPrivateFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"keys"_s);
    ::umask(0);
    KeyFileStore store(path);
    QVERIFY(!tests::writeSecret(store, u"seed"_s, {1}));
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777, mode_t(0600));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"keys"_s});
}

void KeyFileStoreTest::refusesExposedFiles_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("readable by the group") << "640";
    QTest::newRow("readable by the world") << "604";
    QTest::newRow("symbolic link") << "link";
    QTest::newRow("hard link") << "hard";
    QTest::newRow("folder") << "folder";
    QTest::newRow("pipe") << "pipe";
}

void KeyFileStoreTest::refusesExposedFiles()
{
    QFETCH(QString, how);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"keys"_s);
    const QByteArray name = QFile::encodeName(path);
    const QString other = folder.filePath(u"other"_s);
    {
        KeyFileStore store(how == u"link"_s || how == u"hard"_s ? other : path);
        if (how != u"folder"_s && how != u"pipe"_s)
            QVERIFY(!tests::writeSecret(store, u"seed"_s, {1}));
    }
    if (how == u"link"_s)
        QCOMPARE(::symlink(QFile::encodeName(other).constData(), name.constData()), 0);
    else if (how == u"hard"_s)
        QCOMPARE(::link(QFile::encodeName(other).constData(), name.constData()), 0);
    else if (how == u"folder"_s)
        QVERIFY(QDir(folder.path()).mkdir(u"keys"_s));
    else if (how == u"pipe"_s)
        QCOMPARE(::mkfifo(name.constData(), 0600), 0);
    else
        QCOMPARE(::chmod(name.constData(), static_cast<mode_t>(how.toUInt(nullptr, 8))), 0);

    KeyFileStore store(path);
    QCOMPARE(tests::readSecret(store, u"seed"_s).failure, SecretFailure::Denied);
    QCOMPARE(tests::writeSecret(store, u"seed"_s, {2}), SecretFailure::Denied);
    QCOMPARE(tests::removeSecret(store, u"seed"_s), SecretFailure::Denied);
}

void KeyFileStoreTest::refusesDamagedFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("secret");
    QTest::newRow("cut short") << QByteArray("RLS1\0\1\0\4seed\0\2x", 15);
    QTest::newRow("trailing bytes") << QByteArray("RLS1\0\0x", 7);
    QTest::newRow("huge") << QByteArray(100000, 'x');
}

void KeyFileStoreTest::refusesDamagedFiles()
{
    QFETCH(QByteArray, content);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"keys"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    file.write(content);
    file.close();
    KeyFileStore store(path);
    QCOMPARE(tests::readSecret(store, u"seed"_s).failure, SecretFailure::Broken);
    QCOMPARE(tests::writeSecret(store, u"seed"_s, {2}), SecretFailure::Broken);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);
}

void KeyFileStoreTest::tellsWhenTheFolderIsMissing()
{
    QTemporaryDir folder;
    KeyFileStore store(folder.filePath(u"missing/keys"_s));
    QCOMPARE(tests::readSecret(store, u"seed"_s).failure, SecretFailure::NotFound);
    QCOMPARE(tests::writeSecret(store, u"seed"_s, {1}), SecretFailure::Broken);
}

void KeyFileStoreTest::leavesNothingBehindWhenWritingFails()
{
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u"keys"_s));
    KeyFileStore store(folder.filePath(u"keys"_s));
    QVERIFY(tests::writeSecret(store, u"seed"_s, {1}).has_value());
    QVERIFY(QDir(folder.path()).entryList(QDir::Files).isEmpty());
}

void KeyFileStoreTest::readsBackEverySecretBundle()
{
    const qt::Secrets secrets{{"a", {1, 2}}, {"", {}}, {std::string(256, 'n'), Bytes(4096, 7)}};
    QCOMPARE(qt::secretsFromBytes(qt::secretsToBytes(secrets)), std::optional(secrets));
}

void KeyFileStoreTest::failsAsToldInMemory()
{
    qt::MemoryStore store;
    QCOMPARE(tests::readSecret(store, u"seed"_s).failure, SecretFailure::NotFound);
    QVERIFY(!tests::writeSecret(store, u"seed"_s, {1}));
    store.setFailure(SecretFailure::Locked);
    QCOMPARE(tests::readSecret(store, u"seed"_s).failure, SecretFailure::Locked);
    QCOMPARE(tests::writeSecret(store, u"seed"_s, {2}), SecretFailure::Locked);
    store.setFailure(std::nullopt);
    QCOMPARE(*tests::readSecret(store, u"seed"_s).secret, Bytes{1});
    QVERIFY(!tests::removeSecret(store, u"seed"_s));
    QCOMPARE(tests::readSecret(store, u"seed"_s).failure, SecretFailure::NotFound);
}

QTEST_GUILESS_MAIN(KeyFileStoreTest)
#include "tst_keyfilestore.moc"
