#include "tests/platform/modemlinerig.h"

using namespace ringlift;
using namespace ringlift::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using What = ModemLineRig::What;
using Fake = FakeModemManager;

namespace {

constexpr auto kCaller = "+491711234567";

modem::ModemLineConfig impatient()
{
    modem::ModemLineConfig config;
    config.callerIdPatience = 20ms;
    config.returnPatience = 20ms;
    config.forgottenPatience = 20ms;
    return config;
}

} // namespace

/// Calls, as ModemManager tells them when all goes well.
class ModemManagerCallsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOfARingAndItsCaller();
    void takesTheNumberThatComesLater();
    void countsANumberThatDoesNotComeAsHidden();
    void preparesForACallThatMayNeverBeDialled();
    void tellsOfACallThatAnotherDialerDials();
    void tellsOfCallsThatWereThereBefore();
    void dialsAndTidiesUp();
    void refusesWhatCannotBeDialled();
    void refusesWhatTheModemRefuses_data();
    void refusesWhatTheModemRefuses();
    void answersARing();
    void answersAWaitingCallInPlaceOfTheOther();
    void endsACall();
    void knowsWhoHungUp_data();
    void knowsWhoHungUp();
    void takesASilentRingForTheCallersEnd();
    void sendsDigitsOneByOne();
    void knowsTheStatesOfACall_data();
    void knowsTheStatesOfACall();
    void takesACallWithoutNetworkForAnEmergency();
    void leavesOtherPeoplesCallsInTheList();
};

void ModemManagerCallsTest::tellsOfARingAndItsCaller()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, QString::fromLatin1(kCaller));
    QVERIFY(rig.reaches(LegState::Ringing));
    QCOMPARE(rig.told.back().what, What::Incoming);
    QCOMPARE(rig.last().number.reveal(), std::string(kCaller));
    QVERIFY(rig.last().international);
    QCOMPARE(rig.last().callerId, CallerIdPresence::Known);
    QCOMPARE(rig.last().sim, 0);
    rig.daemon.setState(call, Fake::Terminated);
    QVERIFY(rig.reaches(LegState::Ended));
    QCOMPARE(rig.told.back().what, What::Ended);
    QCOMPARE(rig.last().end, LegEnd::RemoteHangUp);
}

void ModemManagerCallsTest::takesTheNumberThatComesLater()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, {});
    QVERIFY(rig.reaches(LegState::Ringing));
    QCOMPARE(rig.last().callerId, CallerIdPresence::Unknown);
    rig.daemon.setNumber(call, u"01711234567"_s);
    QVERIFY(waitUntil([&] { return rig.told.size() == 2; }));
    QCOMPARE(rig.told.back().what, What::Changed);
    QCOMPARE(rig.last().callerId, CallerIdPresence::Known);
    QCOMPARE(rig.last().number.reveal(), std::string("01711234567"));
    QVERIFY(!rig.last().international);
}

void ModemManagerCallsTest::countsANumberThatDoesNotComeAsHidden()
{
    ModemLineRig rig(impatient());
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, {});
    QVERIFY(waitUntil([&] { return rig.told.size() == 2; }));
    QCOMPARE(rig.told.front().call.callerId, CallerIdPresence::Unknown);
    QCOMPARE(rig.last().callerId, CallerIdPresence::Withheld);
    rig.daemon.setNumber(call, QString::fromLatin1(kCaller));
    QVERIFY(waitUntil([&] { return rig.told.size() == 3; }));
    QCOMPARE(rig.last().callerId, CallerIdPresence::Known);
}

void ModemManagerCallsTest::preparesForACallThatMayNeverBeDialled()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Outgoing, Fake::Unknown, u"+8613800138000"_s);
    QVERIFY(waitUntil([&] { return rig.told.size() == 1; }));
    QCOMPARE(rig.told.back().what, What::Preparing);
    QCOMPARE(rig.last().number.reveal(), std::string("+8613800138000"));
    rig.daemon.deleteCall(call);
    QVERIFY(rig.settle());
    QCOMPARE(rig.told.size(), std::size_t(1));
}

