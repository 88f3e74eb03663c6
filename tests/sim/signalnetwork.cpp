#include "tests/sim/signalnetwork.h"

namespace ringlift::sim {

namespace {

// When the platform's own attempt gives up: without TCP, and without TLS and WebSocket after it.
constexpr auto kTcpPatience = std::chrono::milliseconds(800);
constexpr auto kOpenPatience = std::chrono::milliseconds(4200);

} // namespace

SignalNetwork::SignalNetwork(Stage &stage, ServerHost &server) : m_stage(stage), m_server(server)
{
    server.setPeers(*this);
}

ClientId SignalNetwork::add(SignalClient &client, SignalWeather weather)
{
    const auto id = static_cast<ClientId>(m_ports.size());
    Port &port = m_ports[id];
    port.client = &client;
    port.weather = weather;
    return id;
}

void SignalNetwork::setReach(ClientId client, Reach reach)
{
    Port &port = m_ports.at(client);
    port.reach = reach;
    if (reach == Reach::Refused || reach == Reach::Untrusted)
        cut(client);
}

void SignalNetwork::open(ClientId client)
{
    Port &port = m_ports.at(client);
    close(client);
    const auto connection = static_cast<server::ConnectionId>(++m_connections);
    port.connection = connection;
    port.lastUp = port.lastDown = m_stage.now();
    const Duration trip = 2 * port.weather.latency;
    switch (port.reach) {
    case Reach::Open:
        m_stage.after(port.weather.connectTrips * trip - port.weather.latency + transit(port) - port.weather.latency,
            [this, client, connection] { establish(client, connection); });
        break;
    case Reach::Refused: fail(client, connection, trip, call::ServerFailure::Unreachable, 0); break;
    case Reach::BlackHole: fail(client, connection, kTcpPatience, call::ServerFailure::Unreachable, 0); break;
    case Reach::Untrusted: fail(client, connection, 2 * trip, call::ServerFailure::Untrusted, 0); break;
    }
}

void SignalNetwork::establish(ClientId client, server::ConnectionId connection)
{
    Port &port = m_ports.at(client);
    if (port.connection != connection)
        return;
    if (port.reach == Reach::BlackHole)
        return fail(client, connection, kOpenPatience, call::ServerFailure::Unreachable, 0);
    if (!m_server.isUp() || port.reach != Reach::Open)
        return fail(client, connection, port.weather.latency, call::ServerFailure::Unreachable, 0);
    port.established = true;
    m_clients[connection] = client;
    port.lastDown = m_stage.now() + port.weather.latency;
    m_stage.at(port.lastDown, [this, client, connection] {
        const Port &there = m_ports.at(client);
        if (there.connection == connection && there.reach != Reach::BlackHole)
            there.client->signalConnected(m_server.channelBinding());
    });
    const std::string source = "198.51.100." + std::to_string(static_cast<int>(client) + 1);
    m_server.handle(server::ConnectionOpened{connection, source, m_server.channelBinding()});
}

void SignalNetwork::fail(
    ClientId client, server::ConnectionId connection, Duration delay, call::ServerFailure failure, int code)
{
    Port &port = m_ports.at(client);
    port.lastDown = std::max(port.lastDown, m_stage.now() + delay);
    m_stage.at(port.lastDown, [this, client, connection, failure, code] {
        Port &there = m_ports.at(client);
        if (there.connection != connection)
            return;
        there.connection = {};
        there.established = false;
        there.client->signalFailed(failure, code);
    });
}

void SignalNetwork::close(ClientId client)
{
    Port &port = m_ports.at(client);
    const server::ConnectionId connection = std::exchange(port.connection, server::ConnectionId{});
    if (!std::exchange(port.established, false))
        return;
    m_clients.erase(connection);
    m_stage.at(std::max(port.lastUp, m_stage.now() + port.weather.latency),
        [this, connection] { m_server.handle(server::ConnectionClosed{connection}); });
}

void SignalNetwork::cut(ClientId client)
{
    Port &port = m_ports.at(client);
    if (!port.established)
        return;
    const server::ConnectionId connection = port.connection;
    m_clients.erase(connection);
    fail(client, connection, Duration::zero(), call::ServerFailure::Closed, 0);
    m_stage.after(port.weather.latency, [this, connection] { m_server.handle(server::ConnectionClosed{connection}); });
}

void SignalNetwork::killServer()
{
    m_server.kill();
    const auto clients = std::exchange(m_clients, {});
    for (const auto &[connection, client] : clients)
        fail(client, connection, m_ports.at(client).weather.latency, call::ServerFailure::Closed, 0);
}

Duration SignalNetwork::transit(const Port &port)
{
    const SignalWeather &weather = port.weather;
    const bool stalled = m_stage.draw().chance(weather.stallShare);
    return weather.latency + (stalled ? m_stage.draw().between(Duration::zero(), weather.stall) : Duration::zero());
}

void SignalNetwork::send(ClientId client, const std::string &text)
{
    Port &port = m_ports.at(client);
    if (!port.established || port.reach == Reach::BlackHole)
        return;
    const std::vector<std::string> texts = m_box != nullptr ? m_box->toServer(client, text) : std::vector{text};
    for (const std::string &passing : texts) {
        port.lastUp = std::max(port.lastUp, m_stage.now() + transit(port));
        m_stage.at(port.lastUp, [this, connection = port.connection, passing] {
            if (m_clients.contains(connection))
                m_server.handle(server::TextReceived{connection, passing});
        });
    }
}

void SignalNetwork::serverSends(server::ConnectionId id, std::string text)
{
    const auto client = clientOf(id);
    if (!client)
        return;
    const std::vector<std::string> texts =
        m_box != nullptr ? m_box->toClient(*client, std::move(text)) : std::vector{std::move(text)};
    for (const std::string &passing : texts)
        carryDown(*client, passing);
}

void SignalNetwork::carryDown(ClientId client, std::string text)
{
    Port &port = m_ports.at(client);
    if (port.reach == Reach::BlackHole)
        return;
    port.lastDown = std::max(port.lastDown, m_stage.now() + transit(port));
    m_stage.at(port.lastDown, [this, client, connection = port.connection, text = std::move(text)] {
        const Port &there = m_ports.at(client);
        if (there.connection == connection)
            there.client->signalReceived(text);
    });
}

void SignalNetwork::inject(ClientId client, const std::string &text)
{
    if (m_ports.at(client).established)
        carryDown(client, text);
}

void SignalNetwork::serverCloses(server::ConnectionId id, int code)
{
    const auto client = clientOf(id);
    if (!client)
        return;
    m_clients.erase(id);
    fail(*client, id, m_ports.at(*client).weather.latency, call::ServerFailure::Closed, code);
}

std::optional<ClientId> SignalNetwork::clientOf(server::ConnectionId id) const
{
    const auto found = m_clients.find(id);
    return found == m_clients.end() ? std::nullopt : std::optional(found->second);
}

} // namespace ringlift::sim
