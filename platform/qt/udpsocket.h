#pragma once

#include "core/ports/datagramsocket.h"

#include <QHostAddress>
#include <QUdpSocket>

#include <array>
#include <memory>

namespace ringlift::qt {

/// Which of this machine's addresses a UdpSocket offers.
enum class HostAddresses {
    Usual,       ///< of every network that is up; loopback only when there is nothing else
    LoopbackOnly ///< for tests on one machine
};

/// UDP on IPv4 and IPv6, on a port each.
class UdpSocket : public ports::DatagramSocket
{
    Q_OBJECT

public:
    static constexpr std::size_t kMaxDatagram = 2048;
    static constexpr std::size_t kMaxAddresses = 16;

    explicit UdpSocket(HostAddresses which = HostAddresses::Usual, QObject *parent = nullptr);
    ~UdpSocket() override;

    std::vector<ice::TransportAddress> open() override;
    void close() override;
    void send(const ice::TransportAddress &to, ByteView datagram) override;

private:
    std::unique_ptr<QUdpSocket> bind(const QHostAddress &any);
    void read(QUdpSocket *socket);
    const QHostAddress &parsed(const std::string &address);

    const HostAddresses m_which;
    std::unique_ptr<QUdpSocket> m_v4;
    std::unique_ptr<QUdpSocket> m_v6;
    std::array<std::uint8_t, kMaxDatagram> m_buffer{};
    // A call talks to very few addresses: the last one is nearly always right.
    std::string m_lastText;
    QHostAddress m_lastParsed;
};

/// This machine's addresses in the order in which they are to be offered.
std::vector<QHostAddress> hostAddresses(HostAddresses which);

} // namespace ringlift::qt
