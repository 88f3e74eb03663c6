#include "tests/platform/switchrig.h"

using namespace ringlift;
using namespace ringlift::plmn;
using namespace std::chrono_literals;

namespace {

const std::string kAnna = SwitchRig::kAnna;
const std::string kBo = SwitchRig::kBo;
const std::string kCarl = SwitchRig::kCarl;

std::vector<std::int16_t> frame(std::size_t samples, std::int16_t value)
{
    return std::vector<std::int16_t>(samples, value);
}

} // namespace

Q_DECLARE_METATYPE(ringlift::LegEnd)
Q_DECLARE_METATYPE(ringlift::LegState)

class SwitchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesADialledCallThroughItsStates();
    void pagesAfterTheDelayAndASeededJitter();
    void endsTheOtherSideWhenOneHangsUp_data();
    void endsTheOtherSideWhenOneHangsUp();
    void tellsTheCallerWhyNobodyAnswered_data();
    void tellsTheCallerWhyNobodyAnswered();
    void reachesASubscriberHoweverDialled_data();
    void reachesASubscriberHoweverDialled();
    void refusesWhatCannotBeDialled_data();
    void refusesWhatCannotBeDialled();
    void showsTheCallerAsTheCalleesNetworkDoes_data();
    void showsTheCallerAsTheCalleesNetworkDoes();
    void hidesTheCaller_data();
    void hidesTheCaller();
    void showsTheNumberLateWhenToldTo();
    void showsWhateverAnOutsideCallerClaims();
    void diverts_data();
    void diverts();
    void answersWithVoicemail_data();
    void answersWithVoicemail();
    void endsForwardingLoops();
    void flagsASecondIncomingCall();
    void isBusyWithoutCallWaiting();
    void isBusyWhileTheOtherSimOfThePhoneCalls();
    void alwaysAnswersEmergencyCalls_data();
    void alwaysAnswersEmergencyCalls();
    void reachesHelpWithoutASim();
    void survivesAHangUpThatCrossesAnAnswer();
    void survivesARejectionThatCrossesACancel();
    void carriesVoiceOnlyBetweenActiveLegs();
    void speaksForScriptsAndEchoes();
    void sendsDigitsToTheOtherEnd();
    void losesCallsWithTheNetwork_data();
    void losesCallsWithTheNetwork();
    void cutsTheCallsOfAPhoneThatLeaves();
    void playsScripts_data();
    void playsScripts();
    void refusesBadSubscribers_data();
    void refusesBadSubscribers();
    void refusesCallsBeyondItsLimits();
    void forgetsEverythingAboutEndedCalls();
    void tellsTheSameStoryForTheSameSeed();
};

void SwitchTest::takesADialledCallThroughItsStates()
{
    SwitchRig rig;
    rig.feed(Dial{kAnna, kBo, "x1"});
    QCOMPARE(rig.stateOf(kAnna), LegState::Dialling);
    QCOMPARE(rig.legOf(kAnna).ref, std::string("x1"));
    QVERIFY(!rig.hasLeg(kBo));

    rig.pass(600ms);
    QCOMPARE(rig.stateOf(kBo), LegState::Ringing);
    QCOMPARE(rig.legOf(kBo).line.direction, CallDirection::Incoming);
    QCOMPARE(rig.legOf(kBo).call, rig.legOf(kAnna).call);
    QCOMPARE(rig.stateOf(kAnna), LegState::Dialling);
    rig.pass(40ms);
    QCOMPARE(rig.stateOf(kAnna), LegState::Alerting);

    rig.feed(Answer{rig.legOf(kBo).line.id});
    QCOMPARE(rig.stateOf(kBo), LegState::Active);
    QCOMPARE(rig.stateOf(kAnna), LegState::Alerting);
    rig.pass(40ms);
    QCOMPARE(rig.stateOf(kAnna), LegState::Active);
    rig.pass(1h);
    QCOMPARE(rig.exchange().legs().size(), 2U);
}

