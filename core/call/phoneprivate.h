#pragma once

#include "core/call/callmachine.h"
#include "core/call/registrationmachine.h"

#include <set>

/// The inside of PhoneMachine: who of its parts gets what.
namespace ringlift::call {

struct PhoneMachine::Private
{
    Private(PhoneConfig config, const crypto::DeviceIdentity &identity, PhoneMemory memory, RandomSource &random);

    // phonecalls.cpp: the line and its surroundings
    void on(TimePoint now, const LineEvent &input);
    void on(TimePoint now, const LinePrepared &input);
    void on(TimePoint now, const LineLost &input);
    void on(TimePoint now, const DialRefused &input);
    void on(TimePoint now, const HangUpLapsed &input);
    void on(TimePoint now, const SimsChanged &input);
    void on(TimePoint now, const NetworkDescribed &input);

    // phonecommands.cpp: the media and the user
    void on(TimePoint now, const SocketOpened &input);
    void on(TimePoint now, const DatagramReceived &input);
    void on(TimePoint now, const AudioEncoded &input);
    void on(TimePoint now, const NetworkChanged &input);
    void on(TimePoint now, const UserDial &input);
    void on(TimePoint now, const UserAnswer &input);
    void on(TimePoint now, const UserDecline &input);
    void on(TimePoint now, const UserHangUp &input);
    void on(TimePoint now, const UserMute &input);
    void on(TimePoint now, const UserDigits &input);
    void on(TimePoint now, const UserStayCellular &input);
    void on(TimePoint now, const UserAllowMove &input);
    void on(TimePoint now, const UserRedial &input);
    void on(TimePoint now, const UserSas &input);
    void on(TimePoint now, const RingShown &input);

    // phoneserver.cpp: the server, registration and settings
    void on(TimePoint now, const ServerConnected &input) { phone.link.handle(now, input); }
    void on(TimePoint now, const ServerText &input) { phone.link.handle(now, input); }
    void on(TimePoint now, const ServerFailed &input) { phone.link.handle(now, input); }
    void on(TimePoint now, const UserRegister &input);
    void on(TimePoint now, const UserVerify &input);
    void on(TimePoint now, const UserUnlock &input);
    void on(TimePoint now, const UserDeleteAccount &input);
    void on(TimePoint now, const UserSetLock &input);
    void on(TimePoint now, const UserConfirmPin &input);
    void on(TimePoint now, const UserSetHandOver &input);
    void on(TimePoint now, const SettingsChanged &input);
    void on(TimePoint now, const ContactRuleChanged &input);
    void on(TimePoint now, const ServerProbe &input);
    void on(TimePoint now, const GoOnline &input);

    // phonetest.cpp: a call to the echo peer
    void on(TimePoint now, const UserTestCall &input);
    void on(TimePoint now, const WallTime &input);

    /// What follows from whatever just happened.
    void settle(TimePoint now);

    PhoneContext phone;
    RegistrationMachine registration;
    std::map<CallHandle, std::unique_ptr<CallMachine>> calls;

private:
    CallMachine *find(CallHandle handle);
    CallMachine *ofLine(LineCallId line);
    bool noteEmergency(TimePoint now, const LineCall &line);
    void restoreEmergency(TimePoint now);
    void keepEmergency(TimePoint now);
    void findReleasedLeg(LineCallId line);
    /// The user's wishes, or what they depend on, are others now.
    void applyWishes(TimePoint now);
    void acceptContinuations(TimePoint now);
    /// None when there are too many.
    template<typename Source>
    CallMachine *addCall(TimePoint now, const Source &source);
    void addLeg(TimePoint now, const LineCall &line);
    void resumeJournal(TimePoint now);
    void resolveGlare(TimePoint now);
    void chooseForeground(TimePoint now);
    bool isBusyBeside(CallHandle call) const;
    void publish();
    void reap();

    void beginTest(TimePoint now);
    /// Nothing when nobody waits for it.
    void refuseTest(TestRefusal reason);
    bool isInUse() const;
    /// A call of the user's goes before a test.
    void giveWay(TimePoint now);

    void drainLink(TimePoint now);
    void drainRegistration(TimePoint now);
    void onLink(TimePoint now, const LinkOutput &output);
    void keepServerKeys(const LinkServerKeys &keys);
    void loseAccount();
    void forgetAccount(TimePoint now);
    void tellServer(bool up);
    void onMessage(TimePoint now, const protocol::Message &message);
    void receive(TimePoint now, const protocol::CallAccepted &message);
    void receive(TimePoint now, const protocol::CallWaiting &message);
    void receive(TimePoint now, const protocol::CallExpired &message);
    void receive(TimePoint now, const protocol::CallMatched &message);
    void receive(TimePoint now, const protocol::CallNoise1 &message);
    void receive(TimePoint now, const protocol::CallNoise2 &message);
    void receive(TimePoint now, const protocol::CallSealed &message);
    void receive(TimePoint now, const protocol::CallAbort &message);
    void receive(TimePoint now, const protocol::CallRequest &message);
    void receive(TimePoint now, const protocol::AccountDone &message);
    void receive(TimePoint now, const protocol::ErrorMessage &message);
    /// What only a server understands, and what the registration takes.
    template<typename Other>
    void receive(TimePoint, const Other &) { }
    template<typename Id, typename Act>
    bool forCall(const Id &id, Act act);
    void setStanding(const AccountStanding &standing);
    void sendDeletion(TimePoint now);
    void refuseDeletion(RegistrationFault fault);
    void sendLock(TimePoint now);
    void answerLock(RegistrationFault fault, std::uint32_t retryAfter = 0);
    void refuseRegistration(RegistrationFault fault);
    /// Of the SIM that knows this number as its own, else of the first.
    std::optional<protocol::SimProof> proofOfSimWith(const protocol::Msisdn &number) const;

    std::map<CallHandle, CallInfo> m_published;
    std::set<LineCallId> m_emergencyCalls;
    std::optional<ReleasedCall> m_journal;
    std::optional<std::int64_t> m_formerEmergency; // until the wall clock is known
    std::optional<std::int64_t> m_keptEmergency;   // as stored
    std::optional<CallHandle> m_foreground;
    std::uint32_t m_lastHandle = 0;
    bool m_online = false; // as the user wants it
    bool m_testWanted = false;
    bool m_serverUp = false;
    bool m_provenHere = false; // the number, on this connection
    AccountStanding m_standing;
    enum class Deletion { None, Wanted, Sent };
    Deletion m_deletion = Deletion::None;
    struct WantedLock {
        std::optional<protocol::Key32> pinProof;
        bool sent = false;
    };
    std::optional<WantedLock> m_lockWanted;
};

} // namespace ringlift::call
