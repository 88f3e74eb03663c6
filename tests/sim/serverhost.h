#pragma once

#include "server/memoryregistry.h"
#include "server/servercore.h"
#include "tests/sim/stage.h"

#include <map>

namespace ringlift::sim {

/// Where the server's messages go.
class ServerPeers
{
public:
    virtual ~ServerPeers() = default;
    virtual void serverSends(server::ConnectionId id, std::string text) = 0;
    virtual void serverCloses(server::ConnectionId id, int code) = 0;
};

/// The real server core on a machine that can be killed: RAM is lost then, accounts and secrets are not.
class ServerHost final : public Timed, private server::WallClock
{
public:
    using CodeSender = std::function<void(const protocol::Msisdn &to, const std::string &code)>;

    ServerHost(Stage &stage, server::Limits limits);

    void setPeers(ServerPeers &peers) { m_peers = &peers; }
    void setCodeSender(CodeSender sender) { m_codes = std::move(sender); }

    bool isUp() const { return m_core != nullptr; }
    void kill();
    /// With a new tag key every time: accounts have to move on as phones log in again (protocol.md 3.2).
    void start();
    void handle(const server::ServerInput &input);
    /// The server's wall clock is wrong by this much from now on.
    void skewClock(std::chrono::seconds skew) { m_skew += skew; }
    void setRegistryFault(std::optional<server::RegistryError> fault) { m_registry.setFault(fault); }

    std::optional<TimePoint> nextTimeout() const override { return m_next; }
    void handleTimeout() override;

    const server::Limits &limits() const { return m_limits; }
    server::ServerCore::Figures figures() const;
    const protocol::Key32 &channelBinding() const { return m_channelBinding; }

private:
    std::int64_t unixSeconds() const override;
    void startCore();
    void drain();
    void apply(const server::SendText &output);
    void apply(const server::CloseConnection &output);
    void apply(const server::SendCode &output);
    void apply(const server::ForgetCode &) { }
    void apply(const server::CheckPin &output);
    void apply(const server::HashPin &output);
    void apply(const server::LoggedIn &) { }

    Stage &m_stage;
    const server::Limits m_limits;
    SeededRandom m_random;
    server::Secrets m_secrets;
    const protocol::Key32 m_channelBinding;
    server::MemoryRegistry m_registry;
    std::unique_ptr<server::ServerCore> m_core;
    ServerPeers *m_peers = nullptr;
    CodeSender m_codes;
    std::chrono::seconds m_skew{0};
    std::optional<TimePoint> m_next;
};

} // namespace ringlift::sim
