#include "platform/fake/fakephone.h"

#include "core/base/log.h"
#include "platform/plmn/switchjson.h"

#include <QJsonArray>

namespace ringlift::fake {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kFirstRetry = 50ms;
constexpr auto kLastRetry = 1000ms;

} // namespace

FakePhone::FakePhone(QString address, std::vector<FakeSubscriber> sims, QObject *parent)
    : QObject(parent), m_address(std::move(address)), m_subscribers(std::move(sims)), m_retryAfter(kFirstRetry)
{
    for (const FakeSubscriber &subscriber : m_subscribers) {
        SimInfo sim;
        sim.slot = static_cast<int>(m_sims.size());
        sim.imsi = Redacted(subscriber.imsi);
        if (subscriber.ownNumberOnSim)
            sim.ownNumber = Redacted(subscriber.msisdn);
        sim.homeRegion = subscriber.homeRegion;
        sim.servingRegion = subscriber.homeRegion;
        m_sims.push_back(std::move(sim));
    }
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &FakePhone::connectNow);
}

FakePhone::~FakePhone()
{
    if (m_connection != nullptr)
        m_connection->disconnect(this);
    m_pending.clear();
}

void FakePhone::start()
{
    if (!m_stopped)
        return;
    m_stopped = false;
    connectNow();
}

void FakePhone::stop()
{
    m_stopped = true;
    m_retry.stop();
    if (m_connection == nullptr)
        return;
    request(u"leave"_s, {});
    m_connection->close();
}

void FakePhone::connectNow()
{
    if (m_stopped || m_connection != nullptr)
        return;
    m_connection = plmn::PlmnConnection::open(m_address, this);
    connect(m_connection, &plmn::PlmnConnection::opened, this, &FakePhone::join);
    connect(m_connection, &plmn::PlmnConnection::received, this, &FakePhone::onMessage);
    connect(m_connection, &plmn::PlmnConnection::voiceReceived, this, &FakePhone::voiceReceived);
    connect(m_connection, &plmn::PlmnConnection::closed, this, &FakePhone::onClosed);
    connect(m_connection, &plmn::PlmnConnection::malformed, this,
        [](const QString &reason) { qCWarning(lcLine) << "the virtual network sent something malformed:" << reason; });
}

void FakePhone::join()
{
    m_retryAfter = kFirstRetry;
    m_foundLegs.clear();
    m_sameNetwork = true;
    m_simsToJoin = m_subscribers.size();
    for (std::size_t slot = 0; slot < m_subscribers.size(); ++slot) {
        const FakeSubscriber &subscriber = m_subscribers[slot];
        QJsonObject arguments{{u"msisdn"_s, QString::fromStdString(subscriber.msisdn)}, {u"slot"_s, int(slot)},
            {u"home_region"_s, QString::fromStdString(subscriber.homeRegion)},
            {u"own_number_on_sim"_s, subscriber.ownNumberOnSim}};
        if (!subscriber.imsi.empty())
            arguments.insert(u"imsi"_s, QString::fromStdString(subscriber.imsi));
        if (m_subscribers.size() > 1)
            arguments.insert(u"phone"_s, QString::fromStdString("of " + m_subscribers.front().msisdn));
        ask(u"join"_s, arguments, [this, slot](const QJsonObject &reply) { onJoinReply(slot, reply); });
    }
}

void FakePhone::onJoinReply(std::size_t slot, const QJsonObject &reply)
{
    if (!reply.value(u"ok"_s).toBool()) {
        const QString error = reply.value(u"error"_s).toString();
        qCWarning(lcLine) << "the virtual network refused SIM" << slot << ":" << error;
        Q_EMIT joinRefused(error);
        return;
    }
    const QString epoch = reply.value(u"switch"_s).toString();
    m_sameNetwork = m_sameNetwork && (m_epoch.isEmpty() || m_epoch == epoch);
    takeSim(reply.value(u"sim"_s).toObject());
    const QJsonArray legs = reply.value(u"legs"_s).toArray();
    for (const auto &leg : legs) {
        if (const auto call = plmn::lineCallFromJson(leg.toObject()); call)
            m_foundLegs.push_back(*call);
    }
    if (--m_simsToJoin > 0)
        return;
    m_epoch = epoch;
    Q_EMIT legsKnown(std::exchange(m_foundLegs, {}), m_sameNetwork);
    setJoined(true);
}

void FakePhone::takeSim(const QJsonObject &object)
{
    const auto sim = plmn::simInfoFromJson(object);
    if (!sim || static_cast<std::size_t>(sim->slot) >= m_sims.size())
        return;
    SimInfo &known = m_sims[static_cast<std::size_t>(sim->slot)];
    if (known == *sim)
        return;
    known = *sim;
    Q_EMIT simsChanged();
}

void FakePhone::ask(const QString &command, const QJsonObject &arguments, ReplyHandler handler)
{
    if (m_connection == nullptr)
        return handler({{u"ok"_s, false}, {u"error"_s, u"the phone network is away"_s}});
    m_pending[++m_lastRequest] = std::move(handler);
    m_connection->send({{u"id"_s, m_lastRequest}, {command, arguments}});
}

void FakePhone::request(const QString &command, const QJsonObject &arguments, Done done)
{
    ask(command, arguments, [done = std::move(done)](const QJsonObject &reply) {
        if (done)
            done(reply.value(u"ok"_s).toBool(), reply.value(u"error"_s).toString());
    });
}

void FakePhone::sendVoice(LineCallId leg, plmn::VoiceSpan samples)
{
    if (m_connection != nullptr && m_joined)
        m_connection->sendVoice(leg, samples);
}

void FakePhone::onMessage(const QJsonObject &message)
{
    const QString event = message.value(u"event"_s).toString();
    if (message.contains(u"re"_s)) {
        onReply(message);
    } else if (event == "leg"_L1) {
        if (const auto call = plmn::lineCallFromJson(message); call)
            Q_EMIT legChanged(*call, message.value(u"new"_s).toBool());
    } else if (event == "sim"_L1) {
        takeSim(message.value(u"sim"_s).toObject());
    } else if (event == "away"_L1) {
        Q_EMIT awayChanged(message.value(u"away"_s).toBool());
    } else if (event == "digits"_L1) {
        const auto leg = static_cast<std::uint32_t>(message.value(u"leg"_s).toInteger());
        Q_EMIT digitsReceived(LineCallId{leg}, message.value(u"digits"_s).toString());
    }
}

void FakePhone::onReply(const QJsonObject &message)
{
    const auto pending = m_pending.extract(message.value(u"re"_s).toInt());
    if (!pending.empty())
        pending.mapped()(message);
}

void FakePhone::onClosed()
{
    m_connection->deleteLater();
    m_connection = nullptr;
    const std::map<int, ReplyHandler> unanswered = std::exchange(m_pending, {});
    setJoined(false);
    for (const auto &[id, handler] : unanswered)
        handler({{u"ok"_s, false}, {u"error"_s, u"the phone network went away"_s}});
    if (m_stopped)
        return;
    m_retry.start(m_retryAfter);
    m_retryAfter = std::min<std::chrono::milliseconds>(m_retryAfter * 2, kLastRetry);
}

void FakePhone::setJoined(bool joined)
{
    if (std::exchange(m_joined, joined) != joined)
        Q_EMIT joinedChanged(joined);
}

} // namespace ringlift::fake
