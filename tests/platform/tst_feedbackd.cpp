#include "platform/linux/feedbackgate.h"
#include "platform/linux/keeperprocess.h"
#include "platform/linux/ringkeeper.h"
#include "tests/platform/modemlinerig.h"

#include <QElapsedTimer>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <unistd.h>

using namespace ringlift;
using namespace ringlift::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Fake = FakeModemManager;
using modem::FeedbackGate;

namespace {

const QString kFeedback = u"org.sigxcpu.Feedback"_s;
const QString kFeedbackPath = u"/org/sigxcpu/Feedback"_s;
const QString kSetting = u"org.sigxcpu.feedbackd.application:/org/sigxcpu/feedbackd/application/org-gnome-calls/"_s;
constexpr uint kNoFeedback = 0xffff'ffff;

/// The app itself.
QString app()
{
    return qEnvironmentVariable("RINGLIFT_PROGRAM");
}

/// The dialer, as far as it rings.
class Dialer : public QObject
{
    Q_OBJECT

public:
    Dialer()
    {
        m_bus.connect(kFeedback, kFeedbackPath, kFeedback, u"FeedbackEnded"_s, this, SLOT(onEnded(uint, uint)));
    }
    /// Whether anybody hears it.
    bool isHeard()
    {
        const uint id = ask(u"TriggerFeedback"_s, {u"org.gnome.Calls"_s, u"phone-incoming-call"_s, QVariantMap(), 0});
        ask(u"EndFeedback"_s, {id});
        QCoreApplication::processEvents(); // what was told before the answer
        return id != 0 && m_ended.value(id) != kNoFeedback;
    }

private Q_SLOTS:
    void onEnded(uint id, uint reason) { m_ended.insert(id, reason); }

private:
    uint ask(const QString &method, const QVariantList &arguments)
    {
        QDBusMessage call = QDBusMessage::createMethodCall(kFeedback, kFeedbackPath, kFeedback, method);
        call.setArguments(arguments);
        return m_bus.call(call).arguments().value(0).toUInt();
    }

    QDBusConnection m_bus = QDBusConnection::sessionBus();
    QMap<uint, uint> m_ended;
};

/// The user, at the settings.
class Settings
{
public:
    Settings()
    {
        m_monitor.start(u"gsettings"_s, {u"monitor"_s, kSetting, u"profile"_s});
        m_monitor.waitForStarted();
    }
    ~Settings()
    {
        m_monitor.kill();
        m_monitor.waitForFinished();
    }
    static QString profile() { return ask({u"get"_s, kSetting, u"profile"_s}); }
    static void choose(const QString &profile) { ask({u"set"_s, kSetting, u"profile"_s, profile}); }
    bool become(const QString &profile)
    {
        return waitUntil([&] {
            while (m_monitor.canReadLine())
                m_last = m_monitor.readLine();
            return m_last.contains(profile.toUtf8()) || Settings::profile() == profile;
        });
    }

private:
    static QString ask(const QStringList &arguments)
    {
        QProcess tool;
        tool.start(u"gsettings"_s, arguments);
        tool.waitForFinished();
        return QString::fromUtf8(tool.readAllStandardOutput()).trimmed().remove(u'\'');
    }

    QProcess m_monitor;
    QByteArray m_last;
};

class Rig
{
public:
    Rig()
    {
        gate.follow(phone.line);
        QObject::connect(&gate, &FeedbackGate::answered, [this](const QString &word) { said = word; });
    }
    bool start()
    {
        gate.start();
        return phone.start() && waitUntil([this] { return gate.hold().state == ports::RingHoldState::Ready; });
    }
    LineCallId ring()
    {
        phone.told.clear();
        call = phone.daemon.addCall(phone.modem, Fake::Incoming, Fake::RingingIn, u"+491711234567"_s);
        return waitUntil([this] { return !phone.told.empty(); }) ? phone.last().id : LineCallId{};
    }
    bool says(const QString &word)
    {
        return waitUntil([&] { return said == word; });
    }

