#include "platform/linux/dialergate.h"
#include "tests/platform/modemlinerig.h"

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFile>
#include <QXmlStreamReader>

#include <algorithm>

using namespace ringlift;
using namespace ringlift::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Fake = FakeModemManager;
using modem::DialerGate;

namespace {

const QString kCaller = u"+491711234567"_s;
const QString kName = QString::fromLatin1(DialerGate::kName);
const QString kPath = QString::fromLatin1(DialerGate::kPath);
const QString kNobody = u"/org/freedesktop/ModemManager1/Call/4711"_s;

/// A watcher, for the end of a call alone wakes nobody.
void waitFor(const QDBusPendingCall &call)
{
    const QDBusPendingCallWatcher watcher(call);
    waitUntil([&] { return watcher.isFinished(); });
}

/// A dialer that asks, with nothing of ours.
class Dialer : public QObject
{
    Q_OBJECT

public:
    explicit Dialer(const QDBusConnection &bus) : m_bus(bus)
    {
        m_bus.connect(kName, kPath, kName, u"Ring"_s, this, SLOT(onRing(QDBusMessage)));
    }

    QDBusPendingReply<QString> ask(const QString &call)
    {
        auto question = QDBusMessage::createMethodCall(kName, kPath, kName, u"Ask"_s);
        question << QVariant::fromValue(QDBusObjectPath(call));
        return m_bus.asyncCall(question);
    }
    template<typename Value> Value get(const char *interface, const char *method, const QVariantList &arguments = {})
    {
        auto question =
            QDBusMessage::createMethodCall(kName, kPath, QLatin1StringView(interface), QLatin1StringView(method));
        question.setArguments(arguments);
        const QDBusPendingReply<Value> reply = m_bus.asyncCall(question);
        waitFor(reply);
        return reply.value();
    }

    QStringList rings;

private Q_SLOTS:
    void onRing(const QDBusMessage &message)
    {
        rings.append(message.arguments().value(0).value<QDBusObjectPath>().path());
    }

private:
    QDBusConnection m_bus;
};

QString answer(const QDBusPendingReply<QString> &reply)
{
    waitFor(reply);
    return reply.isValid() ? reply.value() : reply.error().name();
}

class Rig
{
public:
    explicit Rig(modem::DialerGateConfig config = {60s, 60s})
        : gate(std::make_unique<DialerGate>(phone.bus.connection(), config)), dialer(phone.bus.connection())
    {
        gate->follow(phone.line);
    }
    bool start() { return phone.start() && gate->start(); }
    LineCallId ring()
    {
        phone.told.clear();
        call = phone.daemon.addCall(phone.modem, Fake::Incoming, Fake::RingingIn, kCaller);
        return waitUntil([this] { return !phone.told.empty(); }) ? phone.last().id : LineCallId{};
    }
    LineCallId ringHeld()
    {
        const LineCallId id = ring();
        phone.line.holdRing(id, true);
        return id;
    }

    ModemLineRig phone;
    std::unique_ptr<DialerGate> gate;
    Dialer dialer;
    QString call;
};

/// What an interface consists of, without what only people read.
QStringList partsOf(QXmlStreamReader &&xml)
{
    QStringList parts;
    QStringList arguments;
    bool isOurs = false;
    while (!xml.atEnd()) {
        xml.readNext();
        const auto attribute = [&](const char *name) {
            return xml.attributes().value(QLatin1StringView(name)).toString();
        };
        if (xml.name() == "interface"_L1)
            isOurs = xml.isStartElement() && attribute("name") == kName;
        else if (isOurs && xml.isStartElement() && xml.name() == "arg"_L1)
            arguments.append(attribute("direction") + attribute("type"));
        else if (isOurs && xml.isStartElement() && xml.name() != "annotation"_L1)
            parts.append(xml.name().toString() + u' ' + attribute("name") + u' ' + attribute("type") +
                         attribute("access"));
        if (isOurs && xml.isEndElement() && !arguments.isEmpty()) {
            // Those that go in may stand behind those that come out.
            if (xml.name() != "arg"_L1 && xml.name() != "annotation"_L1) {
                std::stable_sort(arguments.begin(), arguments.end(), [](const QString &one, const QString &other) {
                    return one.startsWith(u"in") && !other.startsWith(u"in");
                });
                parts.last() += u' ' + arguments.join(u' ');
                arguments.clear();
            }
        }
    }
    parts.sort();
    return parts;
}

} // namespace

