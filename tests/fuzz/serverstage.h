#pragma once

#include "core/crypto/identity.h"
#include "server/memoryregistry.h"
#include "tests/fuzz/fuzzing.h"
#include "tests/fuzz/serveraudit.h"

namespace ringlift::fuzz {

/// The whole server core with a few phones and connections, and a script that decides what happens next. The phones
/// know their keys and codes, so that scripts get beyond the login.
class ServerStage
{
public:
    enum class Repertoire { Registration, Everything };

    explicit ServerStage(Repertoire repertoire);
    void play(Script &script);

private:
    class Clock final : public server::WallClock
    {
    public:
        std::int64_t unixSeconds() const override { return kStart + seconds; }
        std::int64_t seconds = 0;

    private:
        static constexpr std::int64_t kStart = 1'700'000'000;
    };
    struct Phone {
        protocol::Msisdn number;
        protocol::Imsi imsi;
        crypto::DeviceIdentity identity;
        std::optional<AccountId> account; // the latest
    };
    struct Wire {
        server::ConnectionId id{};
        protocol::Key32 nonce{};
        bool open = false;
    };
    struct Registration {
        SessionId id;
        std::string code;
        std::size_t phone = 0;
    };

    void step(Script &script);
    void open(Wire &wire, std::uint8_t source);
    void close(Wire &wire);
    void send(Wire &wire, const protocol::Message &message);
    void sendText(Wire &wire, std::string text);
    void advance(Duration time);
    void settle();
    void feed(const server::ServerInput &input);
    void drain();
    void learn(const server::ServerOutput &output);

    void registration(Script &script, Wire &wire);
    void begin(Script &script, Wire &wire, const Phone &phone);
    void verify(Script &script, Wire &wire);
    void account(Script &script, Wire &wire, Phone &phone);
    void rendezvous(Script &script, Wire &wire, const Phone &phone);
    void forward(Script &script, Wire &wire);

    Wire *wireOf(server::ConnectionId id);
    std::string numberOfAccount(const AccountId &account);
    static server::Limits limits();

    const Repertoire m_repertoire;
    Clock m_clock;
    SeededRandom m_random{1};
    server::Secrets m_secrets = server::Secrets::generate(m_random);
    server::MemoryRegistry m_registry;
    server::ServerCore m_core{limits(), m_secrets, m_registry, m_clock, m_random};
    ServerAudit m_audit{limits(), [this](const AccountId &account) { return numberOfAccount(account); }};
    std::vector<Phone> m_phones;
    std::array<Wire, 6> m_wires;
    std::vector<Registration> m_registrations;
    std::uint64_t m_nextConnection = 1;
    std::uint64_t m_tickets = 0; // the highest so far
    std::optional<server::RegistryError> m_fault;
    TimePoint m_now;
};

} // namespace ringlift::fuzz
