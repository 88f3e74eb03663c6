#pragma once

#include "tests/sim/datagramnetwork.h"
#include "tests/sim/phonenetwork.h"
#include "tests/sim/signalnetwork.h"

namespace ringlift::sim {

/// What a phone and its platform are like.
struct PhoneTraits
{
    plmn::Subscriber subscriber;
    /// Another SIM in the same phone, that is never registered; either of them may be in slot 0.
    std::optional<plmn::Subscriber> otherSim;
    /// A desktop without SIM: calls are dialled by hand and exist on the Internet only. The subscriber is but a number.
    bool byHand = false;
    /// Ringlift is installed and registers.
    bool hasApp = true;
    bool canEndCalls = true;
    /// It says that it can end calls, and does not.
    bool ignoresHangUps = false;
    /// Until the app hears of a change of its line; of an end it hears later by endNotice.
    Duration lineDelay = std::chrono::milliseconds(5);
    Duration endNotice = std::chrono::milliseconds(50);
    /// Until the app's own ring is on the screen; never when absent.
    std::optional<Duration> showsRingAfter = std::chrono::milliseconds(20);
    call::CallSettings settings;
    /// What its owner chooses for every contact, as soon as there is one.
    call::HandOver handOver = call::HandOver::ByTrust;
    call::ContactRules rules;
    /// What its platform says of the Internet connection and of the SIMs; both may change nothing of how packets
    /// travel.
    NetworkInfo network;
    std::optional<bool> simRoams;
    SignalWeather signal;
};

/// A phone: the real machine, its stores that survive a crash, and a platform around it that does what it is told.
class SimPhone final : public Timed, private SignalClient
{
public:
    struct Parts
    {
        Stage &stage;
        PhoneNetwork &exchange;
        SignalNetwork &signals;
        DatagramNetwork &datagrams;
    };

    SimPhone(const Parts &parts, PhoneTraits traits, int index);
    ~SimPhone() override;

    int index() const { return m_index; }
    const PhoneTraits &traits() const { return m_traits; }
    /// Of the SIM that is registered, or was to be.
    const std::string &number() const { return m_traits.subscriber.msisdn; }
    /// Of the SIM that is never registered; as number() where there is none.
    const std::string &otherNumber() const { return m_traits.otherSim ? m_traits.otherSim->msisdn : number(); }
    bool owns(const std::string &msisdn) const { return msisdn == number() || msisdn == otherNumber(); }
    const std::string &numberOfSlot(int slot) const;
    ClientId client() const { return m_client; }
    const crypto::DeviceIdentity &identity() const { return m_identity; }

    bool isRunning() const { return m_machine != nullptr; }
    /// The app's process ends; the phone and its calls go on.
    void kill();
    void start();
    void registerNumber();
    /// The owner wipes the phone: another identity, no account, no pins.
    void reset();

    void feed(const call::PhoneInput &input);
    void datagramArrived(call::CallHandle call, const ice::TransportAddress &from, ByteView bytes);
    /// What nobody with the keys has sent just now; it must change nothing (I9).
    void forgedArrived(call::CallHandle call, const ice::TransportAddress &from, ByteView bytes);
    void changeNetwork();
    /// The platform says another thing of the connection from now on.
    void setNetwork(const NetworkInfo &network);
    const NetworkInfo &network() const { return m_network; }
    void setRule(const protocol::Msisdn &peer, call::ContactRule rule);
    /// The telephony service is there again and tells of all calls.
    void lineServiceBack();

    // People at the phone, outside the app
    void dialNatively(const std::string &number);
    void answerNatively(LineCallId leg);
    void endNatively(LineCallId leg);

    std::optional<TimePoint> nextTimeout() const override { return m_next; }
    void handleTimeout() override;

