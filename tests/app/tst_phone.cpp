#include "app/phone.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringlift;
using app::Phone;
using engine::StartState;

class TestPhone : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsInTheWayUntilItIsReady();
    void asksALockedKeyringAgain();
    void startsAgainWithAPassphrase();
    void wantsANewPassphraseToBeLong();
    void saysThatAPassphraseIsWrong();
};

void TestPhone::saysWhatIsInTheWayUntilItIsReady()
{
    Phone phone;
    QVERIFY(phone.isStarting());
    QCOMPARE(phone.startProblem(), QString());
    phone.onStartChanged(StartState::StoreBroken);
    QVERIFY(!phone.startProblem().isEmpty());
    QVERIFY(!phone.takesPassphrase());
    const QSignalSpy requested(&phone, &Phone::startRequested);
    phone.tryAgain();
    QCOMPARE(requested.size(), 1);
    phone.onStartChanged(StartState::Ready);
    QVERIFY(phone.isReady());
    QCOMPARE(phone.startProblem(), QString());
}

void TestPhone::asksALockedKeyringAgain()
{
    Phone phone;
    phone.onStartChanged(StartState::SecretsLocked);
    QVERIFY(phone.startProblem().contains(QStringLiteral("keyring")));
    QVERIFY(!phone.takesPassphrase());
    QStringList order;
    connect(&phone, &Phone::passphraseForgotten, this, [&order] { order.append(QStringLiteral("forget")); });
    connect(&phone, &Phone::startRequested, this, [&order] { order.append(QStringLiteral("start")); });
    phone.tryAgain();
    QCOMPARE(order, (QStringList{QStringLiteral("forget"), QStringLiteral("start")}));
}

void TestPhone::startsAgainWithAPassphrase()
{
    Phone phone;
    phone.setPassphraseFile(true);
    phone.onStartChanged(StartState::SecretsLocked);
    QStringList order;
    connect(&phone, &Phone::passphraseGiven, this, [&order](const QString &passphrase) { order.append(passphrase); });
    connect(&phone, &Phone::startRequested, this, [&order] { order.append(QStringLiteral("start")); });
    phone.usePassphrase(QStringLiteral("open"));
    QCOMPARE(order, (QStringList{QStringLiteral("open"), QStringLiteral("start")}));
}

void TestPhone::wantsANewPassphraseToBeLong()
{
    Phone phone;
    const QSignalSpy given(&phone, &Phone::passphraseGiven);
    phone.usePassphrase(QStringLiteral("long enough"));
    QCOMPARE(given.size(), 0);
    phone.onStartChanged(StartState::NoSecretStore);
    phone.usePassphrase(QStringLiteral("short"));
    QCOMPARE(given.size(), 0);
    phone.usePassphrase(QStringLiteral("long enough"));
    QCOMPARE(given.size(), 1);
}

void TestPhone::saysThatAPassphraseIsWrong()
{
    Phone phone;
    phone.setPassphraseFile(true);
    phone.onStartChanged(StartState::SecretsLocked);
    const QString locked = phone.startProblem();
    phone.usePassphrase(QStringLiteral("wrong"));
    phone.onStartChanged(StartState::Starting);
    phone.onStartChanged(StartState::SecretsLocked);
    QVERIFY(phone.startProblem().contains(QStringLiteral("not right")));
    phone.tryAgain();
    QCOMPARE(phone.startProblem(), locked);
}

QTEST_GUILESS_MAIN(TestPhone)
#include "tst_phone.moc"