    ModemLineRig phone;
    FeedbackGate gate{{app()}};
    QString said;
    QString call;
};

int holdForEver()
{
    const auto keeper = modem::startKeeper(app(), {u"--keep-ring"_s});
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

} // namespace

/// The gate with the real feedbackd and the real settings.
class FeedbackdTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { Settings::choose(u"full"_s); }
    void swallowsTheDialersRing();
    void restoresTheUsersChoice();
    void restoresWhenTheAppIsKilled();
    void restoresByTheStopHook();
    void measuresWhatItLosesOfARing();
};

void FeedbackdTest::swallowsTheDialersRing()
{
    Dialer dialer;
    Rig rig;
    QVERIFY(rig.start());
    QVERIFY(dialer.isHeard());
    const LineCallId id = rig.ring();
    rig.phone.line.holdRing(id, true);
    QVERIFY(rig.says(u"held"_s));
    QVERIFY(!dialer.isHeard());
    rig.phone.line.holdRing(id, false);
    QVERIFY(rig.says(u"ring"_s));
    QVERIFY(dialer.isHeard());
}

void FeedbackdTest::restoresTheUsersChoice()
{
    Settings::choose(u"quiet"_s);
    Rig rig;
    QVERIFY(rig.start());
    rig.phone.line.holdRing(rig.ring(), true);
    QVERIFY(rig.says(u"held"_s));
    QCOMPARE(Settings::profile(), u"silent"_s);
    rig.phone.daemon.setState(rig.call, Fake::Terminated);
    QVERIFY(rig.says(u"free"_s));
    QCOMPARE(Settings::profile(), u"quiet"_s);
}

void FeedbackdTest::restoresWhenTheAppIsKilled()
{
    Settings settings;
    QProcess holder;
    holder.start(QCoreApplication::applicationFilePath(), {u"--hold"_s});
    QVERIFY(waitUntil([&] { return holder.canReadLine(); }));
    QCOMPARE(Settings::profile(), u"silent"_s);
    QElapsedTimer since;
    since.start();
    holder.kill();
    QVERIFY(settings.become(u"full"_s));
    qInfo("restored %lld ms after the app was killed", static_cast<long long>(since.elapsed()));
    QVERIFY(since.elapsed() < modem::RingKeeper::kFence.count());
    QVERIFY(waitUntil([&] { return holder.state() == QProcess::NotRunning; }));
}

void FeedbackdTest::restoresByTheStopHook()
{
    Settings::choose(u"quiet"_s);
    QCOMPARE(modem::DialerProfile().silence(), modem::DialerProfile::Silence::Made);
    QCOMPARE(Settings::profile(), u"silent"_s);
    QCOMPARE(QProcess::execute(app(), {u"--restore-ring"_s}), 0);
    QCOMPARE(Settings::profile(), u"quiet"_s);
}

/// From the word to hold until the dialer is silent: a ring that begins before is heard.
void FeedbackdTest::measuresWhatItLosesOfARing()
{
    constexpr int kRounds = 20;
    Rig rig;
    QVERIFY(rig.start());
    std::vector<qint64> took;
    for (int round = 0; round < kRounds; ++round) {
        const LineCallId id = rig.ring();
        QElapsedTimer since;
        since.start();
        rig.phone.line.holdRing(id, true);
        QVERIFY(rig.says(u"held"_s));
        took.push_back(since.elapsed());
        rig.phone.daemon.setState(rig.call, Fake::Terminated);
        QVERIFY(rig.says(u"free"_s));
    }
    std::sort(took.begin(), took.end());
    qInfo("the dialer is silent after %lld ms (median), %lld ms at worst", static_cast<long long>(took[kRounds / 2]),
          static_cast<long long>(took.back()));
    QVERIFY(took[kRounds / 2] < 1000);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QString task = application.arguments().value(1);
    if (task == "--hold"_L1)
        return holdForEver();
    FeedbackdTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_feedbackd.moc"
