#include "platform/plmn/modemjson.h"

#include <QJsonArray>

namespace ringlift::plmn {

using namespace Qt::StringLiterals;
using at::ModemConfig;
using at::ModemMode;
using at::ModemSetup;

namespace {

constexpr qsizetype kMaxAnswer = 1024;

/// Reads one of two words.
template<typename Enum>
void readEither(JsonFields &fields, const QString &key, Enum &target, const char *zero, const char *one)
{
    std::string text = target == Enum(0) ? zero : one;
    fields.text(key, text);
    if (text != zero && text != one)
        return fields.fail(key, "is none of the known words");
    target = Enum(text == zero ? 0 : 1);
}

void readSet(JsonFields &fields, const QString &key, std::set<std::string> &target)
{
    std::vector<std::string> texts(target.begin(), target.end());
    fields.texts(key, texts);
    target = {texts.begin(), texts.end()};
}

void readAnswers(JsonFields &fields, const QJsonObject &object, std::map<std::string, std::string> &target)
{
    target.clear();
    for (auto answer = object.constBegin(); answer != object.constEnd(); ++answer) {
        if (!answer.value().isString() || answer.value().toString().size() > kMaxAnswer)
            return fields.fail(u"answers"_s, "holds something that is not a string of at most 1024 characters");
        target[answer.key().toStdString()] = answer.value().toString().toStdString();
    }
}

void readOptions(JsonFields &fields, ModemConfig &config)
{
    readEither(fields, u"mode"_s, config.mode, "simtech", "generic");
    readEither(fields, u"dial_result"_s, config.dialResult, "immediate", "progress");
    fields.millis(u"ring_interval_ms"_s, config.ringInterval);
    if (config.ringInterval < std::chrono::milliseconds(100))
        fields.fail(u"ring_interval_ms"_s, "is less than 100");
    readSet(fields, u"disabled"_s, config.disabled);
    readSet(fields, u"silent"_s, config.silent);
    if (const auto value = fields.objectOrNull(u"answers"_s); value)
        readAnswers(fields, value->toObject(), config.answers);
    fields.flag(u"nonsense"_s, config.nonsense);
}

} // namespace

Result<void> readModem(const QJsonObject &object, ModemSetup &setup)
{
    ModemSetup read = setup;
    JsonFields fields(object);
    fields.text(u"name"_s, read.config.name);
    fields.text(u"msisdn"_s, read.msisdn);
    fields.text(u"imei"_s, read.config.imei);
    fields.require(u"ports"_s);
    fields.texts(u"ports"_s, read.ports);
    fields.text(u"pcm"_s, read.pcm);
    readOptions(fields, read.config);
    if (auto done = fields.finish(); !done)
        return done;
    if (read.config.name.empty())
        read.config.name = read.msisdn;
    setup = std::move(read);
    return {};
}

Result<void> readModemOptions(const QJsonObject &object, ModemConfig &config)
{
    ModemConfig read = config;
    JsonFields fields(object);
    fields.require(u"modem"_s);
    fields.text(u"modem"_s, read.name);
    readOptions(fields, read);
    if (auto done = fields.finish(); !done)
        return done;
    config = std::move(read);
    return {};
}

QJsonObject toJson(const at::ModemHost &host)
{
    const ModemConfig &config = host.modem().config();
    const auto &sim = host.modem().sim();
    return {{u"name"_s, QString::fromStdString(config.name)},
            {u"msisdn"_s, sim ? QJsonValue(QString::fromStdString(sim->msisdn)) : QJsonValue(QJsonValue::Null)},
            {u"ports"_s, QJsonArray::fromStringList(host.addresses())},
            {u"connected"_s, host.isConnected()},
            {u"mode"_s, config.mode == ModemMode::Simtech ? u"simtech"_s : u"generic"_s}};
}

} // namespace ringlift::plmn
