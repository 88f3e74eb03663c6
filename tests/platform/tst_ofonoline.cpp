#include "platform/linux/modemline.h"
#include "platform/linux/ofono.h"
#include "tests/platform/busrig.h"
#include "tests/platform/fakeofono.h"
#include "tests/platform/waiting.h"

using namespace ringlift;
using namespace ringlift::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using modem::Finding;

namespace {

const QString kModem = u"/phonesim"_s;
const QString kCall = u"/phonesim/voicecall01"_s;
const QString kCaller = u"+491711234567"_s;

modem::ModemLineConfig impatient()
{
    modem::ModemLineConfig config;
    config.callerIdPatience = 20ms;
    config.returnPatience = 20ms;
    return config;
}

/// A line on a fake oFono, and all it told.
struct Rig {
    Rig() : daemon(bus.connection()), telephony(bus.connection()), line(telephony, impatient())
    {
        using Line = ports::CellularLine;
        for (const auto signal : {&Line::dialling, &Line::incoming, &Line::changed, &Line::ended})
            QObject::connect(&line, signal, [this](const LineCall &call) { told.push_back(call); });
        QObject::connect(&line, &Line::lost, [this](bool away) { lost.push_back(away); });
        QObject::connect(&line, &Line::dialRefused, [this](const QString &reason) { refusals.append(reason); });
        QObject::connect(&telephony, &modem::Telephony::messageRead,
                         [this](const QString &text) { messages.append(text); });
    }

    bool start()
    {
        if (!bus.isRunning())
            return false;
        daemon.appear();
        daemon.addModem(kModem);
        telephony.start();
        return waitUntil([this] { return telephony.finding() == Finding::Found && sim().present; });
    }
    SimInfo sim() const
    {
        const auto sims = telephony.sims();
        return sims.empty() ? SimInfo{} : sims.front();
    }
    bool reaches(LegState state)
    {
        return waitUntil([&] { return !told.empty() && told.back().state == state; });
    }

    BusRig bus;
    FakeOfono daemon;
    modem::Ofono telephony;
    modem::ModemLine line;
    std::vector<LineCall> told;
    std::vector<bool> lost;
    QStringList refusals;
    QStringList messages;
};

} // namespace

class OfonoLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhoTheSimIs();
    void takesASimAsAbsentUntilItCanCall();
    void saysWhyThereIsNoLine();
    void tellsOfARingAndItsEnd();
    void tellsWhoEndedACall_data();
    void tellsWhoEndedACall();
    void knowsAHiddenCaller();
    void knowsAnEmergencyCall();
    void dialsAnswersAndEnds();
    void answersAWaitingCall();
    void sendsDigitsOneByOne();
    void refusesWhatTheModemRefuses();
    void endsNoCallWhileTheDaemonIsAway();
    void readsOnlyMessagesThatAreWanted();
    void livesWithNonsense();
};

void OfonoLineTest::tellsWhoTheSimIs()
{
    Rig rig;
    QVERIFY(rig.start());
    QVERIFY(waitUntil([&] { return rig.sim().servingRegion == "CN" && rig.sim().emergencyNumbers.size() == 3; }));
    QCOMPARE(rig.sim().imsi.reveal(), std::string("262015550000001"));
    QCOMPARE(rig.sim().ownNumber.reveal(), std::string("+4915112345678"));
    QCOMPARE(rig.sim().homeRegion, std::string("DE"));
    rig.daemon.set(kModem, modem::kOfonoSim, u"SubscriberIdentity"_s, u"460001234567890"_s);
    QVERIFY(waitUntil([&] { return rig.sim().homeRegion == "CN"; }));
}

void OfonoLineTest::takesASimAsAbsentUntilItCanCall()
{
    Rig rig;
    QVERIFY(rig.start());
    rig.daemon.set(kModem, modem::kOfonoModem, u"Online"_s, false);
    QVERIFY(waitUntil([&] { return !rig.sim().present; }));
    rig.daemon.set(kModem, modem::kOfonoModem, u"Online"_s, true);
    QVERIFY(waitUntil([&] { return rig.sim().present; }));
    rig.daemon.set(kModem, modem::kOfonoModem, u"Interfaces"_s, QStringList{modem::kOfonoCalls});
    QVERIFY(waitUntil([&] { return !rig.sim().present; }));
}

