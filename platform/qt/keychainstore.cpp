#include "platform/qt/keychainstore.h"

#include "core/base/log.h"
#include "core/base/random.h"

#include <QDateTime>

#include <qt6keychain/keychain.h>

namespace ringlift::qt {

using ports::SecretFailure;

namespace {

constexpr const char *kMarkerTable = "secret-markers";

SecretFailure failureOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::EntryNotFound: return SecretFailure::NotFound;
    case QKeychain::AccessDenied: return SecretFailure::Locked;
    case QKeychain::AccessDeniedByUser: return SecretFailure::Denied;
    // Without a bus, a service or a login collection QtKeychain only says "other error".
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError: return SecretFailure::NoBackend;
    default: return SecretFailure::Broken;
    }
}

QString encode(const Bytes &secret)
{
    return QString::fromLatin1(
        QByteArray(reinterpret_cast<const char *>(secret.data()), qsizetype(secret.size())).toBase64());
}

std::optional<Bytes> decode(const QString &text)
{
    const auto result = QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!result)
        return std::nullopt;
    return Bytes((*result).begin(), (*result).end());
}

} // namespace

/// One read, write or remove: several keyring jobs in a row under one time-out, answered once.
class KeychainStore::Operation : public QObject
{
public:
    using Answer = std::function<void(std::optional<Bytes> secret, std::optional<SecretFailure> failure)>;

    Operation(std::chrono::milliseconds timeout, Answer answer, QObject *parent)
        : QObject(parent), m_answer(std::move(answer))
    {
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, [this] { finish(std::nullopt, SecretFailure::TimedOut); });
        m_timer.start(timeout);
    }

    void finish(std::optional<Bytes> secret, std::optional<SecretFailure> failure)
    {
        const Answer answer = std::exchange(m_answer, nullptr);
        if (!answer)
            return;
        // Jobs that still run are not listened to any more.
        deleteLater();
        m_timer.stop();
        answer(std::move(secret), failure);
    }
    bool isDone() const { return !m_answer; }

private:
    Answer m_answer;
    QTimer m_timer;
};

KeychainStore::KeychainStore(ports::AppStore &markers, KeychainConfig config, QObject *parent)
    : SecretStore(parent), m_markers(markers), m_config(std::move(config))
{
}

bool KeychainStore::isMarked(const QString &key) const
{
    return m_markers.value(kMarkerTable, key.toStdString()).has_value();
}

void KeychainStore::start(Operation *operation, QKeychain::Job *job, Finished finished)
{
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    connect(job, &QKeychain::Job::finished, operation, [operation, finished = std::move(finished)](QKeychain::Job *ended) {
        if (!operation->isDone())
            finished(ended);
    });
    job->start();
}

void KeychainStore::probe(Operation *operation, WriteDone proceed)
{
    if (m_probed)
        return proceed(std::nullopt);
    SystemRandom random;
    const QString key = QStringLiteral("probe-") + QString::fromStdString(toHex(random.array<8>()));
    const QString value = QString::fromStdString(toHex(random.array<16>()));
    auto *const job = new QKeychain::WritePasswordJob(m_config.service, this);
    job->setKey(key);
    job->setTextData(value);
    start(operation, job, [this, operation, key, value, proceed = std::move(proceed)](QKeychain::Job *ended) {
        if (ended->error() != QKeychain::NoError) {
            qCWarning(lcApp) << "the keyring takes no secret: error" << int(ended->error());
            return proceed(failureOf(ended->error()));
        }
        readProbe(operation, key, value, proceed);
    });
}

void KeychainStore::readProbe(Operation *operation, const QString &key, const QString &expected, WriteDone proceed)
{
    auto *const job = new QKeychain::ReadPasswordJob(m_config.service, this);
    job->setKey(key);
    start(operation, job, [this, key, expected, proceed = std::move(proceed)](QKeychain::Job *ended) {
        const auto *const read = static_cast<const QKeychain::ReadPasswordJob *>(ended);
        m_probed = ended->error() == QKeychain::NoError && read->textData() == expected;
        auto *const cleaning = new QKeychain::DeletePasswordJob(m_config.service, this);
        cleaning->setKey(key);
        cleaning->setInsecureFallback(false);
        cleaning->start();
        proceed(m_probed ? std::nullopt : std::optional(SecretFailure::Broken));
    });
}

