#include "platform/qt/memorystore.h"

namespace ringlift::qt {

void MemoryStore::read(const QString &key, ReadDone done)
{
    QMetaObject::invokeMethod(
        this,
        [this, key, done = std::move(done)] {
            const auto secret = m_secrets.find(key);
            if (m_failure)
                done(std::nullopt, m_failure);
            else if (secret == m_secrets.end())
                done(std::nullopt, ports::SecretFailure::NotFound);
            else
                done(secret->second, std::nullopt);
        },
        Qt::QueuedConnection);
}

void MemoryStore::write(const QString &key, const Bytes &secret, WriteDone done)
{
    QMetaObject::invokeMethod(
        this,
        [this, key, secret, done = std::move(done)] {
            if (!m_failure)
                m_secrets[key] = secret;
            done(m_failure);
        },
        Qt::QueuedConnection);
}

void MemoryStore::remove(const QString &key, WriteDone done)
{
    QMetaObject::invokeMethod(
        this,
        [this, key, done = std::move(done)] {
            if (!m_failure)
                m_secrets.erase(key);
            done(m_failure);
        },
        Qt::QueuedConnection);
}

} // namespace ringlift::qt
