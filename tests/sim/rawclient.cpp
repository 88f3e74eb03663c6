#include "tests/sim/rawclient.h"

#include "core/protocol/codec.h"

namespace ringlift::sim {

RawClient::RawClient(Stage &stage, SignalNetwork &signals, const std::string &number, const std::string &imsi)
    : m_stage(stage),
      m_signals(signals),
      m_random(stage.draw().seed()),
      m_identity(crypto::DeviceIdentity::fromSeed(crypto::SecretKey(m_random.array<32>()), 1)),
      m_number(*protocol::Msisdn::fromE164(number)),
      m_imsi(*protocol::Imsi::fromDigits(imsi)),
      m_client(signals.add(*this, SignalWeather{}))
{
}

void RawClient::registerNumber()
{
    m_awaitsCode = true;
    send(protocol::RegisterBegin{m_number, m_imsi, m_identity.card().bytes, "linux", protocol::AccountKind::Sim});
}

void RawClient::codeSent(const std::string &code)
{
    if (!m_session)
        return;
    m_awaitsCode = false;
    const Bytes text = crypto::registerMessage(*m_session, m_channelBinding, m_identity.card().bytes, code);
    send(protocol::RegisterVerify{*m_session, code, m_identity.sign(text)});
}

void RawClient::send(const protocol::Message &message)
{
    if (m_ready)
        return say(message);
    constexpr std::size_t kMostWaiting = 16;
    if (m_waiting.size() < kMostWaiting)
        m_waiting.push_back(message);
    if (!std::exchange(m_connecting, true))
        m_signals.open(m_client);
}

void RawClient::say(const protocol::Message &message)
{
    m_stage.tell(Actor::Adversary, protocol::typeOf(message));
    m_signals.send(m_client, protocol::encode(message));
}

void RawClient::flush()
{
    m_ready = true;
    for (const protocol::Message &message : std::exchange(m_waiting, {}))
        say(message);
}

void RawClient::disconnect()
{
    m_signals.close(m_client);
    m_ready = m_loggedIn = m_connecting = false;
}

void RawClient::signalReceived(const std::string &text)
{
    const auto message = protocol::decode(text, protocol::UnknownKeys::Ignore);
    if (!message)
        return;
    if (const auto *challenge = std::get_if<protocol::Challenge>(&*message))
        on(*challenge);
    else if (const auto *sent = std::get_if<protocol::RegisterSent>(&*message))
        m_session = sent->sessionId;
    else if (const auto *done = std::get_if<protocol::RegisterDone>(&*message))
        on(*done);
    else if (const auto *error = std::get_if<protocol::ErrorMessage>(&*message))
        on(*error);
    else if (std::holds_alternative<protocol::Welcome>(*message))
        m_loggedIn = true;
}

void RawClient::on(const protocol::Challenge &challenge)
{
    if (m_account) {
        const auto nonce = m_random.array<32>();
        const Bytes text = crypto::loginMessage(
            *m_account, nonce, challenge.serverNonce, challenge.serverPk, m_channelBinding);
        protocol::Auth auth;
        auth.accountId = *m_account;
        auth.clientNonce = nonce;
        auth.sig = m_identity.sign(text);
        say(auth);
    }
    flush();
}

void RawClient::on(const protocol::RegisterDone &done)
{
    m_account = done.accountId;
    m_loggedIn = true;
}

void RawClient::on(const protocol::ErrorMessage &error)
{
    const bool asksForPin = error.code == protocol::ErrorCode::RegLocked && error.re == "register.verify";
    if (asksForPin && m_session && m_pinProof)
        say(protocol::RegisterUnlock{*m_session, *m_pinProof});
}

void RawClient::signalFailed(call::ServerFailure, int)
{
    m_ready = m_loggedIn = m_connecting = false;
}

} // namespace ringlift::sim
