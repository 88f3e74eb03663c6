#include "tests/sim/simphone.h"

#include "core/protocol/codec.h"

#include <algorithm>

namespace ringlift::sim {

using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kIdentityMade = 1'700'000'000;

crypto::DeviceIdentity newIdentity(RandomSource &random)
{
    const auto seed = random.array<32>();
    return crypto::DeviceIdentity::fromSeed(crypto::SecretKey(seed), kIdentityMade);
}

} // namespace

SimPhone::SimPhone(const Parts &parts, PhoneTraits traits, int index)
    : m_parts(parts),
      m_traits(std::move(traits)),
      m_index(index),
      m_random(parts.stage.draw().seed()),
      m_identity(newIdentity(m_random)),
      m_client(parts.signals.add(*this, m_traits.signal)),
      m_network(m_traits.network)
{
    parts.stage.add(*this);
    if (m_traits.byHand)
        return;
    const auto listener = [this](const plmn::Leg &leg) { legChanged(leg); };
    parts.exchange.join(m_traits.subscriber, listener);
    if (m_traits.otherSim)
        parts.exchange.join(*m_traits.otherSim, listener);
}

SimPhone::~SimPhone() = default;

std::vector<SimInfo> SimPhone::sims() const
{
    if (m_traits.byHand)
        return {};
    std::vector<SimInfo> sims{plmn::simInfoOf(m_traits.subscriber)};
    if (m_traits.otherSim)
        sims.push_back(plmn::simInfoOf(*m_traits.otherSim));
    std::ranges::sort(sims, {}, &SimInfo::slot);
    for (SimInfo &sim : sims)
        sim.roaming = m_traits.simRoams;
    return sims;
}

const std::string &SimPhone::numberOfSlot(int slot) const
{
    return slot == m_traits.subscriber.slot ? number() : otherNumber();
}

void SimPhone::start()
{
    if (m_machine || !m_traits.hasApp)
        return;
    m_parts.stage.tell(phoneActor(m_index), "app starts");
    call::PhoneConfig config;
    config.canEndCalls = m_traits.canEndCalls;
    config.manualLine = m_traits.byHand;
    m_machine = std::make_unique<call::PhoneMachine>(
        config, m_identity,
        call::PhoneMemory{m_account, m_pins, m_traits.settings, m_journal, m_lastEmergency, m_traits.rules}, m_random);
    ++m_life;
    m_parts.stage.show([this](Witness &witness) { witness.phoneStarted(*this); });
    const auto passed = std::chrono::duration_cast<std::chrono::seconds>(m_parts.stage.now() - m_parts.stage.start());
    feed(call::WallTime{static_cast<std::int64_t>(kIdentityMade) + passed.count()});
    feed(call::SimsChanged{sims()});
    feed(call::NetworkDescribed{m_network});
    announceLine();
    if (m_traits.byHand)
        feed(call::GoOnline{true});
}

void SimPhone::registerNumber()
{
    const auto kind = m_traits.byHand ? protocol::AccountKind::Manual : protocol::AccountKind::Sim;
    feed(call::UserRegister{number(), kind});
}

void SimPhone::announceLine()
{
    std::vector<LineCall> lines;
    for (const auto &[id, leg] : m_parts.exchange.legs()) {
        if (leg.party == plmn::Party::Phone && owns(leg.subscriber))
            lines.push_back(leg.line);
    }
    for (const LineCall &line : lines)
        feed(call::LineEvent{line});
}

void SimPhone::kill()
{
    if (!m_machine)
        return;
    m_parts.stage.tell(phoneActor(m_index), "app killed");
    m_parts.stage.show([this](Witness &witness) { witness.phoneKilled(*this); });
    m_machine.reset();
    ++m_life;
    m_next.reset();
    m_calls.clear();
    for (const auto &[handle, address] : m_sockets)
        m_parts.datagrams.detach(address);
    m_sockets.clear();
    m_sounds.clear();
    m_heldRings.clear();
    m_byHand.clear();
    m_registration = call::RegistrationState::None;
    m_parts.signals.close(m_client);
}

void SimPhone::reset()
{
    kill();
    m_identity = newIdentity(m_random);
    m_account.reset();
    m_pins.clear();
    m_journal.reset();
    m_lastEmergency.reset();
    m_parts.stage.show([this](Witness &witness) { witness.phoneWiped(*this); });
}

void SimPhone::feed(const call::PhoneInput &input)
{
    if (!m_machine)
        return;
    m_parts.stage.show([&](Witness &witness) { witness.phoneInput(*this, input); });
    m_machine->handle(m_parts.stage.now(), input);
    drain();
}

void SimPhone::handleTimeout()
{
    m_machine->handleTimeout(m_parts.stage.now());
    drain();
}

void SimPhone::drain()
{
    const std::uint64_t life = m_life;
    while (m_life == life && m_machine) {
        const auto output = m_machine->poll();
        if (!output)
            break;
        say(*output);
        m_parts.stage.show([&](Witness &witness) { witness.phoneOutput(*this, *output); });
        std::visit([this](const auto &concrete) { apply(concrete); }, *output);
    }
    m_next = m_machine ? m_machine->nextTimeout() : std::nullopt;
}

void SimPhone::datagramArrived(call::CallHandle call, const ice::TransportAddress &from, ByteView bytes)
{
    feed(call::DatagramReceived{call, from, bytes});
}