/// Dialers that ask before they ring.
class DialerGateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersWhenItIsDecided();
    void answersAtOnceWhereNothingIsHeld();
    void answersAtTheFence();
    void tellsOfACallThatHasToRingAfterAll();
    void saysSilentWhereTheCallIsOver();
    void waitsForACallThatTheDialerKnowsFirst();
    void letsRingWhatItDoesNotKnow();
    void letsRingBesideAnotherCall();
    void letsRingWhenTheModemIsLost();
    void letsTooManyQuestionsRing();
    void letsRingWhenItEnds();
    void leavesTheNameToWhoeverHasIt();
    void isAsItsInterfaceIsDescribed();
};

void DialerGateTest::answersWhenItIsDecided()
{
    Rig rig;
    QVERIFY(rig.start());
    const LineCallId id = rig.ringHeld();
    const auto first = rig.dialer.ask(rig.call);
    const auto second = rig.dialer.ask(rig.call);
    QVERIFY(rig.phone.settle());
    QVERIFY(!first.isFinished() && !second.isFinished());
    rig.phone.line.holdRing(id, false);
    QCOMPARE(answer(first), u"ring"_s);
    QCOMPARE(answer(second), u"ring"_s);
}

void DialerGateTest::answersAtOnceWhereNothingIsHeld()
{
    Rig rig;
    QVERIFY(rig.start());
    rig.ring();
    QCOMPARE(answer(rig.dialer.ask(rig.call)), u"ring"_s);
}

void DialerGateTest::answersAtTheFence()
{
    Rig rig({30ms, 60s});
    QVERIFY(rig.start());
    rig.ringHeld();
    QCOMPARE(answer(rig.dialer.ask(rig.call)), u"silent"_s);
    // It is counted from the hold on, not from the question.
    QCOMPARE(answer(rig.dialer.ask(rig.call)), u"silent"_s);
    rig.phone.daemon.setState(rig.call, Fake::Terminated);
    QVERIFY(rig.phone.reaches(LegState::Ended));
    QVERIFY(rig.phone.settle());
    QVERIFY(rig.dialer.rings.isEmpty());
}

void DialerGateTest::tellsOfACallThatHasToRingAfterAll()
{
    Rig rig({1ms, 60s});
    QVERIFY(rig.start());
    const LineCallId id = rig.ringHeld();
    QCOMPARE(answer(rig.dialer.ask(rig.call)), u"silent"_s);
    rig.phone.line.holdRing(id, false);
    QVERIFY(waitUntil([&] { return !rig.dialer.rings.isEmpty(); }));
    rig.phone.line.holdRing(id, false);
    QVERIFY(rig.phone.settle());
    QCOMPARE(rig.dialer.rings, QStringList{rig.call});
}

void DialerGateTest::saysSilentWhereTheCallIsOver()
{
    Rig rig;
    QVERIFY(rig.start());
    rig.ringHeld();
    const auto reply = rig.dialer.ask(rig.call);
    QVERIFY(rig.phone.settle());
    rig.phone.daemon.setState(rig.call, Fake::Terminated);
    QCOMPARE(answer(reply), u"silent"_s);
}

void DialerGateTest::waitsForACallThatTheDialerKnowsFirst()
{
    Rig rig;
    QVERIFY(rig.start());
    // The app holds it as soon as it hears of it, and after us.
    QObject::connect(&rig.phone.line, &modem::ModemLine::incoming,
                     [&](const LineCall &call) { rig.phone.line.holdRing(call.id, true); });
    std::vector<QDBusMessage> held;
    rig.phone.daemon.answers = [&](const QDBusMessage &message) -> std::optional<QDBusMessage> {
        if (message.member() != "GetAll"_L1)
            return std::nullopt;
        held.push_back(message);
        return QDBusMessage();
    };
    rig.call = rig.phone.daemon.addCall(rig.phone.modem, Fake::Incoming, Fake::RingingIn, kCaller);
    QVERIFY(waitUntil([&] { return held.size() == 1; }));
    const auto reply = rig.dialer.ask(rig.call);
    QVERIFY(rig.phone.settle());
    rig.phone.daemon.answers = {};
    rig.phone.daemon.answer(held.front());
    QVERIFY(rig.phone.reaches(LegState::Ringing));
    QVERIFY(rig.phone.settle());
    QVERIFY(!reply.isFinished());
    rig.phone.line.holdRing(rig.phone.last().id, false);
    QCOMPARE(answer(reply), u"ring"_s);
}

