#include "core/call/registrationmachine.h"
#include "tests/core/call/scriptedserver.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;
using namespace std::chrono_literals;
using protocol::ErrorCode;
using State = RegistrationState;
using FaultOf = RegistrationFault;

Q_DECLARE_METATYPE(ringlift::protocol::ErrorMessage)

namespace {

constexpr TimePoint kStart{100s};
const protocol::Key32 kServerKey = filled(7);
const protocol::Key32 kPinProof = filled(6);

protocol::Msisdn number()
{
    return *protocol::Msisdn::fromE164("+8613800138000");
}

protocol::SimProof sim()
{
    return *protocol::Imsi::fromDigits("460001234567890");
}

SessionId session(std::uint8_t byte = 4)
{
    SessionId id;
    id.bytes.fill(byte);
    return id;
}

protocol::ErrorMessage error(ErrorCode code, const char *re)
{
    protocol::ErrorMessage error;
    error.code = code;
    error.re = re;
    return error;
}

protocol::RegisterDone done()
{
    AccountId account;
    account.bytes.fill(5);
    return {account, kServerKey};
}

struct Fixture
{
    std::vector<RegistrationOutput> outputs() { return drain<RegistrationOutput>(machine); }
    std::vector<protocol::Message> sent()
    {
        std::vector<protocol::Message> messages;
        for (const RegistrationSend &send : only<RegistrationSend>(outputs()))
            messages.push_back(send.message);
        return messages;
    }
    /// The one change that was told.
    std::optional<RegistrationChanged> change()
    {
        const auto changes = only<RegistrationChanged>(outputs());
        return changes.size() == 1 ? std::optional(changes[0]) : std::nullopt;
    }
    bool hear(const protocol::Message &message, TimePoint now = kStart) { return machine.handle(now, message, kServerKey); }
    void begin() { machine.begin(kStart, number(), protocol::AccountKind::Sim, sim()); }
    /// The code is on its way to the user.
    void reachCodeSent()
    {
        begin();
        hear(protocol::RegisterSent{session(), 300, 60, 6});
        outputs();
    }
    void reachVerifying()
    {
        reachCodeSent();
        machine.verify(kStart, "123456");
        outputs();
    }
    void reachLocked()
    {
        reachVerifying();
        hear(error(ErrorCode::RegLocked, "register.verify"));
        outputs();
    }

    crypto::DeviceIdentity identity = makeIdentity(1);
    RegistrationMachine machine{{.platform = "test"}, identity};
};

bool is(const std::optional<RegistrationChanged> &change, State state, FaultOf fault, std::uint32_t triesLeft = 0,
        std::uint32_t retryAfter = 0)
{
    return change && change->state == state && change->fault == fault && change->triesLeft == triesLeft
           && change->retryAfterSeconds == retryAfter;
}

} // namespace

class RegistrationMachineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesRequestsAsTheWireDoes();
    void registersByNumberAndCode();
    void registersByNumberCodeAndPin();
    void showsNoSimForAManualAccount();
    void needsASim();
    void explainsWhyNoCodeWasSent_data();
    void explainsWhyNoCodeWasSent();
    void explainsWhyACodeWasRefused_data();
    void explainsWhyACodeWasRefused();
    void tellsHowOftenThePinMayStillBeTried();
    void doesNotSendWhatIsNoCode_data();
    void doesNotSendWhatIsNoCode();
    void letsTheUserCorrectAWrongCode();
    void needsASessionToVerify();
    void sendsACodeOnlyOnceAtATime();
    void distrustsAnAccountOfAnotherServer();
    void keepsTheSessionWhenTheLinkBreaks_data();
    void keepsTheSessionWhenTheLinkBreaks();
    void failsWhenTheServerCannotBeHad_data();
    void failsWhenTheServerCannotBeHad();
    void doesNotWaitForeverForAnAnswer();
    void acceptsALateRegistration();
    void forgetsTheSessionWhenItEnds();
    void takesTheAnswerToTheLatestRequestOnly();
    void ignoresAnAccountNobodyVerified();
    void isCancelled();
    void leavesOtherMessagesAlone();
};

