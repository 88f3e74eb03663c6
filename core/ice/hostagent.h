#pragma once

#include "core/ice/pathagent.h"

#include <deque>

namespace ringlift::ice {

/// How long and how much the host agent tries.
struct HostAgentConfig
{
    /// From the first remote candidate, or a restart, to PathFailed when nothing authentic came.
    Duration patience = std::chrono::seconds(8);
    /// Candidates of either side beyond these are ignored.
    std::size_t maxCandidates = 16;
    /// Addresses tried at once while none is selected.
    std::size_t maxDestinations = 8;
};

/// A path between host addresses, without STUN: media packets themselves are the checks. Packets go to every candidate
/// until an authentic one comes from some address, which is selected; it may be none of the candidates (peer-reflexive).
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
    const HostAgentConfig m_config;
    std::vector<Candidate> m_local;
    std::vector<Candidate> m_remote;
    std::optional<TransportAddress> m_selected;
    std::optional<TimePoint> m_deadline;
    std::deque<PathOutput> m_outputs;
};

} // namespace ringlift::ice
