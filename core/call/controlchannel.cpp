#include "core/call/controlchannel.h"

#include <algorithm>

namespace ringlift::call {

namespace {

const std::uint8_t kHoReady = typeOf(HoReady{});
const std::uint8_t kHoAck = typeOf(HoAck{});
constexpr std::size_t kMaxPings = 8;

} // namespace

bool ControlChannel::send(TimePoint now, const ControlMessage &message)
{
    const auto id = idOf(message);
    if (id) {
        const Key key{typeOf(message), *id};
        if (m_pending.size() >= m_config.maxPending && !m_pending.contains(key))
            return false;
        m_pending.insert_or_assign(key, Pending{message, now + m_config.repeatEvery, now + m_config.giveUpAfter});
    }
    m_outgoing.push_back(encode(message));
    return true;
}

std::optional<ControlMessage> ControlChannel::received(TimePoint now, const ControlMessage &message)
{
    if (const auto *ping = std::get_if<Ping>(&message)) {
        m_outgoing.push_back(encode(Pong{ping->token}));
        return std::nullopt;
    }
    if (const auto *pong = std::get_if<Pong>(&message)) {
        measure(now, pong->token);
        return std::nullopt;
    }
    if (const auto *ack = std::get_if<Ack>(&message)) {
        if (ack->type != kHoReady)
            m_pending.erase({ack->type, ack->id});
        return std::nullopt;
    }
    const auto id = idOf(message);
    if (!id)
        return message;
    if (!std::holds_alternative<HoReady>(message))
        m_outgoing.push_back(encode(Ack{typeOf(message), *id}));
    confirmAnswered(message, *id);
    if (!remember({typeOf(message), *id}))
        return std::nullopt;
    return message;
}

void ControlChannel::confirmAnswered(const ControlMessage &answer, std::uint32_t id)
{
    const bool aborts = std::holds_alternative<HoAbort>(answer);
    if (aborts || std::holds_alternative<HoAck>(answer))
        m_pending.erase({kHoReady, id});
    if (aborts || std::holds_alternative<HoCommit>(answer))
        m_pending.erase({kHoAck, id});
}

bool ControlChannel::remember(Key key)
{
    if (!m_told.insert(key).second)
        return false;
    m_toldOrder.push_back(key);
    if (m_toldOrder.size() > m_config.maxRemembered) {
        m_told.erase(m_toldOrder.front());
        m_toldOrder.pop_front();
    }
    return true;
}

void ControlChannel::stop(std::uint8_t type)
{
    std::erase_if(m_pending, [type](const auto &entry) { return entry.first.first == type; });
}

void ControlChannel::handleTimeout(TimePoint now)
{
    for (auto entry = m_pending.begin(); entry != m_pending.end();) {
        Pending &pending = entry->second;
        if (now >= pending.end) {
            m_givenUp.push_back(pending.message);
            entry = m_pending.erase(entry);
            continue;
        }
        if (now >= pending.next) {
            m_outgoing.push_back(encode(pending.message));
            pending.next = now + m_config.repeatEvery;
        }
        ++entry;
    }
    while (m_givenUp.size() > m_config.maxPending)
        m_givenUp.pop_front();
}

std::optional<TimePoint> ControlChannel::nextTimeout() const
{
    std::optional<TimePoint> earliest;
    for (const auto &[key, pending] : m_pending) {
        const TimePoint due = std::min(pending.next, pending.end);
        earliest = earliest ? std::min(*earliest, due) : due;
    }
    return earliest;
}

std::optional<ControlBytes> ControlChannel::poll()
{
    if (m_outgoing.empty())
        return std::nullopt;
    const ControlBytes bytes = m_outgoing.front();
    m_outgoing.pop_front();
    return bytes;
}

std::optional<ControlMessage> ControlChannel::takeGivenUp()
{
    if (m_givenUp.empty())
        return std::nullopt;
    ControlMessage message = m_givenUp.front();
    m_givenUp.pop_front();
    return message;
}

void ControlChannel::ping(TimePoint now)
{
    m_pings.push_back({++m_lastToken, now});
    if (m_pings.size() > kMaxPings)
        m_pings.pop_front();
    m_outgoing.push_back(encode(Ping{m_lastToken}));
}

void ControlChannel::measure(TimePoint now, std::uint64_t token)
{
    const auto sent = std::ranges::find(m_pings, token, &SentPing::token);
    if (sent == m_pings.end())
        return;
    m_roundTrip = now - sent->at;
    m_pings.erase(m_pings.begin(), sent + 1); // earlier answers are out of date by now
}

} // namespace ringlift::call
