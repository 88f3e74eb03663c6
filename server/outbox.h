#pragma once

#include "core/protocol/codec.h"
#include "server/servercore.h"

#include <algorithm>
#include <deque>

namespace ringlift::server {

/// An error message in the making.
class Problem
{
public:
    Problem(protocol::ErrorCode code) { m_message.code = code; }

    /// In whole seconds, at least one.
    Problem &retryAfter(Duration wait)
    {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
        m_message.retryAfter = static_cast<std::uint32_t>(std::max<std::int64_t>(1, seconds));
        return *this;
    }
    Problem &left(std::uint32_t tries)
    {
        m_message.left = tries;
        return *this;
    }
    Problem &remaining(std::uint32_t seconds)
    {
        m_message.remaining = seconds;
        return *this;
    }
    Problem &about(const CallId &id)
    {
        m_message.callId = id;
        return *this;
    }
    Problem &about(const ArriveId &id)
    {
        m_message.arriveId = id;
        return *this;
    }

    protocol::ErrorMessage answering(std::string_view re) const
    {
        protocol::ErrorMessage message = m_message;
        message.re = re;
        return message;
    }

private:
    protocol::ErrorMessage m_message;
};

/// What the server wants done, in order.
class Outbox
{
public:
    void push(ServerOutput output) { m_outputs.push_back(std::move(output)); }
    void send(ConnectionId to, const protocol::Message &message) { push(SendText{to, protocol::encode(message)}); }
    /// An error that answers a message of the given type.
    void refuse(ConnectionId to, const Problem &problem, std::string_view re) { send(to, problem.answering(re)); }

    std::optional<ServerOutput> take()
    {
        if (m_outputs.empty())
            return std::nullopt;
        ServerOutput output = std::move(m_outputs.front());
        m_outputs.pop_front();
        return output;
    }

private:
    std::deque<ServerOutput> m_outputs;
};

/// WebSocket close codes of protocol.md 3.10.
enum class CloseCode {
    Normal = 1000,
    GoingAway = 1001,
    Protocol = 1002,
    Policy = 1008,
    TooBig = 1009,
    Busy = 1013,
    Gone = 4001
};

} // namespace ringlift::server
