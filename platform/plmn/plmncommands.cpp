#include "platform/plmn/plmnserver.h"
#include "platform/plmn/switchjson.h"

#include <QJsonArray>

namespace ringlift::plmn {

using namespace Qt::StringLiterals;

namespace {

/// Reads the one field that many commands have.
Result<std::string> readMsisdn(const QJsonObject &arguments)
{
    std::string msisdn;
    JsonFields fields(arguments);
    fields.require(u"msisdn"_s);
    fields.text(u"msisdn"_s, msisdn);
    if (const auto done = fields.finish(); !done)
        return Unexpected(done.error());
    return msisdn;
}

/// A number and one switch beside it.
Result<std::string> readMsisdnAnd(const QJsonObject &arguments, const QString &key, bool &flag)
{
    std::string msisdn;
    JsonFields fields(arguments);
    fields.require(u"msisdn"_s);
    fields.require(key);
    fields.text(u"msisdn"_s, msisdn);
    fields.flag(key, flag);
    if (const auto done = fields.finish(); !done)
        return Unexpected(done.error());
    return msisdn;
}

} // namespace

PlmnServer::Reply PlmnServer::done(const Result<void> &result) const
{
    if (!result)
        return Unexpected(result.error());
    return QJsonObject{};
}

PlmnServer::Reply PlmnServer::join(Client &client, const QJsonObject &arguments)
{
    Subscriber wanted;
    if (const auto read = readSubscriber(arguments, wanted); !read)
        return Unexpected(read.error());
    const auto known = m_switch.subscriber(wanted.msisdn);
    if (!known) {
        if (const auto done = feed(Provision{wanted}); !done)
            return Unexpected(done.error());
    } else if (!wanted.imsi.empty() && wanted.imsi != known->imsi) {
        return failure("this number belongs to another imsi");
    }
    if (m_modems.has(wanted.msisdn))
        return failure("a modem has this SIM");
    return adopt(client, wanted.msisdn);
}

PlmnServer::Reply PlmnServer::adopt(Client &client, const std::string &msisdn)
{
    if (Client *const former = clientOf(msisdn); former != nullptr && former != &client) {
        former->joined.erase(msisdn);
        former->connection->send({{u"event"_s, u"replaced"_s}, {u"msisdn"_s, QString::fromStdString(msisdn)}});
    }
    if (const auto orphan = m_orphans.extract(msisdn); !orphan.empty())
        orphan.mapped()->stop();
    if (const auto done = feed(Attach{msisdn}); !done)
        return Unexpected(done.error());
    client.joined.insert(msisdn);
    QJsonArray legs;
    for (const Leg &leg : m_switch.legs()) {
        if (leg.subscriber == msisdn && leg.party == Party::Phone)
            legs.append(toJson(leg));
    }
    return QJsonObject{{u"switch"_s, m_epoch}, {u"sim"_s, toJson(simInfoOf(*m_switch.subscriber(msisdn)))},
        {u"legs"_s, legs}};
}

PlmnServer::Reply PlmnServer::leave(Client &client, const QJsonObject &arguments)
{
    if (!arguments.isEmpty())
        return failure("leave takes no arguments");
    const std::set<std::string> joined = std::exchange(client.joined, {});
    for (const std::string &msisdn : joined)
        leave(msisdn);
    return QJsonObject{};
}

PlmnServer::Reply PlmnServer::dial(Client &client, const QJsonObject &arguments)
{
    Dial dial;
    JsonFields fields(arguments);
    fields.require(u"number"_s);
    fields.text(u"msisdn"_s, dial.msisdn);
    fields.text(u"number"_s, dial.number);
    fields.text(u"ref"_s, dial.ref);
    if (const auto done = fields.finish(); !done)
        return Unexpected(done.error());
    if (dial.msisdn.empty() && client.joined.size() == 1)
        dial.msisdn = *client.joined.begin();
    if (!client.controls && !client.joined.contains(dial.msisdn))
        return failure("this connection has not joined with that msisdn");
    return done(feed(dial));
}

Result<LineCallId> PlmnServer::legFor(
    const Client &client, const QJsonObject &arguments, bool &held, std::string &digits)
{
    int id = 0;
    JsonFields fields(arguments);
    fields.require(u"leg"_s);
    fields.number(u"leg"_s, id, 1, std::numeric_limits<int>::max());
    fields.flag(u"held"_s, held);
    fields.text(u"digits"_s, digits);
    if (const auto done = fields.finish(); !done)
        return Unexpected(done.error());
    const LineCallId leg{static_cast<std::uint32_t>(id)};
    const auto found = m_switch.leg(leg);
    if (!found || !(client.controls || client.joined.contains(found->subscriber)))
        return failure("no such call");
    return leg;
}

Result<LineCallId> PlmnServer::legFor(const Client &client, const QJsonObject &arguments)
{
    bool held = false;
    std::string digits;
    return legFor(client, arguments, held, digits);
}

PlmnServer::Reply PlmnServer::answer(Client &client, const QJsonObject &arguments)
{
    const auto leg = legFor(client, arguments);
    return leg ? done(feed(Answer{*leg})) : Reply(Unexpected(leg.error()));
}

PlmnServer::Reply PlmnServer::hangUp(Client &client, const QJsonObject &arguments)
{
    const auto leg = legFor(client, arguments);
    return leg ? done(feed(HangUp{*leg})) : Reply(Unexpected(leg.error()));
}

PlmnServer::Reply PlmnServer::hold(Client &client, const QJsonObject &arguments)
{
    bool held = true;
    std::string digits;
    const auto leg = legFor(client, arguments, held, digits);
    return leg ? done(feed(Hold{*leg, held})) : Reply(Unexpected(leg.error()));
}

PlmnServer::Reply PlmnServer::digits(Client &client, const QJsonObject &arguments)
{
    bool held = false;
    std::string digits;
    const auto leg = legFor(client, arguments, held, digits);
    return leg ? done(feed(SendDigits{*leg, digits})) : Reply(Unexpected(leg.error()));
}

PlmnServer::Reply PlmnServer::control(Client &client, const QJsonObject &arguments)
{
    if (!arguments.isEmpty())
        return failure("control takes no arguments");
    client.controls = true;
    return QJsonObject{{u"switch"_s, m_epoch}};
}

PlmnServer::Reply PlmnServer::provision(Client &, const QJsonObject &arguments)
{
    const std::string msisdn = arguments.value(u"msisdn"_s).toString().toStdString();
    Subscriber subscriber = m_switch.subscriber(msisdn).value_or(Subscriber{});
    if (const auto read = readSubscriber(arguments, subscriber); !read)
        return Unexpected(read.error());
    if (const auto fed = feed(Provision{subscriber}); !fed)
        return Unexpected(fed.error());
    tellSim(msisdn);
    return QJsonObject{};
}

PlmnServer::Reply PlmnServer::withdraw(Client &, const QJsonObject &arguments)
{
    const auto msisdn = readMsisdn(arguments);
    if (!msisdn)
        return Unexpected(msisdn.error());
    const auto fed = feed(Withdraw{*msisdn});
    if (Client *const phone = clientOf(*msisdn); fed && phone != nullptr) {
        phone->joined.erase(*msisdn);
        phone->connection->send({{u"event"_s, u"sim_removed"_s}, {u"msisdn"_s, QString::fromStdString(*msisdn)}});
    }
    return done(fed);
}

PlmnServer::Reply PlmnServer::configure(Client &, const QJsonObject &arguments)
{
    SwitchConfig config = m_switch.config();
    if (const auto read = readConfig(arguments, config); !read)
        return Unexpected(read.error());
    return done(feed(Reconfigure{config}));
}

PlmnServer::Reply PlmnServer::outsideCall(Client &, const QJsonObject &arguments)
{
    const auto call = readOutsideCall(arguments);
    if (!call)
        return Unexpected(call.error());
    if (const auto fed = feed(*call); !fed)
        return Unexpected(fed.error());
    const std::vector<Leg> legs = m_switch.legs();
    const bool alive = !legs.empty() && legs.back().party == Party::Outside;
    return alive ? QJsonObject{{u"leg"_s, qint64(legs.back().line.id)}} : QJsonObject{};
}

PlmnServer::Reply PlmnServer::coverage(Client &, const QJsonObject &arguments)
{
    bool covered = true;
    const auto msisdn = readMsisdnAnd(arguments, u"covered"_s, covered);
    return msisdn ? done(feed(SetCoverage{*msisdn, covered})) : Reply(Unexpected(msisdn.error()));
}

PlmnServer::Reply PlmnServer::network(Client &, const QJsonObject &arguments)
{
    bool up = true;
    JsonFields fields(arguments);
    fields.require(u"up"_s);
    fields.flag(u"up"_s, up);
    if (const auto read = fields.finish(); !read)
        return Unexpected(read.error());
    return done(feed(SetNetwork{up}));
}

PlmnServer::Reply PlmnServer::dropCall(Client &client, const QJsonObject &arguments)
{
    const auto leg = legFor(client, arguments);
    return leg ? done(feed(DropCall{*leg})) : Reply(Unexpected(leg.error()));
}

PlmnServer::Reply PlmnServer::away(Client &, const QJsonObject &arguments)
{
    bool gone = true;
    const auto msisdn = readMsisdnAnd(arguments, u"away"_s, gone);
    if (!msisdn)
        return Unexpected(msisdn.error());
    Client *const phone = clientOf(*msisdn);
    if (phone == nullptr)
        return failure("no phone has joined for this subscriber");
    phone->connection->send({{u"event"_s, u"away"_s}, {u"away"_s, gone}});
    return QJsonObject{};
}

PlmnServer::Reply PlmnServer::kick(Client &, const QJsonObject &arguments)
{
    const auto msisdn = readMsisdn(arguments);
    if (!msisdn)
        return Unexpected(msisdn.error());
    Client *const phone = clientOf(*msisdn);
    if (phone == nullptr)
        return failure("no phone has joined for this subscriber");
    phone->connection->close();
    return QJsonObject{};
}

PlmnServer::Reply PlmnServer::legs(Client &, const QJsonObject &arguments)
{
    if (!arguments.isEmpty())
        return failure("legs takes no arguments");
    QJsonArray legs;
    for (const Leg &leg : m_switch.legs())
        legs.append(toJson(leg));
    return QJsonObject{{u"legs"_s, legs}};
}

PlmnServer::Reply PlmnServer::subscribers(Client &, const QJsonObject &arguments)
{
    if (!arguments.isEmpty())
        return failure("subscribers takes no arguments");
    QJsonArray subscribers;
    for (const Subscriber &subscriber : m_switch.subscribers()) {
        QJsonObject object = toJson(subscriber);
        object.insert(u"joined"_s, m_switch.isAttached(subscriber.msisdn));
        object.insert(u"covered"_s, m_switch.isCovered(subscriber.msisdn));
        subscribers.append(object);
    }
    return QJsonObject{{u"subscribers"_s, subscribers}};
}

PlmnServer::Reply PlmnServer::subscribe(Client &client, const QJsonObject &arguments)
{
    if (!arguments.isEmpty())
        return failure("subscribe takes no arguments");
    client.subscribed = true;
    return QJsonObject{};
}

} // namespace ringlift::plmn
