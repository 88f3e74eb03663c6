#pragma once

#include "core/base/time.h"
#include "server/registry.h"

#include <QString>

#include <memory>

class QSqlDatabase;
class QSqlError;
class QSqlQuery;

namespace ringlift::server {

/// Accounts in an SQLite file of mode 0600. A call that finds the file held by somebody else is Busy after `wait`.
class SqliteRegistry final : public Registry
{
public:
    /// Makes the file where there is none, and brings an older one up to date. Fails for a damaged file, which stays as
    /// it is.
    static Result<std::unique_ptr<SqliteRegistry>> open(const std::string &path, Duration wait);
    ~SqliteRegistry() override;

    RegistryResult<std::optional<Account>> find(const AccountId &id) override;
    RegistryResult<std::optional<Account>> findByNumber(const protocol::Key32 &numberTag,
                                                        protocol::AccountKind kind) override;
    RegistryResult<void> replace(const Account &account, std::span<const protocol::Key32> olderTags) override;
    RegistryResult<void> update(const Account &account) override;
    RegistryResult<void> remove(const AccountId &id) override;
    RegistryResult<void> removeTaggedBefore(std::uint32_t tagKeyId) override;
    RegistryResult<void> touch(std::span<const AccountId> ids, std::int32_t day) override;

    RegistryResult<std::uint64_t> size();
    /// Of the newest key that tags are of; 0 without accounts.
    RegistryResult<std::uint32_t> newestTagKey();

private:
    explicit SqliteRegistry(QString connection) : m_connection(std::move(connection)) { }

    QSqlDatabase database() const;

    QString m_connection;
};

} // namespace ringlift::server
