#pragma once

#include "core/engine/callengine.h"
#include "core/engine/callmedia.h"
#include "core/engine/codereader.h"
#include "core/engine/driver.h"
#include "core/engine/hookwatch.h"
#include "core/engine/identityloader.h"

#include <QThreadPool>

#include <map>
#include <set>

namespace ringlift::engine {

/// The phone machine, once there is one, and what it works with.
struct CallEngine::Private
{
    using Input = call::PhoneInput;
    using CallHandle = call::CallHandle;

    Private(CallEngine &engine, EnginePorts enginePorts, call::PhoneConfig phoneConfig);

    void onIdentity(Expected<crypto::DeviceIdentity, IdentityFault> loaded);
    /// At once, or as soon as the platform has said what the Internet connection is like.
    void whenNetworkIsKnown(const std::function<void()> &work);
    void goToWork();
    void makeMachine();
    void connectPorts();
    void tellStart();
    /// Nothing while there is no machine.
    void feed(const Input &input);
    void tellSims();
    void tellNetwork();
    void tellContactRules();
    void tellLock();
    void tellPinChanges();
    void tellPinChange(const protocol::Msisdn &peer);
    void tellContacts();
    void tellContact(const protocol::Msisdn &peer, const std::optional<call::Pin> &pin);
    void tellTime();
    std::optional<protocol::Msisdn> registeringNumber() const;

    CallMedia &mediaOf(CallHandle call);
    CallMedia *existingMedia(CallHandle call) const;
    void forget(CallHandle call);
    void refreshFigures(CallHandle call, MediaFigures figures);
    void checkStored(bool stored);
    void endInternetCalls();
    void finishShutDown();
    // callenginehealth.cpp
    HookFacts hookFacts() const;
    void endProbe();
    void tellHealth(ProbeOutcome probe);

    // Outputs of the machine
    void act(const call::LineDial &output);
    void act(const call::LineAnswer &output);
    void settleRecords();
    void act(const call::LineHangUp &output);
    void act(const call::LineDigits &output);
    void act(const call::LineHoldRing &output);
    void act(const call::ServerConnect &output);
    void act(const call::ServerDisconnect &output);
    void act(const call::ServerSend &output);
    void act(const call::SocketOpen &output);
    void act(const call::SocketClose &output);
    void act(const call::DatagramSend &output);
    void act(const call::AudioStart &output);
    void act(const call::MicrophoneOpen &output);
    void act(const call::AudioStop &output);
    void act(const call::AudioMute &output);
    void act(const call::AudioHold &output);
    void act(const call::AudioBody &output);
    void act(const call::RegistrationChanged &output);
    void act(const call::LockAnswered &output);
    void act(const call::CallChanged &output);
    void act(const call::CallFinished &output);
    void act(const call::ShowIncoming &output);
    void act(const call::ServerStatus &output);
    void act(const call::StoreAccount &output);
    void act(const call::StorePin &output);
    void act(const call::StoreJournal &output);
    void act(const call::StoreEmergency &output);
    void act(const call::DigitHeard &output);
    void act(const call::AccountStanding &output);
    void act(const call::Milestone &output);
    void act(const call::EmergencyRefused &output);
    void act(const call::TestCallBegun &output);
    void act(const call::TestCallRefused &output);
    void act(const call::Fault &output);

    CallEngine &q;
    EnginePorts ports;
    call::PhoneConfig config;
    RecordStore records;
    IdentityLoader identities;
    std::optional<crypto::DeviceIdentity> identity;
    std::unique_ptr<call::PhoneMachine> machine;
    std::unique_ptr<Driver<call::PhoneMachine, call::PhoneOutput>> driver;
    std::map<CallHandle, CallMedia *> media; // children of q; one may outlast its call until its sound has ended
    std::set<protocol::Msisdn> changedPins;  // told to wait
    std::map<protocol::Msisdn, call::HandOver> contacts; // as told
    std::unique_ptr<CodeReader> codes;
    HookWatch *hook = nullptr; // child of q
    TestCall test;
    QThreadPool pinWorker;
    QTimer minute;
    QMetaObject::Connection networkAwaited;
    QString registering;
    bool loading = false;
    bool opening = false; // the server connection, in a moment
    bool probing = false;
    bool shuttingDown = false;
    bool shutDownTold = false;
};

} // namespace ringlift::engine
