#include "platform/plmn/modemjson.h"
#include "platform/plmn/plmnserver.h"
#include "platform/plmn/switchjson.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace ringlift::plmn {

using namespace Qt::StringLiterals;

namespace {

/// The list under key, each element read by read; what is wrong names the key.
template<typename Value>
Result<void> readList(QJsonObject &root, const QString &key, std::vector<Value> &target,
                      Result<void> (*read)(const QJsonObject &, Value &))
{
    const QJsonValue list = root.take(key);
    if (!list.isArray() && !list.isUndefined())
        return failure(key.toStdString() + " is not an array");
    const QJsonArray elements = list.toArray();
    for (const auto &element : elements) {
        if (const auto done = read(element.toObject(), target.emplace_back()); !done)
            return failure(key.toStdString() + ": " + done.error().message);
    }
    return {};
}

Result<void> readUssd(const QJsonObject &object, std::map<std::string, std::string> &answers)
{
    for (auto answer = object.constBegin(); answer != object.constEnd(); ++answer) {
        const QString text = answer.value().toString();
        if (!answer.value().isString() || text.size() > qsizetype(at::Modem::kMaxUssd))
            return failure("ussd: an answer is not a string of at most 160 characters");
        answers[answer.key().toStdString()] = text.toStdString();
    }
    return {};
}

} // namespace

Result<PlmnServerConfig> readServerConfig(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return failure("the configuration is not a JSON object");
    PlmnServerConfig config;
    QJsonObject root = document.object();
    if (const auto done = readConfig(root.take(u"switch"_s).toObject(), config.exchange); !done)
        return failure("switch: " + done.error().message);
    if (const auto done = readList(root, u"subscribers"_s, config.subscribers, readSubscriber); !done)
        return Unexpected(done.error());
    if (const auto done = readList(root, u"modems"_s, config.modems, readModem); !done)
        return Unexpected(done.error());
    if (const auto done = readUssd(root.take(u"ussd"_s).toObject(), config.ussd); !done)
        return Unexpected(done.error());
    JsonFields fields(root);
    fields.millis(u"rejoin_grace_ms"_s, config.rejoinGrace);
    fields.count(u"max_connections"_s, config.maxConnections, 10000);
    if (const auto done = fields.finish(); !done)
        return Unexpected(done.error());
    return config;
}

} // namespace ringlift::plmn
