#include "tests/platform/modemlinerig.h"

using namespace ringlift;
using namespace ringlift::tests;
using namespace Qt::StringLiterals;

using modem::Finding;
using Fake = FakeModemManager;

/// The daemon, its modems and SIMs, and messages.
class ModemManagerModemsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysThatThereIsNoBus();
    void saysThatTheDaemonDoesNotRun();
    void saysThatThereIsNoModemForCalls();
    void saysThatTheDaemonDoesNotAnswer();
    void findsAModemThatComesLater();
    void tellsWhoTheSimIs();
    void readsOwnNumbersInAnyForm_data();
    void readsOwnNumbersInAnyForm();
    void takesASimAsAbsentUntilItCanCall_data();
    void takesASimAsAbsentUntilItCanCall();
    void noticesAnotherSim();
    void keepsTheSlotsOfItsModems();
    void takesAModemThatIsFoundAnewForTheFormerOne();
    void usesFourModemsAtMost();
    void callsOnTheRightModem();
    void readsOnlyMessagesThatAreWantedAndNew();
    void waitsForTheLastPartOfAMessage();
    void hearsNothingAfterItWasStopped();
};

void ModemManagerModemsTest::saysThatThereIsNoBus()
{
    modem::ModemManager telephony(QDBusConnection::connectToBus(u"unix:path=/nonexistent"_s, u"no bus"_s));
    telephony.start();
    QVERIFY(waitUntil([&] { return telephony.finding() == Finding::NoBus; }));
}

void ModemManagerModemsTest::saysThatTheDaemonDoesNotRun()
{
    ModemLineRig rig;
    rig.telephony.start();
    QVERIFY(waitUntil([&] { return rig.telephony.finding() == Finding::NotRunning; }));
}

void ModemManagerModemsTest::saysThatThereIsNoModemForCalls()
{
    ModemLineRig rig;
    rig.daemon.appear();
    rig.daemon.addModem(0, kGermanSim, false);
    rig.telephony.start();
    QVERIFY(waitUntil([&] { return rig.telephony.finding() == Finding::NoModem; }));
    QVERIFY(rig.lost.empty());
    rig.daemon.setModem(u"/org/freedesktop/ModemManager1/Modem/0"_s, modem::kVoiceInterface, u"EmergencyOnly"_s, false);
    QVERIFY(waitUntil([&] { return rig.telephony.finding() == Finding::Found; }));
    QCOMPARE(rig.lost, std::vector{false});
}

void ModemManagerModemsTest::saysThatTheDaemonDoesNotAnswer()
{
    ModemLineRig rig;
    rig.daemon.answers = [](const QDBusMessage &message) -> std::optional<QDBusMessage> {
        return message.createErrorReply(QDBusError::NoReply, u"busy"_s);
    };
    rig.daemon.appear();
    rig.telephony.start();
    QVERIFY(waitUntil([&] { return rig.telephony.finding() == Finding::NoAnswer; }));
    rig.daemon.answers = {};
    rig.daemon.addModem(0, kGermanSim);
    QVERIFY(waitUntil([&] { return rig.telephony.finding() == Finding::Found; }));
}

void ModemManagerModemsTest::findsAModemThatComesLater()
{
    ModemLineRig rig;
    rig.telephony.start();
    QVERIFY(waitUntil([&] { return rig.telephony.finding() == Finding::NotRunning; }));
    rig.daemon.appear();
    QVERIFY(waitUntil([&] { return rig.telephony.finding() == Finding::NoModem; }));
    rig.daemon.addModem(0, kGermanSim);
    QVERIFY(waitUntil([&] { return rig.telephony.finding() == Finding::Found && rig.simIn(0).present; }));
}

