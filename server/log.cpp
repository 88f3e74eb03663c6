#include "server/log.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace ringlift::server {

namespace {

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

struct ToJson {
    QJsonValue operator()(const CallIdPrefix &prefix) const { return toText(prefix.hex); }
    QJsonValue operator()(const AccountPrefix &prefix) const { return toText(prefix.hex); }
    QJsonValue operator()(Count count) const { return static_cast<qint64>(count.value); }
    QJsonValue operator()(Duration duration) const { return static_cast<double>(duration.count()) / 1e6; }
    QJsonValue operator()(ErrorCode code) const { return code.value; }
    QJsonValue operator()(const Error &error) const { return toText(error.message); }
};

template<typename Id> std::string prefixOf(const Id &id)
{
    constexpr std::size_t kPrefix = 4;
    return toHex(ByteView(id.bytes).first(kPrefix));
}

} // namespace

CallIdPrefix::CallIdPrefix(const CallId &id) : hex(prefixOf(id)) { }

AccountPrefix::AccountPrefix(const AccountId &id) : hex(prefixOf(id)) { }

std::string logLine(std::string_view time, LogName event, std::initializer_list<LogField> fields)
{
    QJsonObject line;
    line.insert(QStringLiteral("time"), toText(time));
    line.insert(QStringLiteral("event"), toText(event.text()));
    for (const LogField &field : fields)
        line.insert(toText(field.name.text()), std::visit(ToJson(), field.value));
    return QJsonDocument(line).toJson(QJsonDocument::Compact).toStdString();
}

void log(LogName event, std::initializer_list<LogField> fields)
{
    const QString now = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    std::fprintf(stderr, "%s\n", logLine(now.toStdString(), event, fields).c_str());
}

} // namespace ringlift::server
