#include "core/call/pinboard.h"
#include "core/crypto/tags.h"
#include "tests/core/call/scriptedserver.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;

namespace {

constexpr std::int64_t kDay = 1'700'000'000;

crypto::IdentityCard card(std::uint8_t seed)
{
    return makeIdentity(seed).card();
}

protocol::Msisdn peer()
{
    return *protocol::Msisdn::fromE164("+4915550123456");
}

} // namespace

class PinBoardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pinsTheFirstIdentity();
    void knowsAnotherIdentityFromThePinnedOne();
    void changesNothingForAnotherIdentity();
    void raisesToLegAndCounts();
    void raisesToVerified();
    void neverLowersAVerifiedPin();
    void pausesTrustUntilANewIdentityIsConfirmed();
    void startsAgainAsTofuAfterConfirmation();
    void confirmsAVerifiedPinOnlyByAComparison();
    void tellsWhatIsToBeCompared();
    void forgetsANewIdentityWhenTheKnownOneIsBack();
    void confirmsNothingWhenNothingWaits();
    void keepsWhatTheUserWantsForAContact();
    void forgetsItOnlyWithThePin();
    void dropsAPin();
    void raisesNothingWithoutAPin();
};

void PinBoardTest::pinsTheFirstIdentity()
{
    PinBoard board{Pins{}};
    QVERIFY(board.check(peer(), card(1)) == PinVerdict::New);
    QVERIFY(!board.isKnown(peer()));
    const Pin *pin = board.seen(peer(), card(1), kDay);
    QVERIFY(pin != nullptr);
    QVERIFY(pin->level == TrustLevel::Tofu);
    QVERIFY(pin->idHash == card(1).idHash());
    QVERIFY(pin->edPublic == card(1).edPublic);
    QVERIFY(pin->xPublic == card(1).xPublic);
    QCOMPARE(pin->firstSeen, kDay);
    pin = board.seen(peer(), card(1), kDay + 9);
    QCOMPARE(pin->firstSeen, kDay);
    QCOMPARE(pin->lastSeen, kDay + 9);
    QVERIFY(board.check(peer(), card(1)) == PinVerdict::Same);
    QVERIFY(board.isKnown(peer()));
}

void PinBoardTest::knowsAnotherIdentityFromThePinnedOne()
{
    PinBoard board{Pins{}};
    board.seen(peer(), card(1), kDay);
    QVERIFY(board.check(peer(), card(2)) == PinVerdict::Changed);
}

void PinBoardTest::changesNothingForAnotherIdentity()
{
    PinBoard board{Pins{}};
    board.seen(peer(), card(1), kDay);
    const Pins before = board.pins();
    QVERIFY(board.seen(peer(), card(2), kDay + 9) == nullptr);
    QVERIFY(board.pins() == before);
}

void PinBoardTest::raisesToLegAndCounts()
{
    PinBoard board{Pins{}};
    board.seen(peer(), card(1), kDay);
    board.legBound(peer(), kDay + 1);
    const Pin *const pin = board.legBound(peer(), kDay + 2);
    QVERIFY(pin->level == TrustLevel::Leg);
    QCOMPARE(pin->legCount, 2U);
    QCOMPARE(pin->lastSeen, kDay + 2);
}

void PinBoardTest::raisesToVerified()
{
    PinBoard board{Pins{}};
    board.seen(peer(), card(1), kDay);
    QVERIFY(board.verified(peer(), kDay)->level == TrustLevel::Verified);
    QVERIFY(board.level(peer()) == TrustLevel::Verified);
}

void PinBoardTest::neverLowersAVerifiedPin()
{
    PinBoard board{Pins{}};
    board.seen(peer(), card(1), kDay);
    board.verified(peer(), kDay);
    board.legBound(peer(), kDay);
    board.seen(peer(), card(1), kDay);
    QVERIFY(board.level(peer()) == TrustLevel::Verified);
}

void PinBoardTest::pausesTrustUntilANewIdentityIsConfirmed()
{
    PinBoard board{Pins{}};
    board.seen(peer(), card(1), kDay);
    board.verified(peer(), kDay);
    QVERIFY(board.changed(peer(), card(2))->pendingCard == card(2).bytes);
    QVERIFY(board.level(peer()) == TrustLevel::None);
    QVERIFY(board.check(peer(), card(2)) == PinVerdict::Changed);
    QVERIFY(board.check(peer(), card(1)) == PinVerdict::Same);
}

void PinBoardTest::startsAgainAsTofuAfterConfirmation()
{
    PinBoard board{Pins{}};
    board.seen(peer(), card(1), kDay);
    board.legBound(peer(), kDay);
    board.changed(peer(), card(2));
    const Pin *const pin = board.confirm(peer(), false, kDay + 5);
    QVERIFY(pin->level == TrustLevel::Tofu);
    QVERIFY(pin->idHash == card(2).idHash());
    QVERIFY(!pin->pendingCard.has_value());
    QCOMPARE(pin->legCount, 0U);
    QVERIFY(board.check(peer(), card(2)) == PinVerdict::Same);
    QVERIFY(board.check(peer(), card(1)) == PinVerdict::Changed);
}