void ModemManagerCallsTest::tellsOfACallThatAnotherDialerDials()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Outgoing, Fake::Unknown, u"+8613800138000"_s);
    QVERIFY(waitUntil([&] { return rig.told.size() == 1; }));
    rig.daemon.setState(call, Fake::Dialling, 1);
    QVERIFY(waitUntil([&] { return rig.told.size() == 2; }));
    QCOMPARE(rig.told.back().what, What::Dialling);
    QCOMPARE(rig.last().state, LegState::Dialling);
    QCOMPARE(rig.last().direction, CallDirection::Outgoing);
    QCOMPARE(rig.last().id, rig.told.front().call.id);
    rig.daemon.setState(call, Fake::RingingOut);
    QVERIFY(rig.reaches(LegState::Alerting));
    rig.daemon.setState(call, Fake::Terminated, 5);
    QVERIFY(rig.reaches(LegState::Ended));
    QCOMPARE(rig.last().end, LegEnd::Busy);
}

void ModemManagerCallsTest::tellsOfCallsThatWereThereBefore()
{
    ModemLineRig rig;
    rig.daemon.appear();
    rig.modem = rig.daemon.addModem(0, kGermanSim);
    rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::Active, QString::fromLatin1(kCaller));
    rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::Terminated, u"+8613800138000"_s);
    rig.telephony.start();
    QVERIFY(rig.reaches(LegState::Active));
    QVERIFY(rig.settle());
    QCOMPARE(rig.told.size(), std::size_t(1));
    QCOMPARE(rig.last().number.reveal(), std::string(kCaller));
}

void ModemManagerCallsTest::dialsAndTidiesUp()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    rig.line.dial(0, "+8613800138000");
    QVERIFY(rig.reaches(LegState::Dialling));
    QCOMPARE(rig.told.back().what, What::Dialling);
    QCOMPARE(rig.daemon.countAsked(u"CreateCall "_s + rig.modem), 1);
    QCOMPARE(rig.daemon.countAsked(u"Start "_s), 1);
    rig.line.hangUp(rig.last().id);
    QVERIFY(rig.reaches(LegState::Ended));
    QVERIFY(waitUntil([&] { return rig.daemon.countAsked(u"DeleteCall "_s + rig.modem) == 1; }));
    QVERIFY(rig.settle());
    QCOMPARE(rig.count(What::Ended), 1);
    QVERIFY(rig.refusals.isEmpty());
}

void ModemManagerCallsTest::refusesWhatCannotBeDialled()
{
    ModemLineRig rig;
    rig.line.dial(0, "+8613800138000");
    QCOMPARE(rig.refusals, QStringList{u"there is no such SIM"_s});
    QVERIFY(rig.start());
    rig.line.dial(3, "+8613800138000");
    QCOMPARE(rig.refusals.size(), 2);
}

void ModemManagerCallsTest::refusesWhatTheModemRefuses_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("reason");
    const QString domain = u"org.freedesktop.ModemManager1.Error."_s;
    for (const QString &method : {u"CreateCall"_s, u"Start"_s}) {
        const auto row = [&](const char *name) -> QTestData & {
            return QTest::addRow("%s: %s", qPrintable(method), name);
        };
        row("not allowed") << method << domain + u"Core.Unauthorized"_s
                           << u"this session may not use the modem (polkit)"_s;
        row("no network") << method << domain + u"Connection.NoDialtone"_s << u"the modem refused"_s;
        row("not enabled") << method << domain + u"Core.WrongState"_s << u"the modem is not in a state to do that"_s;
    }
}

void ModemManagerCallsTest::refusesWhatTheModemRefuses()
{
    QFETCH(QString, method);
    QFETCH(QString, error);
    QFETCH(QString, reason);
    ModemLineRig rig;
    QVERIFY(rig.start());
    rig.daemon.answers = [&](const QDBusMessage &message) -> std::optional<QDBusMessage> {
        return message.member() == method ? std::optional(message.createErrorReply(error, u"+8613800138000"_s))
                                          : std::nullopt;
    };
    rig.line.dial(0, "+8613800138000");
    QVERIFY(waitUntil([&] { return !rig.refusals.isEmpty(); }));
    QVERIFY(rig.settle());
    QCOMPARE(rig.refusals, QStringList{reason});
    QCOMPARE(rig.count(What::Dialling) + rig.count(What::Ended), 0);
    QCOMPARE(rig.daemon.countAsked(u"DeleteCall"_s), method == "Start"_L1 ? 1 : 0);
}

