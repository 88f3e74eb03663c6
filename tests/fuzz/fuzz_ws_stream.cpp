#include "server/gate.h"
#include "tests/fuzz/fuzzing.h"

#include <QCoreApplication>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>

using namespace ringlift;
using namespace ringlift::server;
using fuzz::require;

namespace {

constexpr std::string_view kUpgrade =
    "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

/// The server's real sockets, without TLS, on loopback.
class Port
{
public:
    Port()
    {
        QObject::connect(&m_gate, &Gate::opened, [this](const ConnectionOpened &peer) { m_open.insert(peer.id); });
        QObject::connect(&m_gate, &Gate::closed, [this](const ConnectionClosed &peer) { m_open.erase(peer.id); });
        QObject::connect(&m_gate, &Gate::received, [this](const TextReceived &text) { answer(text); });
        const auto bound = m_gate.listen({{"127.0.0.1", 0}});
        require(bound.has_value());
        m_port = bound->front().port;
    }

    /// A client that says all this and no more, and waits for the server to hang up.
    void converse(ByteView bytes)
    {
        const int client = connected();
        while (!bytes.empty()) {
            const ssize_t sent = ::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            require(sent > 0 || errno == EINTR); // libFuzzer's timer
            bytes = bytes.subspan(static_cast<std::size_t>(std::max<ssize_t>(sent, 0)));
        }
        ::shutdown(client, SHUT_WR);
        do {
            QCoreApplication::processEvents();
        } while (!hasEnded(client));
        ::close(client);
        while (m_gate.size() > 0)
            QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        require(m_open.empty());
    }

private:
    static Gate::Config config()
    {
        Gate::Config config;
        config.sockets = 4;
        config.plain = true;
        return config;
    }

    void answer(const TextReceived &text)
    {
        require(m_open.contains(text.id) && text.text.size() <= config().limits.message);
        m_gate.send(text.id, "{}");
        if (text.text == "close")
            m_gate.close(text.id, 1'000);
    }

    int connected()
    {
        const int client = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        // Each from an address of its own: the ports of one would run out.
        m_source = m_source % 0xFFFFFE + 1;
        const sockaddr_in from = loopback(m_source, 0);
        const sockaddr_in to = loopback(1, m_port);
        const void *const source = &from;
        const void *const server = &to;
        require(client >= 0 && ::bind(client, static_cast<const sockaddr *>(source), sizeof from) == 0);
        if (::connect(client, static_cast<const sockaddr *>(server), sizeof to) != 0) {
            require(errno == EINTR); // by libFuzzer's timer; it goes on connecting
            pollfd ready{client, POLLOUT, 0};
            while (::poll(&ready, 1, -1) != 1)
                require(errno == EINTR);
        }
        return client;
    }

    static sockaddr_in loopback(std::uint32_t host, std::uint16_t port)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(0x7F000000 | host);
        return address;
    }

    static bool hasEnded(int client)
    {
        std::array<char, 4'096> answer;
        const auto size = ::recv(client, answer.data(), answer.size(), MSG_DONTWAIT);
        return size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR);
    }

    Gate m_gate{config()};
    std::uint16_t m_port = 0;
    std::uint32_t m_source = 1;
    std::set<ConnectionId> m_open; // and upgraded
};

Port &port()
{
    static int argc = 1;
    static char name[] = "fuzz_ws_stream";
    static char *argv[] = {name, nullptr};
    static QCoreApplication application(argc, argv);
    static Port instance;
    return instance;
}

} // namespace

// The first byte says whether the upgrade has already been asked for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Script script({data, size});
    Bytes stream;
    if (script.below(2) == 1)
        stream = copyOf(viewOf(kUpgrade));
    const ByteView rest = script.rest();
    stream.insert(stream.end(), rest.begin(), rest.end());
    port().converse(stream);
    return 0;
}
