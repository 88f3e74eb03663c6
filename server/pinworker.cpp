#include "server/pinworker.h"

#include "core/crypto/sodium.h"

#include <array>

namespace ringlift::server {

namespace {

bool isRight(const CheckPin &job)
{
    // crypto_pwhash_str_verify reads as far as a whole string could be.
    std::array<char, crypto_pwhash_STRBYTES> stored{};
    if (job.hash.size() >= stored.size())
        return false;
    std::copy(job.hash.begin(), job.hash.end(), stored.begin());
    const auto *const proof = reinterpret_cast<const char *>(job.proof.data());
    return crypto_pwhash_str_verify(stored.data(), proof, job.proof.size()) == 0;
}

/// Empty when there is no memory for it.
std::string hashOf(const protocol::Key32 &pinProof)
{
    std::array<char, crypto_pwhash_STRBYTES> text{};
    const auto *const proof = reinterpret_cast<const char *>(pinProof.data());
    if (crypto_pwhash_str(text.data(), proof, pinProof.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return {};
    return text.data();
}

} // namespace

PinWorker::PinWorker(QObject *parent) : QObject(parent)
{
    crypto::ensureSodium();
    m_pool.setMaxThreadCount(1);
}

PinWorker::~PinWorker()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void PinWorker::check(const CheckPin &job)
{
    m_pool.start([this, job = job]() mutable {
        const PinChecked result{job.ticket, isRight(job)};
        sodium_memzero(job.proof.data(), job.proof.size());
        QMetaObject::invokeMethod(
            this, [this, result] { Q_EMIT checked(result); }, Qt::QueuedConnection);
    });
}

void PinWorker::hash(const HashPin &job)
{
    m_pool.start([this, job = job]() mutable {
        const PinHashed result{job.ticket, hashOf(job.proof)};
        sodium_memzero(job.proof.data(), job.proof.size());
        QMetaObject::invokeMethod(
            this, [this, result] { Q_EMIT hashed(result); }, Qt::QueuedConnection);
    });
}

} // namespace ringlift::server