void ModemManagerModemsTest::tellsWhoTheSimIs()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    const SimInfo sim = rig.simIn(0);
    QCOMPARE(sim.imsi.reveal(), kGermanSim.imsi.toStdString());
    QCOMPARE(sim.ownNumber.reveal(), std::string("+4915112345678"));
    QCOMPARE(sim.homeRegion, std::string("DE"));
    QCOMPARE(sim.servingRegion, std::string("DE"));
    QCOMPARE(sim.emergencyNumbers, (std::vector<std::string>{"112", "911", "110"}));
    rig.daemon.setModem(rig.modem, modem::kModem3gppInterface, u"OperatorCode"_s, u"46000"_s);
    QVERIFY(waitUntil([&] { return rig.simIn(0).servingRegion == "CN"; }));
    QCOMPARE(rig.simIn(0).homeRegion, std::string("DE"));
}

void ModemManagerModemsTest::readsOwnNumbersInAnyForm_data()
{
    QTest::addColumn<QStringList>("numbers");
    QTest::addColumn<QString>("own");
    QTest::newRow("none") << QStringList() << QString();
    QTest::newRow("international") << QStringList{u"+4915112345678"_s} << u"+4915112345678"_s;
    QTest::newRow("with 00") << QStringList{u"004915112345678"_s} << u"+4915112345678"_s;
    QTest::newRow("national") << QStringList{u"015112345678"_s} << u"+4915112345678"_s;
    QTest::newRow("nonsense first") << QStringList{u""_s, u"Voice"_s, u"*100#"_s, u"+4915112345678"_s}
                                    << u"+4915112345678"_s;
    QTest::newRow("short") << QStringList{u"12345"_s} << QString();
}

void ModemManagerModemsTest::readsOwnNumbersInAnyForm()
{
    QFETCH(QStringList, numbers);
    QFETCH(QString, own);
    ModemLineRig rig;
    QVERIFY(rig.start());
    rig.daemon.setModem(rig.modem, modem::kModemInterface, u"OwnNumbers"_s, numbers);
    QVERIFY(rig.settle());
    QCOMPARE(QString::fromStdString(rig.simIn(0).ownNumber.reveal()), own);
}

void ModemManagerModemsTest::takesASimAsAbsentUntilItCanCall_data()
{
    QTest::addColumn<QVariant>("state");
    QTest::addColumn<bool>("present");
    QTest::newRow("no SIM") << QVariant(-1) << false;
    QTest::newRow("locked") << QVariant(2) << false;
    QTest::newRow("disabled") << QVariant(3) << false;
    QTest::newRow("enabled") << QVariant(6) << true;
    QTest::newRow("no coverage") << QVariant(7) << true;
    QTest::newRow("connected") << QVariant(11) << true;
    QTest::newRow("nonsense") << QVariant(u"up"_s) << true; // as before
}

void ModemManagerModemsTest::takesASimAsAbsentUntilItCanCall()
{
    QFETCH(QVariant, state);
    QFETCH(bool, present);
    ModemLineRig rig;
    QVERIFY(rig.start());
    rig.daemon.setModem(rig.modem, modem::kModemInterface, u"State"_s, state);
    QVERIFY(rig.settle());
    QCOMPARE(rig.simIn(0).present, present);
    QCOMPARE(rig.simIn(0).imsi.reveal().empty(), !present);
    QCOMPARE(rig.simIn(0).emergencyNumbers.size(), std::size_t(3));
}

void ModemManagerModemsTest::noticesAnotherSim()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    QStringList told;
    QObject::connect(&rig.sims, &ports::SimCard::changed,
                     [&] { told.append(QString::fromStdString(rig.simIn(0).imsi.reveal())); });
    rig.daemon.swapSim(rig.modem, kChineseSim);
    QVERIFY(waitUntil([&] { return rig.simIn(0).imsi.reveal() == kChineseSim.imsi.toStdString(); }));
    QCOMPARE(rig.simIn(0).homeRegion, std::string("CN"));
    QVERIFY(rig.simIn(0).ownNumber.reveal().empty());
    // Between the two there is none, and never the one's number with the other's identity.
    QVERIFY(told.contains(QString()));
}