void PinBoardTest::confirmsAVerifiedPinOnlyByAComparison()
{
    PinBoard board{Pins{}};
    board.seen(peer(), card(1), kDay);
    board.verified(peer(), kDay);
    board.changed(peer(), card(2));
    const Pins before = board.pins();
    QVERIFY(board.confirm(peer(), false, kDay + 5) == nullptr);
    QVERIFY(board.pins() == before);
    const Pin *const pin = board.confirm(peer(), true, kDay + 5);
    QVERIFY(pin->level == TrustLevel::Verified);
    QVERIFY(pin->idHash == card(2).idHash());
    QVERIFY(!pin->pendingCard.has_value());
}

void PinBoardTest::tellsWhatIsToBeCompared()
{
    const auto own = *protocol::Msisdn::fromE164("+8613800138000");
    PinBoard board{Pins{}};
    board.seen(peer(), card(1), kDay);
    board.changed(peer(), card(2));
    const auto change = board.change(peer(), card(9), own);
    QVERIFY(change->peer == peer());
    QCOMPARE(change->safetyNumber, crypto::safetyNumber(card(2), peer(), card(9), own));
    QVERIFY(!change->demandsComparison);
    board.verified(peer(), kDay);
    QVERIFY(board.change(peer(), card(9), own)->demandsComparison);
    QVERIFY(board.change(peer(), card(9), std::nullopt)->safetyNumber.empty());
}

void PinBoardTest::forgetsANewIdentityWhenTheKnownOneIsBack()
{
    PinBoard board{Pins{}};
    board.seen(peer(), card(1), kDay);
    board.changed(peer(), card(2));
    QVERIFY(!board.seen(peer(), card(1), kDay)->pendingCard.has_value());
    QVERIFY(board.level(peer()) == TrustLevel::Tofu);
}

void PinBoardTest::confirmsNothingWhenNothingWaits()
{
    PinBoard board{Pins{}};
    QVERIFY(board.confirm(peer(), true, kDay) == nullptr);
    board.seen(peer(), card(1), kDay);
    QVERIFY(board.confirm(peer(), true, kDay) == nullptr);
    QVERIFY(!board.change(peer(), card(9), peer()));
    QVERIFY(board.check(peer(), card(1)) == PinVerdict::Same);
}

void PinBoardTest::keepsWhatTheUserWantsForAContact()
{
    PinBoard board{Pins{}};
    QVERIFY(board.setHandOver(peer(), HandOver::AtRing) == nullptr);
    board.seen(peer(), card(1), kDay);
    QVERIFY(board.handOver(peer()) == HandOver::ByTrust);
    QVERIFY(board.setHandOver(peer(), HandOver::AtAnswer)->handOver == HandOver::AtAnswer);
    board.seen(peer(), card(1), kDay + 1);
    board.legBound(peer(), kDay + 1);
    board.verified(peer(), kDay + 1);
    QVERIFY(board.handOver(peer()) == HandOver::AtAnswer);
}

void PinBoardTest::forgetsItOnlyWithThePin()
{
    PinBoard board{Pins{}};
    board.seen(peer(), card(1), kDay);
    board.setHandOver(peer(), HandOver::AtRing);
    board.changed(peer(), card(2));
    QVERIFY(board.handOver(peer()) == HandOver::ByTrust); // nothing is trusted while the new identity waits
    board.confirm(peer(), false, kDay);
    QVERIFY(board.handOver(peer()) == HandOver::AtRing);
    board.drop(peer());
    QVERIFY(board.handOver(peer()) == HandOver::ByTrust);
    board.seen(peer(), card(2), kDay);
    QVERIFY(board.handOver(peer()) == HandOver::ByTrust);
}

void PinBoardTest::dropsAPin()
{
    PinBoard board{Pins{}};
    board.seen(peer(), card(1), kDay);
    board.drop(peer());
    QVERIFY(board.pins().empty());
    QVERIFY(board.check(peer(), card(2)) == PinVerdict::New);
}

void PinBoardTest::raisesNothingWithoutAPin()
{
    PinBoard board{Pins{}};
    QVERIFY(board.legBound(peer(), kDay) == nullptr);
    QVERIFY(board.verified(peer(), kDay) == nullptr);
    QVERIFY(board.changed(peer(), card(1)) == nullptr);
    QVERIFY(board.pins().empty());
}

QTEST_APPLESS_MAIN(PinBoardTest)
#include "tst_pinboard.moc"
