#include "core/call/callpolicy.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;

namespace {

protocol::Msisdn number(const char *e164)
{
    return *protocol::Msisdn::fromE164(e164);
}

SimInfo sim(int slot, const char *imsi, const char *home = "CN", const char *serving = "CN")
{
    SimInfo info;
    info.slot = slot;
    info.present = true;
    info.imsi = Redacted<std::string>(imsi);
    info.homeRegion = home;
    info.servingRegion = serving;
    return info;
}

/// A registered phone with one SIM that is at home.
struct Fixture
{
    PolicyFacts facts() { return {account, settings, sims, rules, network, emergencyMode}; }

    std::optional<Account> account = Account{AccountId{}, {}, number("+8613800138000"),
        *protocol::Imsi::fromDigits("460001234567890"), protocol::AccountKind::Sim};
    CallSettings settings;
    std::vector<SimInfo> sims{sim(0, "460001234567890")};
    ContactRules rules;
    NetworkInfo network;
    bool emergencyMode = false;
};

LineCall dialled(const char *text)
{
    LineCall call;
    call.number = Redacted<std::string>(text);
    return call;
}

LineCall ringing(const char *cli, bool international = false)
{
    LineCall call;
    call.direction = CallDirection::Incoming;
    call.state = LegState::Ringing;
    call.number = Redacted<std::string>(cli);
    call.international = international;
    return call;
}

std::optional<StayReason> refusal(const auto &decision)
{
    return decision ? std::nullopt : std::optional(decision.error());
}

} // namespace

class CallPolicyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheDialledNumberInTheSimsCountry_data();
    void readsTheDialledNumberInTheSimsCountry();
    void putsEmergenciesBeforeEverythingElse();
    void knowsTheSimsOwnEmergencyNumbers();
    void neverTakesAFullNumberForAnEmergency();
    void offersOnlyForTheSimThatIsRegistered();
    void offersByHandOnlyWithAManualAccount();
    void recognisesASimWithoutImsiByItsHandle();
    void tellsTwoSimsWithoutImsiApart_data();
    void tellsTwoSimsWithoutImsiApart();
    void readsTheCallerIdInAtMostTwoWays();
    void arrivesWithoutCallerIdOnlyWhereThePlatformHasNone();
    void neverArrivesForItself();
    void showsTheSimsImsiOrAHandle();
    void movesOverTheConnectionsThatTheUserWants_data();
    void movesOverTheConnectionsThatTheUserWants();
    void putsTheRuleOfANumberBeforeTheSettings_data();
    void putsTheRuleOfANumberBeforeTheSettings();
    void leavesCallsByHandToTheirUser();
    void keepsTheReadingsThatMayMove();
    void waitsForTheCallerIdWhereItMayStillDecide();
    void asksAsTheUserWishes_data();
    void asksAsTheUserWishes();
};

namespace {

constexpr auto kPeer = "+8613800138001";

using Reason = std::optional<StayReason>;

} // namespace

