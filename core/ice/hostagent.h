#pragma once

#include "core/ice/pathagent.h"

#include <deque>

namespace ringlift::ice {

/// How long and how much the host agent tries.
struct HostAgentConfig
{
    /// From the first remote candidate, or a restart, to PathFailed when nothing authentic came.
    Duration patience = std::chrono::seconds(8);
    /// Candidates of either side beyond these are ignored; of the peer's, the latest message's come first.
    std::size_t maxCandidates = 16;
    /// Addresses tried at once while none is selected.
    std::size_t maxDestinations = 8;
    /// Another address takes over when it is authentic and the selected one was not for this long, or is none of the
    /// peer's any more.
    Duration silenceBeforeSwitch = std::chrono::seconds(1);
};

/// A path between host addresses, without STUN: media packets themselves are the checks. Packets go to every candidate
/// until an authentic one comes from some address, which is selected; it may be none of the candidates (peer-reflexive).
/// Addresses that are no numeric unicast addresses with a port are never sent to, nor are our own, nor loopback ones unless
/// we have such candidates ourselves, nor those of a family that we have none of.
class HostAgent final : public PathAgent
{
public:
    explicit HostAgent(HostAgentConfig config = {}) : m_config(config) { }

    void handle(TimePoint now, const PathInput &input) override;
    void handleTimeout(TimePoint now) override;
    std::optional<PathOutput> poll() override;
    std::optional<TimePoint> nextTimeout() const override;
    std::vector<TransportAddress> destinations() const override;

private:
    void addLocal(const LocalCandidates &input);
    void addRemote(TimePoint now, const RemoteCandidates &input);
    void authentic(TimePoint now, const TransportAddress &from);
    void restart(TimePoint now);
    void select(TimePoint now, const TransportAddress &address);
    bool isWorthTrying(const TransportAddress &address) const;

    const HostAgentConfig m_config;
    std::vector<Candidate> m_local;
    std::vector<Candidate> m_remote; // in the order in which they are tried
    std::optional<TransportAddress> m_selected;
    TimePoint m_selectedHeard;
    bool m_peerMoved = false; // its latest candidates do not name the selected address
    bool m_searched = false; // the search for a first path has begun
    std::optional<TimePoint> m_deadline;
    std::deque<PathOutput> m_outputs;
};

} // namespace ringlift::ice