void RegistrationMachineTest::namesRequestsAsTheWireDoes()
{
    Fixture f;
    f.begin();
    QCOMPARE(protocol::typeOf(f.sent().at(0)), std::string_view("register.begin"));
    QCOMPARE(protocol::typeOf(protocol::RegisterVerify{}), std::string_view("register.verify"));
    QCOMPARE(protocol::typeOf(protocol::RegisterUnlock{}), std::string_view("register.unlock"));
}

void RegistrationMachineTest::registersByNumberAndCode()
{
    Fixture f;
    QVERIFY(f.machine.state() == State::None);
    f.begin();
    auto outputs = f.outputs();
    QVERIFY(is(only<RegistrationChanged>(outputs).at(0), State::Connecting, FaultOf::None));
    const protocol::RegisterBegin begin{number(), sim(), f.identity.card().bytes, "test", protocol::AccountKind::Sim};
    QVERIFY(only<RegistrationSend>(outputs).at(0).message == protocol::Message(begin));

    QVERIFY(f.hear(protocol::RegisterSent{session(), 300, 60, 6}));
    QVERIFY(is(f.change(), State::CodeSent, FaultOf::None));
    f.machine.verify(kStart + 30s, "012345");
    outputs = f.outputs();
    QVERIFY(is(only<RegistrationChanged>(outputs).at(0), State::Verifying, FaultOf::None));
    const auto messages = only<RegistrationSend>(outputs);
    const auto &verify = std::get<protocol::RegisterVerify>(messages.at(0).message);
    QVERIFY(verify.sessionId == session());
    QCOMPARE(verify.code, std::string("012345"));

    QVERIFY(f.hear(done()));
    outputs = f.outputs();
    const Account account = only<RegistrationDone>(outputs).at(0).account;
    QVERIFY(account == (Account{done().accountId, kServerKey, number(), sim(), protocol::AccountKind::Sim}));
    QVERIFY(is(only<RegistrationChanged>(outputs).at(0), State::Registered, FaultOf::None));
    QVERIFY(f.machine.state() == State::Registered);
    QVERIFY(!f.machine.nextTimeout().has_value());
}

