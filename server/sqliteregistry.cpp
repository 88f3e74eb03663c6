#include "server/sqliteregistry.h"

#include "server/log.h"
#include "server/sqlitemigrations.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <algorithm>
#include <atomic>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ringlift::server {

using namespace Qt::StringLiterals;
using protocol::AccountKind;

namespace {

constexpr std::uint32_t kFlagged = 1;
constexpr std::uint32_t kFrozen = 2;

// Primary result codes, https://www.sqlite.org/rescode.html
constexpr int kBusy = 5;
constexpr int kLocked = 6;
constexpr int kCorrupt = 11;
constexpr int kNotADatabase = 26;

int primaryCode(const QSqlError &error)
{
    return error.nativeErrorCode().toInt() & 0xff;
}

Unexpected<RegistryError> fail(const QSqlError &error)
{
    const int code = primaryCode(error);
    if (code == kBusy || code == kLocked)
        return Unexpected(RegistryError::Busy);
    log("registry.failed", {{"sqlite", ErrorCode{code}}});
    return Unexpected(RegistryError::Failed);
}

QString nameOf(AccountKind kind)
{
    return kind == AccountKind::Sim ? u"sim"_s : u"manual"_s;
}

template<std::size_t N> QVariant blob(const ByteArray<N> &bytes)
{
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(N));
}

QVariant nullBlob()
{
    return QVariant(QMetaType(QMetaType::QByteArray));
}

template<std::size_t N> std::optional<ByteArray<N>> bytesOf(const QVariant &value)
{
    const QByteArray bytes = value.toByteArray();
    return toArray<N>(
        ByteView(reinterpret_cast<const std::uint8_t *>(bytes.constData()), static_cast<std::size_t>(bytes.size())));
}

constexpr auto kColumns = "id, num_tag, imsi_tag, kind, sim_handle, idcard, tag_key_id, created_day, verified_day, "
                          "last_seen_day, reglock, flags, quarantine_until_hour, pin_tries_used, pin_tries_day"_L1;

void bindColumns(QSqlQuery &query, const Account &account)
{
    query.addBindValue(blob(account.id.bytes));
    query.addBindValue(blob(account.numberTag));
    query.addBindValue(account.imsiTag ? blob(*account.imsiTag) : nullBlob());
    query.addBindValue(nameOf(account.kind));
    query.addBindValue(account.simHandle ? blob(account.simHandle->bytes) : nullBlob());
    query.addBindValue(blob(account.idcard));
    query.addBindValue(account.tagKeyId);
    query.addBindValue(account.createdDay);
    query.addBindValue(account.verifiedDay);
    query.addBindValue(account.lastSeenDay);
    query.addBindValue(account.reglock.empty() ? QVariant(QMetaType(QMetaType::QString))
                                               : QVariant(QString::fromStdString(account.reglock)));
    query.addBindValue((account.flagged ? kFlagged : 0U) | (account.frozen ? kFrozen : 0U));
    query.addBindValue(account.quarantineUntilHour);
    query.addBindValue(account.pinTriesUsed);
    query.addBindValue(account.pinTriesDay);
}

/// Nothing when a row does not hold what the schema promises.
std::optional<Account> accountOf(const QSqlQuery &row)
{
    const auto id = bytesOf<16>(row.value(0));
    const auto numberTag = bytesOf<32>(row.value(1));
    const auto idcard = bytesOf<140>(row.value(5));
    if (!id || !numberTag || !idcard)
        return std::nullopt;
    Account account;
    account.id.bytes = *id;
    account.numberTag = *numberTag;
    account.imsiTag = bytesOf<32>(row.value(2));
    account.kind = row.value(3).toString() == "sim"_L1 ? AccountKind::Sim : AccountKind::Manual;
    if (const auto handle = bytesOf<16>(row.value(4)))
        account.simHandle = SimHandle{*handle};
    account.idcard = *idcard;
    account.tagKeyId = row.value(6).toUInt();
    account.createdDay = row.value(7).toInt();
    account.verifiedDay = row.value(8).toInt();
    account.lastSeenDay = row.value(9).toInt();
    account.reglock = row.value(10).toString().toStdString();
    const std::uint32_t flags = row.value(11).toUInt();
    account.flagged = (flags & kFlagged) != 0;
    account.frozen = (flags & kFrozen) != 0;
    account.quarantineUntilHour = row.value(12).toUInt();
    account.pinTriesUsed = row.value(13).toUInt();
    account.pinTriesDay = row.value(14).toInt();
    return account;
}

