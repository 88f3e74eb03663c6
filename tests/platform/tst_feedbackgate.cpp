#include "platform/linux/feedbackgate.h"
#include "platform/linux/keeperprocess.h"
#include "platform/linux/ringkeeper.h"
#include "tests/platform/feedbackrig.h"
#include "tests/platform/modemlinerig.h"

#include <csignal>
#include <cstdio>
#include <sys/socket.h>
#include <unistd.h>

using namespace ringlift;
using namespace ringlift::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Fake = FakeModemManager;
using modem::FeedbackGate;
using ports::RingHoldState;

namespace {

const QString kCaller = u"+491711234567"_s;
const QString kOther = u"+491711234568"_s;

class Rig
{
public:
    explicit Rig(const char *profile, Duration fence = 60s)
        : settings(profile),
          feedback((qputenv("DBUS_SESSION_BUS_ADDRESS", phone.bus.address().toUtf8()), phone.bus.connection()),
                   settings)
    {
        make(fence);
    }
    bool start(RingHoldState state = RingHoldState::Ready)
    {
        gate->start();
        return phone.start() && waitUntil([&] { return phone.line.ringHold().state == state; });
    }
    LineCallId ring(const QString &number = kCaller)
    {
        call = phone.daemon.addCall(phone.modem, Fake::Incoming, Fake::RingingIn, number);
        const auto comes = [&] { return !phone.told.empty() && phone.last().number.reveal() == number.toStdString(); };
        return waitUntil(comes) ? phone.last().id : LineCallId{};
    }
    /// And what the keeper answers then.
    QString hold(LineCallId id, bool hold = true)
    {
        said.clear();
        phone.line.holdRing(id, hold);
        return next();
    }
    QString next()
    {
        waitUntil([&] { return !said.isEmpty(); });
        return said.isEmpty() ? QString() : said.takeFirst();
    }
    bool comesToRing(int count = 1)
    {
        return waitUntil([&] { return feedback.rings.size() == count; });
    }
    void make(Duration fence)
    {
        gate = std::make_unique<FeedbackGate>(
            modem::FeedbackGateConfig{QCoreApplication::applicationFilePath(), {u"--keep-ring"_s}, fence});
        gate->follow(phone.line);
        QObject::connect(gate.get(), &FeedbackGate::answered, [this](const QString &word) {
            if (word != "ready"_L1)
                said.append(word);
        });
    }

    ModemLineRig phone;
    StubSettings settings;
    StubFeedback feedback;
    QStringList said;
    std::unique_ptr<FeedbackGate> gate;
    QString call;
};

/// An app that has the ring held, and does nothing more.
int holdForEver()
{
    const auto keeper = modem::startKeeper(QCoreApplication::applicationFilePath(), {u"--keep-ring-shortly"_s});
    if (!keeper || write(keeper->socket, "hold\n", 5) != 5)
        return 1;
    QByteArray said;
    char buffer[64];
    while (!said.endsWith("held\n")) {
        const ssize_t count = read(keeper->socket, buffer, sizeof buffer);
        if (count <= 0)
            return 1;
        said.append(buffer, count);
    }
    std::puts("held");
    std::fflush(stdout);
    for (;;)
        pause();
}

class App : public QProcess
{
public:
    bool holds()
    {
        start(QCoreApplication::applicationFilePath(), {u"--hold"_s});
        return waitUntil([this] { return canReadLine(); }) && readLine() == "held\n";
    }
    void send(int signal) { ::kill(pid_t(processId()), signal); }
};

} // namespace

/// The ordinary dialer's ring waits for the decision, and nothing leaves a phone mute.
class FeedbackGateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsARingAndRingsInItsPlace();
    void letsADialerRingThatHasNotRungYet();
    void ringsWhereADialersRingWasSwallowed();
    void ringsWhereAnotherDaemonCounts();
    void leavesTheSilenceThatTheUserChose();
    void leavesWhatTheUserChoosesMeanwhile();
    void endsWithTheCall();
    void endsWhenTheCallIsAnswered();
    void holdsNoLongerThanTheFence();
    void ringsAgainWhereTheSettingComesLate();
    void ringsForOneOfSeveralCalls();
    void holdsNothingBesideAnotherCall();
    void restoresWhenThePhoneEnds();
    void restoresWhenTheAppIsKilled();
    void restoresWhenTheAppHangs();
    void restoresWhenTheKeeperIsKilled();
    void restoresWhatASessionBeforeLeft();
    void restoresOnDemand();
    void isOffWithoutFeedbackd();
    void isOffWithoutItsSettings();
    void isOffWithoutAKeeper();
    void refusesSettingsThatForget();
};

