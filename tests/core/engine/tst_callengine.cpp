#include "core/engine/callengine.h"
#include "core/engine/recordstore.h"
#include "tests/core/engine/ports.h"
#include "tests/platform/waiting.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using engine::CallEngine;
using engine::StartState;
using ports::SecretFailure;
using ports::Signalling;
using tests::waitUntil;

namespace {

constexpr const char *kOwn = "+8613800138000";
const QString kPeer = QStringLiteral("+8613900139000");

Account account()
{
    Account known{AccountId{}, {}, protocol::Msisdn::fromE164(kOwn).value(),
        protocol::Imsi::fromDigits("460001234567890").value(), protocol::AccountKind::Sim};
    known.id.bytes.fill(7);
    return known;
}

/// An engine on ports that a test controls.
class Rig
{
public:
    Rig()
    {
        SimInfo sim;
        sim.present = true;
        sim.imsi = Redacted(std::string("460001234567890"));
        sim.ownNumber = Redacted(std::string(kOwn));
        sim.homeRegion = "CN";
        sim.servingRegion = "CN";
        sims.known = {sim};
        make();
    }
    /// A new engine on the old store, as after a restart.
    void make()
    {
        engine.reset();
        engine = std::make_unique<CallEngine>(
            engine::EnginePorts{line, sims, network, signalling, secrets, store, random,
                                [this] { return std::make_unique<tests::TestSocket>(++m_lastPort); },
                                [this] { return std::make_unique<tests::TestAudio>(audio); }},
            PhoneConfig{});
        QObject::connect(engine.get(), &CallEngine::startChanged, engine.get(), [this](StartState state) { start = state; });
        QObject::connect(engine.get(), &CallEngine::callChanged, engine.get(), [this](const CallInfo &info) { call = info; });
        QObject::connect(engine.get(), &CallEngine::callFinished, engine.get(),
            [this](CallHandle, const CallRecord &record) { finished = record; });
    }
    bool startUp()
    {
        start.reset();
        engine->start();
        return waitUntil([this] { return start && *start != StartState::Starting; });
    }
    bool shutDown()
    {
        QSignalSpy done(engine.get(), &CallEngine::shutDownDone);
        engine->shutDown();
        return waitUntil([&] { return done.count() == 1; });
    }
    LineCallId onlyLeg() const { return line.calls.begin()->first; }

    tests::TestLine line;
    tests::TestSims sims;
    tests::TestNetwork network;
    tests::TestSignalling signalling;
    tests::TestSecrets secrets;
    tests::TestStore store;
    SeededRandom random{3};
    tests::AudioLog audio;
    std::unique_ptr<CallEngine> engine;
    std::optional<StartState> start;
    std::optional<CallInfo> call;
    std::optional<CallRecord> finished;

private:
    std::uint16_t m_lastPort = 0;
};

} // namespace

class TestCallEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatItKnowsWhenItStarts()
    {
        Rig rig;
        engine::RecordStore records(rig.store);
        QVERIFY(records.setAccount(account()));
        QVERIFY(records.setSettings(CallSettings{false, true, true, true}));
        CallRecord past;
        past.startedUnix = 5;
        QVERIFY(!records.addToHistory(past).empty());
        QSignalSpy registration(rig.engine.get(), &CallEngine::registrationChanged);
        QSignalSpy settings(rig.engine.get(), &CallEngine::settingsChanged);
        QSignalSpy history(rig.engine.get(), &CallEngine::historyLoaded);
        QVERIFY(rig.startUp());
        QCOMPARE(*rig.start, StartState::Ready);
        QCOMPARE(registration.back().at(0).value<RegistrationChanged>().state, RegistrationState::Registered);
        QCOMPARE(registration.back().at(1).toString(), QString::fromLatin1(kOwn));
        QVERIFY(!settings.back().at(0).value<CallSettings>().moveCalls);
        const auto entries = history.back().at(0).value<QList<engine::HistoryEntry>>();
        QCOMPARE(entries.size(), 1);
        QCOMPARE(entries.front().record, past);
    }

    void locksNothingWithoutANumber_data()
    {
        QTest::addColumn<QString>("pin");
        QTest::addColumn<bool>("set");
        QTest::newRow("a PIN") << QStringLiteral("2580") << true;
        QTest::newRow("none any more") << QString() << false;
    }
    void locksNothingWithoutANumber()
    {
        QFETCH(const QString, pin);
        QFETCH(const bool, set);
        Rig rig;
        QVERIFY(rig.startUp());
        QSignalSpy answered(rig.engine.get(), &CallEngine::lockAnswered);
        rig.engine->setLock(pin);
        QVERIFY(waitUntil([&] { return answered.count() == 1; }));
        const auto answer = answered.front().at(0).value<LockAnswered>();
        QCOMPARE(answer.set, set);
        QCOMPARE(answer.fault, RegistrationFault::ServerRefused);
    }

    void saysWhyItDoesNotStart_data()
    {
        QTest::addColumn<SecretFailure>("failure");
        QTest::addColumn<StartState>("state");
        QTest::newRow("locked") << SecretFailure::Locked << StartState::SecretsLocked;
        QTest::newRow("no keyring") << SecretFailure::NoBackend << StartState::NoSecretStore;
        QTest::newRow("broken") << SecretFailure::Broken << StartState::StoreBroken;
    }
    void saysWhyItDoesNotStart()
    {
        QFETCH(SecretFailure, failure);
        QFETCH(StartState, state);
        Rig rig;
        rig.secrets.failure = failure;
        QVERIFY(rig.startUp());
        QCOMPARE(*rig.start, state);
        rig.secrets.failure.reset();
        QVERIFY(rig.startUp());
        QCOMPARE(*rig.start, StartState::Ready);
    }

    void dialsAtOnceWithoutWaitingForTheServer()
    {
        Rig rig;
        QVERIFY(engine::RecordStore(rig.store).setAccount(account()));
        QVERIFY(rig.startUp());
        rig.engine->dial(kPeer, 0);
        QCOMPARE(rig.line.dialled, std::vector<std::string>{kPeer.toStdString()});
        QVERIFY(rig.call.has_value());
        QCOMPARE(rig.call->leg, LegState::Dialling);
        QCOMPARE(rig.signalling.opened, 0);
        QVERIFY(waitUntil([&] { return rig.signalling.opened == 1; }));
    }

    void neverDialsBeforeItIsReady()
    {
        Rig rig;
        QSignalSpy refused(rig.engine.get(), &CallEngine::dialRefused);
        rig.engine->dial(kPeer, 0);
        QCOMPARE(refused.count(), 1);
        QVERIFY(rig.line.dialled.empty());
    }

    void tellsOfARefusedDial()
    {
        Rig rig;
        QVERIFY(rig.startUp());
        QSignalSpy refused(rig.engine.get(), &CallEngine::dialRefused);
        Q_EMIT rig.line.dialRefused(QStringLiteral("there is no such SIM"));
        QCOMPARE(refused.count(), 1);
    }

    void keepsTheCellularCallWhateverTheServerDoes_data()
    {
        QTest::addColumn<Signalling::Failure>("failure");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("unreachable") << Signalling::Failure::Unreachable << QByteArray("unreachable");
        QTest::newRow("untrusted") << Signalling::Failure::Untrusted << QByteArray("untrusted");
        QTest::newRow("closed") << Signalling::Failure::Closed << QByteArray("closed");
        QTest::newRow("refused") << Signalling::Failure::ServerRefused << QByteArray("refused");
    }
    void keepsTheCellularCallWhateverTheServerDoes()
    {
        QFETCH(Signalling::Failure, failure);
        QFETCH(QByteArray, name);
        Rig rig;
        QVERIFY(engine::RecordStore(rig.store).setAccount(account()));
        QVERIFY(rig.startUp());
        QSignalSpy connection(rig.engine.get(), &CallEngine::connectionChanged);
        rig.engine->dial(kPeer, 0);
        QVERIFY(waitUntil([&] { return rig.signalling.opened == 1; }));
        Q_EMIT rig.signalling.failed(failure, 0);
        rig.line.set(rig.onlyLeg(), LegState::Active);
        QCOMPARE(connection.at(0).at(0).toByteArray(), QByteArray("connecting"));
        QCOMPARE(connection.at(1).at(0).toByteArray(), name);
        QCOMPARE(rig.call->leg, LegState::Active);
        QCOMPARE(rig.call->carrier, Carrier::Cellular);
        QVERIFY(rig.line.hungUp.empty());
    }

    void finishesACallWhenItsLegIsGone()
    {
        Rig rig;
        QVERIFY(rig.startUp());
        rig.line.isSlow = true;
        rig.engine->dial(kPeer, 0);
        rig.line.set(rig.onlyLeg(), LegState::Active);
        rig.engine->hangUp(rig.call->handle);
        QCOMPARE(rig.line.hungUp.size(), std::size_t{1});
        QVERIFY(!rig.finished);
        QSignalSpy changed(rig.engine.get(), &CallEngine::callChanged);
        rig.line.set(rig.onlyLeg(), LegState::Ended, LegEnd::LocalHangUp);
        QVERIFY(rig.finished.has_value());
        QCOMPARE(rig.finished->end, CallEnd::LocalHangUp);
        QCOMPARE(rig.call->leg, LegState::Ended);
        QVERIFY(changed.count() > 0);
        QVERIFY(rig.shutDown());
    }

    void remembersCallsOverARestart()
    {
        Rig rig;
        QVERIFY(rig.startUp());
        QSignalSpy added(rig.engine.get(), &CallEngine::historyAdded);
        rig.engine->dial(kPeer, 0);
        rig.engine->hangUp(rig.call->handle);
        QCOMPARE(added.count(), 1);
        rig.make();
        QSignalSpy loaded(rig.engine.get(), &CallEngine::historyLoaded);
        QVERIFY(rig.startUp());
        auto entries = loaded.back().at(0).value<QList<engine::HistoryEntry>>();
        QCOMPARE(entries.size(), 1);
        QCOMPARE(entries.front().record.peer.reveal(), kPeer.toStdString());
        rig.engine->clearHistory();
        entries = loaded.back().at(0).value<QList<engine::HistoryEntry>>();
        QVERIFY(entries.isEmpty());
    }

    void remembersSettingsOverARestart()
    {
        Rig rig;
        QVERIFY(rig.startUp());
        const CallSettings settings{false, true, false, false};
        rig.engine->applySettings(settings);
        rig.make();
        QSignalSpy told(rig.engine.get(), &CallEngine::settingsChanged);
        QVERIFY(rig.startUp());
        QCOMPARE(told.back().at(0).value<CallSettings>(), settings);
    }

    void remembersTheRuleOfANumberOverARestart()
    {
        Rig rig;
        QVERIFY(engine::RecordStore(rig.store).setAccount(account()));
        QVERIFY(rig.startUp());
        rig.engine->setContactRule(kPeer, ContactRule::Never);
        rig.engine->setContactRule(QStringLiteral("nonsense"), ContactRule::Never);
        rig.make();
        QSignalSpy told(rig.engine.get(), &CallEngine::contactRuleChanged);
        QVERIFY(rig.startUp());
        QCOMPARE(told.count(), 1);
        QCOMPARE(told.back().at(0).toString(), kPeer);
        QCOMPARE(told.back().at(1).value<std::optional<ContactRule>>(), std::optional(ContactRule::Never));
        rig.engine->dial(kPeer, 0);
        QCOMPARE(rig.call->stay, StayReason::ContactNever);
        rig.engine->setContactRule(kPeer, std::nullopt);
        QVERIFY(engine::RecordStore(rig.store).contactRules().empty());
    }

    void waitsUntilItIsKnownWhatTheConnectionIsLike()
    {
        Rig rig;
        QVERIFY(engine::RecordStore(rig.store).setAccount(account()));
        CallSettings settings;
        settings.moveOver = MoveOver::WifiOnly;
        QVERIFY(engine::RecordStore(rig.store).setSettings(settings));
        rig.network.settled = false;
        QSignalSpy started(rig.engine.get(), &CallEngine::startChanged);
        rig.engine->start();
        bool later = false;
        rig.secrets.read(QStringLiteral("x"), [&](const auto &, auto) { later = true; });
        QVERIFY(waitUntil([&] { return later; }));
        QCOMPARE(*rig.start, StartState::Starting);
        rig.network.known.kind = NetworkKind::Cellular;
        rig.network.settle();
        QVERIFY(waitUntil([&] { return rig.start == StartState::Ready; }));
        rig.engine->dial(kPeer, 0);
        QCOMPARE(rig.call->stay, StayReason::WifiOnly);
        rig.network.settle(); // and is told again
        QCOMPARE(started.count(), 2);
    }

    void tellsWhatTheConnectionIsLike()
    {
        Rig rig;
        QSignalSpy told(rig.engine.get(), &CallEngine::networkDescribed);
        QVERIFY(rig.startUp());
        QCOMPARE(told.back().at(0).value<NetworkInfo>(), NetworkInfo{});
        rig.network.known = {NetworkKind::Cellular, true, false};
        rig.network.settle();
        QCOMPARE(told.back().at(0).value<NetworkInfo>(), rig.network.known);
    }

    void tellsWhenTheDiskRefusesAndGoesOn()
    {
        Rig rig;
        QVERIFY(rig.startUp());
        QSignalSpy faults(rig.engine.get(), &CallEngine::faultNoticed);
        rig.store.full = true;
        rig.engine->dial(kPeer, 0);
        rig.engine->hangUp(rig.call->handle);
        QVERIFY(rig.finished.has_value());
        QCOMPARE(faults.back().at(0).toByteArray(), QByteArray("store_refused"));
    }

    void asksTheServerToRegister()
    {
        Rig rig;
        QVERIFY(rig.startUp());
        QSignalSpy registration(rig.engine.get(), &CallEngine::registrationChanged);
        rig.engine->registerNumber(QString::fromLatin1(kOwn));
        QVERIFY(waitUntil([&] { return rig.signalling.opened == 1; }));
        QCOMPARE(registration.back().at(0).value<RegistrationChanged>().state, RegistrationState::Connecting);
        QCOMPARE(registration.back().at(1).toString(), QString::fromLatin1(kOwn));
        Q_EMIT rig.signalling.failed(Signalling::Failure::Unreachable, 0);
        QCOMPARE(registration.back().at(0).value<RegistrationChanged>().fault, RegistrationFault::ServerUnreachable);
    }

    void triesTheServerOnlyWhenItIsAskedTo()
    {
        Rig rig;
        QVERIFY(engine::RecordStore(rig.store).setAccount(account()));
        QVERIFY(rig.startUp());
        QSignalSpy told(rig.engine.get(), &CallEngine::healthTold);
        const auto server = [&told] { return told.back().at(0).value<engine::HookHealth>().checks[7]; };
        rig.engine->askHealth(false);
        QCOMPARE(told.count(), 1);
        QCOMPARE(server().reason, std::string("not_tried"));
        QCOMPARE(rig.signalling.opened, 0);
        rig.engine->askHealth(true);
        QVERIFY(waitUntil([&] { return rig.signalling.opened == 1; }));
        QCOMPARE(told.count(), 1);
        Q_EMIT rig.signalling.failed(Signalling::Failure::Unreachable, 0);
        QVERIFY(waitUntil([&] { return told.count() == 2; }));
        QCOMPARE(server().reason, std::string("unreachable"));
        QVERIFY(server().took && server().atUnix);
        QCOMPARE(told.back().at(1).value<engine::ProbeOutcome>(), engine::ProbeOutcome::Done);
    }

    void neverTriesTheServerBesideACall()
    {
        Rig rig;
        QVERIFY(engine::RecordStore(rig.store).setAccount(account()));
        CallSettings settings;
        settings.moveCalls = false;
        QVERIFY(engine::RecordStore(rig.store).setSettings(settings));
        QVERIFY(rig.startUp());
        rig.engine->dial(kPeer, 0);
        QSignalSpy told(rig.engine.get(), &CallEngine::healthTold);
        rig.engine->askHealth(true);
        QCOMPARE(told.count(), 1);
        QCOMPARE(told.back().at(1).value<engine::ProbeOutcome>(), engine::ProbeOutcome::CallUp);
        QCoreApplication::processEvents();
        QCOMPARE(rig.signalling.opened, 0);
    }

    void measuresFromTheRingToTheDecision()
    {
        Rig rig;
        QVERIFY(engine::RecordStore(rig.store).setAccount(account()));
        QVERIFY(rig.startUp());
        QSignalSpy told(rig.engine.get(), &CallEngine::healthTold);
        const auto decision = [&] {
            rig.engine->askHealth(false);
            return told.back().at(0).value<engine::HookHealth>().checks.back();
        };
        const LineCallId leg = rig.line.ring(kPeer.toStdString());
        QCOMPARE(decision().reason, std::string("no_call_yet"));
        QVERIFY(waitUntil([&] { return rig.signalling.opened == 1; }));
        Q_EMIT rig.signalling.failed(Signalling::Failure::Unreachable, 0);
        QVERIFY(waitUntil([&] { return rig.call->stay == StayReason::ServerUnreachable; }));
        rig.line.set(leg, LegState::Active);
        rig.line.set(leg, LegState::Ended, LegEnd::RemoteHangUp);
        const engine::HookCheck check = decision();
        QCOMPARE(check.reason, std::string("server_unreachable"));
        QCOMPARE(check.state, engine::HookState::Warning);
        QVERIFY(check.took && *check.took < std::chrono::seconds(4));
    }

    void leavesCellularCallsAloneWhenItShutsDown()
    {
        Rig rig;
        QVERIFY(rig.startUp());
        rig.engine->dial(kPeer, 0);
        rig.line.set(rig.onlyLeg(), LegState::Active);
        QVERIFY(rig.shutDown());
        QVERIFY(rig.line.hungUp.empty());
        QCOMPARE(rig.line.calls.size(), std::size_t{1});
    }

    void shutsDownBeforeItHasStarted()
    {
        Rig rig;
        rig.engine->start();
        QVERIFY(rig.shutDown());
        bool later = false;
        rig.secrets.read(QStringLiteral("x"), [&](const auto &, auto) { later = true; });
        QVERIFY(waitUntil([&] { return later; }));
        QCOMPARE(*rig.start, StartState::Starting);
    }

    void ignoresWhatNoCallIsMeantBy()
    {
        Rig rig;
        const CallHandle nobody{99};
        for (int i = 0; i < 2; ++i) {
            rig.engine->answer(nobody);
            rig.engine->decline(nobody);
            rig.engine->hangUp(nobody);
            rig.engine->setMuted(nobody, true);
            rig.engine->sendDigits(nobody, QStringLiteral("1"));
            rig.engine->stayCellular(nobody);
            rig.engine->redial(nobody);
            rig.engine->answerSas(nobody, true);
            rig.engine->ringShown(nobody);
            rig.engine->confirmPin(QStringLiteral("nonsense"));
            rig.engine->setHandOver(QStringLiteral("nonsense"), HandOver::AtRing);
            rig.engine->setHandOver(kPeer, HandOver::AtRing);
            rig.engine->unlockRegistration(QStringLiteral("1234"));
            rig.engine->networkChanged();
            QVERIFY(i == 1 || rig.startUp());
        }
        QVERIFY(!rig.call);
        QVERIFY(rig.line.digitsSent.empty());
        QCOMPARE(rig.audio.opened, 0);
    }
};

QTEST_GUILESS_MAIN(TestCallEngine)
#include "tst_callengine.moc"
