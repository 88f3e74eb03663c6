#include "app/registrationcontroller.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringlift;
using app::RegistrationController;
using call::RegistrationFault;
using call::RegistrationState;

namespace {

void tell(RegistrationController &registration, RegistrationState state, RegistrationFault fault = RegistrationFault::None,
    std::uint32_t triesLeft = 0, std::uint32_t retryAfter = 0, const QString &ownNumber = {})
{
    registration.onRegistrationChanged({state, fault, triesLeft, retryAfter}, ownNumber);
}

} // namespace

class TestRegistrationController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForNumberCodeAndIsDone();
    void asksForThePinOfAProtectedNumber();
    void sendsTheNumberWithoutItsSpaces();
    void keepsIncompleteInputToItself();
    void asksOnlyOnceAtATime();
    void saysWhatIsWrongAndHowOftenOneMayTry();
    void saysHowLongToWait();
    void goesBackToTheNumberWhenTheCodeExpired();
    void tellsThatTheNumberWentToAnotherPhone();
    void changesTheNumberOnRequest();
    void deletesOnlyARegistration();
    void saysThatADeletionFailed();
    void provesTheNumberAgainWhenAsked();
};

void TestRegistrationController::asksForNumberCodeAndIsDone()
{
    RegistrationController registration;
    QCOMPARE(registration.step(), RegistrationController::NumberStep);
    tell(registration, RegistrationState::Connecting);
    QVERIFY(registration.isBusy());
    QCOMPARE(registration.step(), RegistrationController::NumberStep);
    tell(registration, RegistrationState::CodeSent);
    QCOMPARE(registration.step(), RegistrationController::CodeStep);
    QVERIFY(!registration.isBusy());
    tell(registration, RegistrationState::Verifying);
    QVERIFY(registration.isBusy());
    tell(registration, RegistrationState::Registered, {}, 0, 0, QStringLiteral("+8613800138000"));
    QVERIFY(registration.isRegistered());
    QCOMPARE(registration.ownNumber(), QStringLiteral("+86 138 0013 8000"));
}

void TestRegistrationController::asksForThePinOfAProtectedNumber()
{
    RegistrationController registration;
    tell(registration, RegistrationState::CodeSent);
    tell(registration, RegistrationState::Locked, RegistrationFault::Locked);
    QCOMPARE(registration.step(), RegistrationController::PinStep);
    QCOMPARE(registration.problem(), QString());
    tell(registration, RegistrationState::Verifying);
    QCOMPARE(registration.step(), RegistrationController::PinStep);
    tell(registration, RegistrationState::Locked, RegistrationFault::Locked, 9);
    QVERIFY(registration.problem().contains(QStringLiteral("9")));
}

void TestRegistrationController::sendsTheNumberWithoutItsSpaces()
{
    RegistrationController registration;
    const QSignalSpy requested(&registration, &RegistrationController::registerRequested);
    registration.requestCode(QStringLiteral(" +49 (1555) 012-3456 "));
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested.at(0).at(0).toString(), QStringLiteral("+4915550123456"));
    QVERIFY(registration.sentTo().startsWith(QStringLiteral("+49 ")));
}

void TestRegistrationController::keepsIncompleteInputToItself()
{
    RegistrationController registration;
    const QSignalSpy number(&registration, &RegistrationController::registerRequested);
    const QSignalSpy code(&registration, &RegistrationController::verifyRequested);
    const QSignalSpy pin(&registration, &RegistrationController::unlockRequested);
    registration.requestCode(QStringLiteral("nobody"));
    registration.submitCode(QStringLiteral("12345"));
    registration.submitCode(QStringLiteral("1234567"));
    registration.submitPin(QStringLiteral("123"));
    QCOMPARE(number.size() + code.size() + pin.size(), 0);
    registration.submitCode(QStringLiteral("123 456"));
    registration.submitPin(QStringLiteral("1234"));
    QCOMPARE(code.at(0).at(0).toString(), QStringLiteral("123456"));
    QCOMPARE(pin.size(), 1);
}

void TestRegistrationController::asksOnlyOnceAtATime()
{
    RegistrationController registration;
    tell(registration, RegistrationState::Connecting);
    const QSignalSpy number(&registration, &RegistrationController::registerRequested);
    registration.requestCode(QStringLiteral("+4915550123456"));
    QCOMPARE(number.size(), 0);
}