void SwitchTest::pagesAfterTheDelayAndASeededJitter()
{
    SwitchConfig config;
    config.pagingDelay = 600ms;
    config.pagingJitter = 100ms;
    SwitchRig rig(config);
    rig.feed(Dial{kAnna, kBo, {}});
    const Duration first = *rig.exchange().nextTimeout() - rig.now();
    rig.feed(Dial{kCarl, kAnna, {}});
    rig.feed(HangUp{rig.legOf(kAnna).line.id});
    const Duration second = *rig.exchange().nextTimeout() - rig.now();
    QVERIFY(first >= 600ms && first <= 700ms);
    QVERIFY(second >= 600ms && second <= 700ms);
    QVERIFY(first != second);
}

void SwitchTest::endsTheOtherSideWhenOneHangsUp_data()
{
    QTest::addColumn<bool>("callerHangsUp");
    QTest::newRow("the caller") << true;
    QTest::newRow("the callee") << false;
}

void SwitchTest::endsTheOtherSideWhenOneHangsUp()
{
    QFETCH(bool, callerHangsUp);
    const std::string hanger = callerHangsUp ? kAnna : kBo;
    const std::string other = callerHangsUp ? kBo : kAnna;
    SwitchRig rig;
    rig.connectAnnaToBo();
    rig.feed(HangUp{rig.legOf(hanger).line.id});
    QCOMPARE(rig.endOf(hanger), LegEnd::LocalHangUp);
    QCOMPARE(rig.stateOf(other), LegState::Active);
    rig.pass(40ms);
    QCOMPARE(rig.stateOf(other), LegState::Ended);
    QCOMPARE(rig.endOf(other), LegEnd::RemoteHangUp);
}

void SwitchTest::tellsTheCallerWhyNobodyAnswered_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<LegEnd>("callerEnd");
    QTest::newRow("rejected") << "reject" << LegEnd::Rejected;
    QTest::newRow("no answer") << "wait" << LegEnd::NoAnswer;
    QTest::newRow("cancelled") << "cancel" << LegEnd::LocalHangUp;
    QTest::newRow("switched off") << "detach" << LegEnd::Unreachable;
    QTest::newRow("no coverage") << "uncover" << LegEnd::Unreachable;
    QTest::newRow("no such number") << "withdraw" << LegEnd::Unreachable;
    QTest::newRow("busy") << "busy" << LegEnd::Busy;
    QTest::newRow("own number") << "self" << LegEnd::Busy;
}

void SwitchTest::tellsTheCallerWhyNobodyAnswered()
{
    QFETCH(QString, how);
    QFETCH(LegEnd, callerEnd);
    SwitchRig rig;
    if (how == QLatin1String("detach"))
        rig.feed(Detach{kBo});
    if (how == QLatin1String("uncover"))
        rig.feed(SetCoverage{kBo, false});
    if (how == QLatin1String("withdraw"))
        rig.feed(Withdraw{kBo});
    if (how == QLatin1String("busy")) {
        rig.change(kBo, [](Subscriber &bo) { bo.callWaiting = false; });
        rig.feed(Dial{kBo, kCarl, {}});
    }
    rig.feed(Dial{kAnna, how == QLatin1String("self") ? kAnna : kBo, {}});
    rig.pass(1s);
    if (how == QLatin1String("reject")) {
        rig.feed(HangUp{rig.legOf(kBo).line.id});
        QCOMPARE(rig.endOf(kBo), LegEnd::LocalHangUp);
    }
    if (how == QLatin1String("cancel")) {
        rig.feed(HangUp{rig.legOf(kAnna).line.id});
        rig.pass(100ms);
        QCOMPARE(rig.endOf(kBo), LegEnd::RemoteHangUp);
    }
    rig.pass(70s);
    QCOMPARE(rig.stateOf(kAnna), LegState::Ended);
    QCOMPARE(rig.endOf(kAnna), callerEnd);
}

void SwitchTest::reachesASubscriberHoweverDialled_data()
{
    QTest::addColumn<QString>("dialled");
    QTest::addColumn<QString>("reached");
    QTest::newRow("E.164") << kBo.c_str() << kBo.c_str();
    QTest::newRow("with spaces") << "+86 139-0013 9000" << kBo.c_str();
    QTest::newRow("with 00") << "008613900139000" << kBo.c_str();
    QTest::newRow("national") << "13900139000" << kBo.c_str();
    QTest::newRow("national with trunk 0") << "013900139000" << kBo.c_str();
    QTest::newRow("hidden") << "#31#13900139000" << kBo.c_str();
    QTest::newRow("abroad") << "004915550123456" << kCarl.c_str();
}

