#pragma once

#include "core/call/phonemachine.h"
#include "core/crypto/tags.h"
#include "core/protocol/codec.h"
#include "server/memoryregistry.h"
#include "server/servercore.h"
#include "tests/core/call/scriptedserver.h"

#include <functional>
#include <map>

/// Phones, a phone network, the server and an Internet in one thread and invented time; small and without chance, for
/// stories that a test can read. tests/sim has the big one.
namespace ringlift::test {

using namespace std::chrono_literals;

inline constexpr TimePoint kWorldStart{1000s};
inline constexpr std::int64_t kWorldUnix = 1'700'000'000;
inline constexpr auto kEchoNumber = "+8613800138099";

class WorldClock final : public server::WallClock
{
public:
    std::int64_t unixSeconds() const override { return kWorldUnix; }
};

/// A phone and all it did.
class Phone
{
public:
    struct Did { TimePoint at; call::PhoneOutput what; };

    Phone(int nameIndex, std::string e164, std::string simImsi)
        : index(nameIndex), number(std::move(e164)), imsi(std::move(simImsi)),
          identity(makeIdentity(static_cast<std::uint8_t>(10 + nameIndex)))
    {
    }

    const int index;
    const std::string number;
    const std::string imsi;
    crypto::DeviceIdentity identity;
    call::PhoneConfig config;
    call::CallSettings settings;
    std::optional<call::Account> account;
    std::optional<call::ReleasedCall> journal;
    std::optional<std::int64_t> lastEmergency;
    call::Pins pins;
    call::ContactRules rules;
    SeededRandom random{1};
    std::unique_ptr<call::PhoneMachine> machine;
    std::vector<Did> history;

    // Its surroundings
    std::optional<server::ConnectionId> connection;
    std::map<LineCallId, LineCall> legs;
    bool showsRing = true;

    protocol::Msisdn msisdn() const { return *protocol::Msisdn::fromE164(number); }
    /// Where the socket of a call is.
    ice::TransportAddress address(call::CallHandle call = call::CallHandle{1}) const
    {
        const auto port = static_cast<std::uint16_t>(5000 + static_cast<std::uint32_t>(call));
        return {Redacted("192.0." + std::to_string(network) + "." + std::to_string(index + 1)), port};
    }
    int network = 2; // which the phone is in
    int lapses = 0;  // so many releases come too late
    bool refusesDials = false;
    bool dropsDials = false;

    template<typename Kind>
    std::vector<Kind> did() const
    {
        std::vector<Kind> found;
        for (const Did &did : history) {
            if (const auto *kind = std::get_if<Kind>(&did.what))
                found.push_back(*kind);
        }
        return found;
    }
    template<typename Kind>
    std::optional<TimePoint> firstTime() const
    {
        for (const Did &did : history) {
            if (std::holds_alternative<Kind>(did.what))
                return did.at;
        }
        return std::nullopt;
    }
    std::optional<TimePoint> timeOf(std::string_view milestone) const
    {
        for (const Did &did : history) {
            const auto *reached = std::get_if<call::Milestone>(&did.what);
            if (reached != nullptr && reached->name == milestone)
                return did.at;
        }
        return std::nullopt;
    }
    bool reached(std::string_view milestone) const { return timeOf(milestone).has_value(); }
    bool faulted(std::string_view name) const
    {
        return std::ranges::any_of(did<call::Fault>(), [name](const call::Fault &fault) { return fault.name == name; });
    }
    /// Legs it was told to end for a hand-over.
    std::size_t handedOver() const
    {
        const auto hangUps = did<call::LineHangUp>();
        return static_cast<std::size_t>(std::ranges::count(hangUps, call::HangUpCause::HandOver, &call::LineHangUp::cause));
    }
    std::vector<protocol::Message> sent() const
    {
        std::vector<protocol::Message> messages;
        for (const call::ServerSend &send : did<call::ServerSend>())
            messages.push_back(*protocol::decode(send.text, protocol::UnknownKeys::Refuse));
        return messages;
    }
    template<typename Kind>
    std::vector<Kind> sentOf() const
    {
        return only<Kind>(sent());
    }
    /// The last state that was told of the first, second … call.
    std::optional<call::CallInfo> call(std::uint32_t handle = 1) const
    {
        std::optional<call::CallInfo> last;
        for (const call::CallChanged &changed : did<call::CallChanged>()) {
            if (changed.info.handle == call::CallHandle{handle})
                last = changed.info;
        }
        return last;
    }
    std::optional<call::CallRecord> record(std::uint32_t handle = 1) const
    {
        for (const call::CallFinished &finished : did<call::CallFinished>()) {
            if (finished.call == call::CallHandle{handle})
                return finished.record;
        }
        return std::nullopt;
    }
    bool hasLeg() const
    {
        return std::ranges::any_of(legs, [](const auto &leg) { return leg.second.state != LegState::Ended; });
    }
    LegState legState() const { return legs.empty() ? LegState::None : legs.rbegin()->second.state; }
};

class PhoneWorld
{
private:
    struct CellularCall { Phone *caller = nullptr; LineCallId callerLeg{}; Phone *callee = nullptr; LineCallId calleeLeg{}; };