void CallPolicyTest::movesOverTheConnectionsThatTheUserWants_data()
{
    using enum NetworkKind;
    QTest::addColumn<MoveOver>("over");
    QTest::addColumn<bool>("whenRoaming");
    QTest::addColumn<NetworkInfo>("network");
    QTest::addColumn<std::optional<bool>>("simRoams");
    QTest::addColumn<Reason>("stays");
    const auto row = [](const char *name, MoveOver over, bool whenRoaming, NetworkInfo network, Reason stays,
                        std::optional<bool> simRoams = std::nullopt) {
        QTest::newRow(name) << over << whenRoaming << network << simRoams << stays;
    };
    const auto any = MoveOver::AnyConnection;
    const auto wifi = MoveOver::WifiOnly;
    const auto free = MoveOver::FreeDataOnly;
    row("any, mobile data that costs", any, true, {Cellular, true, true}, {});
    row("Wi-Fi only, Wi-Fi", wifi, true, {Wifi, {}, {}}, {});
    row("Wi-Fi only, Wi-Fi of a phone", wifi, true, {Wifi, true, {}}, {});
    row("Wi-Fi only, cable", wifi, true, {Wired, {}, {}}, {});
    row("Wi-Fi only, mobile data", wifi, true, {Cellular, {}, {}}, StayReason::WifiOnly);
    row("Wi-Fi only, free mobile data", wifi, true, {Cellular, false, {}}, StayReason::WifiOnly);
    row("Wi-Fi only, nothing known", wifi, true, {}, {});
    row("Wi-Fi only, no connection seen", wifi, true, {None, {}, {}}, {});
    row("free only, free mobile data", free, true, {Cellular, false, {}}, {});
    row("free only, mobile data that costs", free, true, {Cellular, true, {}}, StayReason::FreeDataOnly);
    row("free only, mobile data", free, true, {Cellular, {}, {}}, StayReason::FreeDataOnly);
    row("free only, Wi-Fi", free, true, {Wifi, {}, {}}, {});
    row("free only, Wi-Fi of a phone", free, true, {Wifi, true, {}}, StayReason::FreeDataOnly);
    row("free only, nothing known", free, true, {}, {});
    row("free only, some tunnel that costs", free, true, {Unknown, true, {}}, StayReason::FreeDataOnly);
    row("not roaming, at home", any, false, {Cellular, {}, false}, {});
    row("not roaming, abroad", any, false, {Cellular, {}, true}, StayReason::Roaming);
    row("not roaming, abroad on Wi-Fi", any, false, {Wifi, {}, true}, {});
    row("not roaming, abroad by the SIM", any, false, {Cellular, {}, {}}, StayReason::Roaming, true);
    row("not roaming, abroad on Wi-Fi by the SIM", any, false, {Wifi, {}, {}}, {}, true);
    row("not roaming, data at home, the SIM abroad", any, false, {Cellular, {}, false}, {}, true);
    row("not roaming, nothing known but of the SIM", any, false, {}, StayReason::Roaming, true);
    row("not roaming, the SIM at home", any, false, {}, {}, false);
    row("not roaming, nothing known", any, false, {}, {});
    row("roaming allowed, abroad", any, true, {Cellular, {}, true}, {}, true);
    row("not roaming before Wi-Fi only", wifi, false, {Cellular, {}, true}, StayReason::Roaming);
}

void CallPolicyTest::movesOverTheConnectionsThatTheUserWants()
{
    QFETCH(const MoveOver, over);
    QFETCH(const bool, whenRoaming);
    QFETCH(const NetworkInfo, network);
    QFETCH(const std::optional<bool>, simRoams);
    QFETCH(const Reason, stays);
    Fixture f;
    f.settings.moveOver = over;
    f.settings.moveWhenRoaming = whenRoaming;
    f.network = network;
    f.sims[0].roaming = simRoams;
    QVERIFY(refusal(mayOffer(dialled(kPeer), f.facts())) == stays);
    QVERIFY(refusal(mayArrive(ringing(kPeer), f.facts())) == stays);
    QVERIFY(readCallerId(ringing(kPeer), f.facts()).has_value()); // for a call that comes back
}

void CallPolicyTest::putsTheRuleOfANumberBeforeTheSettings_data()
{
    using enum NetworkKind;
    QTest::addColumn<ContactRule>("rule");
    QTest::addColumn<CallSettings>("settings");
    QTest::addColumn<NetworkInfo>("network");
    QTest::addColumn<Reason>("stays");
    CallSettings wifiOnly;
    wifiOnly.moveOver = MoveOver::WifiOnly;
    CallSettings freeOnly;
    freeOnly.moveOver = MoveOver::FreeDataOnly;
    CallSettings notRoaming;
    notRoaming.moveWhenRoaming = false;
    CallSettings off;
    off.moveCalls = false;
    const NetworkInfo mobile{Cellular, true, true};
    QTest::newRow("never, on Wi-Fi") << ContactRule::Never << CallSettings{} << NetworkInfo{Wifi, {}, {}}
                                     << Reason(StayReason::ContactNever);
    QTest::newRow("always, though Wi-Fi only") << ContactRule::Always << wifiOnly << mobile << Reason();
    QTest::newRow("always, though free data only") << ContactRule::Always << freeOnly << mobile << Reason();
    QTest::newRow("always, but not roaming")
        << ContactRule::Always << notRoaming << mobile << Reason(StayReason::Roaming);
    QTest::newRow("always, but all is off") << ContactRule::Always << off << mobile << Reason(StayReason::SwitchedOff);
    QTest::newRow("ask, on mobile data") << ContactRule::Ask << wifiOnly << mobile << Reason(StayReason::WifiOnly);
    QTest::newRow("ask, on Wi-Fi") << ContactRule::Ask << wifiOnly << NetworkInfo{Wifi, {}, {}} << Reason();
}