void OfonoLineTest::saysWhyThereIsNoLine()
{
    Rig rig;
    rig.telephony.start();
    QVERIFY(waitUntil([&] { return rig.telephony.finding() == Finding::NotRunning; }));
    rig.daemon.appear();
    QVERIFY(waitUntil([&] { return rig.telephony.finding() == Finding::NoModem; }));
    rig.daemon.addModem(kModem);
    QVERIFY(waitUntil([&] { return rig.telephony.finding() == Finding::Found; }));
    rig.daemon.removeModem(kModem);
    QVERIFY(waitUntil([&] { return rig.telephony.finding() == Finding::NoModem; }));
}

void OfonoLineTest::tellsOfARingAndItsEnd()
{
    Rig rig;
    QVERIFY(rig.start());
    rig.daemon.addCall(kModem, kCall, u"incoming"_s, kCaller);
    QVERIFY(rig.reaches(LegState::Ringing));
    QCOMPARE(rig.told.back().number.reveal(), kCaller.toStdString());
    QVERIFY(rig.told.back().international);
    rig.daemon.setState(kCall, u"active"_s);
    QVERIFY(rig.reaches(LegState::Active));
    rig.daemon.setState(kCall, u"held"_s);
    QVERIFY(rig.reaches(LegState::Held));
    rig.daemon.end(kCall, u"remote"_s);
    QVERIFY(rig.reaches(LegState::Ended));
    QCOMPARE(rig.told.size(), std::size_t(4));
}

void OfonoLineTest::tellsWhoEndedACall_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<LegEnd>("end");
    QTest::newRow("here") << u"local"_s << LegEnd::LocalHangUp;
    QTest::newRow("there") << u"remote"_s << LegEnd::RemoteHangUp;
    QTest::newRow("the network") << u"network"_s << LegEnd::NetworkLost;
    QTest::newRow("nonsense") << u"?"_s << LegEnd::RemoteHangUp;
}

void OfonoLineTest::tellsWhoEndedACall()
{
    QFETCH(QString, reason);
    QFETCH(LegEnd, end);
    Rig rig;
    QVERIFY(rig.start());
    rig.daemon.addCall(kModem, kCall, u"incoming"_s, kCaller);
    rig.daemon.end(kCall, reason);
    QVERIFY(rig.reaches(LegState::Ended));
    QCOMPARE(rig.told.back().end, end);
}

void OfonoLineTest::knowsAHiddenCaller()
{
    Rig rig;
    QVERIFY(rig.start());
    rig.daemon.addCall(kModem, kCall, u"incoming"_s, u"withheld"_s);
    QVERIFY(rig.reaches(LegState::Ringing));
    QCOMPARE(rig.told.back().callerId, CallerIdPresence::Withheld);
    QVERIFY(rig.told.back().number.reveal().empty());
}

void OfonoLineTest::knowsAnEmergencyCall()
{
    Rig rig;
    QVERIFY(rig.start());
    rig.daemon.addCall(kModem, kCall, u"dialing"_s, u"112"_s);
    QVERIFY(rig.reaches(LegState::Dialling));
    QVERIFY(rig.told.back().emergency);
}

void OfonoLineTest::dialsAnswersAndEnds()
{
    Rig rig;
    QVERIFY(rig.start());
    rig.line.dial(0, "+8613800138000");
    QVERIFY(rig.reaches(LegState::Dialling));
    QCOMPARE(rig.told.back().direction, CallDirection::Outgoing);
    rig.line.hangUp(rig.told.back().id);
    QVERIFY(rig.reaches(LegState::Ended));
    QCOMPARE(rig.told.back().end, LegEnd::LocalHangUp);
    rig.daemon.addCall(kModem, kCall, u"incoming"_s, kCaller);
    QVERIFY(rig.reaches(LegState::Ringing));
    rig.line.answer(rig.told.back().id);
    QVERIFY(rig.reaches(LegState::Active));
    QVERIFY(rig.refusals.isEmpty());
}

void OfonoLineTest::answersAWaitingCall()
{
    Rig rig;
    QVERIFY(rig.start());
    rig.daemon.addCall(kModem, kCall, u"active"_s, kCaller);
    rig.daemon.addCall(kModem, kCall + u'2', u"waiting"_s, u"+8613800138000"_s);
    QVERIFY(rig.reaches(LegState::Ringing));
    rig.line.answer(rig.told.back().id);
    QVERIFY(waitUntil([&] { return rig.daemon.asked.contains(u"HoldAndAnswer "_s + kModem); }));
}