    // First, since the two phones need them.
    SeededRandom m_random{7};
    WorldClock m_clock;
    server::MemoryRegistry m_registry;
    server::Secrets m_secrets = server::Secrets::generate(m_random);
    std::unique_ptr<server::ServerCore> m_core;
    std::vector<std::unique_ptr<Phone>> m_phones;
    std::multimap<TimePoint, std::function<void()>> m_events;
    std::vector<CellularCall> m_cellular;
    std::uint64_t m_connections = 0;
    std::uint32_t m_legs = 0;

public:
    TimePoint now = kWorldStart;
    std::int64_t clockJump = 0; // seconds, of what phones that boot take for the time

    PhoneWorld();

    Phone &addPhone(const std::string &number, const std::string &imsi, bool registered = true);
    /// A desktop without SIM, registered and online.
    Phone &addManualPhone(const std::string &number);
    /// What the server has stored of it.
    void changeRow(const Phone &phone, const std::function<void(server::Account &)> &change);
    /// Makes the phone's machine from what the phone has; again, when it was there: the app was killed.
    void boot(Phone &phone);

    void feed(Phone &phone, const call::PhoneInput &input);
    void run(Duration duration);
    /// Until it is so, or the time is over.
    bool runUntil(const std::function<bool()> &holds, Duration most = 30s);

    /// The user dials.
    void dial(Phone &from, const Phone &to) { feed(from, call::UserDial{to.number, 0}); }
    /// a dials b, and b's app alerts its user. False: it did not come to that.
    bool reachAlerting();
    /// And b's user answers in the app.
    void answerAtB() { feed(b, call::UserAnswer{call::CallHandle{1}}); }
    /// a has called b, and the call was answered and has moved.
    bool reachMoved();
    /// b trusts a, and a trusts b, as after an earlier call.
    void know(call::TrustLevel level);
    void cutInternet() { internet = [](const Phone &, ByteView) { return false; }; }
    void mendInternet() { internet = [](const Phone &, ByteView) { return true; }; }
    void after(Duration delay, std::function<void()> act) { m_events.emplace(now + delay, std::move(act)); }
    /// The network changes a leg of this phone.
    void setLeg(Phone &phone, LineCallId id, LegState state, LegEnd end = LegEnd::NotEnded);
    /// A new call on this phone's line.
    LineCallId ring(Phone &phone, const std::string &cli, CallerIdPresence presence = CallerIdPresence::Known);
    LineCallId lastLeg(const Phone &phone) const { return phone.legs.rbegin()->first; }
    /// A desktop that sends back what it hears, and that the server tells phones of.
    Phone &addEchoPeer();
    server::ServerCore &server() { return *m_core; }
    server::Secrets &secrets() { return m_secrets; }

    Phone &a;
    Phone &b;

    /// The last one that the server sent by SMS.
    std::string lastCode;

    // What the tests turn
    Duration paging = 1500ms;
    Duration latency = 20ms;
    Duration hangUpTime = 50ms;
    Duration remoteHangUpTime = 250ms;
    bool serverThere = true;
    bool linePaysHeed = true;          // to a hang-up
    bool hangUpReachesPeer = true;
    std::function<LineCall(LineCall)> ringsAs = [](LineCall call) { return call; };
    std::function<bool(const Phone &from, ByteView datagram)> internet = [](const Phone &, ByteView) { return true; };
    std::function<bool(const Phone &to, protocol::Message &message)> fromServer = [](const Phone &, protocol::Message &) { return true; };

private:
    void enrol(Phone &phone, const protocol::SimProof &sim, protocol::AccountKind kind);
    Phone *byNumber(const std::string &number);
    Phone *byConnection(server::ConnectionId id);
    CellularCall *cellularCall(const Phone &phone, LineCallId leg);
    void drainPhone(Phone &phone);
    void drainServer();
    void endLeg(Phone &phone, const call::LineHangUp &output);
    void act(Phone &phone, const call::PhoneOutput &output);
    void takeDial(Phone &phone, const call::LineDial &dial);
    void place(Phone &phone, const call::LineDial &dial);
    void hangUp(Phone &phone, LineCallId leg);
    void answer(Phone &phone, LineCallId leg);
    void connect(Phone &phone);
    void deliver(const Phone &from, const call::DatagramSend &send);
    std::optional<TimePoint> nextEvent() const;
};

} // namespace ringlift::test
