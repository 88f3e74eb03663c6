#pragma once

#include "tests/sim/signalnetwork.h"

namespace ringlift::sim {

/// Speaks the protocol by hand: an account of an adversary, who sends what no honest app would.
class RawClient final : private SignalClient
{
public:
    RawClient(Stage &stage, SignalNetwork &signals, const std::string &number, const std::string &imsi);

    const protocol::Msisdn &number() const { return m_number; }
    const protocol::Imsi &imsi() const { return m_imsi; }
    void registerNumber();
    void codeSent(const std::string &code);
    /// A code is on its way, and none has come.
    bool awaitsCode() const { return m_awaitsCode; }
    /// What it shows where the number turns out to be locked.
    void setPinProof(const protocol::Key32 &proof) { m_pinProof = proof; }
    ClientId client() const { return m_client; }
    bool isRegistered() const { return m_account.has_value(); }
    bool isLoggedIn() const { return m_loggedIn; }
    /// Connects and logs in when need be.
    void send(const protocol::Message &message);
    void disconnect();

private:
    void signalConnected(const protocol::Key32 &channelBinding) override { m_channelBinding = channelBinding; }
    void signalReceived(const std::string &text) override;
    void signalFailed(call::ServerFailure failure, int closeCode) override;
    void on(const protocol::Challenge &challenge);
    void on(const protocol::RegisterDone &done);
    void on(const protocol::ErrorMessage &error);
    void say(const protocol::Message &message);
    void flush();

    Stage &m_stage;
    SignalNetwork &m_signals;
    SeededRandom m_random;
    crypto::DeviceIdentity m_identity;
    protocol::Msisdn m_number;
    protocol::Imsi m_imsi;
    ClientId m_client;
    protocol::Key32 m_channelBinding{};
    std::optional<SessionId> m_session;
    std::optional<AccountId> m_account;
    std::optional<protocol::Key32> m_pinProof;
    std::vector<protocol::Message> m_waiting;
    bool m_awaitsCode = false;
    bool m_connecting = false;
    bool m_ready = false;
    bool m_loggedIn = false;
};

} // namespace ringlift::sim