void ModemManagerCallsTest::answersARing()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, QString::fromLatin1(kCaller));
    QVERIFY(rig.reaches(LegState::Ringing));
    rig.line.answer(rig.last().id);
    QVERIFY(rig.reaches(LegState::Active));
    QCOMPARE(rig.daemon.countAsked(u"Accept "_s + call), 1);
}

void ModemManagerCallsTest::answersAWaitingCallInPlaceOfTheOther()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    const QString first = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::Active, QString::fromLatin1(kCaller));
    QVERIFY(rig.reaches(LegState::Active));
    rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::Waiting, u"+8613800138000"_s);
    QVERIFY(rig.reaches(LegState::Ringing));
    rig.line.answer(rig.last().id);
    QVERIFY(waitUntil([&] { return rig.daemon.countAsked(u"HoldAndAccept "_s + rig.modem) == 1; }));
    QCOMPARE(rig.daemon.countAsked(u"Accept"_s), 0);
    rig.daemon.setState(first, Fake::Held);
    QVERIFY(rig.reaches(LegState::Held));
}

void ModemManagerCallsTest::endsACall()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, QString::fromLatin1(kCaller));
    QVERIFY(rig.reaches(LegState::Ringing));
    rig.line.hangUp(rig.last().id);
    QVERIFY(rig.reaches(LegState::Ended));
    QCOMPARE(rig.last().end, LegEnd::LocalHangUp);
    rig.line.hangUp(rig.last().id);
    rig.line.answer(rig.last().id);
    rig.line.sendDigits(rig.last().id, "1");
    QVERIFY(rig.settle());
    QCOMPARE(rig.daemon.countAsked(u"Hangup"_s), 1);
}

void ModemManagerCallsTest::knowsWhoHungUp_data()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("state");
    QTest::addColumn<uint>("reason");
    QTest::addColumn<LegEnd>("end");
    QTest::newRow("rejected in another dialer")
        << int(Fake::Incoming) << int(Fake::RingingIn) << Fake::kHungUp << LegEnd::LocalHangUp;
    QTest::newRow("given up by the caller")
        << int(Fake::Incoming) << int(Fake::RingingIn) << 0U << LegEnd::RemoteHangUp;
    QTest::newRow("given up in another dialer")
        << int(Fake::Outgoing) << int(Fake::RingingOut) << Fake::kHungUp << LegEnd::LocalHangUp;
    QTest::newRow("rejected there") << int(Fake::Outgoing) << int(Fake::RingingOut) << 0U << LegEnd::RemoteHangUp;
    QTest::newRow("ended in another dialer")
        << int(Fake::Incoming) << int(Fake::Active) << Fake::kHungUp << LegEnd::LocalHangUp;
    QTest::newRow("ended there") << int(Fake::Incoming) << int(Fake::Active) << 0U << LegEnd::RemoteHangUp;
}

void ModemManagerCallsTest::knowsWhoHungUp()
{
    QFETCH(int, direction);
    QFETCH(int, state);
    QFETCH(uint, reason);
    QFETCH(LegEnd, end);
    ModemLineRig rig;
    QVERIFY(rig.start());
    const QString call =
        rig.daemon.addCall(rig.modem, Fake::Direction(direction), Fake::State(state), QString::fromLatin1(kCaller));
    QVERIFY(waitUntil([&] { return !rig.told.empty(); }));
    rig.daemon.setState(call, Fake::Terminated, reason);
    QVERIFY(rig.reaches(LegState::Ended));
    QCOMPARE(rig.last().end, end);
}

/// The daemon gives the same reason for it as for a hang-up at this end.
void ModemManagerCallsTest::takesASilentRingForTheCallersEnd()
{
    ModemLineRig rig({}, 0ms);
    QVERIFY(rig.start());
    const QString ring = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, QString::fromLatin1(kCaller));
    QVERIFY(rig.reaches(LegState::Ringing));
    rig.daemon.setState(ring, Fake::Terminated, Fake::kHungUp);
    QVERIFY(rig.reaches(LegState::Ended));
    QCOMPARE(rig.last().end, LegEnd::RemoteHangUp);
    const QString talk = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, QString::fromLatin1(kCaller));
    QVERIFY(rig.reaches(LegState::Ringing));
    rig.daemon.setState(talk, Fake::Active);
    QVERIFY(rig.reaches(LegState::Active));
    rig.daemon.setState(talk, Fake::Terminated, Fake::kHungUp);
    QVERIFY(rig.reaches(LegState::Ended));
    QCOMPARE(rig.last().end, LegEnd::LocalHangUp);
}