void CallPolicyTest::putsTheRuleOfANumberBeforeTheSettings()
{
    QFETCH(const ContactRule, rule);
    QFETCH(const CallSettings, settings);
    QFETCH(const NetworkInfo, network);
    QFETCH(const Reason, stays);
    Fixture f;
    f.rules.emplace(number(kPeer), rule);
    f.settings = settings;
    f.network = network;
    QVERIFY(refusal(mayOffer(dialled(kPeer), f.facts())) == stays);
    QVERIFY(refusal(mayArrive(ringing(kPeer), f.facts())) == stays);
}

// There is no phone network that it could stay on.
void CallPolicyTest::leavesCallsByHandToTheirUser()
{
    Fixture f;
    f.account->kind = protocol::AccountKind::Manual;
    f.settings.moveOver = MoveOver::WifiOnly;
    f.network.kind = NetworkKind::Cellular;
    f.rules.emplace(number(kPeer), ContactRule::Never);
    LineCall byHand = dialled(kPeer);
    byHand.state = LegState::None;
    QVERIFY(mayOffer(byHand, f.facts()).has_value());
}

void CallPolicyTest::keepsTheReadingsThatMayMove()
{
    Fixture f;
    f.sims = {sim(0, "460001234567890", "CN", "DE")};
    const auto both = mayArrive(ringing("015550123456"), f.facts());
    QVERIFY(both && both->size() == 2);
    f.rules.emplace(both->front(), ContactRule::Never);
    QVERIFY(*mayArrive(ringing("015550123456"), f.facts()) == std::vector{both->back()});
    f.rules.emplace(both->back(), ContactRule::Never);
    QVERIFY(refusal(mayArrive(ringing("015550123456"), f.facts())) == StayReason::ContactNever);
}

void CallPolicyTest::waitsForTheCallerIdWhereItMayStillDecide()
{
    Fixture f;
    LineCall call = ringing("");
    call.callerId = CallerIdPresence::Unknown;
    QVERIFY(mayCallerIdLift(StayReason::CallerIdUnusable, call, f.facts()));
    QVERIFY(!mayCallerIdLift(StayReason::WifiOnly, call, f.facts()));
    f.rules.emplace(number(kPeer), ContactRule::Always);
    QVERIFY(mayCallerIdLift(StayReason::WifiOnly, call, f.facts()));
    QVERIFY(mayCallerIdLift(StayReason::FreeDataOnly, call, f.facts()));
    QVERIFY(!mayCallerIdLift(StayReason::Roaming, call, f.facts()));
    QVERIFY(!mayCallerIdLift(StayReason::WifiOnly, ringing(kPeer), f.facts()));
    QVERIFY(!mayCallerIdLift(StayReason::CallerIdUnusable, ringing("12345"), f.facts()));
}

void CallPolicyTest::asksAsTheUserWishes_data()
{
    QTest::addColumn<Prompt>("setting");
    QTest::addColumn<std::optional<ContactRule>>("rule");
    QTest::addColumn<Prompt>("prompt");
    const auto row = [](const char *name, Prompt setting, std::optional<ContactRule> rule, Prompt prompt) {
        QTest::newRow(name) << setting << rule << prompt;
    };
    row("as set", Prompt::Sound, {}, Prompt::Sound);
    row("asks", Prompt::AskFirst, {}, Prompt::AskFirst);
    row("asks for this number", Prompt::Off, ContactRule::Ask, Prompt::AskFirst);
    row("does not ask for this number", Prompt::AskFirst, ContactRule::Always, Prompt::Notice);
    row("is quiet for this number too", Prompt::Off, ContactRule::Always, Prompt::Off);
}

void CallPolicyTest::asksAsTheUserWishes()
{
    QFETCH(const Prompt, setting);
    QFETCH(const std::optional<ContactRule>, rule);
    QFETCH(const Prompt, prompt);
    CallSettings settings;
    settings.prompt = setting;
    ContactRules rules;
    if (rule)
        rules.emplace(number(kPeer), *rule);
    QCOMPARE(promptFor(number(kPeer), settings, rules), prompt);
    QCOMPARE(promptFor(std::nullopt, settings, rules), setting);
}