RegistryResult<std::optional<Account>> take(QSqlQuery &query)
{
    if (!query.exec())
        return fail(query.lastError());
    if (!query.next()) {
        if (query.lastError().isValid())
            return fail(query.lastError());
        return std::optional<Account>();
    }
    auto account = accountOf(query);
    if (!account) {
        log("registry.failed", {{"sqlite", ErrorCode{kCorrupt}}});
        return Unexpected(RegistryError::Failed);
    }
    return account;
}

RegistryResult<void> run(const QSqlDatabase &database, const QString &statement)
{
    QSqlQuery query(database);
    if (!query.exec(statement))
        return fail(query.lastError());
    return {};
}

RegistryResult<void> run(QSqlQuery &query)
{
    if (!query.exec())
        return fail(query.lastError());
    return {};
}

/// All or nothing, durable when it returns.
template<typename Work> RegistryResult<void> inTransaction(const QSqlDatabase &database, Work work)
{
    if (auto begun = run(database, u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    RegistryResult<void> done = work();
    if (done)
        done = run(database, u"COMMIT"_s);
    if (!done)
        QSqlQuery(database).exec(u"ROLLBACK"_s);
    return done;
}

// ---- Opening

Unexpected<Error> openingFailure(const std::string &path, const QSqlError &error)
{
    const int code = primaryCode(error);
    if (code == kCorrupt || code == kNotADatabase)
        return failure("the database " + path + " is damaged; restore it from a backup, or move it away to begin anew");
    if (code == kBusy || code == kLocked)
        return failure("another process holds the database " + path);
    return failure("cannot use the database " + path + ": " + error.databaseText().toStdString());
}

Result<QVariant> ask(const QSqlDatabase &database, const std::string &path, const QString &statement)
{
    QSqlQuery query(database);
    if (!query.exec(statement) || !query.next())
        return openingFailure(path, query.lastError());
    return query.value(0);
}

Result<void> migrate(const QSqlDatabase &database, const std::string &path)
{
    const auto migrations = sqliteMigrations();
    const auto version = ask(database, path, u"PRAGMA user_version"_s);
    if (!version)
        return Unexpected(version.error());
    if (version->toUInt() > migrations.size())
        return failure("the database " + path + " was made by a newer version of ringliftd");
    for (std::size_t i = version->toUInt(); i < migrations.size(); ++i) {
        const auto done = inTransaction(database, [&] {
            const auto changed = run(database, QString::fromLatin1(migrations[i]));
            return changed ? run(database, u"PRAGMA user_version = %1"_s.arg(i + 1)) : changed;
        });
        if (!done)
            return failure("cannot bring the database " + path + " up to date");
    }
    return {};
}

Result<void> prepare(const QSqlDatabase &database, const std::string &path)
{
    const auto mode = ask(database, path, u"PRAGMA journal_mode = WAL"_s);
    if (!mode)
        return Unexpected(mode.error());
    const auto check = ask(database, path, u"PRAGMA quick_check(1)"_s);
    if (!check)
        return Unexpected(check.error());
    if (check->toString() != "ok"_L1)
        return failure("the database " + path + " is damaged; restore it from a backup, or move it away to begin anew");
    for (const QString &statement : {u"PRAGMA synchronous = FULL"_s, u"PRAGMA secure_delete = ON"_s}) {
        QSqlQuery query(database);
        if (!query.exec(statement))
            return openingFailure(path, query.lastError());
    }
    return migrate(database, path);
}

/// SQLite gives the files beside it the same mode.
Result<void> makeFile(const std::string &path)
{
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0)
        return failure("cannot open the database " + path);
    const bool done = ::fchmod(file, 0600) == 0;
    ::close(file);
    return done ? Result<void>() : failure("the database " + path + " belongs to another user");
}

} // namespace

Result<std::unique_ptr<SqliteRegistry>> SqliteRegistry::open(const std::string &path, Duration wait)
{
    static std::atomic<unsigned> count = 0;
    if (const auto made = makeFile(path); !made)
        return Unexpected(made.error());
    std::unique_ptr<SqliteRegistry> registry(new SqliteRegistry(u"ringlift-registry-%1"_s.arg(++count)));
    Result<void> ready;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, registry->m_connection);
        if (!database.isValid())
            return failure("Qt's SQLite driver is missing");
        database.setDatabaseName(QString::fromStdString(path));
        const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(wait).count();
        database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(millis));
        ready = database.open() ? prepare(database, path) : openingFailure(path, database.lastError());
        if (!ready)
            database.close();
    }
    if (!ready)
        return Unexpected(ready.error());
    return registry;
}

