#pragma once

#include "tests/sim/serverhost.h"

namespace ringlift::sim {

/// Somebody who connects to the server.
class SignalClient
{
public:
    virtual ~SignalClient() = default;
    virtual void signalConnected(const protocol::Key32 &channelBinding) = 0;
    virtual void signalReceived(const std::string &text) = 0;
    virtual void signalFailed(call::ServerFailure failure, int closeCode) = 0;
};

enum class ClientId : int { };

/// How a client reaches the server. Refused: nothing listens. BlackHole: nothing comes back, ever. Untrusted: the
/// certificate is not the server's.
enum class Reach { Open, Refused, BlackHole, Untrusted };

struct SignalWeather
{
    Duration latency = std::chrono::milliseconds(20);
    /// Round trips of TCP, TLS and WebSocket until the server can be spoken to.
    int connectTrips = 3;
    /// TCP turns loss into delay: this share of the messages is late by up to stall.
    double stallShare = 0;
    Duration stall = std::chrono::milliseconds(600);
};

/// Between the phones and the server, and may change what passes.
class Middlebox
{
public:
    virtual ~Middlebox() = default;
    virtual std::vector<std::string> toServer(ClientId, std::string text) { return {std::move(text)}; }
    virtual std::vector<std::string> toClient(ClientId, std::string text) { return {std::move(text)}; }
};

/// TLS connections between clients and server: in order, authenticated, slow, and sometimes gone.
class SignalNetwork final : public ServerPeers
{
public:
    SignalNetwork(Stage &stage, ServerHost &server);

    ClientId add(SignalClient &client, SignalWeather weather);
    void setReach(ClientId client, Reach reach);
    void setWeather(ClientId client, SignalWeather weather) { m_ports[client].weather = weather; }
    void setMiddlebox(Middlebox *box) { m_box = box; }

    void open(ClientId client);
    void close(ClientId client);
    void send(ClientId client, const std::string &text);
    /// As if the server had said it.
    void inject(ClientId client, const std::string &text);
    /// TCP reset on both sides.
    void cut(ClientId client);
    void killServer();
    void startServer() { m_server.start(); }

    void serverSends(server::ConnectionId id, std::string text) override;
    void serverCloses(server::ConnectionId id, int code) override;
    std::optional<ClientId> clientOf(server::ConnectionId id) const;

private:
    struct Port
    {
        SignalClient *client = nullptr;
        SignalWeather weather;
        Reach reach = Reach::Open;
        server::ConnectionId connection{};
        bool established = false;
        TimePoint lastUp{};
        TimePoint lastDown{};
    };
    void establish(ClientId client, server::ConnectionId connection);
    void fail(ClientId client, server::ConnectionId connection, Duration delay, call::ServerFailure failure, int code);
    void carryDown(ClientId client, std::string text);
    Duration transit(const Port &port);

    Stage &m_stage;
    ServerHost &m_server;
    Middlebox *m_box = nullptr;
    std::map<ClientId, Port> m_ports;
    std::map<server::ConnectionId, ClientId> m_clients;
    std::uint64_t m_connections = 0;
};

} // namespace ringlift::sim