void CallPolicyTest::readsTheDialledNumberInTheSimsCountry_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("home");
    QTest::addColumn<QByteArray>("e164");
    QTest::newRow("international") << QByteArray("+4915550123456") << QByteArray("CN") << QByteArray("+4915550123456");
    QTest::newRow("national") << QByteArray("13800138001") << QByteArray("CN") << QByteArray("+8613800138001");
    QTest::newRow("with prefix of home") << QByteArray("004915550123456") << QByteArray("CN") << QByteArray("+4915550123456");
    QTest::newRow("German mobile") << QByteArray("015550123456") << QByteArray("DE") << QByteArray("+4915550123456");
}

void CallPolicyTest::readsTheDialledNumberInTheSimsCountry()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, home);
    QFETCH(const QByteArray, e164);
    Fixture f;
    f.sims = {sim(0, "460001234567890", home.constData(), home.constData())};
    const auto callee = mayOffer(dialled(text.constData()), f.facts());
    QVERIFY(callee.has_value());
    QCOMPARE(callee->e164(), e164.toStdString());
}

// EM1
void CallPolicyTest::putsEmergenciesBeforeEverythingElse()
{
    Fixture f;
    f.account.reset();
    f.settings.moveCalls = false;
    LineCall call = dialled("+8613800138001");
    call.emergency = true;
    QVERIFY(refusal(mayOffer(call, f.facts())) == StayReason::Emergency);
    QVERIFY(refusal(mayOffer(dialled("110"), f.facts())) == StayReason::Emergency);
    LineCall callback = ringing("+8613800138001", true);
    callback.emergency = true;
    QVERIFY(refusal(mayArrive(callback, f.facts())) == StayReason::Emergency);
    QVERIFY(isEmergency(callback, f.sims));
    QVERIFY(isEmergency(dialled("112"), {}));
    QVERIFY(!isEmergency(ringing("110"), f.sims)); // nobody dialled it
}

void CallPolicyTest::knowsTheSimsOwnEmergencyNumbers()
{
    Fixture f;
    f.sims[0].emergencyNumbers = {"12345678"};
    QVERIFY(refusal(mayOffer(dialled("12345678"), f.facts())) == StayReason::Emergency);
}

// mission.md section 6
void CallPolicyTest::neverTakesAFullNumberForAnEmergency()
{
    Fixture f;
    QVERIFY(!isEmergency(dialled("+8611012345678"), f.sims));
    QVERIFY(!isEmergency(dialled("+4911212345678"), f.sims));
}

void CallPolicyTest::offersOnlyForTheSimThatIsRegistered()
{
    Fixture f;
    f.sims.push_back(sim(1, "460009999999999"));
    LineCall call = dialled("+8613800138001");
    QVERIFY(mayOffer(call, f.facts()).has_value());
    call.sim = 1;
    QVERIFY(refusal(mayOffer(call, f.facts())) == StayReason::NotRegistered);
    call.sim = 7;
    QVERIFY(refusal(mayOffer(call, f.facts())) == StayReason::NotRegistered);
    f.sims[0].present = false;
    call.sim = 0;
    QVERIFY(refusal(mayOffer(call, f.facts())) == StayReason::NotRegistered);
}

void CallPolicyTest::offersByHandOnlyWithAManualAccount()
{
    Fixture f;
    LineCall byHand = dialled("+8613800138001");
    byHand.state = LegState::None;
    QVERIFY(refusal(mayOffer(byHand, f.facts())) == StayReason::NotRegistered);
    f.account->kind = protocol::AccountKind::Manual;
    QVERIFY(mayOffer(byHand, f.facts()).has_value());
    QVERIFY(refusal(mayOffer(dialled("+8613800138001"), f.facts())) == StayReason::NotRegistered);
}

void CallPolicyTest::recognisesASimWithoutImsiByItsHandle()
{
    Fixture f;
    f.account->sim = SimHandle{};
    QVERIFY(refusal(mayOffer(dialled("+8613800138001"), f.facts())) == StayReason::NotRegistered);
    f.sims[0].imsi = {};
    QVERIFY(mayOffer(dialled("+8613800138001"), f.facts()).has_value());
}

