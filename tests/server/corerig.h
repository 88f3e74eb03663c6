#pragma once

#include "core/crypto/identity.h"
#include "core/protocol/codec.h"
#include "server/memoryregistry.h"
#include "server/servercore.h"

#include <deque>
#include <map>
#include <set>

/// The server core with everything around it made of plain values: phones, connections, clocks, a code sender.
namespace ringlift::server {

using namespace std::chrono_literals;

/// A mobile number that libphonenumber takes for valid; another one for each index below 10,000.
protocol::Msisdn numberOf(int index);
protocol::Imsi imsiOf(int index);

/// A phone with one SIM; kind Manual makes it a desktop without any.
struct TestPhone {
    explicit TestPhone(int index, protocol::AccountKind accountKind = protocol::AccountKind::Sim);

    protocol::Msisdn number;
    protocol::SimProof sim;
    protocol::AccountKind kind;
    crypto::DeviceIdentity identity;
    AccountId account;
};

/// Counts how often the registry was asked; the tests of constant answers need it.
class CountingRegistry final : public Registry
{
public:
    RegistryResult<std::optional<Account>> find(const AccountId &id) override { return (++calls, accounts.find(id)); }
    RegistryResult<std::optional<Account>> findByNumber(const protocol::Key32 &numberTag,
                                                        protocol::AccountKind kind) override
    {
        return (++calls, accounts.findByNumber(numberTag, kind));
    }
    RegistryResult<void> replace(const Account &account, std::span<const protocol::Key32> olderTags) override
    {
        return (++calls, accounts.replace(account, olderTags));
    }
    RegistryResult<void> update(const Account &account) override
    {
        ++calls;
        return updateFault ? Unexpected(*updateFault) : accounts.update(account);
    }
    RegistryResult<void> remove(const AccountId &id) override { return (++calls, accounts.remove(id)); }
    RegistryResult<void> removeTaggedBefore(std::uint32_t tagKeyId) override
    {
        return (++calls, accounts.removeTaggedBefore(tagKeyId));
    }
    RegistryResult<void> touch(std::span<const AccountId> ids, std::int32_t day) override
    {
        return (++calls, accounts.touch(ids, day));
    }

    MemoryRegistry accounts;
    std::optional<RegistryError> updateFault;
    int calls = 0;
};

class SetClock final : public WallClock
{
public:
    std::int64_t unixSeconds() const override { return seconds; }
    std::int64_t seconds = 1'760'000'000;
};

class CoreRig
{
public:
    static constexpr protocol::Key32 kBinding{0xcb};

    explicit CoreRig(Limits limits = {});

