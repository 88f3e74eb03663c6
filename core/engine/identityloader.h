#pragma once

#include "core/base/random.h"
#include "core/crypto/identity.h"
#include "core/engine/recordstore.h"
#include "core/ports/secretstore.h"

#include <functional>
#include <memory>

namespace ringlift::engine {

/// Locked: there is an identity, but the secret store does not give it. NoStore: no place for secrets. Broken: a store
/// refuses to write, or what it holds is no seed.
enum class IdentityFault { Locked, NoStore, Broken };

/// Finds this device's identity, or makes it when it is certain that there is none (protocol.md 3.1).
class IdentityLoader
{
public:
    using Done = std::function<void(Expected<crypto::DeviceIdentity, IdentityFault> identity)>;

    /// seedName: the seed's name in the secret store. The stores and the random source outlive the loader.
    IdentityLoader(ports::SecretStore &secrets, RecordStore &records, RandomSource &random, QString seedName);

    /// Calls back once, from the event loop, unless the loader is gone by then.
    void load(std::uint64_t nowUnix, Done done);

private:
    void found(Bytes secret, std::uint64_t nowUnix, const Done &done);
    void make(std::uint64_t nowUnix, const Done &done);
    std::optional<std::uint64_t> created() const { return m_records.identityCreated(m_seedName.toStdString()); }
    void finish(const crypto::SecretKey &seed, std::uint64_t createdUnix, const Done &done);

    ports::SecretStore &m_secrets;
    RecordStore &m_records;
    RandomSource &m_random;
    const QString m_seedName;
    const std::shared_ptr<const bool> m_alive = std::make_shared<const bool>(true);
};

} // namespace ringlift::engine
