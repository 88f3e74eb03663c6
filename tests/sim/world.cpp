#include "tests/sim/world.h"

#include "tests/sim/adversaries.h"
#include "tests/sim/hostileserver.h"
#include "tests/sim/invariants.h"

#include <algorithm>

namespace ringlift::sim {

using namespace std::chrono_literals;

namespace {

constexpr Duration kSetUpWithin = 20s;
/// Longer than any retry or window that goes on after a hang-up.
constexpr Duration kRest = 30s;

} // namespace

World::World(Plan plan)
    : m_plan(std::move(plan)),
      m_stage(m_plan.seed),
      m_exchange(m_stage, m_plan.exchange),
      m_server(m_stage, m_plan.limits),
      m_signals(m_stage, m_server),
      m_datagrams(m_stage)
{
    const SimPhone::Parts parts{m_stage, m_exchange, m_signals, m_datagrams};
    for (const PhoneTraits &traits : m_plan.phones)
        m_phones.push_back(std::make_unique<SimPhone>(parts, traits, static_cast<int>(m_phones.size())));
    m_adversaries = std::make_unique<Adversaries>(*this);
    m_hostile = std::make_unique<HostileServer>(*this);
    m_server.setCodeSender([this](const protocol::Msisdn &to, const std::string &code) {
        if (m_adversaries->codeSent(to, code))
            return;
        if (SimPhone *const phone = phoneOf(to.e164()))
            typeCode(*phone, code);
    });
    m_invariants = std::make_unique<Invariants>(*this);
}

World::~World() = default;

SimPhone *World::phoneOf(const std::string &number)
{
    const auto found =
        std::find_if(m_phones.begin(), m_phones.end(), [&](const auto &phone) { return phone->number() == number; });
    return found == m_phones.end() ? nullptr : found->get();
}

std::string World::calledNumber(const std::string &dialled) const
{
    constexpr std::size_t kNationalDigits = 11;
    if (dialled.size() < kNationalDigits)
        return dialled;
    const std::string national = dialled.substr(dialled.size() - kNationalDigits);
    for (const auto &phone : m_phones) {
        for (const std::string &number : {phone->number(), phone->otherNumber()}) {
            if (number.ends_with(national))
                return number;
        }
    }
    return dialled;
}

SimPhone *World::phoneOf(server::ConnectionId connection)
{
    const auto client = m_signals.clientOf(connection);
    const auto found =
        std::find_if(m_phones.begin(), m_phones.end(), [&](const auto &phone) { return client == phone->client(); });
    return found == m_phones.end() ? nullptr : found->get();
}

void World::typeCode(SimPhone &phone, const std::string &code)
{
    if (phone.registration() == call::RegistrationState::CodeSent) {
        m_lastCode = code;
        phone.feed(call::UserVerify{code});
    } else if (phone.registration() == call::RegistrationState::Connecting) {
        m_stage.after(100ms, [this, &phone, code] { typeCode(phone, code); });
    }
}

void World::typePin(SimPhone &phone)
{
    if (phone.registration() == call::RegistrationState::Locked)
        phone.feed(call::UserUnlock{kRightPin});
    else if (phone.registration() == call::RegistrationState::Failed)
        return tryAgain();
    else if (phone.registration() == call::RegistrationState::CodeSent && !m_lastCode.empty())
        phone.feed(call::UserVerify{m_lastCode}); // its login as a frozen phone had cut the connection
    if (phone.registration() != call::RegistrationState::Registered)
        m_stage.after(500ms, [this, &phone] { typePin(phone); });
}

void World::tryAgain()
{
    if (std::exchange(m_mayTryAgain, false))
        m_stage.after(1s, [this] { winBack(); });
}

// True as well where nobody wants a lock.
bool World::lockNumber()
{
    if (!m_plan.takeover || !m_plan.takeover->isLocked)
        return true;
    SimPhone &owner = phone(m_plan.takeover->who);
    owner.feed(call::UserSetLock{kRightPin});
    return passUntil([&owner] { return owner.account() && owner.account()->locked; }, kSetUpWithin);
}

void World::takeOver()
{
    m_stage.tell(Actor::Adversary, "takes a number over", m_plan.takeover->who);
    m_adversaries->takeOver();
    if (m_plan.takeover->winsBackAfter)
        m_stage.after(*m_plan.takeover->winsBackAfter, [this] { winBack(); });
}

void World::winBack()
{
    SimPhone &owner = phone(m_plan.takeover->who);
    m_stage.tell(Actor::People, "wins the number back", owner.index());
    m_lastCode.clear();
    owner.registerNumber();
    typePin(owner);
}

void World::pass(Duration duration)
{
    const TimePoint until = m_stage.now() + duration;
    while (!violation() && m_stage.step(until)) {
    }
}

bool World::passUntil(const std::function<bool()> &condition, Duration within)
{
    const TimePoint until = m_stage.now() + within;
    while (!condition()) {
        if (violation() || !m_stage.step(until))
            return condition();
    }
    return true;
}

bool World::setUp()
{
    m_adversaries->registerStaleOwner();
    for (const auto &phone : m_phones) {
        phone->start();
        phone->registerNumber();
    }
    const bool registered = passUntil(
        [this] {
            return std::all_of(m_phones.begin(), m_phones.end(), [](const auto &phone) {
                return !phone->traits().hasApp || phone->registration() == call::RegistrationState::Registered;
            });
        },
        kSetUpWithin);
    if (!registered || !lockNumber())
        m_stage.violate("everybody can register", "a phone did not in time");
    m_datagrams.setWeather(m_plan.weather);
    for (const auto &[from, to, weather] : m_plan.specialWeather)
        m_datagrams.setWeather(from, to, weather);
    m_datagrams.setMischief(m_plan.mischief);
    m_adversaries->begin();
    m_hostile->begin();
    return registered;
}

Conversation &World::call(CallPlan plan)
{
    m_conversations.push_back(
        std::make_unique<Conversation>(m_stage, m_exchange, phone(plan.caller), phone(plan.callee), plan));
    m_conversations.back()->begin();
    return *m_conversations.back();
}

void World::schedule()
{
    for (const CallPlan &plan : m_plan.calls)
        m_stage.after(plan.at, [this, plan] { call(plan); });
    for (const FaultPlan &fault : m_plan.faults)
        m_stage.after(fault.at, [this, fault] { begin(fault); });
    for (const SpoofPlan &plan : m_plan.spoofs)
        m_stage.after(plan.at, [this, plan] { spoof(plan); });
    for (const NetworkPlan &change : m_plan.networkChanges)
        m_stage.after(change.at, [this, change] { phone(change.who).setNetwork(change.network); });
    if (m_plan.takeover)
        m_stage.after(m_plan.takeover->at, [this] { takeOver(); });
}

void World::run()
{
    if (!setUp())
        return;
    schedule();
    const Duration faulty = std::min(m_plan.lastFaultEnds(), m_plan.length);
    pass(faulty);
    m_invariants->faultsEnded();
    pass(m_plan.length - faulty);
    finish();
}

void World::finish()
{
    if (violation())
        return;
    m_invariants->beforeFinish();
    for (const auto &conversation : m_conversations)
        conversation->finish();
    m_adversaries->finish();
    pass(kRest);
    if (!violation())
        m_stage.show([](Witness &witness) { witness.ended(); });
}

void World::begin(const FaultPlan &fault)
{
    m_stage.tell(Actor::People, nameOf(fault.kind), fault.who);
    if (fault.until > fault.at)
        m_stage.after(fault.until - fault.at, [this, fault] { end(fault); });
    switch (fault.kind) {
    case FaultKind::ServerKilled: m_signals.killServer(); break;
    case FaultKind::ServerUnreachable: setReach(fault, Reach::Refused); break;
    case FaultKind::ServerBlackHole: setReach(fault, Reach::BlackHole); break;
    case FaultKind::ServerUntrusted: setReach(fault, Reach::Untrusted); break;
    case FaultKind::ConnectionCut: m_signals.cut(phone(fault.who).client()); break;
    case FaultKind::PathCut:
    case FaultKind::PathCutBothWays: setCut(fault, true); break;
    case FaultKind::AppKilled: phone(fault.who).kill(); break;
    case FaultKind::CoverageLost: setCoverage(phone(fault.who), false); break;
    case FaultKind::CallDropped: dropCall(phone(fault.who)); break;
    case FaultKind::ExchangeDown: m_exchange.handle(plmn::SetNetwork{false}); break;
    case FaultKind::AddressChanged: phone(fault.who).changeNetwork(); break;
    case FaultKind::ServerClockSkewed: m_server.skewClock(std::chrono::hours(24 * 365 * 10)); break;
    case FaultKind::RegistryBusy: m_server.setRegistryFault(server::RegistryError::Busy); break;
    case FaultKind::LineServiceLost: loseLineService(phone(fault.who)); break;
    case FaultKind::PhoneWiped: wipe(phone(fault.who)); break;
    }
}

void World::end(const FaultPlan &fault)
{
    m_stage.tell(Actor::People, "fault ends", fault.who);
    switch (fault.kind) {
    case FaultKind::ServerKilled: m_signals.startServer(); break;
    case FaultKind::ServerUnreachable:
    case FaultKind::ServerBlackHole:
    case FaultKind::ServerUntrusted: setReach(fault, Reach::Open); break;
    case FaultKind::PathCut:
    case FaultKind::PathCutBothWays: setCut(fault, false); break;
    case FaultKind::AppKilled: phone(fault.who).start(); break;
    case FaultKind::CoverageLost: setCoverage(phone(fault.who), true); break;
    case FaultKind::ExchangeDown: m_exchange.handle(plmn::SetNetwork{true}); break;
    case FaultKind::RegistryBusy: m_server.setRegistryFault(std::nullopt); break;
    case FaultKind::LineServiceLost: phone(fault.who).lineServiceBack(); break;
    case FaultKind::PhoneWiped:
        phone(fault.who).start();
        phone(fault.who).registerNumber();
        break;
    case FaultKind::ConnectionCut:
    case FaultKind::CallDropped:
    case FaultKind::AddressChanged:
    case FaultKind::ServerClockSkewed: break;
    }
}

void World::setReach(const FaultPlan &fault, Reach reach)
{
    for (const auto &phone : m_phones) {
        if (fault.who < 0 || fault.who == phone->index())
            m_signals.setReach(phone->client(), reach);
    }
}

void World::setCut(const FaultPlan &fault, bool cut)
{
    m_datagrams.setCut(fault.who, fault.other, cut);
    if (fault.kind == FaultKind::PathCutBothWays)
        m_datagrams.setCut(fault.other, fault.who, cut);
}

void World::loseLineService(SimPhone &phone)
{
    if (!phone.traits().byHand) // a desktop has none
        phone.feed(call::LineLost{true});
}

void World::setCoverage(const SimPhone &phone, bool covered)
{
    m_exchange.handle(plmn::SetCoverage{phone.number(), covered});
    if (phone.traits().otherSim)
        m_exchange.handle(plmn::SetCoverage{phone.otherNumber(), covered});
}

void World::dropCall(const SimPhone &phone)
{
    for (const auto &[id, leg] : m_exchange.legs()) {
        if (phone.owns(leg.subscriber))
            return m_exchange.handle(plmn::DropCall{id});
    }
}

void World::wipe(SimPhone &phone)
{
    for (const auto &peer : m_phones)
        m_stage.show([&](Witness &witness) { witness.personEnds(phone, peer->number()); });
    phone.reset();
}

void World::spoof(const SpoofPlan &plan)
{
    m_stage.tell(Actor::Adversary, "calls with another's number", plan.callee);
    plmn::OutsideCall outside;
    outside.callee = phone(plan.callee).number();
    outside.withheld = plan.shows < 0;
    if (plan.shows >= 0)
        outside.shown = phone(plan.shows).number();
    m_exchange.handle(outside);
    std::optional<LineCallId> own;
    for (const auto &[id, leg] : m_exchange.legs()) {
        if (leg.party == plmn::Party::Outside)
            own = id;
    }
    if (own)
        m_stage.after(plan.hangsUpAfter, [this, leg = *own] { m_exchange.handle(plmn::HangUp{leg}); });
}

} // namespace ringlift::sim