void RegistrationMachineTest::registersByNumberCodeAndPin()
{
    Fixture f;
    f.reachVerifying();
    protocol::ErrorMessage locked = error(ErrorCode::RegLocked, "register.verify");
    locked.remaining = 600'000;
    QVERIFY(f.hear(locked));
    QVERIFY(is(f.change(), State::Locked, FaultOf::Locked, 0, 600'000));
    f.machine.unlock(kStart, kPinProof);
    const auto outputs = f.outputs();
    QVERIFY(is(only<RegistrationChanged>(outputs).at(0), State::Verifying, FaultOf::None));
    const protocol::RegisterUnlock unlock{session(), kPinProof};
    QVERIFY(only<RegistrationSend>(outputs).at(0).message == protocol::Message(unlock));
    QVERIFY(f.hear(done()));
    const auto accounts = only<RegistrationDone>(f.outputs());
    QCOMPARE(accounts.size(), std::size_t(1));
    QVERIFY(accounts[0].account.locked);
}

void RegistrationMachineTest::showsNoSimForAManualAccount()
{
    Fixture f;
    f.machine.begin(kStart, number(), protocol::AccountKind::Manual, sim());
    const auto messages = f.sent();
    const auto &begin = std::get<protocol::RegisterBegin>(messages.at(0));
    QVERIFY(begin.kind == protocol::AccountKind::Manual);
    QVERIFY(std::holds_alternative<std::monostate>(begin.sim));
}

void RegistrationMachineTest::needsASim()
{
    Fixture f;
    f.machine.begin(kStart, number(), protocol::AccountKind::Sim, {});
    const auto outputs = f.outputs();
    QCOMPARE(outputs.size(), std::size_t(1));
    QVERIFY(is(only<RegistrationChanged>(outputs).at(0), State::Failed, FaultOf::SimMissing));
}

void RegistrationMachineTest::explainsWhyNoCodeWasSent_data()
{
    QTest::addColumn<protocol::ErrorMessage>("error");
    QTest::addColumn<int>("fault");
    QTest::addColumn<std::uint32_t>("retryAfter");
    const auto row = [](const char *name, ErrorCode code, FaultOf fault, std::uint32_t retryAfter = 0) {
        protocol::ErrorMessage refusal = error(code, "register.begin");
        if (retryAfter > 0)
            refusal.retryAfter = retryAfter;
        QTest::newRow(name) << refusal << static_cast<int>(fault) << retryAfter;
    };
    row("E_NUMBER", ErrorCode::Number, FaultOf::BadNumber);
    row("E_RATE", ErrorCode::Rate, FaultOf::RateLimited, 3600);
    row("E_RATE without a time", ErrorCode::Rate, FaultOf::RateLimited);
    row("E_BUSY_SERVER", ErrorCode::BusyServer, FaultOf::ServerRefused);
    row("E_PROTO", ErrorCode::Proto, FaultOf::ServerRefused);
    row("E_VERSION", ErrorCode::Version, FaultOf::ServerRefused);
}

void RegistrationMachineTest::explainsWhyNoCodeWasSent()
{
    QFETCH(const protocol::ErrorMessage, error);
    QFETCH(const int, fault);
    QFETCH(const std::uint32_t, retryAfter);
    Fixture f;
    f.begin();
    f.outputs();
    QVERIFY(f.hear(error));
    QVERIFY(is(f.change(), State::Failed, static_cast<FaultOf>(fault), 0, retryAfter));
    QVERIFY(!f.machine.nextTimeout().has_value());
}

void RegistrationMachineTest::explainsWhyACodeWasRefused_data()
{
    QTest::addColumn<protocol::ErrorMessage>("error");
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("fault");
    const auto row = [](const char *name, ErrorCode code, std::uint32_t left, State state, FaultOf fault) {
        protocol::ErrorMessage refusal = error(code, "register.verify");
        if (left > 0)
            refusal.left = left;
        QTest::newRow(name) << refusal << static_cast<int>(state) << static_cast<int>(fault);
    };
    row("E_REG_CODE, tries left", ErrorCode::RegCode, 4, State::CodeSent, FaultOf::WrongCode);
    row("E_REG_CODE, the last one", ErrorCode::RegCode, 0, State::Failed, FaultOf::WrongCode);
    row("E_REG_EXPIRED", ErrorCode::RegExpired, 0, State::Failed, FaultOf::CodeExpired);
    row("E_REG_LOCKED", ErrorCode::RegLocked, 0, State::Locked, FaultOf::Locked);
    row("E_RATE", ErrorCode::Rate, 0, State::CodeSent, FaultOf::RateLimited);
    row("E_BUSY_SERVER", ErrorCode::BusyServer, 0, State::CodeSent, FaultOf::ServerRefused);
    row("E_AUTH, tries left", ErrorCode::Auth, 3, State::CodeSent, FaultOf::ServerRefused);
    row("E_AUTH, the last one", ErrorCode::Auth, 0, State::Failed, FaultOf::ServerRefused);
    row("E_PROTO", ErrorCode::Proto, 0, State::Failed, FaultOf::ServerRefused);
}

void RegistrationMachineTest::explainsWhyACodeWasRefused()
{
    QFETCH(const protocol::ErrorMessage, error);
    QFETCH(const int, state);
    QFETCH(const int, fault);
    Fixture f;
    f.reachVerifying();
    QVERIFY(f.hear(error));
    QVERIFY(is(f.change(), static_cast<State>(state), static_cast<FaultOf>(fault), error.left.value_or(0)));
}

void RegistrationMachineTest::tellsHowOftenThePinMayStillBeTried()
{
    Fixture f;
    f.reachLocked();
    f.machine.unlock(kStart, kPinProof);
    f.outputs();
    protocol::ErrorMessage wrong = error(ErrorCode::RegLocked, "register.unlock");
    wrong.left = 9;
    wrong.remaining = 100;
    QVERIFY(f.hear(wrong));
    QVERIFY(is(f.change(), State::Locked, FaultOf::Locked, 9, 100));
    f.machine.unlock(kStart, kPinProof);
    QCOMPARE(f.sent().size(), std::size_t(1));
    QVERIFY(f.hear(error(ErrorCode::BusyServer, "register.unlock")));
    QVERIFY(is(f.change(), State::Locked, FaultOf::ServerRefused));
}

void RegistrationMachineTest::doesNotSendWhatIsNoCode_data()
{
    QTest::addColumn<std::string>("code");
    for (const char *code : {"", "12345", "1234567", "12345a", "12 345", "-12345"})
        QTest::addRow("\"%s\"", code) << std::string(code);
}

void RegistrationMachineTest::doesNotSendWhatIsNoCode()
{
    QFETCH(const std::string, code);
    Fixture f;
    f.reachCodeSent();
    f.machine.verify(kStart, code);
    const auto outputs = f.outputs();
    QCOMPARE(outputs.size(), std::size_t(1));
    QVERIFY(is(only<RegistrationChanged>(outputs).at(0), State::CodeSent, FaultOf::WrongCode));
}

void RegistrationMachineTest::letsTheUserCorrectAWrongCode()
{
    Fixture f;
    f.reachVerifying();
    protocol::ErrorMessage wrong = error(ErrorCode::RegCode, "register.verify");
    wrong.left = 4;
    f.hear(wrong);
    f.outputs();
    f.machine.verify(kStart, "654321");
    QCOMPARE(f.sent().size(), std::size_t(1));
    f.hear(done());
    QVERIFY(f.machine.state() == State::Registered);
}

void RegistrationMachineTest::needsASessionToVerify()
{
    Fixture f;
    f.machine.verify(kStart, "123456");
    QVERIFY(is(f.change(), State::Failed, FaultOf::CodeExpired));
}

void RegistrationMachineTest::sendsACodeOnlyOnceAtATime()
{
    Fixture f;
    f.reachVerifying();
    f.machine.verify(kStart, "123456");
    QVERIFY(f.outputs().empty());
}

void RegistrationMachineTest::distrustsAnAccountOfAnotherServer()
{
    Fixture f;
    f.reachVerifying();
    QVERIFY(f.machine.handle(kStart, done(), filled(8)));
    const auto outputs = f.outputs();
    QVERIFY(only<RegistrationDone>(outputs).empty());
    QVERIFY(is(only<RegistrationChanged>(outputs).at(0), State::Failed, FaultOf::ServerUntrusted));
}

void RegistrationMachineTest::keepsTheSessionWhenTheLinkBreaks_data()
{
    QTest::addColumn<bool>("locked");
    QTest::newRow("while the code is checked") << false;
    QTest::newRow("while the PIN is checked") << true;
}

void RegistrationMachineTest::keepsTheSessionWhenTheLinkBreaks()
{
    QFETCH(const bool, locked);
    Fixture f;
    if (locked) {
        f.reachLocked();
        f.machine.unlock(kStart, kPinProof);
        f.outputs();
    } else {
        f.reachCodeSent();
        f.machine.linkDown(kStart, ServerFailure::Closed);
        QVERIFY(f.outputs().empty());
        f.machine.verify(kStart, "123456");
        f.outputs();
    }
    f.machine.linkDown(kStart, ServerFailure::Closed);
    QVERIFY(is(f.change(), locked ? State::Locked : State::CodeSent, FaultOf::ServerUnreachable));
    if (locked)
        f.machine.unlock(kStart, kPinProof);
    else
        f.machine.verify(kStart, "123456");
    QCOMPARE(f.sent().size(), std::size_t(1));
}

void RegistrationMachineTest::failsWhenTheServerCannotBeHad_data()
{
    QTest::addColumn<int>("failure");
    QTest::addColumn<int>("fault");
    const auto row = [](const char *name, ServerFailure failure, FaultOf fault) {
        QTest::newRow(name) << static_cast<int>(failure) << static_cast<int>(fault);
    };
    row("unreachable", ServerFailure::Unreachable, FaultOf::ServerUnreachable);
    row("closed", ServerFailure::Closed, FaultOf::ServerUnreachable);
    row("untrusted", ServerFailure::Untrusted, FaultOf::ServerUntrusted);
    row("refused", ServerFailure::Refused, FaultOf::ServerRefused);
}

void RegistrationMachineTest::failsWhenTheServerCannotBeHad()
{
    QFETCH(const int, failure);
    QFETCH(const int, fault);
    Fixture f;
    f.begin();
    f.outputs();
    f.machine.linkDown(kStart, static_cast<ServerFailure>(failure));
    QVERIFY(is(f.change(), State::Failed, static_cast<FaultOf>(fault)));
}

void RegistrationMachineTest::doesNotWaitForeverForAnAnswer()
{
    Fixture f;
    f.begin();
    f.outputs();
    QCOMPARE(f.machine.nextTimeout(), std::optional(kStart + 10s));
    f.machine.handleTimeout(kStart + 10s - 1us);
    QVERIFY(f.outputs().empty());
    f.machine.handleTimeout(kStart + 10s);
    QVERIFY(is(f.change(), State::Failed, FaultOf::ServerUnreachable));
    // The next attempt is not confused by the answer that never came.
    f.reachCodeSent();
    QVERIFY(f.machine.state() == State::CodeSent);
}

void RegistrationMachineTest::acceptsALateRegistration()
{
    Fixture f;
    f.reachVerifying();
    f.machine.handleTimeout(kStart + 10s);
    QVERIFY(is(f.change(), State::CodeSent, FaultOf::ServerUnreachable));
    QVERIFY(f.hear(done(), kStart + 11s));
    QVERIFY(f.machine.state() == State::Registered);
}

void RegistrationMachineTest::forgetsTheSessionWhenItEnds()
{
    Fixture f;
    f.reachCodeSent();
    QCOMPARE(f.machine.nextTimeout(), std::optional(kStart + 300s));
    f.machine.handleTimeout(kStart + 300s);
    QVERIFY(is(f.change(), State::Failed, FaultOf::CodeExpired));
    QVERIFY(!f.machine.nextTimeout().has_value());
}

void RegistrationMachineTest::takesTheAnswerToTheLatestRequestOnly()
{
    Fixture f;
    f.begin();
    f.begin();
    f.outputs();
    QVERIFY(f.hear(protocol::RegisterSent{session(1), 300, 60, 6}));
    QVERIFY(f.outputs().empty());
    QVERIFY(f.hear(protocol::RegisterSent{session(2), 300, 60, 6}));
    QVERIFY(is(f.change(), State::CodeSent, FaultOf::None));
    f.machine.verify(kStart, "123456");
    const auto messages = f.sent();
    QVERIFY(std::get<protocol::RegisterVerify>(messages.at(0)).sessionId == session(2));
}

void RegistrationMachineTest::ignoresAnAccountNobodyVerified()
{
    Fixture f;
    QVERIFY(f.hear(done()));
    f.reachCodeSent();
    QVERIFY(f.hear(done()));
    QVERIFY(f.outputs().empty());
    QVERIFY(f.machine.state() == State::CodeSent);
}

void RegistrationMachineTest::isCancelled()
{
    Fixture f;
    f.machine.cancel();
    QVERIFY(f.outputs().empty());
    f.reachVerifying();
    f.machine.cancel();
    QVERIFY(is(f.change(), State::None, FaultOf::None));
    QVERIFY(!f.machine.nextTimeout().has_value());
    QVERIFY(f.hear(done()));
    QVERIFY(f.outputs().empty());
}

void RegistrationMachineTest::leavesOtherMessagesAlone()
{
    Fixture f;
    f.begin();
    f.outputs();
    QVERIFY(!f.hear(error(ErrorCode::Rate, "call.offer")));
    QVERIFY(!f.hear(protocol::CallAccepted{}));
    QVERIFY(f.outputs().empty());
}

QTEST_APPLESS_MAIN(RegistrationMachineTest)
#include "tst_registrationmachine.moc"
