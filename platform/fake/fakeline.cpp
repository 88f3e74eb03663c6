#include "platform/fake/fakeline.h"

#include "core/base/log.h"

#include <algorithm>

namespace ringlift::fake {

using namespace Qt::StringLiterals;

FakeLine::FakeLine(FakePhone &phone, FakeLineTraits traits, QObject *parent)
    : CellularLine(parent), m_phone(phone), m_traits(traits)
{
    connect(&phone, &FakePhone::legChanged, this, &FakeLine::onLeg);
    connect(&phone, &FakePhone::legsKnown, this, &FakeLine::onLegsKnown);
    connect(&phone, &FakePhone::joinedChanged, this, [this](bool joined) { setAway(!joined); });
    connect(&phone, &FakePhone::awayChanged, this, &FakeLine::setAway);
    connect(&phone, &FakePhone::voiceReceived, this, &FakeLine::voiceReceived);
    connect(&phone, &FakePhone::digitsReceived, this, &FakeLine::digitsReceived);
}

ports::LinePresence FakeLine::presence() const
{
    const bool isThere = m_phone.isJoined() && !m_away;
    return {isThere ? ports::LineAbsence::None : ports::LineAbsence::NoNetwork, {}};
}

void FakeLine::dial(int sim, const std::string &number)
{
    const auto slot = static_cast<std::size_t>(sim);
    if (sim < 0 || slot >= m_phone.subscribers().size()) {
        Q_EMIT dialRefused(u"there is no such SIM"_s);
        return;
    }
    const QJsonObject arguments{{u"msisdn"_s, QString::fromStdString(m_phone.subscribers()[slot].msisdn)},
        {u"number"_s, QString::fromStdString(number)}};
    m_phone.request(u"dial"_s, arguments, [this](bool ok, const QString &error) {
        if (!ok)
            Q_EMIT dialRefused(error);
    });
}

void FakeLine::command(const QString &name, LineCallId id, QJsonObject arguments)
{
    arguments.insert(u"leg"_s, qint64(id));
    m_phone.request(name, arguments, [name](bool ok, const QString &error) {
        if (!ok)
            qCInfo(lcLine) << "the virtual network refused to" << name << ":" << error;
    });
}

void FakeLine::answer(LineCallId id)
{
    command(u"answer"_s, id);
}

void FakeLine::hangUp(LineCallId id)
{
    if (m_traits.canEndCalls && !m_traits.ignoresHangUps)
        command(u"hangup"_s, id);
}

void FakeLine::sendDigits(LineCallId id, const std::string &digits)
{
    command(u"digits"_s, id, {{u"digits"_s, QString::fromStdString(digits)}});
}

void FakeLine::onLeg(const LineCall &call)
{
    const bool known = m_calls.contains(call.id);
    if (!known && call.state == LegState::Ended)
        return;
    m_calls[call.id] = call;
    if (!known && call.direction == CallDirection::Outgoing)
        Q_EMIT dialling(call);
    else if (!known)
        Q_EMIT incoming(call);
    else if (call.state != LegState::Ended)
        Q_EMIT changed(call);
    if (call.state != LegState::Ended)
        return;
    m_calls.erase(call.id);
    Q_EMIT ended(call);
}

void FakeLine::onLegsKnown(const std::vector<LineCall> &calls, bool sameNetwork)
{
    const std::map<LineCallId, LineCall> before = m_calls;
    for (const auto &[id, call] : before) {
        const bool survives = sameNetwork
            && std::any_of(calls.begin(), calls.end(), [id = id](const LineCall &found) { return found.id == id; });
        if (survives)
            continue;
        LineCall gone = call;
        gone.state = LegState::Ended;
        gone.end = LegEnd::NetworkLost;
        onLeg(gone);
    }
    for (const LineCall &call : calls)
        onLeg(call);
}

void FakeLine::setAway(bool away)
{
    if (std::exchange(m_away, away) != away)
        Q_EMIT lost(away);
}

} // namespace ringlift::fake