void SwitchTest::reachesASubscriberHoweverDialled()
{
    QFETCH(QString, dialled);
    QFETCH(QString, reached);
    SwitchRig rig;
    rig.feed(Dial{kAnna, dialled.toStdString(), {}});
    QCOMPARE(rig.refusal(), std::string());
    rig.pass(1s);
    QCOMPARE(rig.stateOf(reached.toStdString()), LegState::Ringing);
}

void SwitchTest::refusesWhatCannotBeDialled_data()
{
    QTest::addColumn<QString>("dialled");
    QTest::newRow("empty") << "";
    QTest::newRow("only a plus") << "+";
    QTest::newRow("letters") << "call Bo";
    QTest::newRow("service code") << "*#06#";
    QTest::newRow("forwarding code") << "**21*13900139000#";
    QTest::newRow("plus inside") << "86+13900139000";
    QTest::newRow("too long") << QString(41, QLatin1Char('1'));
    QTest::newRow("prefix alone") << "#31#";
}

void SwitchTest::refusesWhatCannotBeDialled()
{
    QFETCH(QString, dialled);
    SwitchRig rig;
    rig.feed(Dial{kAnna, dialled.toStdString(), {}});
    QVERIFY(!rig.refusal().empty());
    QVERIFY(rig.exchange().legs().empty());
    QVERIFY(!rig.exchange().nextTimeout());
}

void SwitchTest::showsTheCallerAsTheCalleesNetworkDoes_data()
{
    QTest::addColumn<int>("form");
    QTest::addColumn<QString>("callee");
    QTest::addColumn<QString>("number");
    QTest::addColumn<bool>("international");
    QTest::newRow("international") << int(CallerIdForm::International) << kBo.c_str() << "+8613800138000" << true;
    QTest::newRow("without plus") << int(CallerIdForm::BareInternational) << kBo.c_str() << "8613800138000" << true;
    QTest::newRow("national") << int(CallerIdForm::National) << kBo.c_str() << "013800138000" << false;
    QTest::newRow("from abroad") << int(CallerIdForm::National) << kCarl.c_str() << "+8613800138000" << true;
    QTest::newRow("not at all") << int(CallerIdForm::NotDelivered) << kBo.c_str() << "" << false;
}

void SwitchTest::showsTheCallerAsTheCalleesNetworkDoes()
{
    QFETCH(int, form);
    QFETCH(QString, callee);
    QFETCH(QString, number);
    QFETCH(bool, international);
    SwitchRig rig;
    rig.change(callee.toStdString(), [&](Subscriber &subscriber) { subscriber.callerIdForm = CallerIdForm(form); });
    rig.feed(Dial{kAnna, callee.toStdString(), {}});
    rig.pass(1s);
    const LineCall line = rig.legOf(callee.toStdString()).line;
    QCOMPARE(line.number.reveal(), number.toStdString());
    QCOMPARE(line.international, international);
    QCOMPARE(line.callerId, number.isEmpty() ? CallerIdPresence::Unknown : CallerIdPresence::Known);
}

void SwitchTest::hidesTheCaller_data()
{
    QTest::addColumn<bool>("always");
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<bool>("hidden");
    QTest::newRow("by default shown") << false << "" << false;
    QTest::newRow("for one call") << false << "#31#" << true;
    QTest::newRow("always") << true << "" << true;
    QTest::newRow("always but for one call") << true << "*31#" << false;
}

void SwitchTest::hidesTheCaller()
{
    QFETCH(bool, always);
    QFETCH(QString, prefix);
    QFETCH(bool, hidden);
    SwitchRig rig;
    rig.change(kAnna, [&](Subscriber &anna) { anna.hidesCallerId = always; });
    rig.feed(Dial{kAnna, prefix.toStdString() + kBo, {}});
    QCOMPARE(rig.legOf(kAnna).line.ownNumberWithheld, hidden);
    QCOMPARE(rig.legOf(kAnna).line.number.reveal(), kBo);
    rig.pass(1s);
    QCOMPARE(rig.legOf(kBo).line.callerId, hidden ? CallerIdPresence::Withheld : CallerIdPresence::Known);
    QCOMPARE(rig.legOf(kBo).line.number.reveal(), hidden ? std::string() : kAnna);
}

