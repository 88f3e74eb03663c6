#include "platform/qt/passphrasefilestore.h"
#include "tests/platform/secretrig.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <sys/stat.h>

using namespace ringlift;
using namespace Qt::StringLiterals;
using ports::SecretFailure;
using qt::PassphraseCost;
using qt::PassphraseFileStore;

namespace {

/// The least that Argon2id takes.
constexpr PassphraseCost kCheap{1, 8192};

} // namespace

class PassphraseFileStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsSecretsUnderAPassphrase();
    void isLockedWithoutTheRightPassphrase();
    void showsNothingInTheFile();
    void neverReusesASealing();
    void worksAwayFromTheEventLoop();
    void refusesDamagedFiles_data();
    void refusesDamagedFiles();
    void refusesAnExposedFile();
    void mayBeDestroyedWhileItWorks();

private:
    QByteArray contentOf(const QString &path) const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void PassphraseFileStoreTest::keepsSecretsUnderAPassphrase()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"keys"_s);
    PassphraseFileStore first(path, kCheap);
    QVERIFY(!first.exists());
    first.setPassphrase(u"gr\u00fcn"_s);
    QCOMPARE(tests::readSecret(first, u"seed"_s).failure, SecretFailure::NotFound);
    QCOMPARE(tests::writeSecret(first, u"seed"_s, {0, 1, 255}), std::nullopt);
    QVERIFY(first.exists());
    PassphraseFileStore second(path, kCheap);
    second.setPassphrase(u"gru\u0308n"_s); // the same text, decomposed
    QCOMPARE(*tests::readSecret(second, u"seed"_s).secret, (Bytes{0, 1, 255}));
    QCOMPARE(tests::removeSecret(second, u"seed"_s), std::nullopt);
    QCOMPARE(tests::readSecret(first, u"seed"_s).failure, SecretFailure::NotFound);
}

void PassphraseFileStoreTest::isLockedWithoutTheRightPassphrase()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"keys"_s);
    PassphraseFileStore store(path, kCheap);
    QCOMPARE(tests::writeSecret(store, u"seed"_s, {1}), SecretFailure::Locked);
    store.setPassphrase(u"right"_s);
    QCOMPARE(tests::writeSecret(store, u"seed"_s, {1}), std::nullopt);
    const QByteArray before = contentOf(path);
    for (const QString &wrong : {QString(), u"wrong"_s}) {
        store.setPassphrase(wrong);
        QCOMPARE(tests::readSecret(store, u"seed"_s).failure, SecretFailure::Locked);
        QCOMPARE(tests::writeSecret(store, u"seed"_s, {2}), SecretFailure::Locked);
        QCOMPARE(tests::removeSecret(store, u"seed"_s), SecretFailure::Locked);
    }
    QCOMPARE(contentOf(path), before);
}

void PassphraseFileStoreTest::showsNothingInTheFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"keys"_s);
    PassphraseFileStore store(path, kCheap);
    store.setPassphrase(u"right"_s);
    QCOMPARE(tests::writeSecret(store, u"name-of-the-seed"_s, copyOf(viewOf("the-seed-itself"))), std::nullopt);
    const QByteArray content = contentOf(path);
    QVERIFY(!content.contains("seed") && !content.contains("right"));
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777, mode_t(0600));
}

void PassphraseFileStoreTest::neverReusesASealing()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"keys"_s);
    PassphraseFileStore store(path, kCheap);
    store.setPassphrase(u"right"_s);
    QCOMPARE(tests::writeSecret(store, u"seed"_s, {1}), std::nullopt);
    const QByteArray first = contentOf(path);
    QCOMPARE(tests::writeSecret(store, u"seed"_s, {1}), std::nullopt);
    const QByteArray second = contentOf(path);
    QCOMPARE(first.left(20), second.left(20));
    QVERIFY(first.mid(20, 40) != second.mid(20, 40)); // salt and nonce
}

void PassphraseFileStoreTest::worksAwayFromTheEventLoop()
{
    QTemporaryDir folder;
    PassphraseFileStore store(folder.filePath(u"keys"_s), PassphraseCost{2, 64U * 1024 * 1024});
    store.setPassphrase(u"right"_s);
    bool answered = false;
    QThread *answeredOn = nullptr;
    store.write(u"seed"_s, {1}, [&](std::optional<SecretFailure>) {
        answered = true;
        answeredOn = QThread::currentThread();
    });
    bool turned = false;
    QMetaObject::invokeMethod(
        this, [&] { turned = !answered; }, Qt::QueuedConnection);
    QVERIFY(tests::waitUntil([&] { return answered; }));
    QVERIFY(turned);
    QCOMPARE(answeredOn, thread());
}

void PassphraseFileStoreTest::refusesDamagedFiles_data()
{
    QTest::addColumn<int>("at");
    QTest::addColumn<int>("size");
    QTest::addColumn<SecretFailure>("failure");
    QTest::newRow("another kind of file") << 0 << -1 << SecretFailure::Broken;
    QTest::newRow("absurd cost") << 4 << -1 << SecretFailure::Broken;
    QTest::newRow("absurd memory") << 12 << -1 << SecretFailure::Broken;
    QTest::newRow("another salt") << 20 << -1 << SecretFailure::Locked;
    QTest::newRow("changed content") << 90 << -1 << SecretFailure::Locked;
    QTest::newRow("cut short") << -1 << 50 << SecretFailure::Broken;
    QTest::newRow("empty") << -1 << 0 << SecretFailure::Broken;
}

void PassphraseFileStoreTest::refusesDamagedFiles()
{
    QFETCH(int, at);
    QFETCH(int, size);
    QFETCH(SecretFailure, failure);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"keys"_s);
    PassphraseFileStore store(path, kCheap);
    store.setPassphrase(u"right"_s);
    QCOMPARE(tests::writeSecret(store, u"seed"_s, {1, 2, 3}), std::nullopt);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    if (size >= 0)
        QVERIFY(file.resize(size));
    if (at >= 0) {
        QVERIFY(file.seek(at));
        file.putChar('\x55');
    }
    file.close();
    const QByteArray damaged = contentOf(path);
    QCOMPARE(tests::readSecret(store, u"seed"_s).failure, failure);
    QCOMPARE(tests::writeSecret(store, u"seed"_s, {4}), failure);
    QCOMPARE(contentOf(path), damaged);
}

void PassphraseFileStoreTest::refusesAnExposedFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"keys"_s);
    PassphraseFileStore store(path, kCheap);
    store.setPassphrase(u"right"_s);
    QCOMPARE(tests::writeSecret(store, u"seed"_s, {1}), std::nullopt);
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), 0644), 0);
    QCOMPARE(tests::readSecret(store, u"seed"_s).failure, SecretFailure::Denied);
}

void PassphraseFileStoreTest::mayBeDestroyedWhileItWorks()
{
    QTemporaryDir folder;
    bool answered = false;
    {
        PassphraseFileStore store(folder.filePath(u"keys"_s), PassphraseCost{1, 16U * 1024 * 1024});
        store.setPassphrase(u"right"_s);
        for (int i = 0; i < 3; ++i)
            store.write(u"seed"_s, {1}, [&](std::optional<SecretFailure>) { answered = true; });
    }
    QCoreApplication::processEvents();
    QVERIFY(!answered);
}

QTEST_GUILESS_MAIN(PassphraseFileStoreTest)
#include "tst_passphrasefilestore.moc"