void TestRegistrationController::saysWhatIsWrongAndHowOftenOneMayTry()
{
    RegistrationController registration;
    tell(registration, RegistrationState::CodeSent, RegistrationFault::WrongCode, 4);
    QVERIFY(registration.problem().startsWith(QStringLiteral("This code is not right.")));
    QVERIFY(registration.problem().contains(QStringLiteral("4 tries")));
    QCOMPARE(registration.step(), RegistrationController::CodeStep);
}

void TestRegistrationController::saysHowLongToWait()
{
    RegistrationController registration;
    tell(registration, RegistrationState::Failed, RegistrationFault::RateLimited, 0, 3600);
    QVERIFY(registration.problem().contains(QStringLiteral("1 hour")));
    QCOMPARE(registration.step(), RegistrationController::NumberStep);
}

void TestRegistrationController::goesBackToTheNumberWhenTheCodeExpired()
{
    RegistrationController registration;
    tell(registration, RegistrationState::CodeSent);
    tell(registration, RegistrationState::Failed, RegistrationFault::CodeExpired);
    QCOMPARE(registration.step(), RegistrationController::NumberStep);
    QVERIFY(!registration.problem().isEmpty());
}

void TestRegistrationController::tellsThatTheNumberWentToAnotherPhone()
{
    RegistrationController registration;
    tell(registration, RegistrationState::Registered, {}, 0, 0, QStringLiteral("+8613800138000"));
    tell(registration, RegistrationState::Failed, RegistrationFault::ReplacedElsewhere);
    QVERIFY(!registration.isRegistered());
    QCOMPARE(registration.ownNumber(), QString());
    QVERIFY(registration.problem().contains(QStringLiteral("on another")));
}

void TestRegistrationController::changesTheNumberOnRequest()
{
    RegistrationController registration;
    tell(registration, RegistrationState::CodeSent, RegistrationFault::WrongCode, 2);
    registration.changeNumber();
    QCOMPARE(registration.step(), RegistrationController::NumberStep);
    QCOMPARE(registration.problem(), QString());
}

void TestRegistrationController::deletesOnlyARegistration()
{
    RegistrationController registration;
    const QSignalSpy deleted(&registration, &RegistrationController::deleteRequested);
    registration.deleteRegistration();
    QCOMPARE(deleted.size(), 0);
    tell(registration, RegistrationState::Registered);
    registration.changeNumber();
    QVERIFY(registration.isRegistered());
    registration.deleteRegistration();
    QCOMPARE(deleted.size(), 1);
}

void TestRegistrationController::saysThatADeletionFailed()
{
    RegistrationController registration;
    tell(registration, RegistrationState::Registered, RegistrationFault::ServerUnreachable);
    QVERIFY(registration.isRegistered());
    QCOMPARE(registration.problem(),
             QStringLiteral("The registration was not deleted. The server cannot be reached. Check your Internet connection and try again."));
    tell(registration, RegistrationState::Registered, RegistrationFault::ServerRefused);
    QCOMPARE(registration.problem(), QStringLiteral("The registration was not deleted."));
    tell(registration, RegistrationState::Registered);
    QCOMPARE(registration.problem(), QString());
}

void TestRegistrationController::provesTheNumberAgainWhenAsked()
{
    RegistrationController registration;
    const QSignalSpy number(&registration, &RegistrationController::registerRequested);
    tell(registration, RegistrationState::Registered, {}, 0, 0, QStringLiteral("+8613800138000"));
    registration.proveAgain();
    registration.onStandingChanged({.proofDue = false, .quarantined = true});
    QVERIFY(!registration.notice().isEmpty());
    registration.proveAgain();
    QCOMPARE(number.size(), 0);
    registration.onStandingChanged({.proofDue = true, .quarantined = false});
    QVERIFY(registration.isProofDue());
    registration.proveAgain();
    QCOMPARE(number.at(0).at(0).toString(), QStringLiteral("+8613800138000"));
    tell(registration, RegistrationState::Connecting, {}, 0, 0, QStringLiteral("+8613800138000"));
    tell(registration, RegistrationState::Failed, RegistrationFault::ServerUnreachable, 0, 0,
         QStringLiteral("+8613800138000"));
    QCOMPARE(registration.step(), RegistrationController::NumberStep);
    registration.postpone();
    QVERIFY(registration.isProofDue());
    QCOMPARE(registration.problem(), QString());
    tell(registration, RegistrationState::None);
    QCOMPARE(registration.notice(), QString());
    registration.postpone();
    QVERIFY(!registration.isRegistered());
}

QTEST_GUILESS_MAIN(TestRegistrationController)
#include "tst_registrationcontroller.moc"