void SimPhone::forgedArrived(call::CallHandle call, const ice::TransportAddress &from, ByteView bytes)
{
    if (!m_machine)
        return;
    const TimePoint now = m_parts.stage.now();
    // What is due now anyway must not be taken for an effect of the forgery.
    m_machine->handleTimeout(now);
    drain();
    if (!m_machine)
        return;
    const std::vector<call::CallInfo> before = m_machine->calls();
    m_machine->handle(now, call::DatagramReceived{call, from, bytes});
    while (const auto output = m_machine->poll()) {
        if (std::holds_alternative<call::Fault>(*output))
            continue;
        say(*output);
        m_parts.stage.violate("I9 no effect of unauthenticated bytes", "a forged datagram caused an output");
        std::visit([this](const auto &concrete) { apply(concrete); }, *output);
    }
    if (m_machine->calls() != before)
        m_parts.stage.violate("I9 no effect of unauthenticated bytes", "a forged datagram changed a call");
    m_next = m_machine->nextTimeout();
}

void SimPhone::legChanged(const plmn::Leg &leg)
{
    const bool over = leg.line.state == LegState::Ended;
    const Duration delay = m_traits.lineDelay + (over ? m_traits.endNotice : Duration::zero());
    m_parts.stage.after(delay, [this, line = leg.line, life = m_life] {
        if (life != m_life)
            return; // the app that starts is told of all calls there are
        if (line.state != LegState::Ringing)
            m_heldRings.erase(line.id);
        feed(call::LineEvent{line});
    });
}

void SimPhone::changeNetwork()
{
    if (!m_machine)
        return;
    m_parts.stage.tell(phoneActor(m_index), "network changes");
    m_parts.signals.cut(m_client);
    feed(call::NetworkChanged{});
}

void SimPhone::setNetwork(const NetworkInfo &network)
{
    m_network = network;
    m_parts.stage.tell(phoneActor(m_index), "is told of its connection", static_cast<int>(network.kind));
    feed(call::NetworkDescribed{network});
}

void SimPhone::setRule(const protocol::Msisdn &peer, call::ContactRule rule)
{
    m_traits.rules.insert_or_assign(peer, rule);
    feed(call::ContactRuleChanged{peer, rule});
}

// As platform/manual does it.
void SimPhone::dialByHand(const std::string &number)
{
    LineCall line;
    line.id = LineCallId{++m_lastByHand};
    line.state = LegState::None;
    line.number = Redacted(number);
    line.international = number.starts_with('+');
    m_byHand[line.id] = line;
    m_parts.stage.after(Duration::zero(), [this, line, life = m_life] {
        if (life == m_life)
            feed(call::LineEvent{line});
    });
}

void SimPhone::hangUpByHand(LineCallId id)
{
    const auto node = m_byHand.extract(id);
    if (node.empty())
        return;
    LineCall line = node.mapped();
    line.state = LegState::Ended;
    line.end = LegEnd::LocalHangUp;
    m_parts.stage.after(Duration::zero(), [this, line, life = m_life] {
        if (life == m_life)
            feed(call::LineEvent{line});
    });
}

void SimPhone::lineServiceBack()
{
    feed(call::LineLost{false});
    announceLine();
}

void SimPhone::dialNatively(const std::string &callee)
{
    m_parts.exchange.handle(plmn::Dial{number(), callee, {}});
}

void SimPhone::answerNatively(LineCallId leg)
{
    m_parts.stage.tell(Actor::People, "answers the phone itself", m_index);
    m_parts.exchange.handle(plmn::Answer{leg});
}

void SimPhone::endNatively(LineCallId leg)
{
    m_parts.stage.tell(Actor::People, "ends the phone's call", m_index);
    m_parts.exchange.handle(plmn::HangUp{leg});
}

void SimPhone::signalConnected(const protocol::Key32 &channelBinding)
{
    feed(call::ServerConnected{channelBinding});
}

void SimPhone::signalReceived(const std::string &text)
{
    if (const auto message = protocol::decode(text, protocol::UnknownKeys::Ignore); message && m_machine)
        m_parts.stage.show([&](Witness &witness) { witness.phoneHears(*this, *message); });
    feed(call::ServerText{text});
}

void SimPhone::signalFailed(call::ServerFailure failure, int closeCode)
{
    m_parts.stage.tell(phoneActor(m_index), "server lost", static_cast<int>(failure));
    feed(call::ServerFailed{failure, closeCode});
}

const call::CallInfo *SimPhone::call(call::CallHandle handle) const
{
    const auto found = m_calls.find(handle);
    return found == m_calls.end() ? nullptr : &found->second;
}

std::vector<call::CallInfo> SimPhone::callsByMachine() const
{
    return m_machine ? m_machine->calls() : std::vector<call::CallInfo>{};
}

bool SimPhone::hasKeys(call::CallHandle handle) const
{
    const call::CallInfo *const info = call(handle);
    return info != nullptr && info->ip >= call::IpState::Proven && info->ip < call::IpState::Ended;
}

std::vector<call::CallHandle> SimPhone::micCalls() const
{
    std::vector<call::CallHandle> fed;
    for (const auto &[handle, sound] : m_sounds) {
        if (sound.microphone && !sound.held)
            fed.push_back(handle);
    }
    return fed;
}

std::vector<call::CallHandle> SimPhone::heardCalls() const
{
    std::vector<call::CallHandle> heard;
    for (const auto &[handle, sound] : m_sounds) {
        const call::CallInfo *const info = call(handle);
        if (!sound.held && info != nullptr && info->ip == call::IpState::Answered)
            heard.push_back(handle);
    }
    return heard;
}

bool SimPhone::isMicrophoneOpen(call::CallHandle handle) const
{
    const auto sound = m_sounds.find(handle);
    return sound != m_sounds.end() && sound->second.microphone;
}

} // namespace ringlift::sim
