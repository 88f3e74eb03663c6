#include "core/engine/identityloader.h"

#include "core/base/log.h"

#include <sodium.h>

namespace ringlift::engine {

using crypto::DeviceIdentity;
using crypto::SecretKey;
using ports::SecretFailure;

namespace {

IdentityFault faultOf(SecretFailure failure)
{
    switch (failure) {
    case SecretFailure::NotFound:
    case SecretFailure::Locked:
    case SecretFailure::Denied:
    case SecretFailure::TimedOut: return IdentityFault::Locked;
    case SecretFailure::NoBackend: return IdentityFault::NoStore;
    case SecretFailure::Broken: break;
    }
    return IdentityFault::Broken;
}

} // namespace

IdentityLoader::IdentityLoader(ports::SecretStore &secrets, RecordStore &records, RandomSource &random, QString seedName)
    : m_secrets(secrets), m_records(records), m_random(random), m_seedName(std::move(seedName))
{
}

void IdentityLoader::load(std::uint64_t nowUnix, Done done)
{
    m_secrets.read(m_seedName,
        [this, alive = std::weak_ptr(m_alive), nowUnix, done = std::move(done)](
            std::optional<Bytes> secret, std::optional<SecretFailure> failure) {
            if (alive.expired())
                return;
            if (secret)
                return found(std::move(*secret), nowUnix, done);
            // With the date of an identity, "not found" is a store that lies, or another store than before: never overwrite.
            if (failure == SecretFailure::NotFound && !created())
                return make(nowUnix, done);
            done(Unexpected(faultOf(failure.value_or(SecretFailure::Broken))));
        });
}

void IdentityLoader::found(Bytes secret, std::uint64_t nowUnix, const Done &done)
{
    if (secret.size() != SecretKey::kSize) {
        qCWarning(lcApp) << "what the secret store holds is no seed";
        return done(Unexpected(IdentityFault::Broken));
    }
    const SecretKey seed(std::span<const std::uint8_t, SecretKey::kSize>(secret.data(), SecretKey::kSize));
    sodium_memzero(secret.data(), secret.size());
    finish(seed, created().value_or(nowUnix), done);
}

void IdentityLoader::make(std::uint64_t nowUnix, const Done &done)
{
    auto seed = std::make_shared<SecretKey>();
    m_random.fill(seed->writable());
    Bytes secret(seed->view().begin(), seed->view().end());
    m_secrets.write(m_seedName, secret,
        [this, alive = std::weak_ptr(m_alive), seed, nowUnix, done](std::optional<SecretFailure> failure) {
            if (alive.expired())
                return;
            if (failure)
                return done(Unexpected(faultOf(*failure)));
            finish(*seed, nowUnix, done);
        });
    sodium_memzero(secret.data(), secret.size());
}

void IdentityLoader::finish(const SecretKey &seed, std::uint64_t createdUnix, const Done &done)
{
    if (created() != createdUnix && !m_records.setIdentityCreated(m_seedName.toStdString(), createdUnix))
        return done(Unexpected(IdentityFault::Broken));
    done(DeviceIdentity::fromSeed(seed, createdUnix));
}

} // namespace ringlift::engine