    // What is known of it
    call::RegistrationState registration() const { return m_registration; }
    /// Calls that have not finished, as last told.
    const std::map<call::CallHandle, call::CallInfo> &calls() const { return m_calls; }
    const call::CallInfo *call(call::CallHandle handle) const;
    std::vector<call::CallInfo> callsByMachine() const;
    const call::Pins &pins() const { return m_pins; }
    const std::optional<call::Account> &account() const { return m_account; }
    const std::optional<call::ReleasedCall> &journal() const { return m_journal; }
    bool hasKeys(call::CallHandle handle) const;
    bool isMicrophoneOpen(call::CallHandle handle) const;
    bool isPlaying(call::CallHandle handle) const { return m_sounds.contains(handle); }
    /// Calls that the microphone feeds, and answered ones that come out of the loudspeaker.
    std::vector<call::CallHandle> micCalls() const;
    std::vector<call::CallHandle> heardCalls() const;
    std::size_t openSockets() const { return m_sockets.size(); }
    bool speaks(ByteView body) const;
    bool holdsRing(LineCallId leg) const { return m_heldRings.contains(leg); }

private:
    struct Sound
    {
        bool microphone = false;
        bool muted = false;
        bool held = false;
        std::uint32_t timestamp = 0;
        std::uint64_t round = 0;
    };

    void signalConnected(const protocol::Key32 &channelBinding) override;
    void signalReceived(const std::string &text) override;
    void signalFailed(call::ServerFailure failure, int closeCode) override;

    void legChanged(const plmn::Leg &leg);
    void announceLine();
    void dialByHand(const std::string &number);
    void hangUpByHand(LineCallId line);
    std::vector<SimInfo> sims() const;
    void drain();
    void say(const call::PhoneOutput &output);
    void apply(const call::LineDial &output);
    void apply(const call::LineAnswer &output);
    void apply(const call::LineHangUp &output);
    void apply(const call::LineDigits &output);
    void apply(const call::LineHoldRing &output);
    void apply(const call::ServerConnect &output);
    void apply(const call::ServerDisconnect &output);
    void apply(const call::ServerSend &output);
    void apply(const call::SocketOpen &output);
    void apply(const call::SocketClose &output);
    void apply(const call::DatagramSend &output);
    void apply(const call::AudioStart &output);
    void apply(const call::MicrophoneOpen &output);
    void apply(const call::AudioStop &output);
    void apply(const call::AudioMute &output);
    void apply(const call::AudioHold &output);
    void apply(const call::AudioBody &) { }
    void apply(const call::DigitHeard &) { }
    void apply(const call::RegistrationChanged &output);
    void apply(const call::AccountStanding &) { }
    void apply(const call::CallChanged &output);
    void apply(const call::CallFinished &output);
    void apply(const call::ShowIncoming &output);
    void apply(const call::ServerStatus &) { }
    void apply(const call::StoreAccount &output);
    void apply(const call::LockAnswered &) { }
    void apply(const call::StorePin &output);
    void apply(const call::StoreJournal &output);
    void apply(const call::StoreEmergency &output);
    void apply(const call::EmergencyRefused &) { }
    void apply(const call::TestCallBegun &) { }
    void apply(const call::TestCallRefused &) { }
    void apply(const call::Milestone &) { }
    void apply(const call::Fault &) { }
    void hearMicrophone(call::CallHandle handle, std::uint64_t round);
    ice::TransportAddress newAddress();

    Parts m_parts;
    PhoneTraits m_traits;
    int m_index;
    SeededRandom m_random;
    crypto::DeviceIdentity m_identity;
    ClientId m_client;

    // Survives a crash
    std::optional<call::Account> m_account;
    call::Pins m_pins;
    std::optional<call::ReleasedCall> m_journal;
    std::optional<std::int64_t> m_lastEmergency;

    NetworkInfo m_network;
    std::unique_ptr<call::PhoneMachine> m_machine;
    std::optional<TimePoint> m_next;
    call::RegistrationState m_registration = call::RegistrationState::None;
    std::map<call::CallHandle, call::CallInfo> m_calls;
    std::map<call::CallHandle, ice::TransportAddress> m_sockets;
    std::map<call::CallHandle, Sound> m_sounds;
    std::set<LineCallId> m_heldRings;
    /// What a desktop dialled; the phone network knows nothing of it.
    std::map<LineCallId, LineCall> m_byHand;
    std::uint32_t m_lastByHand = 1'000'000'000;
    std::uint64_t m_rounds = 0;
    std::uint64_t m_life = 0;
    std::uint16_t m_lastPort = 40000;
};

} // namespace ringlift::sim
