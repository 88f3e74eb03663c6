#pragma once

#include "core/base/random.h"
#include "core/crypto/identity.h"
#include "core/protocol/codec.h"
#include "tests/platform/waiting.h"

#include <QCryptographicHash>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QUrl>
#include <QWebSocket>

#include <deque>

namespace ringlift::tests {

/// A phone's connection to a real server: speaks messages over wss.
class TestClient
{
public:
    /// caFile: what it trusts; empty for ws.
    TestClient(const QUrl &url, const QString &caFile)
    {
        if (!caFile.isEmpty()) {
            QSslConfiguration tls;
            tls.setProtocol(QSsl::TlsV1_3OrLater);
            tls.setCaCertificates(QSslCertificate::fromPath(caFile, QSsl::Pem));
            m_socket.setSslConfiguration(tls);
        }
        QObject::connect(&m_socket, &QWebSocket::textMessageReceived, &m_socket,
                         [this](const QString &text) { m_texts.push_back(text.toStdString()); });
        QObject::connect(&m_socket, &QWebSocket::connected, &m_socket, [this] { m_connected = true; });
        QObject::connect(&m_socket, &QWebSocket::disconnected, &m_socket, [this] { m_ended = true; });
        m_socket.open(url);
    }

    QWebSocket &socket() { return m_socket; }
    bool connects()
    {
        return waitUntil([this] { return m_connected || m_ended; }) && m_connected;
    }
    bool ends()
    {
        return waitUntil([this] { return m_ended; });
    }
    bool hasEnded() const { return m_ended; }

    /// As the client sees it: SHA-256 of the certificate of this connection; zeros without TLS.
    protocol::Key32 channelBinding() const
    {
        protocol::Key32 binding{};
        const QSslCertificate leaf = m_socket.sslConfiguration().peerCertificate();
        if (!leaf.isNull()) {
            const QByteArray digest = leaf.digest(QCryptographicHash::Sha256);
            std::copy_n(digest.cbegin(), binding.size(), binding.begin());
        }
        return binding;
    }

    void send(const protocol::Message &message)
    {
        m_socket.sendTextMessage(QString::fromStdString(protocol::encode(message)));
    }

    /// The next message, if it is of this kind.
    template<typename Kind> std::optional<Kind> receive()
    {
        if (!waitUntil([this] { return !m_texts.empty() || m_ended; }) || m_texts.empty())
            return std::nullopt;
        const auto message = protocol::decode(m_texts.front(), protocol::UnknownKeys::Refuse);
        m_texts.pop_front();
        const auto *const kind = message ? std::get_if<Kind>(&*message) : nullptr;
        return kind != nullptr ? std::optional(*kind) : std::nullopt;
    }

private:
    QWebSocket m_socket;
    std::deque<std::string> m_texts;
    bool m_connected = false;
    bool m_ended = false;
};

/// A phone that registers and logs in.
struct TestPhone {
    TestPhone(const std::string &e164, const std::string &imsiDigits, std::uint64_t seed)
        : number(*protocol::Msisdn::fromE164(e164)),
          imsi(*protocol::Imsi::fromDigits(imsiDigits)),
          identity(makeIdentity(seed)),
          random(seed + 1)
    {
    }

    static crypto::DeviceIdentity makeIdentity(std::uint64_t seed)
    {
        crypto::SecretKey key;
        SeededRandom(seed).fill(key.writable());
        return crypto::DeviceIdentity::fromSeed(key, 1'700'000'000);
    }

    protocol::RegisterBegin begin() const
    {
        return {number, imsi, identity.card().bytes, "test", protocol::AccountKind::Sim};
    }
    protocol::RegisterVerify verify(const SessionId &session, const std::string &code, const TestClient &client) const
    {
        const Bytes text = crypto::registerMessage(session, client.channelBinding(), identity.card().bytes, code);
        return {session, code, identity.sign(text)};
    }
    protocol::Auth auth(const protocol::Challenge &challenge, const protocol::Key32 &channelBinding)
    {
        protocol::Auth auth;
        auth.accountId = account;
        auth.clientNonce = random.array<32>();
        if (challenge.retag) {
            auth.msisdn = number;
            auth.sim = imsi;
        }
        auth.sig = identity.sign(
            crypto::loginMessage(account, auth.clientNonce, challenge.serverNonce, challenge.serverPk, channelBinding));
        return auth;
    }

    protocol::Msisdn number;
    protocol::Imsi imsi;
    crypto::DeviceIdentity identity;
    SeededRandom random;
    AccountId account;
};

} // namespace ringlift::tests
