#include "server/ratelimiter.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint kStart{100s};
const Bytes kAlice{1};
const Bytes kBob{2};

} // namespace

class TestRateLimiter : public QObject
{
    Q_OBJECT

    SeededRandom m_random{1};

    RateLimiter limiterOf(const Limits &limits) { return RateLimiter(limits, m_random); }

private Q_SLOTS:
    void takesFromTheBoundOfEachLimit_data()
    {
        QTest::addColumn<int>("limit");
        QTest::addColumn<int>("allowed");
        const auto row = [](const char *name, Limit limit, int allowed) {
            QTest::newRow(name) << static_cast<int>(limit) << allowed;
        };
        // protocol.md 3.3 and 3.5
        row("sessions of a number an hour", Limit::SessionsOfNumberHour, 3);
        row("sessions of a number a day", Limit::SessionsOfNumberDay, 5);
        row("sessions of an address", Limit::SessionsOfAddress, 60);
        row("sessions of a network", Limit::SessionsOfNetwork, 200);
        row("sessions of a country", Limit::SessionsOfCountry, 500);
        row("sessions of all", Limit::SessionsOfAll, 1000);
        row("L5 offers", Limit::OfferRate, 6);
        row("L5 offers a day", Limit::OffersDay, 300);
        row("manual offers a minute", Limit::ManualOffers, 6);
        row("L6 arrivals", Limit::ArrivalRate, 10);
        row("L6 arrivals a day", Limit::ArrivalsDay, 600);
        row("L6 unmatched with one caller-ID", Limit::UnmatchedOfCli, 20);
        row("L8 matches of a pair", Limit::MatchRate, 20);
    }
    void takesFromTheBoundOfEachLimit()
    {
        QFETCH(const int, limit);
        QFETCH(const int, allowed);
        RateLimiter limiter = limiterOf({});
        const Claim claim{static_cast<Limit>(limit), kAlice};
        for (int i = 0; i < allowed; ++i)
            QVERIFY(!limiter.take(kStart, {claim}));
        QVERIFY(limiter.take(kStart, {claim}).value_or(0s) > 0s);
        QVERIFY(!limiter.take(kStart, {{static_cast<Limit>(limit), kBob}}));
    }

    void saysTheLongestWait()
    {
        Limits limits;
        limits.offerRate = {1, 10s};
        limits.offersDay = {1, 24h};
        RateLimiter limiter = limiterOf(limits);
        QVERIFY(!limiter.take(kStart, {{Limit::OfferRate, kAlice}, {Limit::OffersDay, kAlice}}));
        QVERIFY(limiter.take(kStart + 1h, {{Limit::OfferRate, kAlice}, {Limit::OffersDay, kAlice}}) == 23h);
    }

    void takesFromAllLimitsOrFromNone()
    {
        Limits limits;
        limits.offerRate = {5, 10s};
        limits.offersDay = {1, 24h};
        RateLimiter limiter = limiterOf(limits);
        QVERIFY(!limiter.take(kStart, {{Limit::OffersDay, kAlice}}));
        for (int i = 0; i < 10; ++i)
            QVERIFY(limiter.take(kStart, {{Limit::OfferRate, kAlice}, {Limit::OffersDay, kAlice}}));
        for (int i = 0; i < 5; ++i)
            QVERIFY(!limiter.take(kStart, {{Limit::OfferRate, kAlice}}));
    }

    void keepsLimitsOfOneSubjectApart()
    {
        Limits limits;
        limits.offersDay = {1, 24h};
        limits.arrivalsDay = {1, 24h};
        RateLimiter limiter = limiterOf(limits);
        QVERIFY(!limiter.take(kStart, {{Limit::OffersDay, kAlice}}));
        QVERIFY(!limiter.take(kStart, {{Limit::ArrivalsDay, kAlice}}));
    }

    void saysWhenARecordedEventUsesTheLimitUp()
    {
        Limits limits;
        limits.unmatchedOfCli = {3, 1h};
        RateLimiter limiter = limiterOf(limits);
        const Claim claim{Limit::UnmatchedOfCli, kAlice};
        QVERIFY(!limiter.record(kStart, claim));
        QVERIFY(!limiter.record(kStart, claim));
        QVERIFY(limiter.record(kStart, claim));
        QVERIFY(limiter.record(kStart, claim));
        QVERIFY(!limiter.record(kStart + 1h, claim));
    }

