#include "core/engine/callengineprivate.h"

#include "core/crypto/tags.h"
#include "core/numbers/emergencyguard.h"

#include <QDateTime>

#include <algorithm>

namespace ringlift::engine {

using namespace call;

namespace {

constexpr std::chrono::minutes kWallTimeEvery{1};
constexpr std::chrono::milliseconds kShutDownPatience{2500};

/// Of no particular meaning; digits that every country's rules have to look at.
constexpr std::string_view kSomeNumber = "2015550123";

std::uint64_t unixNow()
{
    return static_cast<std::uint64_t>(std::max<qint64>(QDateTime::currentSecsSinceEpoch(), 0));
}

StartState stateOf(IdentityFault fault)
{
    switch (fault) {
    case IdentityFault::Locked:
        return StartState::SecretsLocked;
    case IdentityFault::NoStore:
        return StartState::NoSecretStore;
    case IdentityFault::Broken:
        break;
    }
    return StartState::StoreBroken;
}

std::pair<ServerFailure, QByteArray> causeOf(ports::Signalling::Failure failure)
{
    switch (failure) {
    case ports::Signalling::Failure::Unreachable:
        return {ServerFailure::Unreachable, "unreachable"};
    case ports::Signalling::Failure::Untrusted:
        return {ServerFailure::Untrusted, "untrusted"};
    case ports::Signalling::Failure::ServerRefused:
        return {ServerFailure::Refused, "refused"};
    case ports::Signalling::Failure::Closed:
        break;
    }
    return {ServerFailure::Closed, "closed"};
}

bool isLive(LegState leg)
{
    return leg != LegState::None && leg != LegState::Ended;
}

} // namespace

CallEngine::Private::Private(CallEngine &engine, EnginePorts enginePorts, PhoneConfig phoneConfig)
    : q(engine),
      ports(std::move(enginePorts)),
      config(std::move(phoneConfig)),
      records(ports.store),
      identities(ports.secrets, records, ports.random, ports.seedName)
{
    pinWorker.setMaxThreadCount(1);
}

CallEngine::CallEngine(EnginePorts ports, PhoneConfig config, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(*this, std::move(ports), std::move(config)))
{
    d->hook = new HookWatch(*this);
    // Not in the middle of what the machine has to tell.
    connect(
        d->hook, &HookWatch::loginTried, this, [this] { d->endProbe(); }, Qt::QueuedConnection);
    connect(&d->test, &TestCall::hangUpWanted, this, &CallEngine::hangUp);
    connect(&d->test, &TestCall::told, this, &CallEngine::testCallTold);
    connect(&d->minute, &QTimer::timeout, this, [this] { d->tellTime(); });
}

CallEngine::~CallEngine() = default;

void CallEngine::start()
{
    if (d->loading || d->machine)
        return;
    d->loading = true;
    Q_EMIT startChanged(StartState::Starting);
    d->identities.load(unixNow(), [this](auto identity) { d->onIdentity(std::move(identity)); });
}

void CallEngine::Private::onIdentity(Expected<crypto::DeviceIdentity, IdentityFault> loaded)
{
    if (!loaded) {
        loading = false;
        if (!shuttingDown)
            Q_EMIT q.startChanged(stateOf(loaded.error()));
        return;
    }
    identity.emplace(std::move(*loaded));
    // No call is to move before it is known whether it may.
    whenNetworkIsKnown([this] { goToWork(); });
}

void CallEngine::Private::goToWork()
{
    loading = false;
    if (shuttingDown)
        return;
    makeMachine();
    connectPorts();
    tellStart();
}

void CallEngine::Private::makeMachine()
{
    records.settle();
    config.canEndCalls = ports.line.canEndCalls();
    config.hangUpNoticeBound = ports.line.hangUpNoticeBound();
    config.manualLine = ports.line.isManual();
    machine =
        std::make_unique<PhoneMachine>(config, *identity,
                                       PhoneMemory{records.account(), records.pins(), records.settings(),
                                                   records.journal(), records.lastEmergency(), records.contactRules()},
                                       ports.random);
    driver = std::make_unique<Driver<PhoneMachine, PhoneOutput>>(
        *machine, [this](const PhoneOutput &output) { std::visit([this](const auto &o) { act(o); }, output); });
}

void CallEngine::Private::connectPorts()
{
    using Line = ports::CellularLine;
    const auto onLine = [this](const LineCall &call) { feed(LineEvent{call}); };
    for (const auto signal : {&Line::dialling, &Line::incoming, &Line::changed, &Line::ended})
        connect(&ports.line, signal, &q, onLine);
    connect(&ports.line, &Line::preparing, &q, [this](const LineCall &call) { feed(LinePrepared{call}); });
    connect(&ports.line, &Line::lost, &q, [this](bool away) {
        feed(LineLost{away});
        Q_EMIT q.lineStatusChanged(away);
    });
    connect(&ports.line, &Line::dialRefused, &q, [this](const QString &reason) {
        feed(DialRefused{});
        Q_EMIT q.dialRefused(reason);
    });
    connect(&ports.sims, &ports::SimCard::changed, &q, [this] { tellSims(); });
    connect(&ports.network, &ports::NetworkState::changed, &q, [this] { tellNetwork(); });

    if (ports.messages != nullptr) {
        codes = std::make_unique<CodeReader>(*ports.messages);
        connect(codes.get(), &CodeReader::codeRead, &q, [this](const std::string &code) {
            Q_EMIT q.codeRead();
            feed(UserVerify{code});
        });
    }

    using Signalling = ports::Signalling;
    connect(&ports.signalling, &Signalling::connected, &q, [this](const ByteArray<32> &channelBinding) {
        Q_EMIT q.connectionChanged(QByteArrayLiteral("connected"));
        feed(ServerConnected{channelBinding});
    });
    connect(&ports.signalling, &Signalling::received, &q, [this](const std::string &text) { feed(ServerText{text}); });
    connect(&ports.signalling, &Signalling::failed, &q, [this](Signalling::Failure failure, int closeCode) {
        const auto [cause, name] = causeOf(failure);
        Q_EMIT q.connectionChanged(name);
        feed(ServerFailed{cause, closeCode});
    });
}

void CallEngine::Private::tellStart()
{
    tellTime();
    minute.start(kWallTimeEvery);
    tellNetwork();
    tellSims();
    if (config.manualLine)
        feed(GoOnline{true});
    Q_EMIT q.settingsChanged(records.settings());
    tellContactRules();
    QList<HistoryEntry> entries;
    for (const auto &[key, record] : records.history())
        entries.append({key, record});
    Q_EMIT q.historyLoaded(entries);
    tellLock();
    tellPinChanges();
    tellContacts();
    act(registrationOf(machine->account()));
    Q_EMIT q.startChanged(StartState::Ready);
}

void CallEngine::Private::feed(const Input &input)
{
    if (driver)
        driver->feed(input);
}

void CallEngine::Private::tellSims()
{
    const std::vector<SimInfo> sims = ports.sims.sims();
    // The number library reads its tables when they are first needed, for 20 ms: not while somebody waits for a dial.
    for (const SimInfo &sim : sims)
        static_cast<void>(
            numbers::classifyDialled(kSomeNumber, {sim.homeRegion, sim.servingRegion}, sim.emergencyNumbers));
    feed(SimsChanged{sims});
    Q_EMIT q.simsChanged(QList<SimInfo>(sims.begin(), sims.end()));
}

void CallEngine::Private::tellLock()
{
    Q_EMIT q.lockChanged(machine->account() && machine->account()->locked);
}

void CallEngine::Private::tellPinChanges()
{
    for (const auto &[peer, pin] : machine->pins()) {
        if (pin.pendingCard)
            tellPinChange(peer);
    }
}

void CallEngine::Private::tellPinChange(const protocol::Msisdn &peer)
{
    if (const auto change = machine->pinChange(peer)) {
        changedPins.insert(peer);
        Q_EMIT q.pinChangeWaits(*change);
    } else if (changedPins.erase(peer) > 0) {
        Q_EMIT q.pinChangeOver(QString::fromStdString(peer.e164()));
    }
}

void CallEngine::Private::tellContacts()
{
    for (const auto &[peer, pin] : machine->pins())
        tellContact(peer, pin);
}

void CallEngine::Private::tellContact(const protocol::Msisdn &peer, const std::optional<Pin> &pin)
{
    const QString e164 = QString::fromStdString(peer.e164());
    const auto told = contacts.find(peer);
    if (!pin) {
        contacts.erase(peer);
        Q_EMIT q.contactForgotten(e164);
    } else if (told == contacts.end() || told->second != pin->handOver) {
        contacts.insert_or_assign(peer, pin->handOver);
        Q_EMIT q.contactChanged(e164, pin->handOver);
    }
}

void CallEngine::Private::tellTime()
{
    feed(WallTime{static_cast<std::int64_t>(unixNow())});
}

void CallEngine::registerNumber(const QString &number)
{
    d->registering = number;
    const auto kind = d->config.manualLine ? protocol::AccountKind::Manual : protocol::AccountKind::Sim;
    d->feed(UserRegister{number.toStdString(), kind});
}

void CallEngine::verifyCode(const QString &code)
{
    d->feed(UserVerify{code.toStdString()});
}

std::optional<protocol::Msisdn> CallEngine::Private::registeringNumber() const
{
    const std::string number = registering.toStdString();
    if (auto msisdn = protocol::Msisdn::fromE164(number); msisdn)
        return msisdn;
    for (const SimInfo &sim : ports.sims.sims()) {
        if (auto msisdn = numbers::normaliseDialled(number, {sim.homeRegion, sim.servingRegion}); msisdn)
            return msisdn;
    }
    return std::nullopt;
}

void CallEngine::unlockRegistration(const QString &pin)
{
    const auto number = d->registeringNumber();
    if (!number || !d->machine)
        return;
    d->pinWorker.start([this, pin = pin.toStdString(), number = *number] {
        const protocol::Key32 proof = crypto::pinProof(pin, number);
        QMetaObject::invokeMethod(
            this, [this, proof] { d->feed(UserUnlock{proof}); }, Qt::QueuedConnection);
    });
}

void CallEngine::setLock(const QString &pin)
{
    if (pin.isEmpty())
        return d->feed(UserSetLock{});
    if (!d->machine || !d->machine->account()) {
        Q_EMIT lockAnswered({true, RegistrationFault::ServerRefused});
        return;
    }
    d->pinWorker.start([this, pin = pin.toStdString(), number = d->machine->account()->msisdn] {
        const protocol::Key32 proof = crypto::pinProof(pin, number);
        QMetaObject::invokeMethod(
            this, [this, proof] { d->feed(UserSetLock{proof}); }, Qt::QueuedConnection);
    });
}

void CallEngine::deleteAccount()
{
    d->feed(UserDeleteAccount{});
}

void CallEngine::dial(const QString &number, int sim)
{
    if (d->machine && !d->shuttingDown)
        d->feed(UserDial{number.toStdString(), sim});
    else
        Q_EMIT dialRefused(QStringLiteral("the phone is not ready"));
}

void CallEngine::ringShown(CallHandle call)
{
    d->feed(RingShown{call});
}

void CallEngine::answer(CallHandle call)
{
    d->feed(UserAnswer{call});
}

void CallEngine::decline(CallHandle call)
{
    d->feed(UserDecline{call});
}

void CallEngine::hangUp(CallHandle call)
{
    d->feed(UserHangUp{call});
}

void CallEngine::setMuted(CallHandle call, bool muted)
{
    d->feed(UserMute{call, muted});
}

void CallEngine::sendDigits(CallHandle call, const QString &digits)
{
    d->feed(UserDigits{call, digits.toStdString()});
}

void CallEngine::stayCellular(CallHandle call)
{
    d->feed(UserStayCellular{call});
}

void CallEngine::allowMove(CallHandle call)
{
    d->feed(UserAllowMove{call});
}

void CallEngine::redial(CallHandle call)
{
    d->feed(UserRedial{call});
}

void CallEngine::answerSas(CallHandle call, bool same)
{
    d->feed(UserSas{call, same});
}

void CallEngine::confirmPin(const QString &e164, const QString &comparedNumber)
{
    if (const auto peer = protocol::Msisdn::fromE164(e164.toStdString()); peer)
        d->feed(UserConfirmPin{*peer, comparedNumber.toStdString()});
}

void CallEngine::setHandOver(const QString &e164, HandOver handOver)
{
    if (const auto peer = protocol::Msisdn::fromE164(e164.toStdString()); peer)
        d->feed(UserSetHandOver{*peer, handOver});
}

void CallEngine::clearHistory()
{
    if (!d->machine)
        return;
    const bool cleared = d->records.clearHistory();
    d->checkStored(cleared);
    if (cleared)
        Q_EMIT historyLoaded({});
}

void CallEngine::networkChanged()
{
    d->feed(NetworkChanged{});
}

void CallEngine::shutDown()
{
    if (d->shuttingDown)
        return;
    d->shuttingDown = true;
    d->endInternetCalls();
    QTimer::singleShot(kShutDownPatience, this, [this] {
        if (std::exchange(d->shutDownTold, true))
            return;
        Q_EMIT shutDownDone();
    });
    QMetaObject::invokeMethod(
        this, [this] { d->finishShutDown(); }, Qt::QueuedConnection);
}

void CallEngine::Private::endInternetCalls()
{
    if (!machine)
        return;
    for (const CallInfo &info : machine->calls()) {
        const bool onInternet = info.ip != IpState::Idle && info.ip != IpState::Ended;
        if (!isLive(info.leg))
            feed(UserHangUp{info.handle});
        else if (onInternet)
            feed(UserStayCellular{info.handle});
    }
    if (config.manualLine)
        feed(GoOnline{false});
}

void CallEngine::Private::finishShutDown()
{
    const bool idle = std::all_of(media.begin(), media.end(), [](const auto &entry) { return entry.second->isIdle(); });
    if (!shuttingDown || !idle || std::exchange(shutDownTold, true))
        return;
    Q_EMIT q.shutDownDone();
}

} // namespace ringlift::engine
