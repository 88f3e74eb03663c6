#include "platform/qt/keychainstore.h"
#include "tests/platform/secretrig.h"

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace ringlift;
using namespace Qt::StringLiterals;
using ports::SecretFailure;
using qt::KeychainStore;

namespace {

/// Markers in memory.
class Markers : public ports::AppStore
{
public:
    std::optional<Bytes> value(const std::string &table, const std::string &key) const override
    {
        const auto found = m_values.find({table, key});
        return found == m_values.end() ? std::nullopt : std::optional(found->second);
    }
    bool setValue(const std::string &table, const std::string &key, ByteView value) override
    {
        m_values[{table, key}] = copyOf(value);
        return true;
    }
    bool removeValue(const std::string &table, const std::string &key) override
    {
        m_values.erase({table, key});
        return true;
    }
    void settle() override { }
    std::vector<std::string> keys(const std::string &) const override { return {}; }
    std::size_t size() const { return m_values.size(); }

private:
    std::map<std::pair<std::string, std::string>, Bytes> m_values;
};

const QString kKey = u"device-seed-v1:server.example"_s;
const Bytes kSecret{0, 255, 1, 254, 10, 13, 0};

} // namespace

/// What happens on one session bus, in a process of its own.
class KeychainSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void works();
    void readsAgain();
    void locked();
    void bare();
    void noBus();
    void timesOut();
};

/// Runs the session's tests on buses of their own with a real keyring (with-keyring).
class KeychainStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void worksWithAnOpenKeyring();
    void keepsTheSecretForTheNextSession();
    void takesALockedKeyringForLocked();
    void takesAMissingLoginKeyringForNoBackend();
    void takesAMissingBusForNoBackend();
    void givesUpAfterItsOwnTime();

private:
    bool runSession(const QString &mode, const QString &function) const;
    QString home() const { return m_folder.filePath(u"home"_s); }

    QTemporaryDir m_folder;
};

void KeychainStoreTest::cleanup()
{
    QDir(home()).removeRecursively();
}

bool KeychainStoreTest::runSession(const QString &mode, const QString &function) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"RINGLIFT_TEST_SESSION"_s, u"1"_s);
    environment.insert(u"RINGLIFT_KEYRING_HOME"_s, home());
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral(WITH_KEYRING), {mode, QCoreApplication::applicationFilePath(), function});
    const bool ended = process.waitForFinished(60000);
    const bool passed = ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    if (!passed)
        qWarning().noquote() << process.readAll();
    return passed;
}

void KeychainStoreTest::worksWithAnOpenKeyring()
{
    QVERIFY(runSession(u"open"_s, u"works"_s));
}

void KeychainSession::works()
{
    Markers markers;
    KeychainStore store(markers);
    QCOMPARE(tests::readSecret(store, kKey).failure, SecretFailure::NotFound);
    QCOMPARE(tests::writeSecret(store, kKey, kSecret), std::nullopt);
    QCOMPARE(*tests::readSecret(store, kKey).secret, kSecret);
    QCOMPARE(markers.size(), 1U);
    QCOMPARE(tests::writeSecret(store, u"other"_s, Bytes(32, 7)), std::nullopt);
    QCOMPARE(tests::removeSecret(store, u"other"_s), std::nullopt);
    QCOMPARE(tests::readSecret(store, u"other"_s).failure, SecretFailure::NotFound);
    QCOMPARE(markers.size(), 1U);
}

void KeychainStoreTest::keepsTheSecretForTheNextSession()
{
    QVERIFY(runSession(u"open"_s, u"works"_s));
    QVERIFY(runSession(u"open"_s, u"readsAgain"_s));
}

void KeychainSession::readsAgain()
{
    Markers markers;
    KeychainStore store(markers);
    QCOMPARE(*tests::readSecret(store, kKey).secret, kSecret);
}

void KeychainStoreTest::takesALockedKeyringForLocked()
{
    QVERIFY(runSession(u"open"_s, u"works"_s));
    QVERIFY(runSession(u"locked"_s, u"locked"_s));
    // Nothing was overwritten.
    QVERIFY(runSession(u"open"_s, u"readsAgain"_s));
}

void KeychainSession::locked()
{
    Markers marked;
    QVERIFY(marked.setValue("secret-markers", kKey.toStdString(), Bytes{1}));
    KeychainStore store(marked);
    QCOMPARE(tests::readSecret(store, kKey).failure, SecretFailure::Locked);
    Markers unmarked;
    KeychainStore fresh(unmarked);
    const auto answer = tests::readSecret(fresh, kKey);
    QVERIFY(answer.failure && *answer.failure != SecretFailure::NotFound);
    QVERIFY(tests::writeSecret(fresh, kKey, Bytes{1}).has_value());
    QVERIFY(tests::removeSecret(store, kKey).has_value());
    QCOMPARE(marked.size(), 1U);
    QCOMPARE(unmarked.size(), 0U);
}

void KeychainStoreTest::takesAMissingLoginKeyringForNoBackend()
{
    QVERIFY(runSession(u"bare"_s, u"bare"_s));
}

void KeychainSession::bare()
{
    Markers markers;
    KeychainStore store(markers);
    QCOMPARE(tests::readSecret(store, kKey).failure, SecretFailure::NoBackend);
    QCOMPARE(tests::writeSecret(store, kKey, kSecret), SecretFailure::NoBackend);
    QCOMPARE(tests::removeSecret(store, kKey), SecretFailure::NoBackend);
    QCOMPARE(markers.size(), 0U);
}

void KeychainStoreTest::takesAMissingBusForNoBackend()
{
    QVERIFY(runSession(u"nobus"_s, u"noBus"_s));
}

void KeychainSession::noBus()
{
    Markers markers;
    KeychainStore store(markers);
    QCOMPARE(tests::readSecret(store, kKey).failure, SecretFailure::NoBackend);
    QCOMPARE(tests::writeSecret(store, kKey, kSecret), SecretFailure::NoBackend);
    QVERIFY(!QDir(QDir::homePath() + u"/.config"_s).exists(u"ringlift.conf"_s));
}

void KeychainStoreTest::givesUpAfterItsOwnTime()
{
    QVERIFY(runSession(u"open"_s, u"timesOut"_s));
}

void KeychainSession::timesOut()
{
    Markers markers;
    qt::KeychainConfig config;
    config.timeout = std::chrono::milliseconds(0);
    KeychainStore store(markers, config);
    int answers = 0;
    std::optional<SecretFailure> last;
    const auto count = [&](std::optional<SecretFailure> failure) {
        last = failure;
        ++answers;
    };
    store.write(kKey, kSecret, count);
    QVERIFY(tests::waitUntil([&] { return answers == 1; }));
    QCOMPARE(last, SecretFailure::TimedOut);
    // The job that ran on is not answered a second time.
    KeychainStore patient(markers);
    QCOMPARE(tests::readSecret(patient, u"other"_s).failure, SecretFailure::NotFound);
    QCOMPARE(answers, 1);
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    KeychainSession session;
    KeychainStoreTest outer;
    QObject *const test = qEnvironmentVariableIsSet("RINGLIFT_TEST_SESSION") ? static_cast<QObject *>(&session) : &outer;
    return QTest::qExec(test, argc, argv);
}

#include "tst_keychainstore.moc"