void KeychainStore::read(const QString &key, ReadDone done)
{
    auto *const operation = new Operation(m_config.timeout, std::move(done), this);
    auto *const job = new QKeychain::ReadPasswordJob(m_config.service, this);
    job->setKey(key);
    start(operation, job, [this, operation, key](QKeychain::Job *ended) {
        if (ended->error() == QKeychain::NoError) {
            auto secret = decode(static_cast<const QKeychain::ReadPasswordJob *>(ended)->textData());
            const auto failure = secret ? std::nullopt : std::optional(SecretFailure::Broken);
            return operation->finish(std::move(secret), failure);
        }
        if (ended->error() != QKeychain::EntryNotFound)
            return operation->finish(std::nullopt, failureOf(ended->error()));
        if (isMarked(key))
            return operation->finish(std::nullopt, SecretFailure::Locked);
        probe(operation, [operation](std::optional<SecretFailure> failure) {
            operation->finish(std::nullopt, failure.value_or(SecretFailure::NotFound));
        });
    });
}

void KeychainStore::write(const QString &key, const Bytes &secret, WriteDone done)
{
    auto *const operation = new Operation(
        m_config.timeout,
        [done](const std::optional<Bytes> &, std::optional<SecretFailure> failure) { done(failure); }, this);
    probe(operation, [this, operation, key, secret](std::optional<SecretFailure> failure) {
        if (failure)
            return operation->finish(std::nullopt, failure);
        writeMarked(operation, key, secret, [operation](std::optional<SecretFailure> written) {
            operation->finish(std::nullopt, written);
        });
    });
}

void KeychainStore::writeMarked(Operation *operation, const QString &key, const Bytes &secret, const WriteDone &done)
{
    auto *const job = new QKeychain::WritePasswordJob(m_config.service, this);
    job->setKey(key);
    job->setTextData(encode(secret));
    start(operation, job, [this, operation, key, secret, done](QKeychain::Job *ended) {
        if (ended->error() != QKeychain::NoError)
            return done(failureOf(ended->error()));
        verify(operation, key, secret, done);
    });
}

void KeychainStore::verify(Operation *operation, const QString &key, const Bytes &secret, const WriteDone &done)
{
    auto *const job = new QKeychain::ReadPasswordJob(m_config.service, this);
    job->setKey(key);
    start(operation, job, [this, key, secret, done](QKeychain::Job *ended) {
        const auto *const read = static_cast<const QKeychain::ReadPasswordJob *>(ended);
        if (ended->error() != QKeychain::NoError || decode(read->textData()) != secret)
            return done(SecretFailure::Broken);
        const std::string created = QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toStdString();
        // Without the marker a locked keyring would pass for an empty one later.
        const bool marked = m_markers.setValue(kMarkerTable, key.toStdString(), viewOf(created));
        done(marked ? std::nullopt : std::optional(SecretFailure::Broken));
    });
}

void KeychainStore::remove(const QString &key, WriteDone done)
{
    auto *const operation = new Operation(
        m_config.timeout,
        [done = std::move(done)](const std::optional<Bytes> &, std::optional<SecretFailure> failure) { done(failure); }, this);
    // A locked keyring says that it deleted something: only one that proved itself is believed.
    probe(operation, [this, operation, key](std::optional<SecretFailure> failure) {
        if (failure)
            return operation->finish(std::nullopt, failure);
        auto *const job = new QKeychain::DeletePasswordJob(m_config.service, this);
        job->setKey(key);
        start(operation, job, [this, operation, key](QKeychain::Job *ended) {
            const bool gone = ended->error() == QKeychain::NoError || ended->error() == QKeychain::EntryNotFound;
            if (!gone)
                return operation->finish(std::nullopt, failureOf(ended->error()));
            const bool unmarked = m_markers.removeValue(kMarkerTable, key.toStdString());
            operation->finish(std::nullopt, unmarked ? std::nullopt : std::optional(SecretFailure::Broken));
        });
    });
}

} // namespace ringlift::qt
