#include "platform/qt/sqliteappstore.h"

#include "core/base/log.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>

#include <atomic>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ringlift::qt {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSchemaVersion = 1;

enum class Trouble { Damaged, Newer, InUse, Other };

bool isDamage(const QSqlError &error)
{
    // SQLITE_CORRUPT and SQLITE_NOTADB; the low byte is the primary code.
    const int code = error.nativeErrorCode().toInt() & 0xff;
    return code == 11 || code == 26;
}

bool isInUse(const QSqlError &error)
{
    // SQLITE_BUSY and SQLITE_LOCKED
    const int code = error.nativeErrorCode().toInt() & 0xff;
    return code == 5 || code == 6;
}

Unexpected<Trouble> troubleOf(const QSqlError &error)
{
    return Unexpected(isDamage(error) ? Trouble::Damaged : isInUse(error) ? Trouble::InUse : Trouble::Other);
}

Expected<void, Trouble> run(QSqlDatabase &database, const QString &statement)
{
    QSqlQuery query(database);
    if (!query.exec(statement))
        return troubleOf(query.lastError());
    return {};
}

Expected<QVariant, Trouble> ask(QSqlDatabase &database, const QString &statement)
{
    QSqlQuery query(database);
    if (!query.exec(statement))
        return troubleOf(query.lastError());
    if (!query.next())
        return Unexpected(Trouble::Other);
    return query.value(0);
}

Expected<void, Trouble> migrate(QSqlDatabase &database)
{
    const auto version = ask(database, u"PRAGMA user_version"_s);
    if (!version)
        return Unexpected(version.error());
    if (version->toInt() > kSchemaVersion)
        return Unexpected(Trouble::Newer);
    if (version->toInt() == kSchemaVersion)
        return {};
    for (const QString &statement : {u"BEGIN IMMEDIATE"_s,
             u"CREATE TABLE record (tbl TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, "
             "PRIMARY KEY (tbl, key)) WITHOUT ROWID"_s,
             u"PRAGMA user_version = %1"_s.arg(kSchemaVersion), u"COMMIT"_s}) {
        if (const auto done = run(database, statement); !done)
            return done;
    }
    return {};
}

Expected<void, Trouble> prepare(QSqlDatabase &database)
{
    // One process at a time: a second one would act on the same account. Nothing waits for the disk but settle().
    for (const QString &statement : {u"PRAGMA locking_mode = EXCLUSIVE"_s, u"PRAGMA journal_mode = WAL"_s,
             u"PRAGMA synchronous = NORMAL"_s, u"PRAGMA wal_autocheckpoint = 0"_s, u"PRAGMA secure_delete = ON"_s}) {
        if (const auto done = run(database, statement); !done)
            return done;
    }
    const auto check = ask(database, u"PRAGMA quick_check(1)"_s);
    if (!check)
        return Unexpected(check.error());
    if (check->toString() != "ok"_L1)
        return Unexpected(Trouble::Damaged);
    if (const auto migrated = migrate(database); !migrated)
        return migrated;
    return run(database, u"SELECT tbl, key, value FROM record LIMIT 1"_s);
}

Result<void> makeFile(const QString &path)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (!QDir(folder).exists()) {
        const QFile::Permissions ours = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
        if (!QDir().mkpath(folder) || !QFile::setPermissions(folder, ours))
            return failure("the data folder cannot be made");
    }
    const QByteArray name = QFile::encodeName(path);
    const int file = ::open(name.constData(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0)
        return failure("the store cannot be opened for writing");
    const bool closed = ::fchmod(file, 0600) == 0;
    ::close(file);
    return closed ? Result<void>() : failure("the store is not ours");
}

/// Renames the file and what SQLite keeps beside it; returns its new name.
QString putAside(const QString &path)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmsszzz"_s);
    const QString aside = path + ".damaged-"_L1 + stamp;
    for (const QString &suffix : {QString(), u"-wal"_s, u"-shm"_s})
        QFile::rename(path + suffix, aside + suffix);
    return QFileInfo(aside).fileName();
}