void SwitchTest::showsTheNumberLateWhenToldTo()
{
    SwitchRig rig;
    rig.change(kBo, [](Subscriber &bo) { bo.callerIdDelay = 400ms; });
    rig.feed(Dial{kAnna, kBo, {}});
    rig.pass(700ms);
    QCOMPARE(rig.legOf(kBo).line.callerId, CallerIdPresence::Unknown);
    QVERIFY(rig.legOf(kBo).line.number.reveal().empty());
    rig.pass(300ms);
    QCOMPARE(rig.legOf(kBo).line.callerId, CallerIdPresence::Known);
    QCOMPARE(rig.legOf(kBo).line.number.reveal(), kAnna);
}

void SwitchTest::showsWhateverAnOutsideCallerClaims()
{
    SwitchRig rig;
    OutsideCall spoofer;
    spoofer.callee = kBo;
    spoofer.shown = kAnna;
    rig.feed(spoofer);
    rig.pass(1s);
    QCOMPARE(rig.legOf(kBo).line.number.reveal(), kAnna);
    QVERIFY(!rig.hasLeg(kAnna));
    rig.feed(Answer{rig.legOf(kBo).line.id});
    rig.pass(1s);
    QCOMPARE(rig.legOf(Party::Outside).line.state, LegState::Active);
    rig.feed(HangUp{rig.legOf(Party::Outside).line.id});
    rig.pass(1s);
    QCOMPARE(rig.endOf(kBo), LegEnd::RemoteHangUp);
}

void SwitchTest::diverts_data()
{
    QTest::addColumn<QString>("when");
    QTest::newRow("always") << "unconditional";
    QTest::newRow("when busy") << "busy";
    QTest::newRow("when rejected") << "rejected";
    QTest::newRow("when nobody replies") << "noreply";
    QTest::newRow("when unreachable") << "unreachable";
}

void SwitchTest::diverts()
{
    QFETCH(QString, when);
    SwitchRig rig;
    rig.change(kBo, [&](Subscriber &bo) {
        bo.callWaiting = false;
        bo.forwarding.noReplyAfter = 5s;
        (when == QLatin1String("unconditional") ? bo.forwarding.unconditional
                : when == QLatin1String("noreply") ? bo.forwarding.noReply
                : when == QLatin1String("unreachable") ? bo.forwarding.unreachable
                                                       : bo.forwarding.busy)
            = kCarl;
    });
    if (when == QLatin1String("busy"))
        rig.feed(Dial{kBo, "112", {}});
    if (when == QLatin1String("unreachable"))
        rig.feed(Detach{kBo});
    rig.feed(Dial{kAnna, kBo, {}});
    rig.pass(600ms);
    if (when == QLatin1String("rejected"))
        rig.feed(HangUp{rig.legOf(kBo).line.id});
    if (when == QLatin1String("noreply"))
        rig.pass(5s);
    rig.pass(1s);
    QCOMPARE(rig.stateOf(kCarl), LegState::Ringing);
    QCOMPARE(rig.legOf(kCarl).line.number.reveal(), kAnna);
    QVERIFY(when == QLatin1String("busy") || !rig.hasLeg(kBo) || rig.stateOf(kBo) == LegState::Ended);
    QCOMPARE(rig.stateOf(kAnna), LegState::Alerting);
    rig.feed(Answer{rig.legOf(kCarl).line.id});
    rig.pass(1s);
    QCOMPARE(rig.stateOf(kAnna), LegState::Active);
    QCOMPARE(rig.legOf(kCarl).call, rig.legOf(kAnna).call);
}

void SwitchTest::answersWithVoicemail_data()
{
    QTest::addColumn<QString>("when");
    QTest::newRow("after N seconds") << "noreply";
    QTest::newRow("when rejected") << "rejected";
    QTest::newRow("when unreachable") << "unreachable";
}