void DialerGateTest::letsRingWhatItDoesNotKnow()
{
    Rig rig({60s, 1ms});
    QVERIFY(rig.start());
    rig.ringHeld();
    QCOMPARE(answer(rig.dialer.ask(kNobody)), u"ring"_s);
    QCOMPARE(answer(rig.dialer.ask(u"/"_s)), u"ring"_s);
}

void DialerGateTest::letsRingBesideAnotherCall()
{
    Rig rig;
    QVERIFY(rig.start());
    rig.ringHeld();
    const auto reply = rig.dialer.ask(rig.call);
    QVERIFY(rig.phone.settle());
    rig.phone.daemon.addCall(rig.phone.modem, Fake::Outgoing, Fake::Dialling, u"110"_s);
    QCOMPARE(answer(reply), u"ring"_s);
}

void DialerGateTest::letsRingWhenTheModemIsLost()
{
    Rig rig;
    QVERIFY(rig.start());
    rig.ringHeld();
    const auto reply = rig.dialer.ask(rig.call);
    QVERIFY(rig.phone.settle());
    rig.phone.daemon.vanish();
    QCOMPARE(answer(reply), u"ring"_s);
}

void DialerGateTest::letsTooManyQuestionsRing()
{
    Rig rig;
    QVERIFY(rig.start());
    rig.ringHeld();
    std::vector<QDBusPendingReply<QString>> replies;
    for (std::size_t i = 0; i < DialerGate::kMaxQuestions; ++i)
        replies.push_back(rig.dialer.ask(i % 2 == 0 ? rig.call : kNobody));
    QCOMPARE(answer(rig.dialer.ask(rig.call)), u"ring"_s);
    for (const auto &reply : replies)
        QVERIFY(!reply.isFinished());
}

void DialerGateTest::letsRingWhenItEnds()
{
    Rig rig;
    QVERIFY(rig.start());
    rig.ringHeld();
    const auto reply = rig.dialer.ask(rig.call);
    QVERIFY(rig.phone.settle());
    rig.gate.reset();
    QCOMPARE(answer(reply), u"ring"_s);
    QCOMPARE(answer(rig.dialer.ask(rig.call)), u"org.freedesktop.DBus.Error.ServiceUnknown"_s);
}

void DialerGateTest::leavesTheNameToWhoeverHasIt()
{
    Rig rig;
    QVERIFY(rig.start());
    DialerGate second(rig.phone.bus.connection());
    second.follow(rig.phone.line);
    QVERIFY(!second.start());
    DialerGate busless(QDBusConnection(u"none"_s));
    QVERIFY(!busless.start());
}

void DialerGateTest::isAsItsInterfaceIsDescribed()
{
    Rig rig({4500ms, 1ms});
    QVERIFY(rig.start());
    QFile file(QStringLiteral(GATE_INTERFACE));
    QVERIFY(file.open(QFile::ReadOnly));
    const QString text = rig.dialer.get<QString>("org.freedesktop.DBus.Introspectable", "Introspect");
    const QStringList described = partsOf(QXmlStreamReader(&file));
    QCOMPARE(described.size(), 3);
    QCOMPARE(partsOf(QXmlStreamReader(text)), described);
    const auto fence = rig.dialer.get<QDBusVariant>("org.freedesktop.DBus.Properties", "Get", {kName, u"Fence"_s});
    QCOMPARE(fence.variant().toUInt(), 4500U);
}

QTEST_GUILESS_MAIN(DialerGateTest)
#include "tst_dialergate.moc"
