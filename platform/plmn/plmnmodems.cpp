#include "platform/plmn/modemjson.h"
#include "platform/plmn/plmnserver.h"

#include <QJsonArray>

namespace ringlift::plmn {

using namespace Qt::StringLiterals;

Result<void> PlmnServer::addModems()
{
    for (const at::ModemSetup &setup : std::exchange(m_firstModems, {})) {
        if (auto added = m_modems.add(setup); !added)
            return added;
    }
    return {};
}

PlmnServer::Reply PlmnServer::addModem(Client &, const QJsonObject &arguments)
{
    at::ModemSetup setup;
    if (const auto read = readModem(arguments, setup); !read)
        return Unexpected(read.error());
    if (const auto added = m_modems.add(setup); !added)
        return Unexpected(added.error());
    return QJsonObject{{u"modem"_s, toJson(*m_modems.find(setup.config.name))}};
}

PlmnServer::Reply PlmnServer::removeModem(Client &, const QJsonObject &arguments)
{
    std::string name;
    JsonFields fields(arguments);
    fields.require(u"modem"_s);
    fields.text(u"modem"_s, name);
    if (const auto read = fields.finish(); !read)
        return Unexpected(read.error());
    return done(m_modems.remove(name));
}

PlmnServer::Reply PlmnServer::setModem(Client &, const QJsonObject &arguments)
{
    const at::ModemHost *const host = m_modems.find(arguments.value(u"modem"_s).toString().toStdString());
    if (host == nullptr)
        return failure("no such modem");
    at::ModemConfig config = host->modem().config();
    if (const auto read = readModemOptions(arguments, config); !read)
        return Unexpected(read.error());
    return done(m_modems.configure(config));
}

PlmnServer::Reply PlmnServer::insertSim(Client &, const QJsonObject &arguments)
{
    std::string name;
    std::string msisdn;
    JsonFields fields(arguments);
    fields.require(u"modem"_s);
    fields.text(u"modem"_s, name);
    fields.text(u"msisdn"_s, msisdn);
    if (const auto read = fields.finish(); !read)
        return Unexpected(read.error());
    return done(m_modems.insertSim(name, msisdn));
}

PlmnServer::Reply PlmnServer::sendMessage(Client &, const QJsonObject &arguments)
{
    std::string from;
    std::string to;
    JsonFields fields(arguments);
    for (const QString &key : {u"from"_s, u"to"_s, u"text"_s})
        fields.require(key);
    fields.text(u"from"_s, from);
    fields.text(u"to"_s, to);
    std::string text;
    fields.longText(u"text"_s, text);
    if (const auto read = fields.finish(); !read)
        return Unexpected(read.error());
    return done(m_modems.sendMessage(from, to, text));
}

PlmnServer::Reply PlmnServer::sendUssd(Client &, const QJsonObject &arguments)
{
    std::string modem;
    std::string text;
    bool wantsAnswer = false;
    JsonFields fields(arguments);
    fields.require(u"modem"_s);
    fields.require(u"text"_s);
    fields.text(u"modem"_s, modem);
    fields.text(u"text"_s, text);
    fields.flag(u"wants_answer"_s, wantsAnswer);
    if (const auto read = fields.finish(); !read)
        return Unexpected(read.error());
    return done(m_modems.sendUssd(modem, text, wantsAnswer));
}

PlmnServer::Reply PlmnServer::say(Client &, const QJsonObject &arguments)
{
    std::string modem;
    std::string text;
    JsonFields fields(arguments);
    fields.require(u"modem"_s);
    fields.require(u"text"_s);
    fields.text(u"modem"_s, modem);
    fields.longText(u"text"_s, text);
    if (const auto read = fields.finish(); !read)
        return Unexpected(read.error());
    return done(m_modems.say(modem, text));
}

PlmnServer::Reply PlmnServer::modems(Client &, const QJsonObject &arguments)
{
    if (!arguments.isEmpty())
        return failure("modems takes no arguments");
    QJsonArray modems;
    for (const at::ModemHost *const host : m_modems.all())
        modems.append(toJson(*host));
    return QJsonObject{{u"modems"_s, modems}};
}

} // namespace ringlift::plmn
