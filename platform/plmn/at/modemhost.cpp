#include "platform/plmn/at/modemhost.h"

#include <QtEndian>

namespace ringlift::plmn::at {

namespace {

/// 20 ms at 48 kHz.
constexpr std::size_t kFrame = 960;
constexpr std::size_t kSampleSize = 2;
constexpr qsizetype kFrameBytes = 1920;
constexpr qint64 kMaxQueuedVoice = 1 << 16;

} // namespace

ModemHost::ModemHost(const ModemConfig &config, QObject *parent) : QObject(parent), m_modem(config)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_modem.handleTimeout(monotonicNow());
        drain();
    });
}

Result<void> ModemHost::listen(const std::vector<std::string> &ports, const std::string &pcm)
{
    if (!pcm.empty()) {
        m_pcm = std::make_unique<ModemSocket>();
        if (auto listening = m_pcm->listen(QString::fromStdString(pcm)); !listening)
            return listening;
        connect(m_pcm.get(), &ModemSocket::closed, this, [this] { m_voice.clear(); });
        connect(m_pcm.get(), &ModemSocket::received, this, &ModemHost::takeVoice);
    }
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

std::optional<Request> ModemHost::takeAsked()
{
    if (m_asked.empty())
        return std::nullopt;
    Request request = std::move(m_asked.front());
    m_asked.pop_front();
    return request;
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

void ModemHost::sendVoice(const std::vector<std::int16_t> &samples)
{
    if (m_pcm == nullptr || m_pcm->queued() > kMaxQueuedVoice)
        return;
    QByteArray bytes(qsizetype(samples.size() * kSampleSize), Qt::Uninitialized);
    qToLittleEndian<std::int16_t>(samples.data(), qsizetype(samples.size()), bytes.data());
    m_pcm->write(bytes);
}

void ModemHost::takeVoice(const QByteArray &bytes)
{
    m_voice += bytes;
    std::vector<std::int16_t> samples(kFrame);
    while (m_voice.size() >= kFrameBytes) {
        qFromLittleEndian<std::int16_t>(m_voice.constData(), qsizetype(kFrame), samples.data());
        m_voice.remove(0, kFrameBytes);
        if (const auto leg = m_modem.activeCall(); leg)
            Q_EMIT voiceReceived(*leg, samples);
    }
}

void ModemHost::drain()
{
    bool asked = false;
    while (auto output = m_modem.poll()) {
        if (const auto *sent = std::get_if<PortSend>(&*output)) {
            m_sockets.at(static_cast<std::size_t>(sent->port))->write(QByteArray::fromStdString(sent->bytes));
        } else if (auto *ask = std::get_if<Ask>(&*output)) {
            m_asked.push_back(std::move(ask->request));
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