Unexpected<Error> explain(Trouble trouble, const QString &path)
{
    switch (trouble) {
    case Trouble::Damaged: return failure("the store is damaged; it was kept as " + putAside(path).toStdString());
    case Trouble::Newer: return failure("the store was made by a newer version of this app");
    case Trouble::InUse: return failure("another running app uses this store");
    case Trouble::Other: break;
    }
    return failure("the store cannot be used");
}

} // namespace

Result<std::unique_ptr<SqliteAppStore>> SqliteAppStore::open(const QString &path)
{
    static std::atomic<unsigned> count = 0;
    if (const auto made = makeFile(path); !made)
        return Unexpected(made.error());
    std::unique_ptr<SqliteAppStore> store(new SqliteAppStore(u"ringlift-store-%1"_s.arg(++count)));
    Expected<void, Trouble> prepared = Unexpected(Trouble::Other);
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, store->m_connection);
        database.setDatabaseName(path);
        database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=200"_s);
        if (database.open())
            prepared = prepare(database);
        else
            prepared = troubleOf(database.lastError());
        if (!prepared)
            database.close();
    }
    if (!prepared)
        return explain(prepared.error(), path);
    return store;
}

SqliteAppStore::~SqliteAppStore()
{
    QSqlDatabase::removeDatabase(m_connection);
}

std::optional<Bytes> SqliteAppStore::value(const std::string &table, const std::string &key) const
{
    QSqlQuery query(database());
    query.prepare(u"SELECT value FROM record WHERE tbl = ? AND key = ?"_s);
    query.addBindValue(QString::fromStdString(table));
    query.addBindValue(QString::fromStdString(key));
    if (!query.exec() || !query.next())
        return std::nullopt;
    const QByteArray value = query.value(0).toByteArray();
    return Bytes(value.begin(), value.end());
}

bool SqliteAppStore::setValue(const std::string &table, const std::string &key, ByteView value)
{
    QSqlQuery query(database());
    query.prepare(u"INSERT INTO record (tbl, key, value) VALUES (?, ?, ?) "
                  "ON CONFLICT (tbl, key) DO UPDATE SET value = excluded.value"_s);
    query.addBindValue(QString::fromStdString(table));
    query.addBindValue(QString::fromStdString(key));
    // A null QByteArray would be stored as NULL.
    query.addBindValue(value.empty() ? QByteArray("")
                                     : QByteArray(reinterpret_cast<const char *>(value.data()), qsizetype(value.size())));
    const bool done = query.exec();
    if (!done)
        qCWarning(lcApp, "the store did not take a record (SQLite error %s)", qPrintable(query.lastError().nativeErrorCode()));
    return done;
}

bool SqliteAppStore::removeValue(const std::string &table, const std::string &key)
{
    QSqlQuery query(database());
    query.prepare(u"DELETE FROM record WHERE tbl = ? AND key = ?"_s);
    query.addBindValue(QString::fromStdString(table));
    query.addBindValue(QString::fromStdString(key));
    return query.exec();
}

void SqliteAppStore::settle()
{
    QSqlQuery query(database());
    if (!query.exec(u"PRAGMA wal_checkpoint(TRUNCATE)"_s))
        qCWarning(lcApp, "the store did not settle (SQLite error %s)", qPrintable(query.lastError().nativeErrorCode()));
}

std::vector<std::string> SqliteAppStore::keys(const std::string &table) const
{
    std::vector<std::string> keys;
    QSqlQuery query(database());
    query.prepare(u"SELECT key FROM record WHERE tbl = ? ORDER BY key"_s);
    query.addBindValue(QString::fromStdString(table));
    if (!query.exec())
        return keys;
    while (query.next())
        keys.push_back(query.value(0).toString().toStdString());
    return keys;
}

} // namespace ringlift::qt
