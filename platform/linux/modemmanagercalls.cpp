#include "platform/linux/modemmanagercalls.h"

#include "core/base/log.h"
#include "platform/linux/modemmanagermodem.h"

#include <algorithm>

namespace ringlift::modem {

using namespace Qt::StringLiterals;

namespace {

// MMCallState, MMCallDirection and MMCallStateReason.
constexpr int kUnknown = 0;
constexpr int kDialling = 1;
constexpr int kActive = 4;
constexpr int kHeld = 5;
constexpr int kWaiting = 6;
constexpr int kTerminated = 7;
constexpr int kIncoming = 1;
constexpr int kOutgoing = 2;
constexpr int kHungUp = 4;
constexpr int kRefusedOrBusy = 5;
constexpr int kError = 6;

/// Longer than anything that anybody could dial.
constexpr qsizetype kLongestNumber = 64;

bool isState(int state)
{
    return state >= kUnknown && state <= kTerminated;
}

std::optional<LegState> legOf(int state)
{
    constexpr std::array kLegs{LegState::Dialling, LegState::Alerting, LegState::Ringing, LegState::Active,
                               LegState::Held,     LegState::Ringing,  LegState::Ended};
    return state == kUnknown ? std::nullopt : std::optional(kLegs.at(static_cast<std::size_t>(state - kDialling)));
}

/// Anything else, such as no answer, says nothing of the call.
bool isUnknownObject(const QDBusMessage &reply)
{
    const QString error = reply.errorName();
    return error.endsWith("Error.UnknownMethod"_L1) || error.endsWith("Error.UnknownObject"_L1) ||
           error.endsWith("Error.UnknownInterface"_L1);
}

} // namespace

ModemManagerCalls::ModemManagerCalls(BusService &service, Duration ringSilence, QObject *parent)
    : QObject(parent), m_service(service), m_ringSilence(ringSilence)
{
}

void ModemManagerCalls::add(const QString &path, const Carrier &carrier)
{
    if (path.isEmpty() || m_calls.contains(path))
        return;
    if (!makeRoom()) {
        qCWarning(lcLine) << "the modem tells of too many calls at once: one is not looked at";
        return;
    }
    m_calls[path].carrier = carrier;
    refresh(path);
}

void ModemManagerCalls::begin(const QString &path, const Carrier &carrier)
{
    const bool isNew = !m_calls.contains(path);
    add(path, carrier);
    if (const auto found = m_calls.find(path); isNew && found != m_calls.end())
        found->second.silence = QDeadlineTimer(m_ringSilence, Qt::PreciseTimer);
}

bool ModemManagerCalls::makeRoom()
{
    if (m_calls.size() < kMaxCalls)
        return true;
    const auto ended = std::find_if(m_calls.begin(), m_calls.end(),
                                    [](const auto &entry) { return entry.second.state == kTerminated; });
    if (ended == m_calls.end())
        return false;
    m_calls.erase(ended);
    return true;
}

void ModemManagerCalls::refresh(const QString &path)
{
    m_service.call(path, kPropertiesInterface, u"GetAll"_s, {kCallInterface}, [this, path](const QDBusMessage &reply) {
        const auto found = m_calls.find(path);
        if (found == m_calls.end())
            return;
        if (isUnknownObject(reply))
            return remove(path);
        if (reply.type() != QDBusMessage::ReplyMessage)
            return;
        Call &call = found->second;
        call.known = true;
        apply(call, propertiesIn(argumentOf(reply, 0)));
        tell(path, call);
    });
}

void ModemManagerCalls::setOwn(const QString &path)
{
    if (const auto found = m_calls.find(path); found != m_calls.end())
        found->second.own = true;
}

void ModemManagerCalls::remove(const QString &path)
{
    if (m_calls.erase(path) > 0)
        Q_EMIT forgotten(path);
}

void ModemManagerCalls::removeOf(const QString &modem)
{
    std::erase_if(m_calls, [&modem](const auto &entry) { return entry.second.carrier.modem == modem; });
}

QString ModemManagerCalls::modemOf(const QString &path) const
{
    const auto found = m_calls.find(path);
    return found == m_calls.end() ? QString() : found->second.carrier.modem;
}

bool ModemManagerCalls::waits(const QString &path) const
{
    const auto found = m_calls.find(path);
    return found != m_calls.end() && found->second.state == kWaiting;
}

bool ModemManagerCalls::isDialled(const QString &path) const
{
    const auto found = m_calls.find(path);
    return found != m_calls.end() && found->second.state != kUnknown;
}

void ModemManagerCalls::stateChanged(const QString &path, int state, int reason)
{
    const auto found = m_calls.find(path);
    if (found == m_calls.end() || !isState(state) || found->second.state == kTerminated)
        return;
    enter(found->second, state);
    found->second.reason = reason;
    tell(path, found->second);
}

void ModemManagerCalls::propertiesChanged(const QString &path, const Properties &properties)
{
    const auto found = m_calls.find(path);
    if (found == m_calls.end())
        return;
    apply(found->second, properties);
    tell(path, found->second);
}

void ModemManagerCalls::apply(Call &call, const Properties &properties)
{
    const int state = numberIn(properties.value(u"State"_s)).value_or(call.state);
    if (isState(state) && call.state != kTerminated)
        enter(call, state);
    call.reason = numberIn(properties.value(u"StateReason"_s)).value_or(call.reason);
    call.direction = numberIn(properties.value(u"Direction"_s)).value_or(call.direction);
    const QString number = textIn(properties.value(u"Number"_s));
    if (!number.isEmpty())
        call.number = number.left(kLongestNumber);
}

void ModemManagerCalls::enter(Call &call, int state)
{
    call.state = state;
    call.connected = call.connected || state == kActive || state == kHeld;
}

/// Most ends in the network come without a reason; what ends at this end, by whichever program, has one.
LegEnd ModemManagerCalls::endOf(const Call &call)
{
    if (call.state != kTerminated)
        return LegEnd::NotEnded;
    const bool onlyRang = call.direction == kIncoming && !call.connected;
    switch (call.reason) {
    case kHungUp:
        return onlyRang && call.silence.hasExpired() ? LegEnd::RemoteHangUp : LegEnd::LocalHangUp;
    case kRefusedOrBusy:
        return LegEnd::Busy;
    case kError:
        return LegEnd::Unreachable;
    default:
        return LegEnd::RemoteHangUp;
    }
}

// Before all is known of it, and while its direction is nonsense, nobody can do anything with a call.
void ModemManagerCalls::tell(const QString &path, Call &call)
{
    if (!call.known || (call.direction != kIncoming && call.direction != kOutgoing))
        return;
    CallReport report;
    report.key = path;
    report.sim = call.carrier.sim;
    report.direction = call.direction == kIncoming ? CallDirection::Incoming : CallDirection::Outgoing;
    report.state = legOf(call.state);
    report.end = endOf(call);
    report.number = Redacted(call.number.toStdString());
    report.emergency = call.carrier.emergencyOnly && report.direction == CallDirection::Outgoing;
    if (call.state == kTerminated && call.own && !std::exchange(call.deleted, true)) {
        m_service.call(call.carrier.modem, kVoiceInterface, u"DeleteCall"_s,
                       {QVariant::fromValue(QDBusObjectPath(path))}, [](const QDBusMessage &) {});
    }
    Q_EMIT reported(report);
}

} // namespace ringlift::modem
