#pragma once

#include "core/base/result.h"
#include "core/ports/appstore.h"

#include <QSqlDatabase>

#include <memory>

namespace ringlift::qt {

/// The app's records in an SQLite file of mode 0600 that one process at a time may have open. Made and used on one thread.
class SqliteAppStore : public ports::AppStore
{
public:
    /// Makes the file and its folder when they are missing. A damaged file is renamed to PATH.damaged-TIME as it is, and the
    /// error says so; a file of a newer version stays where it is.
    static Result<std::unique_ptr<SqliteAppStore>> open(const QString &path);
    ~SqliteAppStore() override;
    SqliteAppStore(const SqliteAppStore &) = delete;
    SqliteAppStore &operator=(const SqliteAppStore &) = delete;

    std::optional<Bytes> value(const std::string &table, const std::string &key) const override;
    [[nodiscard]] bool setValue(const std::string &table, const std::string &key, ByteView value) override;
    [[nodiscard]] bool removeValue(const std::string &table, const std::string &key) override;
    void settle() override;
    std::vector<std::string> keys(const std::string &table) const override;

private:
    explicit SqliteAppStore(QString connection) : m_connection(std::move(connection)) { }
    QSqlDatabase database() const { return QSqlDatabase::database(m_connection, false); }

    const QString m_connection;
};

} // namespace ringlift::qt