SqliteRegistry::~SqliteRegistry()
{
    QSqlDatabase::removeDatabase(m_connection);
}

QSqlDatabase SqliteRegistry::database() const
{
    return QSqlDatabase::database(m_connection, false);
}

RegistryResult<std::optional<Account>> SqliteRegistry::find(const AccountId &id)
{
    QSqlQuery query(database());
    query.prepare(u"SELECT %1 FROM account WHERE id = ?"_s.arg(kColumns));
    query.addBindValue(blob(id.bytes));
    return take(query);
}

RegistryResult<std::optional<Account>> SqliteRegistry::findByNumber(const protocol::Key32 &numberTag, AccountKind kind)
{
    QSqlQuery query(database());
    query.prepare(u"SELECT %1 FROM account WHERE num_tag = ? AND kind = ?"_s.arg(kColumns));
    query.addBindValue(blob(numberTag));
    query.addBindValue(nameOf(kind));
    return take(query);
}

RegistryResult<void> SqliteRegistry::replace(const Account &account, std::span<const protocol::Key32> olderTags)
{
    return inTransaction(database(), [&]() -> RegistryResult<void> {
        std::vector<protocol::Key32> tags(olderTags.begin(), olderTags.end());
        tags.push_back(account.numberTag);
        QSqlQuery old(database());
        old.prepare(u"DELETE FROM account WHERE num_tag = ? AND kind = ?"_s);
        for (const protocol::Key32 &tag : tags) {
            old.bindValue(0, blob(tag));
            old.bindValue(1, nameOf(account.kind));
            if (auto removed = run(old); !removed)
                return removed;
        }
        QSqlQuery query(database());
        query.prepare(u"INSERT INTO account (%1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s.arg(kColumns));
        bindColumns(query, account);
        return run(query);
    });
}

RegistryResult<void> SqliteRegistry::update(const Account &account)
{
    QSqlQuery query(database());
    query.prepare(
        u"UPDATE account SET (%1) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?"_s.arg(kColumns));
    bindColumns(query, account);
    query.addBindValue(blob(account.id.bytes));
    return run(query);
}

RegistryResult<void> SqliteRegistry::remove(const AccountId &id)
{
    QSqlQuery query(database());
    query.prepare(u"DELETE FROM account WHERE id = ?"_s);
    query.addBindValue(blob(id.bytes));
    return run(query);
}

RegistryResult<void> SqliteRegistry::removeTaggedBefore(std::uint32_t tagKeyId)
{
    QSqlQuery query(database());
    query.prepare(u"DELETE FROM account WHERE tag_key_id < ?"_s);
    query.addBindValue(tagKeyId);
    auto done = run(query);
    if (done && query.numRowsAffected() > 0)
        log("accounts.dropped", {{"accounts", Count{static_cast<std::uint64_t>(query.numRowsAffected())}}});
    return done;
}

RegistryResult<void> SqliteRegistry::touch(std::span<const AccountId> ids, std::int32_t day)
{
    return inTransaction(database(), [&]() -> RegistryResult<void> {
        QSqlQuery query(database());
        query.prepare(u"UPDATE account SET last_seen_day = ? WHERE id = ?"_s);
        for (const AccountId &id : ids) {
            query.bindValue(0, day);
            query.bindValue(1, blob(id.bytes));
            if (auto done = run(query); !done)
                return done;
        }
        return {};
    });
}

RegistryResult<std::uint64_t> SqliteRegistry::size()
{
    QSqlQuery query(database());
    if (!query.exec(u"SELECT count(*) FROM account"_s) || !query.next())
        return fail(query.lastError());
    return query.value(0).toULongLong();
}

RegistryResult<std::uint32_t> SqliteRegistry::newestTagKey()
{
    QSqlQuery query(database());
    if (!query.exec(u"SELECT coalesce(max(tag_key_id), 0) FROM account"_s) || !query.next())
        return fail(query.lastError());
    return query.value(0).toUInt();
}

} // namespace ringlift::server
