#include "tests/platform/modemlinerig.h"

using namespace ringlift;
using namespace ringlift::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using modem::Finding;
using What = ModemLineRig::What;
using Fake = FakeModemManager;

namespace {

const QString kCaller = u"+491711234567"_s;

/// Patient enough that nothing is given up in the time of a test.
modem::ModemLineConfig patient()
{
    modem::ModemLineConfig config;
    config.returnPatience = 1h;
    config.forgottenPatience = 1h;
    return config;
}

modem::ModemLineConfig impatient()
{
    modem::ModemLineConfig config;
    config.returnPatience = 20ms;
    config.forgottenPatience = 20ms;
    return config;
}

} // namespace

/// What ModemManager never ought to do, or only in bad moments: no call may seem to have ended that has not.
class ModemManagerFaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doesWithOneOfTheTwoSignals_data();
    void doesWithOneOfTheTwoSignals();
    void tellsOnceWhatIsSignalledTwice();
    void findsACallThatWasNotAnnounced();
    void believesNoStateThatCannotFollow();
    void endsNoCallWhileTheDaemonIsAway();
    void goesOnWithACallThatTheDaemonTellsOfAgain();
    void losesACallThatTheDaemonDoesNotTellOfAgain();
    void mixesNoCallsWhenPathsAreUsedAgain();
    void knowsNothingOfTheCallsOfAModemThatHasGone();
    void knowsNothingOfACallThatIsForgotten();
    void takesACallThatIsForgottenAfterItsHangUpAsEnded();
    void keepsACallWhoseHangUpWasRefused();
    void refusesADialWhenTheDaemonGoes();
    void livesWithNonsense_data();
    void livesWithNonsense();
    void livesWithNonsenseInSignals();
    void hearsNobodyElse();
    void boundsItsCalls();
};

void ModemManagerFaultsTest::doesWithOneOfTheTwoSignals_data()
{
    QTest::addColumn<bool>("stateChanged");
    QTest::newRow("StateChanged alone") << true;
    QTest::newRow("PropertiesChanged alone") << false;
}

void ModemManagerFaultsTest::doesWithOneOfTheTwoSignals()
{
    QFETCH(bool, stateChanged);
    ModemLineRig rig;
    rig.daemon.emits.stateChanged = stateChanged;
    rig.daemon.emits.propertiesChanged = !stateChanged;
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Outgoing, Fake::Dialling, kCaller);
    QVERIFY(rig.reaches(LegState::Dialling));
    rig.daemon.setState(call, Fake::Active);
    QVERIFY(rig.reaches(LegState::Active));
    rig.daemon.setState(call, Fake::Terminated);
    QVERIFY(rig.reaches(LegState::Ended));
}

void ModemManagerFaultsTest::tellsOnceWhatIsSignalledTwice()
{
    ModemLineRig rig;
    rig.daemon.emits.times = 3;
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, kCaller);
    QVERIFY(rig.reaches(LegState::Ringing));
    rig.daemon.setState(call, Fake::Active);
    QVERIFY(rig.reaches(LegState::Active));
    rig.daemon.setState(call, Fake::Terminated);
    QVERIFY(rig.reaches(LegState::Ended));
    rig.daemon.deleteCall(call);
    QVERIFY(rig.settle());
    QCOMPARE(rig.count(What::Incoming), 1);
    QCOMPARE(rig.count(What::Changed), 1);
    QCOMPARE(rig.count(What::Ended), 1);
}

void ModemManagerFaultsTest::findsACallThatWasNotAnnounced()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    rig.daemon.emits.callAdded = false;
    const QString call = rig.daemon.addCall(rig.modem, Fake::Outgoing, Fake::Unknown, kCaller);
    QVERIFY(rig.settle());
    QVERIFY(rig.told.empty());
    rig.daemon.setState(call, Fake::Dialling);
    QVERIFY(rig.reaches(LegState::Dialling));
    QCOMPARE(rig.count(What::Dialling), 1);
}