void CallPolicyTest::tellsTwoSimsWithoutImsiApart_data()
{
    QTest::addColumn<QByteArray>("firstKnows");
    QTest::addColumn<QByteArray>("secondKnows");
    QTest::addColumn<int>("registered");
    QTest::newRow("the first knows the number") << QByteArray("+8613800138000") << QByteArray("+8613800138030") << 0;
    QTest::newRow("the second knows the number") << QByteArray("+8613800138030") << QByteArray("+8613800138000") << 1;
    QTest::newRow("only the other knows one") << QByteArray() << QByteArray("+8613800138000") << 1;
    QTest::newRow("neither knows one") << QByteArray() << QByteArray() << 0;
}

void CallPolicyTest::tellsTwoSimsWithoutImsiApart()
{
    QFETCH(QByteArray, firstKnows);
    QFETCH(QByteArray, secondKnows);
    QFETCH(int, registered);
    Fixture f;
    f.account->sim = SimHandle{};
    f.sims = {sim(0, ""), sim(1, "")};
    f.sims[0].ownNumber = Redacted(firstKnows.toStdString());
    f.sims[1].ownNumber = Redacted(secondKnows.toStdString());
    LineCall call = dialled("+8613800138001");
    call.sim = registered;
    QVERIFY(mayOffer(call, f.facts()));
    call.sim = 1 - registered;
    QCOMPARE(refusal(mayOffer(call, f.facts())), StayReason::NotRegistered);
    LineCall ring = ringing("+8613800138001", true);
    ring.sim = registered;
    QVERIFY(mayArrive(ring, f.facts()));
    ring.sim = 1 - registered;
    QCOMPARE(refusal(mayArrive(ring, f.facts())), StayReason::NotRegistered);
}

void CallPolicyTest::readsTheCallerIdInAtMostTwoWays()
{
    Fixture f;
    QVERIFY(*mayArrive(ringing("8613800138001", true), f.facts()) == std::vector{number("+8613800138001")});
    QVERIFY(*mayArrive(ringing("13800138001"), f.facts()) == std::vector{number("+8613800138001")});
    QVERIFY(refusal(mayArrive(ringing("12345"), f.facts())) == StayReason::CallerIdUnusable);
    QVERIFY(refusal(mayArrive(ringing(""), f.facts())) == StayReason::CallerIdUnusable);
}

// M5
void CallPolicyTest::arrivesWithoutCallerIdOnlyWhereThePlatformHasNone()
{
    Fixture f;
    LineCall call = ringing("");
    call.callerId = CallerIdPresence::Withheld;
    QVERIFY(refusal(mayArrive(call, f.facts())) == StayReason::CallerIdWithheld);
    call.callerId = CallerIdPresence::Unknown;
    const auto unknown = mayArrive(call, f.facts());
    QVERIFY(unknown.has_value());
    QVERIFY(unknown->empty());
    f.settings.allowUnknownCallerId = false;
    QVERIFY(refusal(mayArrive(call, f.facts())) == StayReason::CallerIdUnusable);
}

void CallPolicyTest::neverArrivesForItself()
{
    Fixture f;
    QVERIFY(refusal(mayArrive(ringing("8613800138000", true), f.facts())) == StayReason::CallerIdUnusable);
    QVERIFY(refusal(mayOffer(dialled("13800138000"), f.facts())) == StayReason::InvalidNumber);
}

void CallPolicyTest::showsTheSimsImsiOrAHandle()
{
    SeededRandom random(1);
    Fixture f;
    QVERIFY(simProofOf(f.sims[0], f.account, random)
            == protocol::SimProof(*protocol::Imsi::fromDigits("460001234567890")));
    SimInfo hidden = sim(0, "");
    const auto fresh = simProofOf(hidden, std::nullopt, random);
    QVERIFY(fresh && std::holds_alternative<SimHandle>(*fresh));
    // Once registered, the handle stays the same.
    f.account->sim = *fresh;
    QVERIFY(simProofOf(hidden, f.account, random) == fresh);
    hidden.present = false;
    QVERIFY(!simProofOf(hidden, f.account, random).has_value());
    QVERIFY(!simProofOf(sim(0, "12"), f.account, random).has_value());
}

QTEST_APPLESS_MAIN(CallPolicyTest)
#include "tst_callpolicy.moc"
