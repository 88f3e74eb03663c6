#include "core/base/log.h"
#include "platform/linux/ofono.h"

#include <algorithm>

/// The calls of oFono, and what is done with them.
namespace ringlift::modem {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kDialPatience = 100s;
constexpr auto kPatience = 15s;
constexpr qsizetype kLongestNumber = 64;

std::optional<LegState> legOf(const QString &state)
{
    static const std::map<QString, LegState> legs{
        {u"dialing"_s, LegState::Dialling},  {u"alerting"_s, LegState::Alerting}, {u"incoming"_s, LegState::Ringing},
        {u"waiting"_s, LegState::Ringing},   {u"active"_s, LegState::Active},     {u"held"_s, LegState::Held},
        {u"disconnected"_s, LegState::Ended}};
    const auto leg = legs.find(state);
    return leg == legs.end() ? std::nullopt : std::optional(leg->second);
}

LegEnd endOf(const QString &reason)
{
    if (reason == "local"_L1)
        return LegEnd::LocalHangUp;
    return reason == "network"_L1 ? LegEnd::NetworkLost : LegEnd::RemoteHangUp;
}

bool isOutgoing(LegState leg)
{
    return leg == LegState::Dialling || leg == LegState::Alerting;
}

// The service's own words might hold the number.
QString refusalOf(const QDBusMessage &reply)
{
    if (reply.type() == QDBusMessage::ReplyMessage)
        return {};
    qCInfo(lcLine) << "oFono refused:" << reply.errorName();
    if (reply.errorName().endsWith("AccessDenied"_L1))
        return u"this session may not use the modem (the bus policy of oFono)"_s;
    if (reply.errorName().endsWith("Error.NoReply"_L1))
        return u"the modem does not answer"_s;
    return u"the modem refused"_s;
}

} // namespace

void Ofono::addCall(const QString &modem, const QString &path, const Properties &properties)
{
    const auto carrier = m_modems.find(modem);
    if (path.isEmpty() || carrier == m_modems.end())
        return;
    if (!m_calls.contains(path)) {
        const auto leg = legOf(textIn(properties.value(u"State"_s)));
        if (!leg || m_calls.size() >= kMaxCalls) {
            qCWarning(lcLine) << "a call that oFono tells of cannot be looked at";
            return;
        }
        Call &call = m_calls[path];
        call.modem = modem;
        call.report.key = path;
        call.report.sim = carrier->second.slot;
        // Of a call that is up already nobody can say it; nothing depends on it then.
        call.report.direction = isOutgoing(*leg) ? CallDirection::Outgoing : CallDirection::Incoming;
    }
    callChanged(path, properties);
}

void Ofono::callChanged(const QString &path, const Properties &properties)
{
    const auto found = m_calls.find(path);
    if (found == m_calls.end())
        return;
    CallReport &report = found->second.report;
    const QString state = textIn(properties.value(u"State"_s));
    if (const auto leg = legOf(state); leg && report.state != LegState::Ended) {
        found->second.state = state;
        report.state = leg;
        if (leg == LegState::Ended && report.end == LegEnd::NotEnded)
            report.end = LegEnd::RemoteHangUp;
    }
    const QString number = textIn(properties.value(u"LineIdentification"_s));
    report.withheld = report.withheld || number == "withheld"_L1;
    if (!number.isEmpty() && number != "withheld"_L1)
        report.number = Redacted(number.left(kLongestNumber).toStdString());
    if (report.direction == CallDirection::Outgoing && flagIn(properties.value(u"Emergency"_s)))
        report.emergency = true;
    Q_EMIT callReported(CallReport(report));
}

void Ofono::onCallSignal(const QDBusMessage &message)
{
    const auto found = m_calls.find(message.path());
    if (found == m_calls.end())
        return;
    if (message.member() == "DisconnectReason"_L1)
        found->second.report.end = endOf(textIn(argumentOf(message, 0)));
    else
        callChanged(message.path(), {{textIn(argumentOf(message, 0)), argumentOf(message, 1)}});
}

void Ofono::removeCall(const QString &path)
{
    if (m_calls.erase(path) > 0)
        Q_EMIT callForgotten(path);
}

void Ofono::forgetCallsOf(const QString &modem)
{
    std::erase_if(m_calls, [&modem](const auto &entry) { return entry.second.modem == modem; });
}

void Ofono::dial(int sim, const std::string &number, Done done)
{
    const auto modem = std::find_if(m_modems.begin(), m_modems.end(), [sim](const auto &entry) {
        return entry.second.slot == sim && entry.second.has(kOfonoCalls);
    });
    if (modem == m_modems.end())
        return done(u"there is no such SIM"_s);
    // Whether the own number is hidden is the SIM's affair.
    bus().call(
        modem->first, kOfonoCalls, u"Dial"_s, {QString::fromStdString(number), QString()},
        [done = std::move(done)](const QDBusMessage &reply) { done(refusalOf(reply)); }, kDialPatience);
}

void Ofono::answer(const QString &call, Done done)
{
    const auto found = m_calls.find(call);
    if (found == m_calls.end())
        return done(u"this call is not there any more"_s);
    const bool waits = found->second.state == "waiting"_L1;
    bus().call(
        waits ? found->second.modem : call, waits ? kOfonoCalls : kOfonoCall, waits ? u"HoldAndAnswer"_s : u"Answer"_s,
        {}, [done = std::move(done)](const QDBusMessage &reply) { done(refusalOf(reply)); }, kPatience);
}

void Ofono::hangUp(const QString &call, Done done)
{
    bus().call(
        call, kOfonoCall, u"Hangup"_s, {},
        [done = std::move(done)](const QDBusMessage &reply) { done(refusalOf(reply)); }, kPatience);
}

void Ofono::sendDigit(const QString &call, char digit, Done done)
{
    const auto found = m_calls.find(call);
    if (found == m_calls.end())
        return done(u"this call is not there any more"_s);
    bus().call(
        found->second.modem, kOfonoCalls, u"SendTones"_s, {QString(QLatin1Char(digit))},
        [done = std::move(done)](const QDBusMessage &reply) { done(refusalOf(reply)); }, kPatience);
}

} // namespace ringlift::modem