void ModemManagerFaultsTest::believesNoStateThatCannotFollow()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, kCaller);
    QVERIFY(rig.reaches(LegState::Ringing));
    rig.daemon.setState(call, Fake::Dialling);
    rig.daemon.setState(call, Fake::State(99));
    rig.daemon.setState(call, Fake::State(-3));
    rig.daemon.setState(call, Fake::Active);
    QVERIFY(rig.reaches(LegState::Active));
    rig.daemon.setState(call, Fake::RingingIn);
    rig.daemon.setState(call, Fake::Unknown);
    rig.daemon.setState(call, Fake::Terminated);
    QVERIFY(rig.reaches(LegState::Ended));
    rig.daemon.setState(call, Fake::Active);
    QVERIFY(rig.settle());
    QCOMPARE(rig.told.size(), std::size_t(3));
}

void ModemManagerFaultsTest::endsNoCallWhileTheDaemonIsAway()
{
    ModemLineRig rig(impatient());
    QVERIFY(rig.start());
    rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, kCaller);
    QVERIFY(rig.reaches(LegState::Ringing));
    const LineCallId id = rig.last().id;
    rig.daemon.vanish();
    QVERIFY(waitUntil([&] { return rig.lost.back(); }));
    rig.line.hangUp(id);
    rig.line.answer(id);
    rig.line.sendDigits(id, "1");
    rig.line.dial(0, "+8613800138000");
    QCOMPARE(rig.refusals.size(), 1);
    bool late = false;
    QTimer::singleShot(100ms, [&] { late = true; }); // five times what it waits for a call once the daemon is back
    QVERIFY(waitUntil([&] { return late; }));
    QCOMPARE(rig.told.size(), std::size_t(1));
    QCOMPARE(rig.lost, (std::vector{false, true}));
    QVERIFY(rig.simIn(0).present);
}

void ModemManagerFaultsTest::goesOnWithACallThatTheDaemonTellsOfAgain()
{
    ModemLineRig rig(patient());
    QVERIFY(rig.start());
    rig.daemon.addCall(rig.modem, Fake::Outgoing, Fake::RingingOut, kCaller);
    QVERIFY(rig.reaches(LegState::Alerting));
    const LineCallId id = rig.last().id;
    rig.daemon.vanish();
    QVERIFY(waitUntil([&] { return rig.lost.back(); }));
    rig.daemon.removeModem(rig.modem);
    rig.modem = rig.daemon.addModem(0, kGermanSim);
    const QString again = rig.daemon.addCall(rig.modem, Fake::Outgoing, Fake::Active, kCaller);
    rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::Waiting, kCaller);
    rig.daemon.appear();
    QVERIFY(waitUntil([&] { return rig.told.size() == 3; }));
    QCOMPARE(rig.lost, (std::vector{false, true, false}));
    QCOMPARE(rig.count(What::Changed), 1);
    QCOMPARE(rig.count(What::Incoming), 1);
    QCOMPARE(rig.told[1].call.id, id);
    QCOMPARE(rig.told[1].call.state, LegState::Active);
    rig.line.hangUp(id);
    QVERIFY(rig.reaches(LegState::Ended));
    QCOMPARE(rig.last().id, id);
    QCOMPARE(rig.daemon.countAsked(u"Hangup "_s + again), 1);
}

void ModemManagerFaultsTest::losesACallThatTheDaemonDoesNotTellOfAgain()
{
    ModemLineRig rig(impatient());
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::Active, kCaller);
    QVERIFY(rig.reaches(LegState::Active));
    rig.daemon.vanish();
    QVERIFY(waitUntil([&] { return rig.lost.back(); }));
    rig.daemon.deleteCall(call);
    rig.daemon.appear();
    QVERIFY(rig.reaches(LegState::Ended));
    QCOMPARE(rig.last().end, LegEnd::NetworkLost);
    QCOMPARE(rig.lost, (std::vector{false, true, false}));
}

void ModemManagerFaultsTest::mixesNoCallsWhenPathsAreUsedAgain()
{
    ModemLineRig rig(patient());
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, kCaller);
    QVERIFY(rig.reaches(LegState::Ringing));
    const LineCallId former = rig.last().id;
    rig.daemon.vanish();
    QVERIFY(waitUntil([&] { return rig.lost.back(); }));
    rig.daemon.objects[call][modem::kCallInterface][u"Number"_s] = u"+8613800138000"_s;
    rig.daemon.appear();
    QVERIFY(waitUntil([&] { return rig.count(What::Incoming) == 2; }));
    QVERIFY(rig.last().id != former);
    rig.line.hangUp(former);
    QVERIFY(rig.settle());
    QCOMPARE(rig.daemon.countAsked(u"Hangup"_s), 0);
}

