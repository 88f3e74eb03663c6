#pragma once

#include "core/ports/secretstore.h"

#include <map>

namespace ringlift::qt {

/// Secrets that end with the process: for tests and for an identity of one session.
class MemoryStore : public ports::SecretStore
{
    Q_OBJECT

public:
    using SecretStore::SecretStore;

    void read(const QString &key, ReadDone done) override;
    void write(const QString &key, const Bytes &secret, WriteDone done) override;
    void remove(const QString &key, WriteDone done) override;

    /// Everything fails this way from now on; nothing: works again.
    void setFailure(std::optional<ports::SecretFailure> failure) { m_failure = failure; }

private:
    std::map<QString, Bytes> m_secrets;
    std::optional<ports::SecretFailure> m_failure;
};

} // namespace ringlift::qt