void ModemManagerCallsTest::sendsDigitsOneByOne()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::Active, QString::fromLatin1(kCaller));
    QVERIFY(rig.reaches(LegState::Active));
    std::vector<QDBusMessage> held;
    rig.daemon.answers = [&](const QDBusMessage &message) -> std::optional<QDBusMessage> {
        if (message.member() != "SendDtmf"_L1)
            return std::nullopt;
        held.push_back(message);
        return QDBusMessage();
    };
    rig.line.sendDigits(rig.last().id, "1*");
    rig.line.sendDigits(rig.last().id, "#");
    QVERIFY(waitUntil([&] { return held.size() == 1; }));
    QVERIFY(rig.settle());
    QCOMPARE(held.size(), std::size_t(1));
    rig.daemon.answers = {};
    rig.daemon.answer(held.front());
    QVERIFY(waitUntil([&] { return rig.daemon.countAsked(u"SendDtmf"_s) == 3; }));
    const QStringList expected{u"SendDtmf %1 1"_s.arg(call), u"SendDtmf %1 *"_s.arg(call),
                               u"SendDtmf %1 #"_s.arg(call)};
    QCOMPARE(rig.daemon.asked.filter(u"SendDtmf"_s), expected);
}

void ModemManagerCallsTest::knowsTheStatesOfACall_data()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("state");
    QTest::addColumn<LegState>("leg");
    QTest::newRow("dialling") << int(Fake::Outgoing) << int(Fake::Dialling) << LegState::Dialling;
    QTest::newRow("ringing there") << int(Fake::Outgoing) << int(Fake::RingingOut) << LegState::Alerting;
    QTest::newRow("active") << int(Fake::Outgoing) << int(Fake::Active) << LegState::Active;
    QTest::newRow("held") << int(Fake::Outgoing) << int(Fake::Held) << LegState::Held;
    QTest::newRow("ringing here") << int(Fake::Incoming) << int(Fake::RingingIn) << LegState::Ringing;
    QTest::newRow("waiting") << int(Fake::Incoming) << int(Fake::Waiting) << LegState::Ringing;
}

void ModemManagerCallsTest::knowsTheStatesOfACall()
{
    QFETCH(int, direction);
    QFETCH(int, state);
    QFETCH(LegState, leg);
    ModemLineRig rig;
    QVERIFY(rig.start());
    rig.daemon.addCall(rig.modem, Fake::Direction(direction), Fake::State(state), QString::fromLatin1(kCaller));
    QVERIFY(rig.reaches(leg));
    QCOMPARE(rig.told.size(), std::size_t(1));
    QCOMPARE(int(rig.last().direction == CallDirection::Outgoing ? Fake::Outgoing : Fake::Incoming), direction);
}

void ModemManagerCallsTest::takesACallWithoutNetworkForAnEmergency()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    rig.daemon.setModem(rig.modem, modem::kVoiceInterface, u"EmergencyOnly"_s, true);
    rig.daemon.addCall(rig.modem, Fake::Outgoing, Fake::Dialling, u"4711"_s);
    QVERIFY(rig.reaches(LegState::Dialling));
    QVERIFY(rig.last().emergency);
}

void ModemManagerCallsTest::leavesOtherPeoplesCallsInTheList()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    const QString call = rig.daemon.addCall(rig.modem, Fake::Outgoing, Fake::Dialling, QString::fromLatin1(kCaller));
    QVERIFY(rig.reaches(LegState::Dialling));
    rig.daemon.setState(call, Fake::Terminated);
    QVERIFY(rig.reaches(LegState::Ended));
    QVERIFY(rig.settle());
    QCOMPARE(rig.daemon.countAsked(u"DeleteCall"_s), 0);
}

QTEST_GUILESS_MAIN(ModemManagerCallsTest)
#include "tst_modemmanagercalls.moc"