void ModemManagerFaultsTest::knowsNothingOfTheCallsOfAModemThatHasGone()
{
    ModemLineRig rig(patient());
    QVERIFY(rig.start());
    const QString second = rig.daemon.addModem(1, kChineseSim);
    QVERIFY(waitUntil([&] { return rig.simIn(1).present; }));
    rig.daemon.addCall(second, Fake::Incoming, Fake::RingingIn, u"+8613800138000"_s);
    QVERIFY(rig.reaches(LegState::Ringing));
    rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::Active, kCaller);
    QVERIFY(rig.reaches(LegState::Active));
    rig.daemon.removeModem(rig.modem);
    QVERIFY(rig.reaches(LegState::Unknown));
    QCOMPARE(rig.last().sim, 0);
    QCOMPARE(rig.lost, std::vector{false});
    rig.modem = rig.daemon.addModem(0, kGermanSim);
    rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::Held, kCaller);
    QVERIFY(rig.reaches(LegState::Held));
    QCOMPARE(rig.count(What::Incoming), 2);
    QCOMPARE(rig.count(What::Ended), 0);
}

void ModemManagerFaultsTest::knowsNothingOfACallThatIsForgotten()
{
    ModemLineRig rig(impatient());
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, kCaller);
    QVERIFY(rig.reaches(LegState::Ringing));
    rig.daemon.deleteCall(call);
    QVERIFY(waitUntil([&] { return rig.told.size() == 3; }));
    QCOMPARE(rig.told[1].call.state, LegState::Unknown);
    QCOMPARE(rig.last().end, LegEnd::NetworkLost);
}

void ModemManagerFaultsTest::takesACallThatIsForgottenAfterItsHangUpAsEnded()
{
    ModemLineRig rig(patient());
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, kCaller);
    QVERIFY(rig.reaches(LegState::Ringing));
    rig.daemon.answers = [&](const QDBusMessage &message) -> std::optional<QDBusMessage> {
        if (message.member() != "Hangup"_L1)
            return std::nullopt;
        rig.daemon.deleteCall(call);
        return message.createReply();
    };
    rig.line.hangUp(rig.last().id);
    QVERIFY(rig.reaches(LegState::Ended));
    QCOMPARE(rig.last().end, LegEnd::LocalHangUp);
}

void ModemManagerFaultsTest::keepsACallWhoseHangUpWasRefused()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::Active, kCaller);
    QVERIFY(rig.reaches(LegState::Active));
    rig.daemon.answers = [](const QDBusMessage &message) -> std::optional<QDBusMessage> {
        if (message.member() != "Hangup"_L1)
            return std::nullopt;
        return message.createErrorReply(u"org.freedesktop.ModemManager1.Error.Core.Failed"_s, kCaller);
    };
    rig.line.hangUp(rig.last().id);
    QVERIFY(waitUntil([&] { return rig.daemon.countAsked(u"Hangup"_s) == 1; }));
    QVERIFY(rig.settle());
    QCOMPARE(rig.told.size(), std::size_t(1));
    rig.daemon.setState(call, Fake::Terminated);
    QVERIFY(rig.reaches(LegState::Ended));
    QCOMPARE(rig.last().end, LegEnd::RemoteHangUp);
}

void ModemManagerFaultsTest::refusesADialWhenTheDaemonGoes()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    rig.daemon.answers = [](const QDBusMessage &message) -> std::optional<QDBusMessage> {
        return message.member() == "CreateCall"_L1 ? std::optional(QDBusMessage()) : std::nullopt;
    };
    rig.line.dial(0, "+8613800138000");
    QVERIFY(waitUntil([&] { return rig.daemon.countAsked(u"CreateCall"_s) == 1; }));
    rig.daemon.answers = {};
    rig.daemon.vanish();
    QVERIFY(waitUntil([&] { return !rig.refusals.isEmpty() || rig.lost.size() == 2; }));
}

