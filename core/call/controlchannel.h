#pragma once

#include "core/base/time.h"
#include "core/call/controlmessage.h"

#include <deque>
#include <map>
#include <set>

namespace ringlift::call {

struct ControlChannelConfig
{
    Duration repeatEvery = std::chrono::milliseconds(100);
    Duration giveUpAfter = std::chrono::seconds(2);
    /// Bodies that wait for their confirmation; a newer one is refused.
    std::size_t maxPending = 64;
    /// Ids that are remembered so that a repeated body is told once.
    std::size_t maxRemembered = 1024;
};

/// Repeats bodies from 0x10 on until they are confirmed (ACK, or HO_ACK, HO_COMMIT and HO_ABORT for what they answer) or
/// given up, and tells each received one once.
class ControlChannel
{
public:
    explicit ControlChannel(ControlChannelConfig config = {}) : m_config(config) { }

    /// Ids below are for those who choose them themselves: the hand-over's, which both sides name.
    static constexpr std::uint32_t kFirstId = 0x10000;

    /// A new id, from kFirstId.
    std::uint32_t nextId() { return m_nextId++; }
    /// To be sent now and, from 0x10 on, repeated. Bodies below 0x10 are sent once. False: too many wait already.
    bool send(TimePoint now, const ControlMessage &message);
    /// An authentic body from the peer: what it means for the call, or nothing for ACKs, repetitions and answers to PING.
    /// Sends the ACK (PONG) itself. HO_READY gets no ACK: it is confirmed by HO_ACK or HO_ABORT, and nothing else.
    std::optional<ControlMessage> received(TimePoint now, const ControlMessage &message);
    /// Stops repeating everything of this type.
    void stop(std::uint8_t type);

    void handleTimeout(TimePoint now);
    std::optional<TimePoint> nextTimeout() const;
    /// What to seal and send now; call until empty.
    std::optional<ControlBytes> poll();
    /// A body that nobody confirmed in time; call until empty.
    std::optional<ControlMessage> takeGivenUp();
    /// Nothing waits for its confirmation.
    bool idle() const { return m_pending.empty(); }
    /// Of the last PONG to our PING.
    std::optional<Duration> roundTrip() const { return m_roundTrip; }
    /// Sends a PING.
    void ping(TimePoint now);

private:
    struct Pending { ControlMessage message; TimePoint next; TimePoint end; };
    struct SentPing { std::uint64_t token = 0; TimePoint at; };
    using Key = std::pair<std::uint8_t, std::uint32_t>;

    void confirmAnswered(const ControlMessage &answer, std::uint32_t id);
    bool remember(Key key);
    void measure(TimePoint now, std::uint64_t token);

    const ControlChannelConfig m_config;
    std::uint32_t m_nextId = kFirstId;
    std::map<Key, Pending> m_pending;
    std::set<Key> m_told;
    std::deque<Key> m_toldOrder;
    std::deque<ControlBytes> m_outgoing;
    std::deque<ControlMessage> m_givenUp;
    std::uint64_t m_lastToken = 0;
    std::deque<SentPing> m_pings;
    std::optional<Duration> m_roundTrip;
};

} // namespace ringlift::call