void SwitchTest::answersWithVoicemail()
{
    QFETCH(QString, when);
    SwitchRig rig;
    rig.change(kBo, [](Subscriber &bo) {
        bo.voicemail = Voicemail{};
        bo.voicemail->after = 8s;
        bo.voicemail->hangUpAfter = 30s;
    });
    if (when == QLatin1String("unreachable"))
        rig.feed(SetCoverage{kBo, false});
    rig.feed(Dial{kAnna, kBo, {}});
    rig.pass(700ms);
    if (when == QLatin1String("rejected"))
        rig.feed(HangUp{rig.legOf(kBo).line.id});
    if (when == QLatin1String("noreply")) {
        QCOMPARE(rig.stateOf(kBo), LegState::Ringing);
        QCOMPARE(rig.stateOf(kAnna), LegState::Alerting);
        rig.pass(8s);
        QCOMPARE(rig.endOf(kBo), LegEnd::NoAnswer);
    }
    rig.pass(100ms);
    QCOMPARE(rig.stateOf(kAnna), LegState::Active);
    QCOMPARE(rig.legOf(Party::Voicemail).line.state, LegState::Active);
    rig.pass(31s);
    QCOMPARE(rig.endOf(kAnna), LegEnd::RemoteHangUp);
}

void SwitchTest::endsForwardingLoops()
{
    SwitchRig rig;
    rig.change(kBo, [](Subscriber &bo) { bo.forwarding.unconditional = kCarl; });
    rig.change(kCarl, [](Subscriber &carl) { carl.forwarding.unconditional = kBo; });
    rig.feed(Dial{kAnna, kBo, {}});
    rig.pass(1s);
    QCOMPARE(rig.exchange().legs().size(), 2U);
}

void SwitchTest::flagsASecondIncomingCall()
{
    SwitchRig rig;
    rig.connectAnnaToBo();
    const LineCallId first = rig.legOf(kBo).line.id;
    rig.feed(Dial{kCarl, kBo, {}});
    rig.pass(1s);
    const Leg second = rig.legOf(kBo);
    QVERIFY(second.waiting);
    QCOMPARE(second.line.state, LegState::Ringing);

    rig.feed(Answer{second.line.id});
    rig.pass(100ms);
    QCOMPARE(rig.exchange().leg(first)->line.state, LegState::Held);
    QCOMPARE(rig.exchange().leg(second.line.id)->line.state, LegState::Active);
    rig.feed(HangUp{second.line.id});
    QCOMPARE(rig.exchange().leg(first)->line.state, LegState::Active);
}

void SwitchTest::isBusyWithoutCallWaiting()
{
    SwitchRig rig;
    rig.change(kBo, [](Subscriber &bo) { bo.callWaiting = false; });
    rig.connectAnnaToBo();
    rig.feed(Dial{kCarl, kBo, {}});
    rig.pass(1s);
    QCOMPARE(rig.endOf(kCarl), LegEnd::Busy);
    QCOMPARE(rig.stateOf(kBo), LegState::Active);
}

void SwitchTest::isBusyWhileTheOtherSimOfThePhoneCalls()
{
    SwitchRig rig;
    rig.change(kBo, [](Subscriber &bo) { bo.phone = "two sims"; });
    rig.change(kCarl, [](Subscriber &carl) {
        carl.phone = "two sims";
        carl.slot = 1;
        carl.callWaiting = false;
    });
    rig.connectAnnaToBo();
    OutsideCall outside;
    outside.callee = kCarl;
    rig.feed(outside);
    rig.pass(1s);
    QCOMPARE(rig.legOf(Party::Outside).line.end, LegEnd::Busy);
    rig.feed(Dial{kCarl, "13800138000", {}});
    QCOMPARE(rig.legOf(kCarl).line.sim, 1);
    QCOMPARE(rig.stateOf(kBo), LegState::Held);
}

void SwitchTest::reachesHelpWithoutASim()
{
    SwitchRig rig;
    rig.feed(DialEmergency{"10086", "handset"});
    QVERIFY(!rig.refusal().empty());
    rig.feed(SetNetwork{false});
    rig.feed(DialEmergency{"112", "handset"});
    rig.pass(std::chrono::seconds(3));
    QCOMPARE(rig.legOf(Party::EmergencyCentre).line.state, LegState::Active);
    const Leg handset = rig.legOf(Party::Phone);
    QVERIFY(handset.subscriber.empty() && handset.ref == "handset" && handset.line.emergency);
    QCOMPARE(handset.line.state, LegState::Active);
    rig.feed(HangUp{handset.line.id});
    QCOMPARE(rig.legOf(Party::Phone).line.end, LegEnd::LocalHangUp);
}