    // L5: distinct callees that did not match
    void boundsTheCalleesThatDidNotMatch()
    {
        Limits limits;
        limits.unmatchedCallees = {2, 24h};
        RateLimiter limiter = limiterOf(limits);
        QVERIFY(limiter.takeCallee(kStart, kAlice, Bytes{10}));
        QVERIFY(limiter.takeCallee(kStart, kAlice, Bytes{11}));
        QVERIFY(limiter.takeCallee(kStart, kAlice, Bytes{11})); // the same again
        QVERIFY(!limiter.takeCallee(kStart, kAlice, Bytes{12}));
        QVERIFY(limiter.takeCallee(kStart, kBob, Bytes{12}));
        limiter.calleeMatched(kAlice, Bytes{10});
        QVERIFY(limiter.takeCallee(kStart, kAlice, Bytes{12}));
        QVERIFY(!limiter.takeCallee(kStart, kAlice, Bytes{13}));
    }

    void letsCalleesLapseWithTheWindow()
    {
        Limits limits;
        limits.unmatchedCallees = {1, 1h};
        RateLimiter limiter = limiterOf(limits);
        QVERIFY(limiter.takeCallee(kStart, kAlice, Bytes{10}));
        QVERIFY(!limiter.takeCallee(kStart + 1h - Duration(1), kAlice, Bytes{11}));
        QVERIFY(limiter.takeCallee(kStart + 1h, kAlice, Bytes{11}));
    }

    void knowsNothingOfCallersThatItNeverSaw()
    {
        RateLimiter limiter = limiterOf({});
        limiter.calleeMatched(kAlice, kBob);
        QCOMPARE(limiter.keys(), std::size_t(0));
    }

    // I11
    void boundsItsMemoryAndFailsClosed()
    {
        Limits limits;
        limits.limiterKeys = 3;
        limits.unmatchedCallees = {5, 1h};
        RateLimiter limiter = limiterOf(limits);
        for (std::uint8_t i = 0; i < 3; ++i) {
            QVERIFY(!limiter.take(kStart, {{Limit::OffersDay, Bytes{i}}}));
            QVERIFY(limiter.takeCallee(kStart, Bytes{i}, kBob));
        }
        QVERIFY(limiter.take(kStart, {{Limit::OffersDay, Bytes{9}}}));
        QVERIFY(!limiter.takeCallee(kStart, Bytes{9}, kBob));
        QCOMPARE(limiter.keys(), std::size_t(6));
        QCOMPARE(limiter.mostKeys(), std::size_t(3));
        QVERIFY(!limiter.take(kStart, {{Limit::OffersDay, Bytes{0}}})); // who is known goes on
        QVERIFY(limiter.takeCallee(kStart + 1h, Bytes{9}, kBob));       // the others have lapsed
    }

    // 4.3
    void forgetsEverythingAfterADay()
    {
        Limits limits;
        limits.offersDay = {1, 48h};
        limits.unmatchedCallees = {1, 48h};
        RateLimiter limiter = limiterOf(limits);
        QVERIFY(!limiter.take(kStart, {{Limit::OffersDay, kAlice}}));
        QVERIFY(limiter.takeCallee(kStart, kAlice, kBob));
        QVERIFY(limiter.take(kStart + 24h - Duration(1), {{Limit::OffersDay, kAlice}}));
        limiter.rotate(kStart + 24h);
        QCOMPARE(limiter.keys(), std::size_t(0));
        QVERIFY(!limiter.take(kStart + 24h, {{Limit::OffersDay, kAlice}}));
        QVERIFY(limiter.takeCallee(kStart + 24h, kAlice, kAlice));
    }

    void asksToBeWokenWhileItRemembersSomething()
    {
        RateLimiter limiter = limiterOf({});
        limiter.rotate(kStart);
        QVERIFY(!limiter.nextTimeout());
        QVERIFY(!limiter.take(kStart, {{Limit::OffersDay, kAlice}}));
        QVERIFY(!limiter.take(kStart + 1h, {{Limit::OffersDay, kAlice}}));
        QVERIFY(limiter.nextTimeout() == kStart + 24h);
        limiter.rotate(kStart + 24h);
        QVERIFY(!limiter.nextTimeout());
    }
};

QTEST_APPLESS_MAIN(TestRateLimiter)
#include "tst_ratelimiter.moc"