void FeedbackGateTest::holdsARingAndRingsInItsPlace()
{
    Rig rig("quiet");
    QVERIFY(rig.start());
    const LineCallId id = rig.ring();
    QCOMPARE(rig.hold(id), u"held"_s);
    QCOMPARE(rig.settings.profile(), "silent");
    QCOMPARE(rig.hold(id, false), u"ring"_s);
    QCOMPARE(rig.settings.profile(), "quiet");
    QCOMPARE(rig.feedback.rings.size(), 1);
    const auto &ring = rig.feedback.rings.first();
    QCOMPARE(ring.app, u"org.gnome.Calls"_s);
    QCOMPARE(ring.event, u"phone-incoming-call"_s);
    QCOMPARE(ring.timeout, 0);
    QCOMPARE(ring.profile, "quiet");
    rig.said.clear();
    rig.phone.daemon.setState(rig.call, Fake::Terminated);
    QCOMPARE(rig.next(), u"free"_s);
    QCOMPARE(rig.feedback.ended, QList<unsigned>{ring.id});
}

void FeedbackGateTest::letsADialerRingThatHasNotRungYet()
{
    Rig rig("full");
    rig.feedback.startDialer();
    QVERIFY(rig.start());
    for (const QString &caller : {kCaller, kOther}) {
        const LineCallId id = rig.ring(caller);
        QCOMPARE(rig.hold(id), u"held"_s);
        QCOMPARE(rig.hold(id, false), u"ring"_s);
        QCOMPARE(rig.settings.profile(), "full");
        QVERIFY(rig.feedback.rings.isEmpty());
        rig.said.clear();
        rig.phone.daemon.setState(rig.call, Fake::Terminated);
        QCOMPARE(rig.next(), u"free"_s);
    }
}

void FeedbackGateTest::ringsWhereADialersRingWasSwallowed()
{
    Rig rig("full");
    rig.feedback.startDialer();
    QVERIFY(rig.start());
    const LineCallId id = rig.ring();
    QCOMPARE(rig.hold(id), u"held"_s);
    rig.feedback.haveEvent();
    QCOMPARE(rig.hold(id, false), u"ring"_s);
    QCOMPARE(rig.feedback.rings.size(), 1);
}

void FeedbackGateTest::ringsWhereAnotherDaemonCounts()
{
    Rig rig("full");
    rig.feedback.startDialer();
    QVERIFY(rig.start());
    const LineCallId id = rig.ring();
    QCOMPARE(rig.hold(id), u"held"_s);
    rig.feedback.restart();
    QCOMPARE(rig.hold(id, false), u"ring"_s);
    QCOMPARE(rig.feedback.rings.size(), 1);
}

void FeedbackGateTest::leavesTheSilenceThatTheUserChose()
{
    Rig rig("silent");
    QVERIFY(rig.start());
    const LineCallId id = rig.ring();
    QCOMPARE(rig.hold(id), u"mute"_s);
    QCOMPARE(rig.hold(id, false), u"ring"_s);
    QCOMPARE(rig.settings.profile(), "silent");
    QVERIFY(rig.feedback.rings.isEmpty());
}

void FeedbackGateTest::leavesWhatTheUserChoosesMeanwhile()
{
    Rig rig("full");
    QVERIFY(rig.start());
    const LineCallId id = rig.ring();
    QCOMPARE(rig.hold(id), u"held"_s);
    rig.settings.choose("quiet");
    QCOMPARE(rig.hold(id, false), u"ring"_s);
    QCOMPARE(rig.settings.profile(), "quiet");
}

void FeedbackGateTest::endsWithTheCall()
{
    Rig rig("full");
    QVERIFY(rig.start());
    QCOMPARE(rig.hold(rig.ring()), u"held"_s);
    rig.phone.daemon.setState(rig.call, Fake::Terminated);
    QCOMPARE(rig.next(), u"free"_s);
    QCOMPARE(rig.settings.profile(), "full");
    QVERIFY(rig.feedback.rings.isEmpty());
}