void SwitchTest::alwaysAnswersEmergencyCalls_data()
{
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("trouble");
    QTest::newRow("112") << "112" << "";
    QTest::newRow("from the SIM's list") << "12345" << "";
    QTest::newRow("without coverage") << "112" << "coverage";
    QTest::newRow("without network") << "110" << "network";
}

void SwitchTest::alwaysAnswersEmergencyCalls()
{
    QFETCH(QString, number);
    QFETCH(QString, trouble);
    SwitchRig rig;
    rig.change(kAnna, [](Subscriber &anna) { anna.emergencyNumbers = {"12345"}; });
    if (trouble == QLatin1String("coverage"))
        rig.feed(SetCoverage{kAnna, false});
    if (trouble == QLatin1String("network"))
        rig.feed(SetNetwork{false});
    rig.feed(Dial{kAnna, number.toStdString(), {}});
    QVERIFY(rig.legOf(kAnna).line.emergency);
    rig.pass(3s);
    QCOMPARE(rig.stateOf(kAnna), LegState::Active);
    rig.feed(SetNetwork{false});
    QCOMPARE(rig.stateOf(kAnna), LegState::Active);
    QCOMPARE(rig.legOf(Party::EmergencyCentre).line.state, LegState::Active);
}

void SwitchTest::survivesAHangUpThatCrossesAnAnswer()
{
    SwitchRig rig;
    rig.feed(Dial{kAnna, kBo, {}});
    rig.pass(1s);
    rig.feed(HangUp{rig.legOf(kAnna).line.id});
    rig.pass(20ms);
    rig.feed(Answer{rig.legOf(kBo).line.id});
    QCOMPARE(rig.stateOf(kBo), LegState::Active);
    rig.pass(1s);
    QCOMPARE(rig.endOf(kBo), LegEnd::RemoteHangUp);
    QCOMPARE(rig.endOf(kAnna), LegEnd::LocalHangUp);
    QVERIFY(rig.exchange().legs().empty());
}

void SwitchTest::survivesARejectionThatCrossesACancel()
{
    SwitchRig rig;
    rig.change(kBo, [](Subscriber &bo) { bo.forwarding.busy = kCarl; });
    rig.feed(Dial{kAnna, kBo, {}});
    rig.pass(1s);
    rig.feed(HangUp{rig.legOf(kAnna).line.id});
    rig.feed(HangUp{rig.legOf(kBo).line.id});
    QCOMPARE(rig.endOf(kBo), LegEnd::LocalHangUp);
    rig.pass(5s);
    QVERIFY(!rig.hasLeg(kCarl));
    QVERIFY(rig.exchange().legs().empty());
}

void SwitchTest::carriesVoiceOnlyBetweenActiveLegs()
{
    SwitchRig rig;
    rig.feed(Dial{kAnna, kBo, {}});
    rig.pass(1s);
    const LineCallId anna = rig.legOf(kAnna).line.id;
    const LineCallId bo = rig.legOf(kBo).line.id;
    rig.feed(Voice{anna, frame(480, 1)});
    rig.feed(Answer{bo});
    rig.feed(Voice{bo, frame(480, 2)});
    QVERIFY(rig.heard().empty());
    rig.pass(100ms);
    rig.feed(Voice{anna, frame(480, 3)});
    rig.feed(Voice{bo, frame(960, 4)});
    QCOMPARE(rig.heard().size(), 2U);
    QCOMPARE(rig.heard()[0].leg, bo);
    QCOMPARE(rig.heard()[0].samples, frame(480, 3));
    QCOMPARE(rig.heard()[1].leg, anna);
    QCOMPARE(rig.heard()[1].samples, frame(960, 4));
    rig.feed(Hold{bo, true});
    rig.feed(Voice{anna, frame(480, 5)});
    QCOMPARE(rig.heard().size(), 2U);
    rig.feed(Voice{anna, frame(100, 5)});
    QVERIFY(!rig.refusal().empty());
    rig.feed(HangUp{anna});
    rig.feed(Voice{anna, frame(480, 5)});
    QVERIFY(rig.refusal().empty());
    QCOMPARE(rig.heard().size(), 2U);
}

