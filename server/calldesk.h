#pragma once

#include "server/deferredwrites.h"
#include "server/matcher.h"
#include "server/routes.h"

namespace ringlift::server {

/// Takes offers and arrivals, tells both sides of a match, and forwards between them (protocol.md 3.5, 3.6).
class CallDesk
{
public:
    CallDesk(Context &context, DeferredWrites &writes);

    void offer(TimePoint now, Session &session, const protocol::CallOffer &message);
    void arrive(TimePoint now, Session &session, const protocol::CallArrive &message);
    void cancel(TimePoint now, Session &session, const protocol::CallCancel &message);
    void decline(TimePoint now, Session &session, const protocol::CallDecline &message);
    void turn(TimePoint now, Session &session, const protocol::CallTurnRequest &message);
    /// noise1 goes from callee to caller, noise2 back, everything else both ways.
    template<typename Forwarded> void forward(TimePoint now, Session &session, const Forwarded &message)
    {
        if (const Session *const peer = peerOf(now, session, message.callId, protocol::typeOf(message)))
            m_context.outbox.send(peer->id, message);
    }

    void connectionLost(TimePoint now, ConnectionId connection);
    void accountGone(const AccountId &account) { m_routes.dropAccount(account); }

    void handleTimeout(TimePoint now);
    std::optional<TimePoint> nextTimeout() const { return earlier(m_matcher.nextTimeout(), m_routes.nextTimeout()); }

    const Matcher &matcher() const { return m_matcher; }
    const Routes &routes() const { return m_routes; }
    std::uint64_t matches() const { return m_matches; }

private:
    std::optional<Problem> refusal(TimePoint now, const Session &session, const protocol::CallOffer &message,
                                   const protocol::Key32 &calleeTag);
    std::optional<Problem> refusal(TimePoint now, Session &session, const protocol::CallArrive &message);
    void flag(TimePoint now, const AccountId &account);
    std::optional<Duration> waitBeforeOffer(TimePoint now, ByteView account, bool manual,
                                            const protocol::Key32 &calleeTag);
    const Session *calleeToAsk(const Account &caller, const protocol::Key32 &calleeTag);
    const Session *peerOf(TimePoint now, const Session &session, const CallId &id, std::string_view type);
    void announce(TimePoint now, const Match &match);
    protocol::TurnCredentials turnCredentials(const CallId &id) const;
    void settle(TimePoint now);
    void lapsed(const Offer &offer, Matcher::Reason reason);
    void lapsed(TimePoint now, const Arrival &arrival, Matcher::Reason reason);

    Context &m_context;
    DeferredWrites &m_writes;
    Matcher m_matcher;
    Routes m_routes;
    std::uint64_t m_matches = 0;
};

} // namespace ringlift::server