void FeedbackGateTest::endsWhenTheCallIsAnswered()
{
    Rig rig("full");
    QVERIFY(rig.start());
    const LineCallId id = rig.ring();
    QCOMPARE(rig.hold(id), u"held"_s);
    QCOMPARE(rig.hold(id, false), u"ring"_s);
    QVERIFY(rig.comesToRing());
    rig.phone.daemon.setState(rig.call, Fake::Active);
    QCOMPARE(rig.next(), u"free"_s);
    QCOMPARE(rig.feedback.ended.size(), 1);
}

void FeedbackGateTest::holdsNoLongerThanTheFence()
{
    Rig rig("full", 10ms);
    QVERIFY(rig.start());
    const LineCallId id = rig.ring();
    QCOMPARE(rig.hold(id), u"held"_s);
    QCOMPARE(rig.next(), u"free"_s);
    QCOMPARE(rig.settings.profile(), "full");
    QVERIFY(rig.feedback.rings.isEmpty()); // the app rings
    QCOMPARE(rig.hold(id, false), u"ring"_s);
    QCOMPARE(rig.feedback.rings.size(), 1);
}

void FeedbackGateTest::ringsAgainWhereTheSettingComesLate()
{
    Rig rig("full");
    rig.feedback.misses = 2;
    QVERIFY(rig.start());
    const LineCallId id = rig.ring();
    QCOMPARE(rig.hold(id), u"held"_s);
    QCOMPARE(rig.hold(id, false), u"ring"_s);
    QVERIFY(rig.comesToRing(3));
    rig.said.clear();
    rig.phone.daemon.setState(rig.call, Fake::Terminated);
    QCOMPARE(rig.next(), u"free"_s);
    QCOMPARE(rig.feedback.ended, QList<unsigned>{rig.feedback.rings.last().id});
}

void FeedbackGateTest::ringsForOneOfSeveralCalls()
{
    Rig rig("full");
    QVERIFY(rig.start());
    const LineCallId first = rig.ring();
    const QString firstCall = rig.call;
    QCOMPARE(rig.hold(first), u"held"_s);
    const LineCallId second = rig.ring(kOther);
    rig.phone.line.holdRing(second, true);
    QCOMPARE(rig.hold(first, false), u"ring"_s);
    QCOMPARE(rig.settings.profile(), "full");
    QCOMPARE(rig.feedback.rings.size(), 1);
    rig.phone.daemon.setState(firstCall, Fake::Terminated);
    QCOMPARE(rig.next(), u"held"_s);
    QCOMPARE(rig.feedback.ended.size(), 1);
    QCOMPARE(rig.hold(second, false), u"ring"_s);
    QCOMPARE(rig.feedback.rings.size(), 2);
}

void FeedbackGateTest::holdsNothingBesideAnotherCall()
{
    Rig rig("full");
    QVERIFY(rig.start());
    const LineCallId id = rig.ring();
    QCOMPARE(rig.hold(id), u"held"_s);
    rig.phone.daemon.addCall(rig.phone.modem, Fake::Outgoing, Fake::Dialling, u"110"_s);
    QCOMPARE(rig.next(), u"ring"_s);
    QCOMPARE(rig.settings.profile(), "full");
    rig.phone.line.holdRing(id, true);
    rig.said.clear();
    rig.phone.daemon.setState(rig.call, Fake::Terminated);
    QCOMPARE(rig.next(), u"free"_s);
    QCOMPARE(rig.settings.profile(), "full");
}

void FeedbackGateTest::restoresWhenThePhoneEnds()
{
    Rig rig("quiet");
    QVERIFY(rig.start());
    QCOMPARE(rig.hold(rig.ring()), u"held"_s);
    rig.gate.reset();
    QVERIFY(rig.comesToRing());
    QCOMPARE(rig.feedback.rings.first().profile, "quiet");
    QCOMPARE(rig.feedback.rings.first().timeout, int(modem::RingKeeper::kLastRing.count()));
    rig.feedback.end(rig.feedback.rings.first().id, 1);
}