void SwitchTest::speaksForScriptsAndEchoes()
{
    SwitchRig rig;
    rig.feed(Detach{kBo});
    rig.change(kBo, [](Subscriber &bo) {
        bo.script = Script{};
        bo.script->toneHz = 440;
        bo.script->echo = true;
    });
    rig.feed(Dial{kAnna, kBo, {}});
    rig.pass(4s);
    QCOMPARE(rig.stateOf(kAnna), LegState::Active);
    QVERIFY(rig.heard().size() > 30);
    QVERIFY(*std::max_element(rig.heard()[0].samples.begin(), rig.heard()[0].samples.end()) > 7000);
    rig.feed(Voice{rig.legOf(kAnna).line.id, frame(480, 9)});
    QCOMPARE(rig.heard().back().samples, frame(480, 9));
}

void SwitchTest::sendsDigitsToTheOtherEnd()
{
    SwitchRig rig;
    rig.connectAnnaToBo();
    rig.feed(SendDigits{rig.legOf(kAnna).line.id, "12#"});
    QCOMPARE(rig.digits().size(), 1U);
    QCOMPARE(rig.digits()[0].subscriber, kBo);
    QCOMPARE(rig.digits()[0].digits, std::string("12#"));
    rig.feed(SendDigits{rig.legOf(kAnna).line.id, "one"});
    QVERIFY(!rig.refusal().empty());
    QCOMPARE(rig.digits().size(), 1U);
}

void SwitchTest::losesCallsWithTheNetwork_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<LegEnd>("annaEnd");
    QTest::addColumn<LegEnd>("boEnd");
    QTest::newRow("Anna leaves coverage") << "coverage" << LegEnd::NetworkLost << LegEnd::RemoteHangUp;
    QTest::newRow("the network fails") << "network" << LegEnd::NetworkLost << LegEnd::NetworkLost;
    QTest::newRow("the radio link fails") << "drop" << LegEnd::NetworkLost << LegEnd::NetworkLost;
}

void SwitchTest::losesCallsWithTheNetwork()
{
    QFETCH(QString, fault);
    QFETCH(LegEnd, annaEnd);
    QFETCH(LegEnd, boEnd);
    SwitchRig rig;
    rig.connectAnnaToBo();
    if (fault == QLatin1String("coverage"))
        rig.feed(SetCoverage{kAnna, false});
    else if (fault == QLatin1String("network"))
        rig.feed(SetNetwork{false});
    else
        rig.feed(DropCall{rig.legOf(kAnna).line.id});
    rig.pass(1s);
    QCOMPARE(rig.endOf(kAnna), annaEnd);
    QCOMPARE(rig.endOf(kBo), boEnd);
    if (fault != QLatin1String("drop")) {
        rig.feed(Dial{kAnna, kBo, {}});
        QCOMPARE(rig.endOf(kAnna), LegEnd::NetworkLost);
        rig.feed(SetCoverage{kAnna, true});
        rig.feed(SetNetwork{true});
    }
    rig.connectAnnaToBo();
    QCOMPARE(rig.stateOf(kAnna), LegState::Active);
}

void SwitchTest::cutsTheCallsOfAPhoneThatLeaves()
{
    SwitchRig rig;
    rig.connectAnnaToBo();
    rig.feed(Detach{kBo});
    rig.pass(1s);
    QCOMPARE(rig.endOf(kAnna), LegEnd::RemoteHangUp);
    rig.feed(Dial{kBo, kAnna, {}});
    QVERIFY(!rig.refusal().empty());
}

void SwitchTest::playsScripts_data()
{
    QTest::addColumn<int>("behaviour");
    QTest::addColumn<LegState>("state");
    QTest::addColumn<LegEnd>("end");
    QTest::newRow("answers") << int(Script::Behaviour::Answers) << LegState::Active << LegEnd::NotEnded;
    QTest::newRow("rejects") << int(Script::Behaviour::Rejects) << LegState::Ended << LegEnd::Rejected;
    QTest::newRow("is busy") << int(Script::Behaviour::Busy) << LegState::Ended << LegEnd::Busy;
    QTest::newRow("never answers") << int(Script::Behaviour::NeverAnswers) << LegState::Alerting << LegEnd::NotEnded;
}

