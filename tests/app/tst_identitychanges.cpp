#include "app/identitychanges.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringlift;
using app::IdentityChanges;

namespace {

const QString kPeer = QStringLiteral("+4915550123456");
const std::string kNumber(60, '7');

call::PinChange change(bool verified, const std::string &number = kNumber)
{
    return {*protocol::Msisdn::fromE164(kPeer.toStdString()), number, verified};
}

} // namespace

class TestIdentityChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void confirmsWithoutAComparisonWhereThatIsEnough();
    void demandsAComparisonOfAVerifiedNumber();
    void confirmsNothingWhenTheCodesDiffer();
    void takesACodeThatIsNoLongerRightFromTheScreen();
    void offersNoComparisonWithoutACode();
    void showsACodeWithNothingToAnswer();
};

void TestIdentityChanges::confirmsWithoutAComparisonWhereThatIsEnough()
{
    IdentityChanges changes;
    const QSignalSpy confirmed(&changes, &IdentityChanges::confirmRequested);
    changes.confirm(kPeer);
    changes.onPinChangeWaits(change(false));
    QCOMPARE(changes.comparable(), QStringList{kPeer});
    QCOMPARE(changes.confirmable(), QStringList{kPeer});
    changes.confirm(kPeer);
    QCOMPARE(confirmed.size(), 1);
    QCOMPARE(confirmed.at(0).at(1).toString(), QString());
}

void TestIdentityChanges::demandsAComparisonOfAVerifiedNumber()
{
    IdentityChanges changes;
    const QSignalSpy confirmed(&changes, &IdentityChanges::confirmRequested);
    changes.onPinChangeWaits(change(true));
    QVERIFY(changes.confirmable().isEmpty());
    changes.confirm(kPeer);
    QCOMPARE(confirmed.size(), 0);
    changes.compare(kPeer);
    QVERIFY(changes.isComparing());
    QCOMPARE(changes.code().split(QLatin1Char('\n')).size(), 4);
    changes.answer(true);
    QCOMPARE(confirmed.at(0).at(0).toString(), kPeer);
    QCOMPARE(confirmed.at(0).at(1).toString(), QString::fromStdString(kNumber));
    QVERIFY(!changes.isComparing());
}

void TestIdentityChanges::confirmsNothingWhenTheCodesDiffer()
{
    IdentityChanges changes;
    const QSignalSpy confirmed(&changes, &IdentityChanges::confirmRequested);
    changes.onPinChangeWaits(change(true));
    changes.compare(kPeer);
    changes.answer(false);
    QVERIFY(changes.isDifferent());
    changes.close();
    QCOMPARE(confirmed.size(), 0);
    QCOMPARE(changes.comparable(), QStringList{kPeer});
}

void TestIdentityChanges::takesACodeThatIsNoLongerRightFromTheScreen()
{
    IdentityChanges changes;
    changes.onPinChangeWaits(change(true));
    changes.compare(kPeer);
    changes.onPinChangeWaits(change(true));
    QVERIFY(changes.isComparing());
    changes.onPinChangeWaits(change(true, std::string(60, '8')));
    QVERIFY(!changes.isComparing());
    changes.compare(kPeer);
    changes.onPinChangeOver(kPeer);
    QVERIFY(!changes.isComparing());
    QVERIFY(changes.comparable().isEmpty());
}

void TestIdentityChanges::offersNoComparisonWithoutACode()
{
    IdentityChanges changes;
    changes.onPinChangeWaits(change(true, std::string()));
    changes.compare(kPeer);
    QVERIFY(!changes.isComparing());
    QVERIFY(changes.comparable().isEmpty());
}

void TestIdentityChanges::showsACodeWithNothingToAnswer()
{
    IdentityChanges changes;
    const QSignalSpy confirmed(&changes, &IdentityChanges::confirmRequested);
    changes.show(kPeer, QString());
    QVERIFY(!changes.isComparing());
    changes.show(kPeer, QString::fromStdString(kNumber));
    QVERIFY(changes.isComparing());
    QVERIFY(changes.isForPeer());
    QCOMPARE(changes.code().remove(QLatin1Char('\n')).remove(QLatin1Char(' ')), QString::fromStdString(kNumber));
    changes.onPinChangeWaits(change(true, std::string(60, '8')));
    changes.answer(true);
    changes.answer(false);
    changes.onPinChangeOver(kPeer);
    QCOMPARE(confirmed.size(), 0);
    QVERIFY(changes.isForPeer());
    QVERIFY(!changes.isDifferent());
    changes.close();
    QVERIFY(!changes.isComparing());
    QVERIFY(!changes.isForPeer());
}

QTEST_GUILESS_MAIN(TestIdentityChanges)
#include "tst_identitychanges.moc"
