#pragma once

#include "tests/sim/rawclient.h"

namespace ringlift::sim {

class World;

/// Subscribers who want other people's calls: sprayers of arrivals and standing offers, a former owner of a number,
/// and somebody who takes one over.
class Adversaries final : private Witness
{
public:
    explicit Adversaries(World &world);

    /// Has the number of phone 0 before phone 0 registers it.
    void registerStaleOwner();
    /// True when the code was for one of them.
    bool codeSent(const protocol::Msisdn &to, const std::string &code);
    void begin();
    void takeOver();
    /// The phone that takes a number over, or nothing.
    const RawClient *taker() const { return m_taker.get(); }
    void finish() { m_active = false; }

private:
    void serverSays(server::ConnectionId, const protocol::Message &message) override;
    void spray(RawClient &client);
    protocol::Message wrongMessage(const RawClient &client);
    protocol::Message arrival(const RawClient &client, bool ownSim);
    protocol::Message offer(const RawClient &client);
    protocol::Message meddling();
    protocol::Msisdn victim();

    World &m_world;
    std::vector<std::unique_ptr<RawClient>> m_sprayers;
    std::unique_ptr<RawClient> m_staleOwner;
    std::unique_ptr<RawClient> m_taker;
    std::optional<CallId> m_overheard;
    bool m_active = true;
};

} // namespace ringlift::sim
