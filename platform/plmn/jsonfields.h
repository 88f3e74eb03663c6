#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <QJsonObject>
#include <QSet>

#include <optional>
#include <vector>

namespace ringlift::plmn {

/// Reads the fields of one JSON object strictly: a field that is absent leaves its target alone, a field of the wrong kind
/// or an unknown one is an error, which finish() reports.
class JsonFields
{
public:
    explicit JsonFields(const QJsonObject &object) : m_object(object) { }

    void text(const QString &key, std::string &target);
    /// Up to 4096 characters.
    void longText(const QString &key, std::string &target);
    void texts(const QString &key, std::vector<std::string> &target);
    void flag(const QString &key, bool &target);
    void number(const QString &key, int &target, int least, int most);
    void count(const QString &key, std::size_t &target, int most);
    void millis(const QString &key, Duration &target);
    /// null empties the target.
    void millis(const QString &key, std::optional<Duration> &target);
    /// An object, or null for no value; nothing when absent.
    std::optional<QJsonValue> objectOrNull(const QString &key);
    bool has(const QString &key) const { return m_object.contains(key); }
    void require(const QString &key);
    void fail(const QString &key, const char *what);
    void adopt(const Result<void> &inner);
    /// The first thing that was wrong.
    Result<void> finish();

private:
    std::optional<QJsonValue> take(const QString &key);

    const QJsonObject &m_object;
    QSet<QString> m_known;
    std::optional<Error> m_error;
};

} // namespace ringlift::plmn
