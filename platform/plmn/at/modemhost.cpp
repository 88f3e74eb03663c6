#include "platform/plmn/at/modemhost.h"

namespace ringlift::plmn::at {

ModemHost::ModemHost(const ModemConfig &config, QObject *parent) : QObject(parent), m_modem(config)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_modem.handleTimeout(monotonicNow());
        drain();
    });
}

Result<void> ModemHost::listen(const std::vector<std::string> &ports)
{
    for (const std::string &address : ports) {
        auto socket = std::make_unique<ModemSocket>();
        if (auto listening = socket->listen(QString::fromStdString(address)); !listening)
            return listening;
        const int port = static_cast<int>(m_sockets.size());
        connect(socket.get(), &ModemSocket::opened, this, [this, port] { feed(PortOpened{port}); });
        connect(socket.get(), &ModemSocket::closed, this, [this, port] { feed(PortClosed{port}); });
        connect(socket.get(), &ModemSocket::received, this, [this, port](const QByteArray &bytes) {
            feed(PortReceived{port, Bytes(bytes.begin(), bytes.end())});
        });
        m_sockets.push_back(std::move(socket));
    }
    return {};
}

void ModemHost::feed(const ModemInput &input)
{
    m_modem.handle(monotonicNow(), input);
    drain();
}

std::optional<SwitchInput> ModemHost::takeAsked()
{
    if (m_asked.empty())
        return std::nullopt;
    SwitchInput input = std::move(m_asked.front());
    m_asked.pop_front();
    return input;
}

QStringList ModemHost::addresses() const
{
    QStringList addresses;
    for (const auto &socket : m_sockets)
        addresses.append(socket->address());
    return addresses;
}

bool ModemHost::isConnected() const
{
    return std::any_of(m_sockets.begin(), m_sockets.end(), [](const auto &socket) { return socket->isConnected(); });
}

void ModemHost::drain()
{
    bool asked = false;
    while (auto output = m_modem.poll()) {
        if (const auto *sent = std::get_if<PortSend>(&*output)) {
            m_sockets.at(static_cast<std::size_t>(sent->port))->write(QByteArray::fromStdString(sent->bytes));
        } else if (auto *ask = std::get_if<Ask>(&*output)) {
            m_asked.push_back(std::move(ask->input));
            asked = true;
        }
    }
    arm();
    if (asked)
        Q_EMIT asks();
}

void ModemHost::arm()
{
    const auto next = m_modem.nextTimeout();
    if (!next)
        return m_timer.stop();
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*next - monotonicNow());
    m_timer.start(std::max(wait, std::chrono::milliseconds(0)));
}

} // namespace ringlift::plmn::at
