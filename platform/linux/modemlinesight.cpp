#include "platform/linux/modemline.h"

#include <QTimer>

/// Calls that nobody knows of for a while: never an end that nobody has seen.
namespace ringlift::modem {

namespace {

ports::LineAbsence absenceOf(Finding finding)
{
    switch (finding) {
    case Finding::Pending:
        return ports::LineAbsence::Pending;
    case Finding::NoBus:
        return ports::LineAbsence::NoBus;
    case Finding::NotRunning:
        return ports::LineAbsence::NotRunning;
    case Finding::NoAnswer:
        return ports::LineAbsence::NoAnswer;
    case Finding::NoModem:
        return ports::LineAbsence::NoModem;
    case Finding::Found:
        break;
    }
    return ports::LineAbsence::None;
}

} // namespace

ports::LinePresence ModemLine::presence() const
{
    return {absenceOf(m_telephony.finding()), m_telephony.service().toStdString()};
}

void ModemLine::onForgotten(const QString &key)
{
    const Entry entry = withKey(key);
    if (entry == m_calls.end())
        return;
    if (entry->second.hangUpAsked)
        return end(entry, LegEnd::LocalHangUp);
    const LineCallId id = entry->first;
    loseSight(id);
    expire(id, m_config.forgottenPatience);
}

void ModemLine::onModemLost(int sim)
{
    for (const LineCallId id : loseSightOf([sim](const Call &call) { return call.call.sim == sim; }))
        expire(id, m_config.returnPatience);
}

void ModemLine::onFinding(Finding finding)
{
    const bool away = finding != Finding::Found;
    if (std::exchange(m_away, away) == away)
        return;
    if (away)
        loseSightOf([](const Call &) { return true; });
    Q_EMIT lost(away);
    if (away)
        return;
    for (const auto &[id, call] : m_calls) {
        if (call.key.isEmpty())
            expire(id, m_config.returnPatience);
    }
}

std::vector<LineCallId> ModemLine::loseSightOf(const std::function<bool(const Call &)> &concerned)
{
    std::vector<LineCallId> ids;
    for (const auto &[id, call] : m_calls) {
        if (concerned(call) && !call.key.isEmpty())
            ids.push_back(id);
    }
    for (const LineCallId id : ids)
        loseSight(id);
    return ids;
}

void ModemLine::loseSight(LineCallId id)
{
    const Entry entry = m_calls.find(id);
    if (entry == m_calls.end())
        return;
    Call &known = entry->second;
    if (!known.told) {
        m_calls.erase(entry);
        return;
    }
    known.key.clear();
    known.digits.clear();
    known.hangUpAsked = false;
    known.call.state = LegState::Unknown;
    ++known.losses;
    // Of a service that is away lost() tells.
    if (!m_away)
        Q_EMIT changed(LineCall(known.call));
}

/// Unless it is seen again.
void ModemLine::expire(LineCallId id, Duration patience)
{
    const Entry entry = m_calls.find(id);
    if (entry == m_calls.end())
        return;
    QTimer::singleShot(std::chrono::ceil<std::chrono::milliseconds>(patience), this,
                       [this, id, losses = entry->second.losses] {
                           const Entry still = m_calls.find(id);
                           const bool isBack =
                               still == m_calls.end() || still->second.losses != losses || !still->second.key.isEmpty();
                           if (!isBack && !m_away)
                               end(still, LegEnd::NetworkLost);
                       });
}

} // namespace ringlift::modem
