#include "platform/qt/passphrasefilestore.h"

#include "platform/qt/keyfilestore.h"

#include <QFileInfo>

#include <sodium.h>

namespace ringlift::qt {

using ports::SecretFailure;

namespace {

constexpr std::string_view kMagic = "RLP1";
constexpr std::size_t kMaxFile = std::size_t{128} * 1024;
// What a file may ask for: more would be a way to stop the app.
constexpr std::uint64_t kMaxOperations = 16;
constexpr std::uint64_t kMaxMemory = std::uint64_t{1024} * 1024 * 1024;

using Key = ByteArray<crypto_secretbox_KEYBYTES>;

bool isUsable(const PassphraseCost &cost)
{
    return cost.operations >= crypto_pwhash_OPSLIMIT_MIN && cost.operations <= kMaxOperations
        && cost.memory >= crypto_pwhash_MEMLIMIT_MIN && cost.memory <= kMaxMemory;
}

bool derive(Key &key, ByteView passphrase, ByteView salt, const PassphraseCost &cost)
{
    return crypto_pwhash(key.data(), key.size(), reinterpret_cast<const char *>(passphrase.data()), passphrase.size(),
               salt.data(), cost.operations, static_cast<std::size_t>(cost.memory), crypto_pwhash_ALG_ARGON2ID13)
        == 0;
}

/// The secrets in a file; none when there is no file yet.
Expected<Secrets, SecretFailure> load(const QString &path, ByteView passphrase)
{
    const auto file = readPrivateFile(path, kMaxFile);
    if (!file && file.error() == FileFault::Absent)
        return Secrets{};
    if (!file)
        return Unexpected(failureOf(file.error()));
    if (passphrase.empty())
        return Unexpected(SecretFailure::Locked);
    auto opened = openSecrets(*file, passphrase);
    if (!opened)
        return Unexpected(failureOf(opened.error()));
    if (!*opened)
        return Unexpected(SecretFailure::Locked);
    return std::move(**opened);
}

std::optional<SecretFailure> change(const QString &path, ByteView passphrase, const PassphraseCost &cost,
    const std::string &key, const std::optional<Bytes> &secret)
{
    if (passphrase.empty())
        return SecretFailure::Locked;
    auto secrets = load(path, passphrase);
    if (!secrets)
        return secrets.error();
    Secrets next = changed(std::move(*secrets), key, secret);
    const auto file = sealSecrets(next, passphrase, cost);
    wipe(next);
    if (!file)
        return failureOf(file.error());
    const auto written = writePrivateFile(path, *file);
    return written ? std::nullopt : std::optional(failureOf(written.error()));
}

} // namespace

Expected<Bytes, FileFault> sealSecrets(const Secrets &secrets, ByteView passphrase, const PassphraseCost &cost)
{
    ByteArray<crypto_pwhash_SALTBYTES> salt{};
    ByteArray<crypto_secretbox_NONCEBYTES> nonce{};
    randombytes_buf(salt.data(), salt.size());
    randombytes_buf(nonce.data(), nonce.size());
    Key key{};
    if (!isUsable(cost) || !derive(key, passphrase, salt, cost))
        return Unexpected(FileFault::Broken);
    Bytes plain = secretsToBytes(secrets);
    Bytes sealed(plain.size() + crypto_secretbox_MACBYTES);
    crypto_secretbox_easy(sealed.data(), plain.data(), plain.size(), nonce.data(), key.data());
    wipe(plain);
    sodium_memzero(key.data(), key.size());
    ByteWriter writer;
    writer.bytes(viewOf(kMagic)).u64(cost.operations).u64(cost.memory).bytes(salt).bytes(nonce).bytes(sealed);
    return writer.take();
}

Expected<std::optional<Secrets>, FileFault> openSecrets(ByteView file, ByteView passphrase)
{
    ByteReader reader(file);
    const auto magic = reader.take(kMagic.size());
    const auto operations = reader.u64();
    const auto memory = reader.u64();
    const auto salt = reader.take(crypto_pwhash_SALTBYTES);
    const auto nonce = reader.take(crypto_secretbox_NONCEBYTES);
    const ByteView sealed = reader.rest();
    if (reader.failed() || textOf(*magic) != kMagic || sealed.size() < crypto_secretbox_MACBYTES)
        return Unexpected(FileFault::Broken);
    const PassphraseCost cost{*operations, *memory};
    Key key{};
    if (!isUsable(cost) || !derive(key, passphrase, *salt, cost))
        return Unexpected(FileFault::Broken);
    Bytes plain(sealed.size() - crypto_secretbox_MACBYTES);
    const int status
        = crypto_secretbox_open_easy(plain.data(), sealed.data(), sealed.size(), nonce->data(), key.data());
    sodium_memzero(key.data(), key.size());
    if (status != 0)
        return std::optional<Secrets>();
    auto secrets = secretsFromBytes(plain);
    wipe(plain);
    if (!secrets)
        return Unexpected(FileFault::Broken);
    return secrets;
}

PassphraseFileStore::PassphraseFileStore(QString path, PassphraseCost cost, QObject *parent)
    : SecretStore(parent), m_path(std::move(path)), m_cost(cost)
{
    m_worker.setMaxThreadCount(1);
}

PassphraseFileStore::~PassphraseFileStore()
{
    m_worker.clear();
    m_worker.waitForDone();
    wipe(m_passphrase);
}

void PassphraseFileStore::setPassphrase(const QString &passphrase)
{
    wipe(m_passphrase);
    QByteArray text = passphrase.normalized(QString::NormalizationForm_C).toUtf8();
    m_passphrase.assign(text.begin(), text.end());
    sodium_memzero(text.data(), static_cast<std::size_t>(text.size()));
}

bool PassphraseFileStore::exists() const
{
    return QFileInfo::exists(m_path);
}

template<typename Work, typename Done>
void PassphraseFileStore::run(Work work, Done done)
{
    // The destructor waits for the worker, so this lives on while it runs.
    m_worker.start([this, work = std::move(work), done = std::move(done), passphrase = m_passphrase]() mutable {
        auto result = work(ByteView(passphrase));
        wipe(passphrase);
        QMetaObject::invokeMethod(
            this, [result = std::move(result), done = std::move(done)] { done(result); }, Qt::QueuedConnection);
    });
}

void PassphraseFileStore::read(const QString &key, ReadDone done)
{
    run(
        [path = m_path, name = key.toStdString()](ByteView passphrase) -> Expected<Bytes, SecretFailure> {
            auto secrets = load(path, passphrase);
            if (!secrets)
                return Unexpected(secrets.error());
            const auto secret = found(*secrets, name);
            wipe(*secrets);
            if (!secret)
                return Unexpected(SecretFailure::NotFound);
            return *secret;
        },
        [done = std::move(done)](const Expected<Bytes, SecretFailure> &result) {
            if (result)
                done(*result, std::nullopt);
            else
                done(std::nullopt, result.error());
        });
}

void PassphraseFileStore::write(const QString &key, const Bytes &secret, WriteDone done)
{
    run([path = m_path, cost = m_cost, name = key.toStdString(), secret](
            ByteView passphrase) { return change(path, passphrase, cost, name, secret); },
        std::move(done));
}

void PassphraseFileStore::remove(const QString &key, WriteDone done)
{
    run([path = m_path, cost = m_cost, name = key.toStdString()](
            ByteView passphrase) { return change(path, passphrase, cost, name, std::nullopt); },
        std::move(done));
}

} // namespace ringlift::qt