void OfonoLineTest::sendsDigitsOneByOne()
{
    Rig rig;
    QVERIFY(rig.start());
    rig.daemon.addCall(kModem, kCall, u"active"_s, kCaller);
    QVERIFY(rig.reaches(LegState::Active));
    rig.line.sendDigits(rig.told.back().id, "1#");
    QVERIFY(waitUntil([&] { return rig.daemon.asked.filter(u"SendTones"_s).size() == 2; }));
    QCOMPARE(rig.daemon.asked.filter(u"SendTones"_s),
             (QStringList{u"SendTones /phonesim 1"_s, u"SendTones /phonesim #"_s}));
}

void OfonoLineTest::refusesWhatTheModemRefuses()
{
    Rig rig;
    QVERIFY(rig.start());
    rig.daemon.answers = [](const QDBusMessage &message) -> std::optional<QDBusMessage> {
        if (message.member() != "Dial"_L1)
            return std::nullopt;
        return message.createErrorReply(u"org.ofono.Error.Failed"_s, u"+8613800138000"_s);
    };
    rig.line.dial(0, "+8613800138000");
    QVERIFY(waitUntil([&] { return rig.refusals == QStringList{u"the modem refused"_s}; }));
    rig.line.dial(2, "+8613800138000");
    QCOMPARE(rig.refusals.back(), u"there is no such SIM"_s);
}

void OfonoLineTest::endsNoCallWhileTheDaemonIsAway()
{
    Rig rig;
    QVERIFY(rig.start());
    rig.daemon.addCall(kModem, kCall, u"active"_s, kCaller);
    QVERIFY(rig.reaches(LegState::Active));
    rig.daemon.vanish();
    QVERIFY(waitUntil([&] { return rig.lost.back(); }));
    QCOMPARE(rig.told.size(), std::size_t(1));
    rig.daemon.appear();
    QVERIFY(waitUntil([&] { return rig.told.size() == 2; }));
    QCOMPARE(rig.told.back().state, LegState::Active);
    QCOMPARE(rig.told.back().id, rig.told.front().id);
    QVERIFY((rig.lost == std::vector{false, true, false}));
}

void OfonoLineTest::readsOnlyMessagesThatAreWanted()
{
    Rig rig;
    QVERIFY(rig.start());
    const auto deliver = [&](const QString &text) {
        rig.daemon.send(kModem, modem::kOfonoMessages, u"IncomingMessage"_s,
                        {text, QVariantMap{{u"Sender"_s, u"Ringlift"_s}}});
    };
    deliver(u"before"_s);
    rig.daemon.addCall(kModem, kCall, u"incoming"_s, kCaller);
    QVERIFY(rig.reaches(LegState::Ringing));
    QVERIFY(rig.messages.isEmpty());
    rig.telephony.readMessages(true);
    deliver(u"wanted"_s);
    QVERIFY(waitUntil([&] { return rig.messages == QStringList{u"wanted"_s}; }));
}

void OfonoLineTest::livesWithNonsense()
{
    Rig rig;
    QVERIFY(rig.start());
    const QVariant list = QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath(u"/a"_s)});
    const QVariantList nothing;
    for (const QVariantList &arguments :
         {nothing, QVariantList{1, 2}, QVariantList{u"State"_s, 3}, QVariantList{list, list}}) {
        for (const QString &interface :
             {modem::kOfonoModem, modem::kOfonoSim, modem::kOfonoCalls, modem::kOfonoNetwork})
            rig.daemon.send(kModem, interface, u"PropertyChanged"_s, arguments);
        for (const QString &member : {u"CallAdded"_s, u"CallRemoved"_s})
            rig.daemon.send(kModem, modem::kOfonoCalls, member, arguments);
        for (const QString &member : {u"ModemAdded"_s, u"ModemRemoved"_s})
            rig.daemon.send(u"/"_s, u"org.ofono.Manager"_s, member, arguments);
        rig.daemon.send(kModem, modem::kOfonoMessages, u"IncomingMessage"_s, arguments);
    }
    rig.daemon.addCall(kModem, kCall, u"levitating"_s, kCaller);
    rig.daemon.addCall(kModem, kCall + u'2', u"incoming"_s, QString(100'000, u'9'));
    QVERIFY(rig.reaches(LegState::Ringing));
    rig.daemon.setState(kCall + u'2', u"levitating"_s);
    rig.daemon.setState(kCall + u'2', u"active"_s);
    QVERIFY(rig.reaches(LegState::Active));
    QCOMPARE(rig.told.size(), std::size_t(2));
    QCOMPARE(rig.told.back().number.reveal().size(), std::size_t(64));
}

QTEST_GUILESS_MAIN(OfonoLineTest)
#include "tst_ofonoline.moc"
