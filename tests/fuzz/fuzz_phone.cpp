#include "core/call/phonemachine.h"
#include "core/crypto/signingkey.h"
#include "core/protocol/codec.h"
#include "tests/fuzz/fuzzing.h"

using namespace ringlift;
using namespace ringlift::call;
using fuzz::require;

namespace {

constexpr std::array<const char *, 5> kNumbers{"+4915550123456", "13800138001", "112", "*100#", "+8613800138002"};
constexpr std::array<LegState, 6> kStates{LegState::Dialling, LegState::Alerting, LegState::Ringing,
                                          LegState::Active,   LegState::Held,     LegState::Ended};

crypto::DeviceIdentity identityOf(std::uint8_t byte)
{
    protocol::Key32 seed;
    seed.fill(byte);
    return crypto::DeviceIdentity::fromSeed(crypto::SecretKey(seed), 1'700'000'000);
}

/// A phone whose server, network and peers are hostile, or mad: they know the server's key but nobody's identity key.
/// So whatever they send, no cellular call may be given up for them, and no microphone opened.
class Phone
{
public:
    void play(fuzz::Script &script)
    {
        feed(SimsChanged{{sim()}});
        while (!script.atEnd()) {
            step(script);
            settle();
        }
    }

private:
    static SimInfo sim()
    {
        SimInfo sim;
        sim.present = true;
        sim.imsi = Redacted<std::string>("460001234567890");
        sim.ownNumber = Redacted<std::string>("+8613800138000");
        sim.homeRegion = "CN";
        sim.servingRegion = "CN";
        return sim;
    }
    static crypto::SigningKey makeServerKey() { return crypto::SigningKey::fromSeed(protocol::Key32{42}); }
    static Account account(const crypto::SigningKey &serverKey)
    {
        return {.id = {},
                .serverPublic = serverKey.publicKey(),
                .msisdn = *protocol::Msisdn::fromE164("+8613800138000"),
                .sim = *protocol::Imsi::fromDigits("460001234567890")};
    }

    void step(fuzz::Script &script)
    {
        switch (script.below(12)) {
        case 0:
            return advance(std::chrono::milliseconds(script.u16()));
        case 1:
        case 2:
            return line(script);
        case 3:
            return feed(ServerConnected{});
        case 4:
            return feed(ServerText{std::string(textOf(script.block()))});
        case 5:
            return feed(ServerFailed{static_cast<ServerFailure>(script.below(4)), 0});
        case 6:
            return challenge(script);
        case 7:
            return match(script);
        case 8:
            return forward(script);
        case 9:
            return datagram(script);
        case 10:
            return user(script);
        default:
            return other(script);
        }
    }

    void line(fuzz::Script &script)
    {
        LineCall call;
        call.id = LineCallId{static_cast<std::uint32_t>(script.below(3))};
        const std::uint8_t flags = script.u8();
        call.direction = (flags & 1U) != 0 ? CallDirection::Incoming : CallDirection::Outgoing;
        call.state = kStates[script.below(kStates.size())];
        call.end = call.state == LegState::Ended ? LegEnd::RemoteHangUp : LegEnd::NotEnded;
        call.number = Redacted<std::string>(kNumbers[script.below(kNumbers.size())]);
        call.international = (flags & 2U) != 0;
        call.callerId = static_cast<CallerIdPresence>((flags >> 2U) % 3);
        call.emergency = (flags & 16U) != 0;
        call.ownNumberWithheld = (flags & 32U) != 0;
        feed(LineEvent{call});
    }

    void challenge(fuzz::Script &script)
    {
        protocol::Challenge challenge;
        challenge.serverPk = m_serverKey.publicKey();
        challenge.serverSig = m_serverKey.sign(crypto::serverHelloMessage(challenge.serverNonce, {}));
        challenge.retag = script.below(2) == 1;
        tell(challenge);
        tell(protocol::Welcome{});
    }

    // Answers what the phone last offered or announced.
    void match(fuzz::Script &script)
    {
        protocol::CallMatched match;
        match.callId = m_callId;
        match.peerIdcard = m_peer.card().bytes;
        match.role = script.below(2) == 0 ? protocol::Role::Caller : protocol::Role::Callee;
        match.arriveId = m_arriveId;
        match.caller = protocol::Msisdn::fromE164("+4915550123456");
        match.commit = protocol::Key32{};
        match.caps = Bytes{1};
        match.cliNone = script.below(4) == 1;
        tell(match);
    }

    void forward(fuzz::Script &script)
    {
        const ByteView bytes = script.block();
        protocol::NoiseMessage noise{};
        std::copy_n(bytes.begin(), std::min(bytes.size(), noise.size()), noise.begin());
        switch (script.below(7)) {
        case 0:
            return tell(protocol::CallNoise1{m_callId, noise, {1}});
        case 1:
            return tell(protocol::CallNoise2{m_callId, noise});
        case 2:
            return tell(protocol::CallSealed{m_callId, script.u8(),
                                             copyOf(bytes.first(std::min<std::size_t>(bytes.size(), 999)))});
        case 3:
            return tell(protocol::CallAbort{m_callId, "ERR_AUTH"});
        case 4:
            return tell(protocol::CallExpired{m_callId});
        case 5:
            return tell(protocol::CallRequest{m_callId, *protocol::Msisdn::fromE164("+4915550123456")});
        default:
            return tell(protocol::ErrorMessage{
                static_cast<protocol::ErrorCode>(script.below(14)), "call.offer", m_callId, {}, {}, {}, {}});
        }
    }

    void datagram(fuzz::Script &script)
    {
        const Bytes bytes = copyOf(script.block());
        feed(DatagramReceived{m_call, {Redacted<std::string>("192.0.2.7"), 5'000}, bytes});
    }

    void user(fuzz::Script &script)
    {
        switch (script.below(7)) {
        case 0:
            m_userDialled = true;
            return feed(UserDial{kNumbers[script.below(kNumbers.size())], 0});
        case 1:
            m_userAnswered = true;
            return feed(UserAnswer{m_call});
        case 2:
            m_userEnded = true;
            return feed(UserDecline{m_call});
        case 3:
            m_userEnded = true;
            return feed(UserHangUp{m_call});
        case 4:
            return feed(UserStayCellular{m_call});
        case 5:
            return feed(UserMute{m_call, true});
        default:
            return feed(UserDigits{m_call, "1#"});
        }
    }

    void other(fuzz::Script &script)
    {
        switch (script.below(6)) {
        case 0:
            return feed(SocketOpened{m_call, {{Redacted<std::string>("192.0.2.1"), 4'000}}});
        case 1:
            return feed(NetworkChanged{});
        case 2:
            return feed(RingShown{m_call});
        case 3:
            return feed(LineLost{script.below(2) == 0});
        case 4:
            return feed(UserSas{m_call, script.below(2) == 0});
        default:
            return feed(AudioEncoded{m_call, script.u16(), ByteView(m_serverKey.publicKey())});
        }
    }

    void tell(const protocol::Message &message) { feed(ServerText{protocol::encode(message)}); }

    void advance(Duration time)
    {
        m_now += time;
        m_machine.handleTimeout(m_now);
        drain();
    }

    void feed(const PhoneInput &input)
    {
        m_machine.handle(m_now, input);
        drain();
    }

    // A timer may be due at once, but not again and again: its driver would spin.
    void settle()
    {
        const auto isDue = [&] {
            const auto next = m_machine.nextTimeout();
            return next && *next <= m_now;
        };
        if (isDue())
            advance(Duration::zero());
        require(!isDue());
        require(m_machine.calls().size() <= PhoneConfig().maxCalls);
    }

    void drain()
    {
        int outputs = 0;
        while (const auto output = m_machine.poll()) {
            require(++outputs < 1'000);
            std::visit([&](const auto &value) { check(value); }, *output);
        }
    }

    void check(const LineHangUp &hangUp) const { require(hangUp.cause == HangUpCause::User && m_userEnded); } // I1
    void check(const LineDial &) const { require(m_userDialled); }
    void check(const MicrophoneOpen &) const { require(m_userAnswered || m_userDialled); } // I4
    void check(const AudioBody &) const { require(false); }                                // nothing here is authentic
    void check(const StorePin &) const { require(false); }
    void check(const SocketOpen &open) { m_call = open.call; }
    void check(const CallChanged &changed)
    {
        m_call = changed.info.handle;
        require(!changed.info.moved && changed.info.sas.empty());
    }
    void check(const ServerSend &sent)
    {
        const auto message = protocol::decode(sent.text, protocol::UnknownKeys::Refuse);
        require(message.has_value());
        if (const auto *const offer = std::get_if<protocol::CallOffer>(&*message)) {
            require(offer->callee.e164().size() > 8); // I5: no emergency, no code
            m_callId = offer->callId;
        } else if (const auto *const arrive = std::get_if<protocol::CallArrive>(&*message)) {
            m_arriveId = arrive->arriveId;
        }
    }
    template<typename Output> void check(const Output &) const { }

    SeededRandom m_random{1};
    crypto::SigningKey m_serverKey = makeServerKey();
    crypto::DeviceIdentity m_self = identityOf(1);
    crypto::DeviceIdentity m_peer = identityOf(2);
    PhoneMachine m_machine{PhoneConfig{.acceptZeroChannelBinding = true}, m_self,
                           PhoneMemory{account(m_serverKey), {}, {}, {}, {}, {}}, m_random};
    TimePoint m_now;
    CallHandle m_call{};
    CallId m_callId;
    ArriveId m_arriveId;
    bool m_userDialled = false;
    bool m_userAnswered = false;
    bool m_userEnded = false;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Script script({data, size});
    Phone().play(script);
    return 0;
}
