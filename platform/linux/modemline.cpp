#include "platform/linux/modemline.h"

#include "core/base/log.h"

#include <QTimer>

#include <algorithm>

namespace ringlift::modem {

namespace {

bool isConnected(LegState state)
{
    return state == LegState::Active || state == LegState::Held;
}

/// Signals may come twice, late or in nonsense order: a call never rings again that was answered, nor lives that has
/// ended.
bool mayFollow(const LineCall &call, LegState next)
{
    if (next == LegState::Ended || isConnected(next))
        return true;
    const bool ofDirection = call.direction == CallDirection::Incoming
                                 ? next == LegState::Ringing
                                 : next == LegState::Dialling || next == LegState::Alerting;
    const bool steps = !(call.state == LegState::Alerting && next == LegState::Dialling);
    return ofDirection && steps && !isConnected(call.state);
}

} // namespace

ModemLine::ModemLine(Telephony &telephony, ModemLineConfig config, QObject *parent)
    : CellularLine(parent), m_telephony(telephony), m_config(config)
{
    connect(&telephony, &Telephony::callReported, this, &ModemLine::onReport);
    connect(&telephony, &Telephony::callForgotten, this, &ModemLine::onForgotten);
    connect(&telephony, &Telephony::modemLost, this, &ModemLine::onModemLost);
    connect(&telephony, &Telephony::findingChanged, this, &ModemLine::onFinding);
}

void ModemLine::dial(int sim, const std::string &number)
{
    m_telephony.dial(sim, number, [this](const QString &refusal) {
        if (!refusal.isEmpty())
            Q_EMIT dialRefused(refusal);
    });
}

void ModemLine::answer(LineCallId id)
{
    const Entry entry = m_calls.find(id);
    if (entry == m_calls.end() || entry->second.key.isEmpty())
        return;
    m_telephony.answer(entry->second.key, [](const QString &refusal) {
        if (!refusal.isEmpty())
            qCWarning(lcLine) << "a call was not answered:" << refusal;
    });
}

void ModemLine::hangUp(LineCallId id)
{
    const Entry entry = m_calls.find(id);
    if (entry == m_calls.end() || entry->second.key.isEmpty())
        return;
    entry->second.hangUpAsked = true;
    m_telephony.hangUp(entry->second.key, [this, id](const QString &refusal) {
        const Entry still = m_calls.find(id);
        if (refusal.isEmpty() || still == m_calls.end())
            return;
        qCWarning(lcLine) << "a call was not ended:" << refusal;
        still->second.hangUpAsked = false;
    });
}

void ModemLine::holdRing(LineCallId id, bool hold)
{
    if (const Entry entry = m_calls.find(id); entry != m_calls.end())
        Q_EMIT ringHoldAsked(LineCall(entry->second.call), hold);
}

void ModemLine::sendDigits(LineCallId id, const std::string &digits)
{
    const Entry entry = m_calls.find(id);
    if (entry == m_calls.end())
        return;
    std::deque<char> &queue = entry->second.digits;
    const bool isIdle = queue.empty();
    for (const char digit : digits) {
        if (queue.size() < kMaxDigits)
            queue.push_back(digit);
    }
    if (isIdle)
        sendNextDigit(id);
}

// One at a time: ModemManager before 1.26 takes no more.
void ModemLine::sendNextDigit(LineCallId id)
{
    const Entry entry = m_calls.find(id);
    if (entry == m_calls.end() || entry->second.digits.empty())
        return;
    const char digit = entry->second.digits.front();
    m_telephony.sendDigit(entry->second.key, digit, [this, id](const QString &refusal) {
        const Entry still = m_calls.find(id);
        if (still == m_calls.end() || still->second.digits.empty())
            return;
        still->second.digits.pop_front();
        if (!refusal.isEmpty())
            still->second.digits.clear();
        sendNextDigit(id);
    });
}

std::optional<LineCallId> ModemLine::callNamed(const QString &key) const
{
    const auto entry =
        std::find_if(m_calls.begin(), m_calls.end(), [&key](const auto &one) { return one.second.key == key; });
    return entry == m_calls.end() || key.isEmpty() ? std::nullopt : std::optional(entry->first);
}

ModemLine::Entry ModemLine::withKey(const QString &key)
{
    return std::find_if(m_calls.begin(), m_calls.end(), [&key](const auto &entry) { return entry.second.key == key; });
}

/// The call that nobody knew of for a while and that this may be.
ModemLine::Entry ModemLine::returned(const CallReport &report)
{
    const bool lives = report.state && report.state != LegState::Ended;
    return std::find_if(m_calls.begin(), m_calls.end(), [&](const auto &entry) {
        const auto &[id, known] = entry;
        return lives && known.key.isEmpty() && known.call.sim == report.sim &&
               known.call.direction == report.direction && known.call.number == report.number;
    });
}

ModemLine::Entry ModemLine::addCall(const CallReport &report)
{
    if (m_calls.size() >= kMaxCalls) {
        qCWarning(lcLine) << "too many calls at once: one is not looked at";
        return m_calls.end();
    }
    Call added;
    added.call.id = LineCallId{++m_last};
    added.call.sim = report.sim;
    added.call.direction = report.direction;
    added.call.state = report.direction == CallDirection::Incoming ? LegState::Ringing : LegState::Dialling;
    added.key = report.key;
    return m_calls.emplace(added.call.id, std::move(added)).first;
}

void ModemLine::onReport(const CallReport &report)
{
    Entry entry = withKey(report.key);
    if (entry == m_calls.end()) {
        if (report.state == LegState::Ended)
            return;
        entry = returned(report);
        if (entry == m_calls.end())
            entry = addCall(report);
        if (entry == m_calls.end())
            return;
        entry->second.key = report.key;
    }
    update(entry, report);
}

void ModemLine::update(Entry entry, const CallReport &report)
{
    Call &known = entry->second;
    if (report.state == LegState::Ended)
        return end(entry, known.hangUpAsked ? LegEnd::LocalHangUp : report.end);
    const LineCall before = known.call;
    if (!report.number.reveal().empty())
        known.call.number = report.number;
    const bool hasNumber = !known.call.number.reveal().empty();
    known.call.international = known.call.number.reveal().starts_with('+');
    if (hasNumber || report.direction == CallDirection::Outgoing)
        known.call.callerId = CallerIdPresence::Known;
    else if (report.withheld)
        known.call.callerId = CallerIdPresence::Withheld;
    else if (!known.told)
        known.call.callerId = CallerIdPresence::Unknown;
    known.call.emergency = known.call.emergency || report.emergency;
    if (!report.state) {
        if (!known.told && !known.prepared && report.direction == CallDirection::Outgoing && hasNumber) {
            known.prepared = true;
            Q_EMIT preparing(known.call);
        }
        return;
    }
    if (mayFollow(known.call, *report.state))
        known.call.state = *report.state;
    if (!known.told)
        announce(known);
    else if (known.call != before)
        Q_EMIT changed(LineCall(known.call));
}

void ModemLine::announce(Call &known)
{
    known.told = true;
    const LineCall call = known.call;
    if (call.direction == CallDirection::Outgoing)
        return Q_EMIT dialling(call);
    if (call.callerId == CallerIdPresence::Unknown)
        waitForCallerId(call.id);
    Q_EMIT incoming(call);
}

void ModemLine::waitForCallerId(LineCallId id)
{
    QTimer::singleShot(std::chrono::ceil<std::chrono::milliseconds>(m_config.callerIdPatience), Qt::PreciseTimer, this,
                       [this, id] {
                           const Entry entry = m_calls.find(id);
                           if (entry == m_calls.end() || entry->second.call.callerId != CallerIdPresence::Unknown)
                               return;
                           entry->second.call.callerId = CallerIdPresence::Withheld;
                           Q_EMIT changed(LineCall(entry->second.call));
                       });
}

void ModemLine::end(Entry entry, LegEnd end)
{
    LineCall call = entry->second.call;
    const bool wasTold = entry->second.told;
    m_calls.erase(entry);
    call.state = LegState::Ended;
    call.end = end;
    if (wasTold)
        Q_EMIT ended(call);
}

} // namespace ringlift::modem