void SwitchTest::playsScripts()
{
    QFETCH(int, behaviour);
    QFETCH(LegState, state);
    QFETCH(LegEnd, end);
    SwitchConfig config = SwitchRig::plainConfig();
    config.elsewhere = Script{};
    config.elsewhere->behaviour = Script::Behaviour(behaviour);
    config.elsewhere->answerAfter = 3s;
    SwitchRig rig(config);
    rig.feed(Dial{kAnna, "+861088889999", {}});
    rig.pass(5s);
    QCOMPARE(rig.stateOf(kAnna), state);
    QCOMPARE(rig.endOf(kAnna), end);
    rig.pass(60s);
    if (state == LegState::Alerting)
        QCOMPARE(rig.endOf(kAnna), LegEnd::NoAnswer);
}

void SwitchTest::refusesBadSubscribers_data()
{
    QTest::addColumn<QString>("msisdn");
    QTest::addColumn<QString>("imsi");
    QTest::addColumn<QString>("forwardTo");
    QTest::newRow("number without plus") << "8613700137000" << "460001111111111" << "";
    QTest::newRow("short IMSI") << "+8613700137000" << "46000" << "";
    QTest::newRow("IMSI with letters") << "+8613700137000" << "46000111111111x" << "";
    QTest::newRow("IMSI of somebody else") << "+8613700137000" << "460001234567890" << "";
    QTest::newRow("bad forwarding") << "+8613700137000" << "460001111111111" << "nowhere";
}

void SwitchTest::refusesBadSubscribers()
{
    QFETCH(QString, msisdn);
    QFETCH(QString, imsi);
    QFETCH(QString, forwardTo);
    SwitchRig rig;
    Subscriber subscriber = SwitchRig::subscriber(msisdn.toStdString(), imsi.toStdString(), "CN");
    subscriber.forwarding.busy = forwardTo.toStdString();
    rig.feed(Provision{subscriber});
    QVERIFY(!rig.refusal().empty());
    QCOMPARE(rig.exchange().subscribers().size(), 3U);
}

void SwitchTest::refusesCallsBeyondItsLimits()
{
    SwitchConfig config = SwitchRig::plainConfig();
    config.maxCalls = 2;
    config.maxLegsOfPhone = 1;
    config.maxSubscribers = 3;
    SwitchRig rig(config);
    rig.feed(Dial{kAnna, kBo, {}});
    rig.feed(Dial{kAnna, kCarl, {}});
    QCOMPARE(rig.refusal(), std::string("too many calls"));
    rig.feed(Dial{kBo, kCarl, {}});
    QVERIFY(rig.refusal().empty());
    rig.feed(OutsideCall{kCarl, {}, false, true, {}, 0, false});
    QCOMPARE(rig.refusal(), std::string("too many calls"));
    rig.feed(Provision{SwitchRig::subscriber("+8613700137000", "460001111111111", "CN")});
    QCOMPARE(rig.refusal(), std::string("too many subscribers"));
}

void SwitchTest::forgetsEverythingAboutEndedCalls()
{
    SwitchRig rig;
    for (int i = 0; i < 50; ++i) {
        rig.connectAnnaToBo();
        rig.feed(HangUp{rig.legOf(i % 2 == 0 ? kAnna : kBo).line.id});
        rig.pass(40ms);
        QVERIFY(rig.exchange().legs().empty());
        QVERIFY(!rig.exchange().nextTimeout());
    }
}

void SwitchTest::tellsTheSameStoryForTheSameSeed()
{
    SwitchConfig config;
    SwitchRig one(config);
    SwitchRig two(config);
    for (SwitchRig *rig : {&one, &two}) {
        rig->connectAnnaToBo();
        rig->feed(Dial{kCarl, kBo, {}});
        rig->pass(2min);
    }
    QCOMPARE(one.told(), two.told());
    QVERIFY(!one.told().empty());
}

QTEST_APPLESS_MAIN(SwitchTest)
#include "tst_switch.moc"