    // Connections
    ConnectionId open(std::string source = "192.0.2.1", const protocol::Key32 &binding = kBinding);
    void send(ConnectionId to, const protocol::Message &message) { sendText(to, protocol::encode(message)); }
    void sendText(ConnectionId to, const std::string &text);
    void close(ConnectionId id);
    void changeProxyLeaf(const protocol::Key32 &from, const protocol::Key32 &to) { handle(ProxyLeafChanged{from, to}); }
    /// Lets time pass on both clocks and every deadline in it come.
    void advance(Duration duration);
    /// Lets only the wall clock jump.
    void shiftDays(int days) { wall.seconds += days * std::int64_t(86'400); }

    // What came back
    /// Takes the next message: its type, the code of an error, or "nothing".
    const char *answer(ConnectionId id);
    /// Takes the next message if it is a T.
    template<typename T> std::optional<T> take(ConnectionId id)
    {
        std::deque<protocol::Message> &waiting = m_inbox[id];
        if (waiting.empty() || !std::holds_alternative<T>(waiting.front()))
            return std::nullopt;
        std::optional<T> message(std::get<T>(waiting.front()));
        waiting.pop_front();
        return message;
    }
    std::optional<protocol::ErrorMessage> takeError(ConnectionId id) { return take<protocol::ErrorMessage>(id); }
    bool isOpen(ConnectionId id) const { return m_open.contains(id); }
    int closeCode(ConnectionId id) const { return m_closeCodes.contains(id) ? m_closeCodes.at(id) : 0; }

    // Registration
    protocol::RegisterBegin beginOf(const TestPhone &phone) const;
    protocol::RegisterVerify verifyOf(const TestPhone &phone, const SessionId &session, const std::string &code,
                                      const protocol::Key32 &binding = kBinding) const;
    /// Asks for a code; the session, or zeros when that was refused.
    SessionId begin(ConnectionId connection, const TestPhone &phone);
    /// Shows the code that was sent.
    void verify(ConnectionId connection, const TestPhone &phone, const SessionId &session);
    /// Both, over the connection, which is logged in then; false when the server refuses.
    bool enrol(ConnectionId connection, TestPhone &phone);

    // Login
    /// An account in the registry, without the way there.
    void know(TestPhone &phone);
    Account accountOf(const TestPhone &phone);
    void change(const TestPhone &phone, const std::function<void(Account &)> &change);
    protocol::Auth authOf(const TestPhone &phone, ConnectionId connection,
                          const protocol::Key32 &binding = kBinding) const;
    const protocol::Challenge &challengeOf(ConnectionId connection) const { return m_challenges.at(connection); }
    /// A new connection that has logged in; its answers so far are taken.
    ConnectionId logIn(const TestPhone &phone);

    // Calls
    protocol::CallOffer offerOf(const TestPhone &caller, const protocol::Msisdn &callee);
    protocol::CallArrive arriveOf(const TestPhone &callee, std::vector<protocol::Msisdn> cli);
    protocol::CallOffer manualOfferOf(const TestPhone &caller, const protocol::Msisdn &callee);
    protocol::CallArrive manualArriveOf(const TestPhone &callee, const protocol::Msisdn &caller);
    /// A match of two logged-in phones; all answers are taken.
    CallId match(const TestPhone &caller, ConnectionId from, const TestPhone &callee, ConnectionId at);

    // Keys
    /// Stops the server, gives it a new tag key, and starts it.
    void rotateTagKey();
    void prepareServerKey();
    /// Every connection is lost with it.
    void restart();

    // PIN work
    /// Lets the worker end what waits for it.
    void runPinWork();
    std::size_t pinWork() const { return m_checks.size() + m_hashings.size(); }
    void failPinWork();

    const Secrets &secrets() const { return m_secrets; }
    ServerCore &core() { return *m_core; }

    CountingRegistry registry;
    SetClock wall;
    SeededRandom random{1};
    TimePoint now{1000s};
    /// Codes that were sent and not yet forgotten.
    std::map<SessionId, std::string> codes;
    std::set<ConnectionId> loggedIn;
    /// Texts to connections that are not open: always none.
    int strayTexts = 0;

private:
    void handle(const ServerInput &input);
    void drain();
    void note(const SendText &text);
    void note(const CloseConnection &closed);
    void note(const SendCode &sent) { codes[sent.session] = sent.code; }
    void note(const ForgetCode &forgotten) { codes.erase(forgotten.session); }
    void note(const CheckPin &check) { m_checks.push_back(check); }
    void note(const HashPin &hashing) { m_hashings.push_back(hashing); }
    void note(const LoggedIn &login) { loggedIn.insert(login.id); }

    const Limits m_limits;
    Secrets m_secrets;
    std::unique_ptr<ServerCore> m_core;
    std::uint64_t m_lastConnection = 0;
    std::map<ConnectionId, protocol::Challenge> m_challenges;
    std::map<ConnectionId, std::deque<protocol::Message>> m_inbox;
    std::set<ConnectionId> m_open;
    std::map<ConnectionId, int> m_closeCodes;
    std::deque<CheckPin> m_checks;
    std::deque<HashPin> m_hashings;
};

} // namespace ringlift::server
