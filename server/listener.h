#pragma once

#include "core/base/result.h"
#include "server/options.h"

#include <QTcpServer>

namespace ringlift::server {

/// A listening socket that hands out bare descriptors: nothing is queued inside Qt, where idle sockets lock others out.
class Listener : public QTcpServer
{
    Q_OBJECT

public:
    using QTcpServer::QTcpServer;

    Result<void> open(const Endpoint &endpoint);

Q_SIGNALS:
    /// The receiver owns the descriptor.
    void accepted(qintptr descriptor);

protected:
    void incomingConnection(qintptr descriptor) override { Q_EMIT accepted(descriptor); }
};

} // namespace ringlift::server