void ModemManagerModemsTest::keepsTheSlotsOfItsModems()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    rig.daemon.addModem(1, kChineseSim);
    QVERIFY(waitUntil([&] { return rig.simIn(1).present; }));
    rig.daemon.removeModem(rig.modem);
    QVERIFY(waitUntil([&] { return !rig.simIn(0).present; }));
    QCOMPARE(rig.sims.sims().size(), std::size_t(2));
    QCOMPARE(rig.simIn(1).homeRegion, std::string("CN"));
    QCOMPARE(rig.telephony.finding(), Finding::Found);
    rig.daemon.addModem(0, kGermanSim);
    QVERIFY(waitUntil([&] { return rig.simIn(0).present; }));
    QCOMPARE(rig.simIn(0).homeRegion, std::string("DE"));
}

void ModemManagerModemsTest::takesAModemThatIsFoundAnewForTheFormerOne()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, u"+8613800138000"_s);
    QVERIFY(rig.reaches(LegState::Ringing));
    const LineCallId id = rig.last().id;
    const QString again = rig.daemon.addModem(7, kGermanSim, true, 0);
    QVERIFY(rig.reaches(LegState::Unknown));
    rig.daemon.removeModem(rig.modem);
    rig.daemon.addCall(again, Fake::Incoming, Fake::Active, u"+8613800138000"_s);
    QVERIFY(rig.reaches(LegState::Active));
    QCOMPARE(rig.last().id, id);
    QVERIFY(waitUntil([&] { return rig.simIn(0).present; }));
    QCOMPARE(rig.sims.sims().size(), std::size_t(1));
}

void ModemManagerModemsTest::usesFourModemsAtMost()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    for (int number = 1; number < 7; ++number)
        rig.daemon.addModem(number, kChineseSim);
    QVERIFY(waitUntil([&] { return rig.simIn(3).present; }));
    QVERIFY(rig.settle());
    QCOMPARE(rig.sims.sims().size(), modem::Telephony::kMaxModems);
}

void ModemManagerModemsTest::callsOnTheRightModem()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    const QString second = rig.daemon.addModem(1, kChineseSim);
    QVERIFY(waitUntil([&] { return rig.simIn(1).present; }));
    rig.line.dial(1, "+8613800138000");
    QVERIFY(rig.reaches(LegState::Dialling));
    QCOMPARE(rig.last().sim, 1);
    QCOMPARE(rig.daemon.countAsked(u"CreateCall "_s + second), 1);
    QCOMPARE(rig.daemon.countAsked(u"CreateCall"_s), 1);
}

void ModemManagerModemsTest::readsOnlyMessagesThatAreWantedAndNew()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    rig.daemon.addMessage(rig.modem, u"before"_s);
    QVERIFY(rig.settle());
    rig.telephony.readMessages(true);
    rig.daemon.addMessage(rig.modem, u"wanted"_s);
    QVERIFY(waitUntil([&] { return !rig.messages.isEmpty(); }));
    rig.telephony.readMessages(false);
    rig.daemon.addMessage(rig.modem, u"after"_s);
    QVERIFY(rig.settle());
    QCOMPARE(rig.messages, QStringList{u"wanted"_s});
    QCOMPARE(rig.daemon.countAsked(u"GetAll /org/freedesktop/ModemManager1/SMS"_s), 1);
}

void ModemManagerModemsTest::waitsForTheLastPartOfAMessage()
{
    constexpr int kReceiving = 2;
    ModemLineRig rig;
    QVERIFY(rig.start());
    rig.telephony.readMessages(true);
    rig.daemon.addMessage(rig.modem, u"two parts"_s, kReceiving);
    QVERIFY(rig.settle());
    QVERIFY(rig.messages.isEmpty());
    rig.daemon.completeMessages();
    QVERIFY(waitUntil([&] { return rig.messages == QStringList{u"two parts"_s}; }));
}

void ModemManagerModemsTest::hearsNothingAfterItWasStopped()
{
    ModemLineRig rig;
    QVERIFY(rig.start());
    rig.telephony.stop();
    rig.daemon.addCall(rig.modem, Fake::Incoming, Fake::RingingIn, u"+8613800138000"_s);
    rig.daemon.vanish();
    QVERIFY(rig.settle());
    QVERIFY(rig.told.empty());
    QCOMPARE(rig.lost, std::vector{false});
}

QTEST_GUILESS_MAIN(ModemManagerModemsTest)
#include "tst_modemmanagermodems.moc"
