#include "core/call/phoneprivate.h"

#include <algorithm>

namespace ringlift::call {

using numbers::DialKind;

namespace {

constexpr std::string_view kSetLock = "reglock.set";
constexpr std::string_view kDelete = "account.delete";

} // namespace

void PhoneMachine::Private::drainLink(TimePoint now)
{
    while (const auto output = phone.link.poll())
        onLink(now, *output);
}

void PhoneMachine::Private::onLink(TimePoint now, const LinkOutput &output)
{
    if (const auto *connect = std::get_if<ServerConnect>(&output)) {
        phone.push(*connect);
    } else if (const auto *disconnect = std::get_if<ServerDisconnect>(&output)) {
        phone.push(*disconnect);
        m_provenHere = false;
        tellServer(false);
        phone.echo.reset();
        refuseTest(TestRefusal::ServerUnreachable);
        if (m_lockWanted && m_lockWanted->sent)
            answerLock(RegistrationFault::ServerUnreachable);
        if (m_deletion == Deletion::Sent)
            refuseDeletion(RegistrationFault::ServerUnreachable);
    } else if (const auto *send = std::get_if<ServerSend>(&output)) {
        phone.push(*send);
    } else if (const auto *fault = std::get_if<Fault>(&output)) {
        phone.push(*fault);
    } else if (const auto *up = std::get_if<LinkUp>(&output)) {
        tellServer(true);
        setStanding({up->welcome.reverify, up->welcome.quarantine});
        sendDeletion(now);
        sendLock(now);
        const auto &[echoNumber, echoCard] = std::tie(up->welcome.echoMsisdn, up->welcome.echoIdcard);
        phone.echo = echoNumber && echoCard ? std::optional(EchoPeer{*echoNumber, *echoCard}) : std::nullopt;
        beginTest(now);
    } else if (const auto *down = std::get_if<LinkDown>(&output)) {
        tellServer(false);
        m_provenHere = false;
        if (down->gone)
            loseAccount();
        registration.linkDown(now, down->failure);
        answerLock(faultOf(down->failure));
        refuseDeletion(faultOf(down->failure));
        phone.echo.reset();
        refuseTest(TestRefusal::ServerUnreachable);
        for (auto &[handle, call] : calls)
            call->linkDown(now, down->failure);
    } else if (const auto *kept = std::get_if<LinkServerKeys>(&output)) {
        keepServerKeys(*kept);
    } else if (const auto *message = std::get_if<LinkMessage>(&output)) {
        onMessage(now, message->message);
    }
}

// T43: kept, so that a restart knows; nothing is logged in with it any more.
void PhoneMachine::Private::loseAccount()
{
    if (!phone.isRegistered())
        return;
    phone.account->gone = true;
    m_deletion = Deletion::None;
    phone.link.setAccount(std::nullopt);
    phone.push(StoreAccount{phone.account});
    phone.push(registrationOf(phone.account));
    setStanding({});
}

void PhoneMachine::Private::setStanding(const AccountStanding &standing)
{
    if (std::exchange(m_standing, standing) != standing)
        phone.push(standing);
}

void PhoneMachine::Private::keepServerKeys(const LinkServerKeys &keys)
{
    if (!phone.account)
        return;
    phone.account->serverPublic = keys.current;
    phone.account->nextServerPublic = keys.next;
    phone.push(StoreAccount{phone.account});
}

void PhoneMachine::Private::tellServer(bool up)
{
    if (std::exchange(m_serverUp, up) != up)
        phone.push(ServerStatus{up});
}

void PhoneMachine::Private::onMessage(TimePoint now, const protocol::Message &message)
{
    if (registration.handle(now, message, phone.link.serverKey()))
        return;
    std::visit([this, now](const auto &typed) { receive(now, typed); }, message);
}

template<typename Id, typename Act>
bool PhoneMachine::Private::forCall(const Id &id, Act act)
{
    for (auto &[handle, call] : calls) {
        if (call->concerns(id)) {
            act(*call);
            return true;
        }
    }
    return false;
}

void PhoneMachine::Private::receive(TimePoint now, const protocol::CallAccepted &message)
{
    forCall(message.callId, [now](CallMachine &call) { call.accepted(now); });
}

void PhoneMachine::Private::receive(TimePoint now, const protocol::CallWaiting &message)
{
    forCall(message.arriveId, [now](CallMachine &call) { call.accepted(now); });
}

void PhoneMachine::Private::receive(TimePoint now, const protocol::CallExpired &message)
{
    std::visit([&](const auto &id) { forCall(id, [now](CallMachine &call) { call.expired(now); }); }, message.id);
}

void PhoneMachine::Private::receive(TimePoint now, const protocol::CallMatched &message)
{
    const auto act = [&](CallMachine &call) { call.matched(now, message); };
    const bool known = message.arriveId ? forCall(*message.arriveId, act) : forCall(message.callId, act);
    if (!known)
        phone.link.send(now, protocol::CallAbort{message.callId, "GONE"});
}

void PhoneMachine::Private::receive(TimePoint now, const protocol::CallNoise1 &message)
{
    forCall(message.callId, [&](CallMachine &call) { call.noise1(now, message); });
}

void PhoneMachine::Private::receive(TimePoint now, const protocol::CallNoise2 &message)
{
    forCall(message.callId, [&](CallMachine &call) { call.noise2(now, message); });
}

void PhoneMachine::Private::receive(TimePoint now, const protocol::CallSealed &message)
{
    forCall(message.callId, [&](CallMachine &call) { call.sealed(now, message); });
}

void PhoneMachine::Private::receive(TimePoint now, const protocol::CallAbort &message)
{
    forCall(message.callId, [&](CallMachine &call) { call.aborted(now, message); });
}

void PhoneMachine::Private::receive(TimePoint now, const protocol::CallRequest &message)
{
    const bool known = forCall(message.callId, [](CallMachine &) {});
    if (phone.isRegistered() && !known)
        addCall(now, message);
}

void PhoneMachine::Private::receive(TimePoint now, const protocol::ErrorMessage &message)
{
    for (auto &[handle, call] : calls) {
        const bool concerned = (message.callId && call->concerns(*message.callId))
            || (message.arriveId && call->concerns(*message.arriveId));
        if (concerned)
            call->refused(now, message);
    }
    // It says one of two things. The number that was proven on this connection needs no other proof.
    if (message.code == protocol::ErrorCode::Quarantine && m_standing == AccountStanding{})
        setStanding({!m_provenHere, m_provenHere});
    if (message.re == kDelete)
        refuseDeletion(RegistrationFault::ServerRefused);
    if (message.re == kSetLock)
        answerLock(message.code == protocol::ErrorCode::Rate ? RegistrationFault::RateLimited
                                                             : RegistrationFault::ServerRefused,
                   message.retryAfter.value_or(0));
}

void PhoneMachine::Private::drainRegistration(TimePoint now)
{
    while (const auto output = registration.poll()) {
        if (const auto *send = std::get_if<RegistrationSend>(&*output)) {
            phone.link.sendUnauthenticated(now, send->message);
        } else if (const auto *done = std::get_if<RegistrationDone>(&*output)) {
            phone.account = done->account;
            phone.account->registeredUnix = phone.unixNow(now);
            m_provenHere = true;
            phone.link.adopt(now, *phone.account);
            phone.push(StoreAccount{phone.account});
        } else if (const auto *changed = std::get_if<RegistrationChanged>(&*output)) {
            phone.push(*changed);
        }
    }
    drainLink(now);
}

void PhoneMachine::Private::refuseRegistration(RegistrationFault fault)
{
    phone.push(RegistrationChanged{RegistrationState::Failed, fault});
}

std::optional<protocol::SimProof> PhoneMachine::Private::proofOfSimWith(const protocol::Msisdn &number) const
{
    const SimInfo *const chosen = simWith(number, phone.sims);
    return chosen == nullptr ? std::nullopt : simProofOf(*chosen, phone.account, phone.random);
}

void PhoneMachine::Private::on(TimePoint now, const UserRegister &input)
{
    m_deletion = Deletion::None;
    const auto sim = std::find_if(phone.sims.begin(), phone.sims.end(), [](const SimInfo &info) { return info.present; });
    const numbers::Regions regions = sim == phone.sims.end() ? numbers::Regions{} : regionsOf(sim->slot, phone.sims);
    const DialKind kind = numbers::classifyDialled(input.number, regions, {});
    if (kind == DialKind::Emergency || kind == DialKind::Short)
        return refuseRegistration(RegistrationFault::EmergencyOrShort);
    const auto number = numbers::normaliseDialled(input.number, regions);
    if (!number || !numbers::canRegister(*number))
        return refuseRegistration(RegistrationFault::BadNumber);
    if (input.kind == protocol::AccountKind::Manual)
        return registration.begin(now, *number, input.kind, std::monostate());
    const auto proof = proofOfSimWith(*number);
    if (!proof)
        return refuseRegistration(RegistrationFault::SimMissing);
    registration.begin(now, *number, input.kind, *proof);
}

void PhoneMachine::Private::on(TimePoint now, const UserVerify &input)
{
    registration.verify(now, input.code);
}

void PhoneMachine::Private::on(TimePoint now, const UserUnlock &input)
{
    registration.unlock(now, input.pinProof);
}

void PhoneMachine::Private::on(TimePoint now, const UserDeleteAccount &)
{
    if (!phone.account || m_deletion != Deletion::None)
        return;
    if (phone.account->gone) // at the server it is deleted already
        return forgetAccount(now);
    m_deletion = Deletion::Wanted;
    if (phone.link.isUp())
        sendDeletion(now);
    else
        phone.link.warmUp(now);
}

void PhoneMachine::Private::sendDeletion(TimePoint now)
{
    const auto nonce = phone.link.serverNonce();
    if (m_deletion != Deletion::Wanted || !nonce || !phone.account)
        return;
    m_deletion = Deletion::Sent;
    phone.link.send(now,
        protocol::AccountDelete{phone.identity.sign(crypto::deleteMessage(phone.account->id, *nonce))});
}

/// Nothing when nobody waits for it. Later it must not happen any more: by then the account may be another one.
void PhoneMachine::Private::refuseDeletion(RegistrationFault fault)
{
    if (std::exchange(m_deletion, Deletion::None) != Deletion::None)
        phone.push(RegistrationChanged{RegistrationState::Registered, fault});
}

void PhoneMachine::Private::on(TimePoint now, const UserSetLock &input)
{
    // One at a time: the server's answers do not say which they mean.
    if (!phone.isRegistered() || m_lockWanted)
        return phone.push(LockAnswered{input.pinProof.has_value(), RegistrationFault::ServerRefused});
    m_lockWanted = WantedLock{input.pinProof};
    if (phone.link.isUp())
        sendLock(now);
    else
        phone.link.warmUp(now);
}

// The signature is bound to the connection, so it is made once there is one.
void PhoneMachine::Private::sendLock(TimePoint now)
{
    const auto nonce = phone.link.serverNonce();
    if (!m_lockWanted || !nonce || !phone.account)
        return;
    m_lockWanted->sent = true;
    const auto signature = phone.identity.sign(crypto::reglockMessage(phone.account->id, *nonce));
    phone.link.send(now, protocol::ReglockSet{m_lockWanted->pinProof, signature});
}

/// Nothing when nobody waits for it.
void PhoneMachine::Private::answerLock(RegistrationFault fault, std::uint32_t retryAfter)
{
    if (const auto wanted = std::exchange(m_lockWanted, std::nullopt))
        phone.push(LockAnswered{wanted->pinProof.has_value(), fault, retryAfter});
}

void PhoneMachine::Private::receive(TimePoint now, const protocol::AccountDone &message)
{
    if (message.re == kSetLock && m_lockWanted && phone.account) {
        phone.account->locked = m_lockWanted->pinProof.has_value();
        phone.push(StoreAccount{phone.account});
        return answerLock(RegistrationFault::None);
    }
    if (message.re == kDelete && std::exchange(m_deletion, Deletion::None) == Deletion::Sent)
        forgetAccount(now);
}

void PhoneMachine::Private::forgetAccount(TimePoint now)
{
    phone.account.reset();
    phone.link.setAccount(std::nullopt);
    phone.link.disconnect(now);
    phone.push(StoreAccount{std::nullopt});
    phone.push(RegistrationChanged{RegistrationState::None});
    setStanding({});
}

void PhoneMachine::Private::on(TimePoint now, const UserConfirmPin &input)
{
    const bool compared = !input.comparedNumber.empty();
    const auto change = phone.pinChange(input.peer);
    if (!change || (compared && change->safetyNumber != input.comparedNumber))
        return;
    phone.storePin(input.peer, phone.pins.confirm(input.peer, compared, phone.unixNow(now)));
}

void PhoneMachine::Private::on(TimePoint, const UserSetHandOver &input)
{
    phone.storePin(input.peer, phone.pins.setHandOver(input.peer, input.handOver));
}

void PhoneMachine::Private::on(TimePoint now, const SettingsChanged &input)
{
    phone.settings = input.settings;
    applyWishes(now);
}

void PhoneMachine::Private::on(TimePoint now, const ContactRuleChanged &input)
{
    if (input.rule)
        phone.rules.insert_or_assign(input.peer, *input.rule);
    else
        phone.rules.erase(input.peer);
    applyWishes(now);
}

void PhoneMachine::Private::on(TimePoint now, const ServerProbe &input)
{
    if (!calls.empty() || !phone.isRegistered())
        return;
    const bool isRegistering = registration.nextTimeout().has_value();
    const bool isWanted = m_online || m_lockWanted || m_deletion != Deletion::None || isRegistering;
    if (!input.over)
        phone.link.warmUp(now);
    else if (!isWanted)
        phone.link.disconnect(now);
}

void PhoneMachine::Private::on(TimePoint, const GoOnline &input)
{
    m_online = input.online;
}

void PhoneMachine::Private::on(TimePoint now, const WallTime &input)
{
    phone.setWallTime(now, input.unixSeconds);
    restoreEmergency(now);
    keepEmergency(now);
    resumeJournal(now);
}

} // namespace ringlift::call
