#pragma once

#include "tests/sim/signalnetwork.h"
#include "core/crypto/handshake.h"

namespace ringlift::sim {

class World;

/// A server in the hands of an adversary: changes, repeats and invents messages (protocol.md 2, adversary M).
class HostileServer final : private Middlebox
{
public:
    explicit HostileServer(World &world);
    ~HostileServer() override;

    void begin();

private:
    std::vector<std::string> toServer(ClientId client, std::string text) override;
    std::vector<std::string> toClient(ClientId client, std::string text) override;
    void swapCard(protocol::CallMatched &matched);
    std::vector<protocol::Message> changed(ClientId client, protocol::Message message);
    std::vector<protocol::Message> changedMatch(ClientId client, const protocol::CallMatched &matched);
    void answerInPlaceOfCaller(ClientId client, const protocol::CallNoise1 &noise);
    void talkGarbage(ClientId client);
    void inventMatch(const protocol::CallArrive &arrive, ClientId client);

    World &m_world;
    SeededRandom m_random;
    crypto::DeviceIdentity m_identity;
    /// What the callees were told of their matches.
    std::map<CallId, protocol::CallMatched> m_matches;
    std::optional<protocol::CallSealed> m_lastSealed;
};

} // namespace ringlift::sim
