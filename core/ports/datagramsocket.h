#pragma once

#include "core/base/bytes.h"
#include "core/ice/candidate.h"

#include <QObject>

namespace ringlift::ports {

/// UDP for one call.
class DatagramSocket : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Binds to an ephemeral port; the host addresses it can be reached at, or none on failure.
    virtual std::vector<ice::TransportAddress> open() = 0;
    virtual void close() = 0;
    virtual void send(const ice::TransportAddress &to, ByteView datagram) = 0;

Q_SIGNALS:
    /// The bytes are valid during the signal only: connect directly, on the socket's own thread.
    void received(const ringlift::ice::TransportAddress &from, ringlift::ByteView datagram);
};

} // namespace ringlift::ports
