#include "tests/core/call/phoneworld.h"

namespace ringlift::test {

using namespace ringlift::call;

PhoneWorld::PhoneWorld()
    : a(addPhone("+8613800138000", "460001234567890")), b(addPhone("+8613800138001", "460009876543210"))
{
    server::Limits limits;
    limits.echoNumber = kEchoNumber;
    m_core = std::make_unique<server::ServerCore>(limits, m_secrets, m_registry, m_clock, m_random);
}

Phone &PhoneWorld::addPhone(const std::string &number, const std::string &imsi, bool registered)
{
    m_phones.push_back(std::make_unique<Phone>(static_cast<int>(m_phones.size()), number, imsi));
    Phone &phone = *m_phones.back();
    phone.random = SeededRandom(100 + m_phones.size());
    if (registered)
        enrol(phone, *protocol::Imsi::fromDigits(imsi), protocol::AccountKind::Sim);
    boot(phone);
    return phone;
}

Phone &PhoneWorld::addManualPhone(const std::string &number)
{
    Phone &phone = addPhone(number, "", false);
    enrol(phone, {}, protocol::AccountKind::Manual);
    phone.config.manualLine = true;
    boot(phone);
    feed(phone, GoOnline{true});
    return phone;
}

Phone &PhoneWorld::addEchoPeer()
{
    Phone &phone = addPhone(kEchoNumber, "", false);
    enrol(phone, {}, protocol::AccountKind::Manual);
    phone.config.manualLine = true;
    phone.config.pinsNobody = true;
    phone.settings.contactsOnlyManual = false;
    boot(phone);
    feed(phone, GoOnline{true});
    run(1s);
    return phone;
}

void PhoneWorld::enrol(Phone &phone, const protocol::SimProof &sim, protocol::AccountKind kind)
{
    server::Account row;
    row.id = m_random.id<AccountId>();
    row.numberTag = crypto::msisdnTag(m_secrets.tagKey.view(), phone.msisdn());
    if (const auto *imsi = std::get_if<protocol::Imsi>(&sim))
        row.imsiTag = crypto::imsiTag(m_secrets.tagKey.view(), *imsi);
    row.kind = kind;
    row.idcard = phone.identity.card().bytes;
    row.createdDay = row.verifiedDay = row.lastSeenDay = static_cast<std::int32_t>(kWorldUnix / 86400);
    static_cast<void>(m_registry.replace(row, {}));
    phone.account = Account{row.id, m_secrets.serverKey.publicKey(), phone.msisdn(), sim, kind};
}

void PhoneWorld::changeRow(const Phone &phone, const std::function<void(server::Account &)> &change)
{
    server::Account row = **m_registry.find(phone.account->id);
    change(row);
    static_cast<void>(m_registry.update(row));
}

void PhoneWorld::boot(Phone &phone)
{
    phone.machine = std::make_unique<PhoneMachine>(
        phone.config, phone.identity,
        PhoneMemory{phone.account, phone.pins, phone.settings, phone.journal, phone.lastEmergency, phone.rules},
        phone.random);
    SimInfo sim;
    sim.present = !phone.imsi.empty();
    sim.imsi = Redacted(phone.imsi);
    sim.ownNumber = Redacted(phone.number);
    sim.homeRegion = sim.servingRegion = phone.number.starts_with("+49") ? "DE" : "CN";
    phone.machine->handle(now, WallTime{kWorldUnix + clockJump + (now - kWorldStart) / 1s});
    phone.machine->handle(now, SimsChanged{{sim}});
    drainPhone(phone);
}

bool PhoneWorld::reachAlerting()
{
    dial(a, b);
    return runUntil([this] { return a.reached("peer_alerting"); }, 10s);
}

bool PhoneWorld::reachMoved()
{
    if (!reachAlerting())
        return false;
    answerAtB();
    return runUntil([this] { return a.reached("released") && b.reached("leg_bound"); }, 10s);
}

void PhoneWorld::know(TrustLevel level)
{
    const auto pinOf = [level](const Phone &phone) {
        const crypto::IdentityCard &card = phone.identity.card();
        return Pin{card.idHash(), card.edPublic, card.xPublic, kWorldUnix, kWorldUnix, level, 0, std::nullopt};
    };
    a.pins.insert_or_assign(b.msisdn(), pinOf(b));
    b.pins.insert_or_assign(a.msisdn(), pinOf(a));
    boot(a);
    boot(b);
}

void PhoneWorld::feed(Phone &phone, const PhoneInput &input)
{
    phone.machine->handle(now, input);
    drainPhone(phone);
}

std::optional<TimePoint> PhoneWorld::nextEvent() const
{
    std::optional<TimePoint> next = m_core->nextTimeout();
    const auto consider = [&next](std::optional<TimePoint> at) {
        if (at && (!next || *at < *next))
            next = at;
    };
    for (const auto &phone : m_phones)
        consider(phone->machine->nextTimeout());
    if (!m_events.empty())
        consider(m_events.begin()->first);
    return next;
}

bool PhoneWorld::runUntil(const std::function<bool()> &holds, Duration most)
{
    const TimePoint end = now + most;
    while (!holds()) {
        const auto next = nextEvent();
        if (!next || *next > end) {
            now = end;
            return false;
        }
        now = std::max(now, *next);
        while (!m_events.empty() && m_events.begin()->first <= now) {
            const auto event = m_events.extract(m_events.begin());
            event.mapped()();
        }
        m_core->handleTimeout(now);
        drainServer();
        for (const auto &phone : m_phones) {
            const auto due = phone->machine->nextTimeout();
            if (due && *due <= now)
                phone->machine->handleTimeout(now);
            drainPhone(*phone);
        }
    }
    return true;
}

void PhoneWorld::run(Duration duration)
{
    runUntil([] { return false; }, duration);
}

void PhoneWorld::drainPhone(Phone &phone)
{
    while (const auto output = phone.machine->poll()) {
        phone.history.push_back({now, *output});
        act(phone, *output);
    }
}

void PhoneWorld::endLeg(Phone &phone, const LineHangUp &output)
{
    if (!output.notAfter || phone.lapses == 0)
        return hangUp(phone, output.line);
    --phone.lapses;
    after(1ms, [this, &phone, line = output.line] { feed(phone, HangUpLapsed{line}); });
}

void PhoneWorld::act(Phone &phone, const PhoneOutput &output)
{
    if (const auto *dial = std::get_if<LineDial>(&output))
        takeDial(phone, *dial);
    else if (const auto *answered = std::get_if<LineAnswer>(&output))
        answer(phone, answered->line);
    else if (const auto *ended = std::get_if<LineHangUp>(&output))
        endLeg(phone, *ended);
    else if (std::holds_alternative<ServerConnect>(output))
        connect(phone);
    else if (std::holds_alternative<ServerDisconnect>(output)) {
        if (const auto id = std::exchange(phone.connection, std::nullopt))
            after(latency, [this, id = *id] { m_core->handle(now, server::ConnectionClosed{id}); drainServer(); });
    } else if (const auto *send = std::get_if<ServerSend>(&output)) {
        if (phone.connection)
            after(latency, [this, id = *phone.connection, text = send->text] {
                m_core->handle(now, server::TextReceived{id, text});
                drainServer();
            });
    } else if (const auto *opened = std::get_if<SocketOpen>(&output))
        after(1ms, [this, &phone, call = opened->call] { feed(phone, SocketOpened{call, {phone.address(call)}}); });
    else if (const auto *datagram = std::get_if<DatagramSend>(&output))
        deliver(phone, *datagram);
    else if (const auto *shown = std::get_if<ShowIncoming>(&output)) {
        if (phone.showsRing)
            after(30ms, [this, &phone, call = shown->call] { feed(phone, RingShown{call}); });
    } else if (const auto *pin = std::get_if<StorePin>(&output)) {
        if (pin->pin)
            phone.pins.insert_or_assign(pin->peer, *pin->pin);
        else
            phone.pins.erase(pin->peer);
    } else if (const auto *stored = std::get_if<StoreJournal>(&output))
        phone.journal = stored->released;
    else if (const auto *emergency = std::get_if<StoreEmergency>(&output))
        phone.lastEmergency = emergency->lastUpUnix;
}

void PhoneWorld::deliver(const Phone &from, const DatagramSend &send)
{
    if (!internet(from, send.bytes))
        return;
    for (const auto &phone : m_phones) {
        const CallHandle call{send.to.port - 5000U};
        if (phone->address(call) != send.to)
            continue;
        after(latency, [this, &to = *phone, call, source = from.address(send.call), bytes = send.bytes] {
            feed(to, DatagramReceived{call, source, bytes});
        });
    }
}

void PhoneWorld::connect(Phone &phone)
{
    if (!serverThere) {
        after(300ms, [this, &phone] { feed(phone, ServerFailed{ServerFailure::Unreachable, 0}); });
        return;
    }
    const server::ConnectionId id{++m_connections};
    phone.connection = id;
    after(2 * latency, [this, &phone, id] {
        if (phone.connection != id)
            return;
        feed(phone, ServerConnected{filled(5)});
        m_core->handle(now, server::ConnectionOpened{id, "192.0.2.77", filled(5)});
        drainServer();
    });
}

Phone *PhoneWorld::byConnection(server::ConnectionId id)
{
    const auto found = std::ranges::find_if(m_phones, [id](const auto &phone) { return phone->connection == id; });
    return found == m_phones.end() ? nullptr : found->get();
}

Phone *PhoneWorld::byNumber(const std::string &number)
{
    const auto found = std::ranges::find_if(m_phones, [&](const auto &phone) { return phone->number == number; });
    return found == m_phones.end() ? nullptr : found->get();
}

void PhoneWorld::drainServer()
{
    while (const auto output = m_core->poll()) {
        if (const auto *text = std::get_if<server::SendText>(&*output)) {
            Phone *const phone = byConnection(text->id);
            auto message = protocol::decode(text->text, protocol::UnknownKeys::Refuse);
            if (phone == nullptr || !message || !fromServer(*phone, *message))
                continue;
            after(latency, [this, phone, id = text->id, coded = protocol::encode(*message)] {
                if (phone->connection == id)
                    feed(*phone, ServerText{coded});
            });
        } else if (const auto *sms = std::get_if<server::SendCode>(&*output)) {
            lastCode = sms->code;
        } else if (const auto *pin = std::get_if<server::HashPin>(&*output)) {
            after(100ms, [this, ticket = pin->ticket] {
                m_core->handle(now, server::PinHashed{ticket, "hash"});
                drainServer();
            });
        } else if (const auto *closed = std::get_if<server::CloseConnection>(&*output)) {
            if (Phone *const phone = byConnection(closed->id))
                after(latency, [this, phone, id = closed->id, code = closed->code] {
                    if (phone->connection != id)
                        return;
                    phone->connection.reset();
                    feed(*phone, ServerFailed{ServerFailure::Closed, code});
                });
        }
    }
}

void PhoneWorld::setLeg(Phone &phone, LineCallId id, LegState state, LegEnd end)
{
    LineCall &leg = phone.legs.at(id);
    if (leg.state == LegState::Ended)
        return;
    leg.state = state;
    leg.end = end;
    feed(phone, LineEvent{leg});
}

LineCallId PhoneWorld::ring(Phone &phone, const std::string &cli, CallerIdPresence presence)
{
    LineCall leg;
    leg.id = LineCallId{++m_legs};
    leg.direction = CallDirection::Incoming;
    leg.state = LegState::Ringing;
    leg.number = Redacted(presence == CallerIdPresence::Known ? cli : std::string());
    leg.international = true;
    leg.callerId = presence;
    leg = ringsAs(leg);
    phone.legs[leg.id] = leg;
    feed(phone, LineEvent{leg});
    return leg.id;
}

void PhoneWorld::takeDial(Phone &phone, const LineDial &dial)
{
    if (phone.refusesDials)
        after(1ms, [this, &phone] { feed(phone, DialRefused{}); });
    else if (!phone.dropsDials)
        place(phone, dial);
}

void PhoneWorld::place(Phone &phone, const LineDial &dial)
{
    LineCall leg;
    leg.id = LineCallId{++m_legs};
    leg.sim = dial.sim;
    leg.number = Redacted(dial.number);
    if (phone.config.manualLine)
        leg.state = LegState::None;
    phone.legs[leg.id] = leg;
    after(1ms, [this, &phone, leg] { feed(phone, LineEvent{leg}); });
    Phone *const callee = byNumber(dial.number);
    if (callee == nullptr || phone.config.manualLine)
        return;
    after(paging, [this, &phone, callee, id = leg.id] {
        if (phone.legs.at(id).state != LegState::Dialling)
            return;
        setLeg(phone, id, LegState::Alerting);
        m_cellular.push_back({&phone, id, callee, LineCallId{m_legs + 1}});
        ring(*callee, phone.number);
    });
}

PhoneWorld::CellularCall *PhoneWorld::cellularCall(const Phone &phone, LineCallId leg)
{
    const auto found = std::ranges::find_if(m_cellular, [&](const CellularCall &call) {
        return (call.caller == &phone && call.callerLeg == leg) || (call.callee == &phone && call.calleeLeg == leg);
    });
    return found == m_cellular.end() ? nullptr : &*found;
}

void PhoneWorld::hangUp(Phone &phone, LineCallId leg)
{
    if (!linePaysHeed)
        return;
    after(hangUpTime, [this, &phone, leg] { setLeg(phone, leg, LegState::Ended, LegEnd::LocalHangUp); });
    const CellularCall *const call = cellularCall(phone, leg);
    if (call == nullptr || !hangUpReachesPeer)
        return;
    const bool byCaller = call->caller == &phone;
    Phone &other = byCaller ? *call->callee : *call->caller;
    const LineCallId otherLeg = byCaller ? call->calleeLeg : call->callerLeg;
    after(remoteHangUpTime, [this, &other, otherLeg] { setLeg(other, otherLeg, LegState::Ended, LegEnd::RemoteHangUp); });
}

void PhoneWorld::answer(Phone &phone, LineCallId leg)
{
    after(50ms, [this, &phone, leg] { setLeg(phone, leg, LegState::Active); });
    if (const CellularCall *const call = cellularCall(phone, leg))
        after(100ms, [this, &caller = *call->caller, id = call->callerLeg] { setLeg(caller, id, LegState::Active); });
}

} // namespace ringlift::test
