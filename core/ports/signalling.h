#pragma once

#include "core/base/bytes.h"

#include <QObject>

#include <optional>

namespace ringlift::ports {

/// The connection to the server: text messages both ways over an authenticated channel.
class Signalling : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    enum class Failure { Unreachable, Untrusted, Closed, ServerRefused };
    Q_ENUM(Failure)

    /// Opens the connection; connected() or failed() follows, within the given time.
    virtual void open() = 0;
    virtual void close() = 0;
    virtual void send(const std::string &text) = 0;

Q_SIGNALS:
    /// channelBinding: SHA-256 of the server's leaf certificate, 32 bytes; zeros on a plain loopback connection in tests.
    void connected(const ringlift::ByteArray<32> &channelBinding);
    void received(const std::string &text);
    /// The connection could not be made or has ended. closeCode is WebSocket's, 0 when there is none.
    void failed(ringlift::ports::Signalling::Failure failure, int closeCode);
};

} // namespace ringlift::ports