void FeedbackGateTest::restoresWhenTheAppIsKilled()
{
    Rig rig("quiet");
    App app;
    QVERIFY(app.holds());
    QCOMPARE(rig.settings.profile(), "silent");
    app.send(SIGKILL);
    QVERIFY(rig.comesToRing());
    QCOMPARE(rig.feedback.rings.first().profile, "quiet");
    rig.feedback.end(rig.feedback.rings.first().id, 1);
    QVERIFY(waitUntil([&] { return app.state() == QProcess::NotRunning; }));
}

void FeedbackGateTest::restoresWhenTheAppHangs()
{
    Rig rig("quiet");
    App app;
    QVERIFY(app.holds());
    app.send(SIGSTOP);
    QVERIFY(rig.comesToRing());
    QCOMPARE(rig.feedback.rings.first().profile, "quiet");
    rig.feedback.end(rig.feedback.rings.first().id, 1);
    app.send(SIGKILL);
    QVERIFY(waitUntil([&] { return app.state() == QProcess::NotRunning; }));
}

void FeedbackGateTest::restoresWhenTheKeeperIsKilled()
{
    Rig rig("quiet");
    QVERIFY(rig.start());
    const LineCallId id = rig.ring();
    QCOMPARE(rig.hold(id), u"held"_s);
    bool isBack = false;
    QObject::connect(rig.gate.get(), &FeedbackGate::answered,
                     [&](const QString &word) { isBack |= word == "ready"_L1; });
    ::kill(rig.gate->keeper(), SIGKILL);
    QVERIFY(waitUntil([&] { return isBack; }));
    QCOMPARE(rig.settings.profile(), "quiet");
    QCOMPARE(rig.hold(id, false), u"ring"_s);
    QCOMPARE(rig.feedback.rings.size(), 1);
}

void FeedbackGateTest::restoresWhatASessionBeforeLeft()
{
    Rig rig("quiet");
    QCOMPARE(modem::DialerProfile().silence(), modem::DialerProfile::Silence::Made);
    QVERIFY(rig.start());
    QCOMPARE(rig.settings.profile(), "quiet");
}

void FeedbackGateTest::restoresOnDemand()
{
    const StubSettings settings("quiet");
    QCOMPARE(modem::restoreRing(), 0);
    QCOMPARE(settings.profile(), "quiet");
    modem::DialerProfile profile;
    QCOMPARE(profile.silence(), modem::DialerProfile::Silence::Made);
    QCOMPARE(profile.silence(), modem::DialerProfile::Silence::Made);
    QCOMPARE(modem::restoreRing(), 0);
    QCOMPARE(settings.profile(), "quiet");
    QVERIFY(!profile.isHeld());
}

void FeedbackGateTest::isOffWithoutFeedbackd()
{
    Rig rig("full");
    rig.feedback.vanish();
    QVERIFY(rig.start(RingHoldState::Off));
    QCOMPARE(rig.phone.line.ringHold().fault, std::string("feedbackd is not installed"));
    rig.phone.line.holdRing(rig.ring(), true);
    QCOMPARE(rig.settings.profile(), "full");
}

void FeedbackGateTest::isOffWithoutItsSettings()
{
    Rig rig("full");
    rig.settings.remove();
    QVERIFY(rig.start(RingHoldState::Off));
    QCOMPARE(rig.phone.line.ringHold().fault, std::string("feedbackd has no settings here"));
}

void FeedbackGateTest::isOffWithoutAKeeper()
{
    FeedbackGate gate({u"/nonexistent/ringlift"_s});
    gate.start();
    QCOMPARE(gate.hold().state, RingHoldState::Off);
    QCOMPARE(gate.hold().fault, std::string("the keeper of the ring cannot be started"));
}

void FeedbackGateTest::refusesSettingsThatForget()
{
    Rig rig("full");
    qputenv("STUB_FORGETS", "1");
    QVERIFY(rig.start());
    const LineCallId id = rig.ring();
    QCOMPARE(rig.hold(id), u"failed"_s);
    QCOMPARE(rig.hold(id, false), u"ring"_s);
    QVERIFY(rig.feedback.rings.isEmpty()); // the dialer does
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QString task = application.arguments().value(1);
    if (task == "--keep-ring"_L1)
        return modem::keepRing();
    if (task == "--keep-ring-shortly"_L1)
        return modem::keepRing(100ms);
    if (task == "--hold"_L1)
        return holdForEver();
    FeedbackGateTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_feedbackgate.moc"