void ModemManagerFaultsTest::livesWithNonsense_data()
{
    QTest::addColumn<QString>("property");
    QTest::addColumn<QVariant>("value");
    QTest::newRow("a state of letters") << u"State"_s << QVariant(u"ringing"_s);
    QTest::newRow("a state out of range") << u"State"_s << QVariant(1000);
    QTest::newRow("a direction that is none") << u"Direction"_s << QVariant(17);
    QTest::newRow("a direction of letters") << u"Direction"_s << QVariant(u"in"_s);
    QTest::newRow("a number that is a number") << u"Number"_s << QVariant(4711);
    QTest::newRow("a number that is a list") << u"Number"_s << QVariant(QStringList{kCaller});
    QTest::newRow("a number without end") << u"Number"_s << QVariant(QString(100'000, u'9'));
    QTest::newRow("letters") << u"Number"_s << QVariant(u"Ringlift\n\u202e"_s);
}

void ModemManagerFaultsTest::livesWithNonsense()
{
    QFETCH(QString, property);
    QFETCH(QVariant, value);
    ModemLineRig rig;
    QVERIFY(rig.start());
    rig.daemon.emits.callAdded = false;
    const QString call = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, {});
    rig.daemon.objects[call][modem::kCallInterface][property] = value;
    rig.daemon.emits.callAdded = true;
    rig.daemon.send(rig.modem, modem::kVoiceInterface, u"CallAdded"_s, {QVariant::fromValue(QDBusObjectPath(call))});
    QVERIFY(rig.settle());
    for (const ModemLineRig::Told &told : rig.told)
        QVERIFY(told.call.number.reveal().size() <= 64);
    // What is right again is taken again.
    for (const auto &[name, right] : {std::pair{u"Direction"_s, QVariant(1)}, {u"State"_s, QVariant(3)}})
        rig.daemon.send(call, modem::kPropertiesInterface, u"PropertiesChanged"_s,
                        {modem::kCallInterface, QVariantMap{{name, right}}, QStringList()});
    QVERIFY(rig.reaches(LegState::Ringing));
}

void ModemManagerFaultsTest::livesWithNonsenseInSignals()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, kCaller);
    QVERIFY(rig.reaches(LegState::Ringing));
    const QVariantList nothing;
    const QVariantList texts{u"a"_s, u"b"_s, u"c"_s};
    const QVariantList numbers{1, 2U, QVariant::fromValue(qlonglong(1) << 40)};
    const QVariant list = QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath(u"/a"_s)});
    for (const QVariantList &arguments : {nothing, texts, numbers, QVariantList{list, list, list}}) {
        rig.daemon.send(call, modem::kCallInterface, u"StateChanged"_s, arguments);
        for (const QString &member : {u"CallAdded"_s, u"CallDeleted"_s})
            rig.daemon.send(rig.modem, modem::kVoiceInterface, member, arguments);
        rig.daemon.send(rig.modem, modem::kMessagingInterface, u"Added"_s, arguments);
        for (const QString &path : {rig.modem, call, rig.daemon.simOf(rig.modem)})
            rig.daemon.send(path, modem::kPropertiesInterface, u"PropertiesChanged"_s, arguments);
        for (const QString &member : {u"InterfacesAdded"_s, u"InterfacesRemoved"_s})
            rig.daemon.send(u"/org/freedesktop/ModemManager1"_s, u"org.freedesktop.DBus.ObjectManager"_s, member,
                            arguments);
    }
    QVERIFY(rig.settle());
    QCOMPARE(rig.told.size(), std::size_t(1));
    QVERIFY(rig.simIn(0).present);
}

void ModemManagerFaultsTest::hearsNobodyElse()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, kCaller);
    QVERIFY(rig.reaches(LegState::Ringing));
    FakeModemManager other(rig.bus.connection());
    other.objects[call][modem::kCallInterface][u"State"_s] = int(Fake::RingingIn);
    other.setState(call, Fake::Terminated);
    other.addModem(5, kChineseSim);
    QVERIFY(rig.settle());
    QCOMPARE(rig.told.size(), std::size_t(1));
    QCOMPARE(rig.sims.sims().size(), std::size_t(1));
}

void ModemManagerFaultsTest::boundsItsCalls()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    for (int call = 0; call < 100; ++call)
        rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, kCaller);
    QVERIFY(rig.settle());
    QVERIFY(rig.count(What::Incoming) <= int(modem::ModemLine::kMaxCalls));
    QVERIFY(rig.count(What::Incoming) > 0);
}

QTEST_GUILESS_MAIN(ModemManagerFaultsTest)
#include "tst_modemmanagerfaults.moc"
