#include "server/listener.h"

#include "server/configvalue.h"

#include <QHostAddress>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace ringlift::server {

Result<void> Listener::open(const Endpoint &endpoint)
{
    if (!listen(QHostAddress(QString::fromStdString(endpoint.host)), endpoint.port))
        return failure("cannot listen on " + EndpointRule().print(endpoint) + ": " + errorString().toStdString());
    // Sockets inherit it when they are accepted. Without it TLS 1.3 session tickets cost 40 ms.
    const int on = 1;
    ::setsockopt(static_cast<int>(socketDescriptor()), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return {};
}

} // namespace ringlift::server
