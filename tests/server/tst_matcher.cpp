#include "server/matcher.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using namespace std::chrono_literals;

namespace {

using Reason = Matcher::Reason;
using Refusal = Matcher::Refusal;
using Tag = protocol::Key32;

constexpr TimePoint kStart{100s};
constexpr Tag kAlice{1};
constexpr Tag kBob{2};
constexpr Tag kCarol{3};
constexpr Tag kDave{4};

ConnectionId connectionOf(const Tag &person)
{
    return ConnectionId{person[0]};
}

AccountId accountOf(const Tag &person)
{
    return AccountId{{person[0]}};
}

Offer offer(std::uint8_t id, const Tag &from, const Tag &to)
{
    return {.id = CallId{{id}},
            .connection = connectionOf(from),
            .account = accountOf(from),
            .callerTag = from,
            .calleeTag = to,
            .caller = *protocol::Msisdn::fromE164("+8613800138000"),
            .commit = {},
            .caps = {},
            .requested = std::nullopt,
            .manual = false};
}

Arrival arrival(std::uint8_t id, const Tag &at, std::vector<Tag> cli)
{
    Arrival made;
    made.id = ArriveId{{id}};
    made.connection = connectionOf(at);
    made.account = accountOf(at);
    made.calleeTag = at;
    made.cli = std::move(cli);
    return made;
}

Offer manualOffer(std::uint8_t id, const Tag &from, const Tag &to)
{
    Offer made = offer(id, from, to);
    made.manual = true;
    made.requested = accountOf(to);
    return made;
}

Arrival manualArrival(std::uint8_t id, const Tag &at, const Tag &caller)
{
    Arrival made = arrival(id, at, {caller});
    made.manual = true;
    return made;
}

/// A matcher with its limits; what it answers is written as "waits", "1+2" (offer and arrival) or a refusal.
class Rig
{
public:
    explicit Rig(const Limits &wanted = {}) : limits(wanted) { }

    QByteArray add(TimePoint now, Offer made) { return told(matcher.addOffer(now, std::move(made))); }
    QByteArray add(TimePoint now, Arrival made) { return told(matcher.addArrival(now, std::move(made))); }

    /// "o1 expired, a2 replaced" and so on.
    QByteArray lapses()
    {
        QByteArrayList all;
        while (const auto lapse = matcher.takeLapse())
            all.append(nameOf(*lapse));
        return all.join(", ");
    }

    const Limits limits;
    SeededRandom random{1};
    RateLimiter limiter{limits, random};
    Matcher matcher{limits, limiter};

private:
    static QByteArray told(const Expected<std::optional<Match>, Refusal> &result)
    {
        if (result && *result)
            return QByteArray::number((*result)->offer.id.bytes[0]) + '+' +
                   QByteArray::number((*result)->arrival.id.bytes[0]);
        if (result)
            return "waits";
        return result.error() == Refusal::Full ? "full" : result.error() == Refusal::UsedId ? "used" : "too many";
    }

    static QByteArray nameOf(const Matcher::Lapse &lapse)
    {
        const auto *const dial = std::get_if<Offer>(&lapse.what);
        const QByteArray what = dial != nullptr ? 'o' + QByteArray::number(dial->id.bytes[0])
                                                : 'a' + QByteArray::number(std::get<Arrival>(lapse.what).id.bytes[0]);
        switch (lapse.reason) {
        case Reason::Expired:
            return what + " expired";
        case Reason::Replaced:
            return what + " replaced";
        case Reason::Cancelled:
            return what + " cancelled";
        case Reason::Disconnected:
            return what + " disconnected";
        }
        return what;
    }
};

} // namespace

class TestMatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesADialWithTheRingItCaused()
    {
        Rig rig;
        QCOMPARE(rig.add(kStart, offer(1, kAlice, kBob)), "waits");
        QCOMPARE(rig.add(kStart + 3s, arrival(2, kBob, {kAlice})), "1+2");
        QCOMPARE(rig.matcher.offers() + rig.matcher.arrivals(), std::size_t(0));
    }

    void matchesInEitherOrder()
    {
        Rig rig;
        QCOMPARE(rig.add(kStart, arrival(2, kBob, {kAlice})), "waits");
        QCOMPARE(rig.add(kStart + 3s, offer(1, kAlice, kBob)), "1+2");
        QVERIFY(rig.lapses().isEmpty());
        QVERIFY(!rig.matcher.nextTimeout());
    }

    void matchesNothingThatDisagrees_data()
    {
        QTest::addColumn<int>("callee");
        QTest::addColumn<QList<int>>("cli");
        QTest::newRow("M2: the ring is somebody else's") << 3 << QList<int>{1};
        QTest::newRow("M4: another caller-ID") << 2 << QList<int>{3};
        QTest::newRow("M4: two readings, neither is right") << 2 << QList<int>{3, 4};
        QTest::newRow("M4: the callee's own number") << 2 << QList<int>{2};
        QTest::newRow("M2 and M4: the wrong way round") << 1 << QList<int>{2};
    }
    void matchesNothingThatDisagrees()
    {
        QFETCH(const int, callee);
        QFETCH(const QList<int>, cli);
        std::vector<Tag> tags;
        for (const int tag : cli)
            tags.push_back({static_cast<std::uint8_t>(tag)});
        const Arrival ring = arrival(2, {static_cast<std::uint8_t>(callee)}, tags);
        Rig dialFirst;
        QCOMPARE(dialFirst.add(kStart, offer(1, kAlice, kBob)), "waits");
        QCOMPARE(dialFirst.add(kStart, ring), "waits");
        Rig ringFirst;
        QCOMPARE(ringFirst.add(kStart, ring), "waits");
        QCOMPARE(ringFirst.add(kStart, offer(1, kAlice, kBob)), "waits");
    }

    void acceptsEitherReadingOfTheCallerId()
    {
        Rig rig;
        rig.add(kStart, offer(1, kAlice, kBob));
        QCOMPARE(rig.add(kStart, arrival(2, kBob, {kCarol, kAlice})), "1+2");
    }

    void matchesNobodyWhenBothReadingsDial()
    {
        Rig rig;
        rig.add(kStart, offer(1, kAlice, kBob));
        rig.add(kStart, offer(3, kCarol, kBob));
        QCOMPARE(rig.add(kStart, arrival(2, kBob, {kCarol, kAlice})), "waits");
    }

    void matchesAnUnknownCallerIdWithTheOnlyDial()
    {
        Rig rig; // M5
        rig.add(kStart, offer(1, kAlice, kBob));
        rig.add(kStart, offer(3, kAlice, kCarol));
        QCOMPARE(rig.add(kStart, arrival(2, kBob, {})), "1+2");
        QCOMPARE(rig.add(kStart, arrival(4, kDave, {})), "waits");
        QCOMPARE(rig.add(kStart, offer(5, kAlice, kDave)), "5+4");
    }

    void matchesNoUnknownCallerIdWhenTwoDial()
    {
        Rig rig; // M5
        rig.add(kStart, offer(1, kAlice, kBob));
        rig.add(kStart, offer(3, kCarol, kBob));
        QCOMPARE(rig.add(kStart, arrival(2, kBob, {})), "waits");
        rig.matcher.cancel(connectionOf(kCarol), CallId{{3}});
        QCOMPARE(rig.add(kStart + 1s, arrival(4, kBob, {})), "1+4");
    }

    void matchesNoUnknownCallerIdWhereTheServerForbidsIt()
    {
        Limits limits;
        limits.unknownCli = false; // M5
        Rig rig(limits);
        rig.add(kStart, offer(1, kAlice, kBob));
        QCOMPARE(rig.add(kStart, arrival(2, kBob, {})), "waits");
        QCOMPARE(rig.add(kStart, arrival(3, kBob, {kAlice})), "1+3");
    }

    void prefersTheRingThatShowsTheNumber()
    {
        Rig rig;
        QCOMPARE(rig.add(kStart, arrival(2, kBob, {kAlice})), "waits");
        QCOMPARE(rig.add(kStart, arrival(3, kBob, {})), "waits");
        QCOMPARE(rig.add(kStart, offer(1, kAlice, kBob)), "1+2");
    }

    void keepsToTheAgesOfTheProtocol_data()
    {
        QTest::addColumn<bool>("dialFirst");
        QTest::addColumn<qint64>("age");
        QTest::addColumn<bool>("matches");
        const auto us = [](Duration duration) { return qint64(duration.count()); };
        QTest::newRow("a dial of 60 s") << true << us(60s) << true;
        QTest::newRow("a dial of a little more") << true << us(60s + Duration(1)) << false;
        QTest::newRow("a ring of 10 s") << false << us(10s) << true;
        QTest::newRow("a ring of a little more") << false << us(10s + Duration(1)) << false;
    }
    void keepsToTheAgesOfTheProtocol()
    {
        QFETCH(const bool, dialFirst);
        QFETCH(const qint64, age);
        QFETCH(const bool, matches);
        Rig rig; // M6
        const TimePoint later = kStart + Duration(age);
        QByteArray answer;
        if (dialFirst) {
            rig.add(kStart, offer(1, kAlice, kBob));
            answer = rig.add(later, arrival(2, kBob, {kAlice}));
        } else {
            rig.add(kStart, arrival(2, kBob, {kAlice}));
            answer = rig.add(later, offer(1, kAlice, kBob));
        }
        QCOMPARE(answer, matches ? "1+2" : "waits");
        QCOMPARE(rig.lapses(), matches ? "" : dialFirst ? "o1 expired" : "a2 expired");
    }

    void saysWhenSomethingExpires()
    {
        Rig rig;
        QVERIFY(!rig.matcher.nextTimeout());
        rig.add(kStart, offer(1, kAlice, kBob));
        rig.add(kStart + 1s, arrival(2, kCarol, {kAlice}));
        QVERIFY(rig.matcher.nextTimeout() == kStart + 11s + Duration(1));
        rig.matcher.handleTimeout(kStart + 11s + Duration(1));
        QCOMPARE(rig.lapses(), "a2 expired");
        QVERIFY(rig.matcher.nextTimeout() == kStart + 60s + Duration(1));
        rig.matcher.handleTimeout(kStart + 60s + Duration(1));
        QCOMPARE(rig.lapses(), "o1 expired");
        QVERIFY(!rig.matcher.nextTimeout());
    }

    void matchesNobodyWithHimself()
    {
        Rig rig; // M7
        QCOMPARE(rig.add(kStart, offer(1, kAlice, kAlice)), "waits");
        QCOMPARE(rig.add(kStart, arrival(2, kAlice, {kAlice})), "waits");
        QCOMPARE(rig.add(kStart, arrival(3, kAlice, {})), "waits");
    }

    void consumesDialAndRingOnce()
    {
        Rig rig; // M8, I7
        rig.add(kStart, offer(1, kAlice, kBob));
        QCOMPARE(rig.add(kStart, arrival(2, kBob, {kAlice})), "1+2");
        QCOMPARE(rig.add(kStart, arrival(3, kBob, {kAlice})), "waits");
        QCOMPARE(rig.add(kStart, offer(4, kAlice, kBob)), "4+3");
        QCOMPARE(rig.add(kStart, offer(5, kAlice, kBob)), "waits");
    }

    void replacesADialOfTheSamePair()
    {
        Rig rig; // M9
        rig.add(kStart, offer(1, kAlice, kBob));
        QCOMPARE(rig.add(kStart + 1s, offer(3, kAlice, kBob)), "waits");
        QCOMPARE(rig.lapses(), "o1 replaced");
        QCOMPARE(rig.matcher.offers(), std::size_t(1));
        QCOMPARE(rig.add(kStart + 61s, arrival(2, kBob, {kAlice})), "3+2"); // its own age counts
    }

    void replacesARingOfTheSameCalleeAndCallerId()
    {
        Rig rig; // M9
        rig.add(kStart, arrival(2, kBob, {kAlice, kCarol}));
        rig.add(kStart, arrival(4, kBob, {kAlice}));
        QCOMPARE(rig.add(kStart + 1s, arrival(3, kBob, {kCarol, kAlice})), "waits");
        QCOMPARE(rig.lapses(), "a2 replaced");
        rig.add(kStart + 2s, arrival(5, kBob, {kAlice}));
        QCOMPARE(rig.lapses(), "a4 replaced");
        QCOMPARE(rig.matcher.arrivals(), std::size_t(2));
    }

    void replacesARingThatCameOverAnotherConnection()
    {
        Rig rig;
        rig.add(kStart, arrival(2, kBob, {kAlice}));
        Arrival again = arrival(2, kBob, {kAlice});
        again.connection = ConnectionId{77};
        QCOMPARE(rig.add(kStart, again), "waits");
        QCOMPARE(rig.lapses(), "a2 replaced");
    }

    void refusesACallIdThatItSawLately_data()
    {
        QTest::addColumn<qint64>("age");
        QTest::addColumn<bool>("isUsed");
        const auto us = [](Duration duration) { return qint64(duration.count()); };
        QTest::newRow("at once") << us(0s) << true;
        QTest::newRow("after it expired") << us(90s) << true;
        QTest::newRow("after 10 min") << us(10min) << true;
        QTest::newRow("after a little more") << us(10min + Duration(1)) << false;
    }
    void refusesACallIdThatItSawLately()
    {
        QFETCH(const qint64, age);
        QFETCH(const bool, isUsed);
        Rig rig; // M10
        rig.add(kStart, offer(1, kAlice, kBob));
        QCOMPARE(rig.add(kStart + Duration(age), offer(1, kCarol, kDave)), isUsed ? "used" : "waits");
    }

    void remembersTheIdOfACallThatMatched()
    {
        Rig rig; // M10
        rig.add(kStart, offer(1, kAlice, kBob));
        rig.add(kStart, arrival(2, kBob, {kAlice}));
        QCOMPARE(rig.add(kStart + 1s, offer(1, kAlice, kBob)), "used");
    }

    void boundsTheMemoryOfCallIds()
    {
        Limits limits;
        limits.callIds = 2;
        Rig rig(limits); // M10
        rig.add(kStart, offer(1, kAlice, kBob));
        rig.add(kStart + 1s, offer(2, kCarol, kBob));
        QCOMPARE(rig.add(kStart + 2s, offer(3, kDave, kBob)), "full");
        QCOMPARE(rig.matcher.usedCallIds(), std::size_t(2));
        QCOMPARE(rig.add(kStart + 10min + Duration(1), offer(4, kDave, kBob)), "waits");
        QCOMPARE(rig.matcher.usedCallIds(), std::size_t(2));
    }

    void keepsTheIdOfADialThatOutlivesTheMemory()
    {
        Limits limits;
        limits.callIdMemory = 1s;
        Rig rig(limits);
        rig.add(kStart, offer(1, kAlice, kBob));
        QCOMPARE(rig.add(kStart + 5s, offer(1, kCarol, kDave)), "used");
        QCOMPARE(rig.add(kStart + 5s, arrival(2, kBob, {kAlice})), "1+2");
    }

    void findsTheRightOneOfTwoCallersToOneCallee()
    {
        Rig rig;
        rig.add(kStart, offer(1, kAlice, kBob));
        rig.add(kStart, offer(3, kCarol, kBob));
        QCOMPARE(rig.add(kStart, arrival(2, kBob, {kCarol})), "3+2");
        QCOMPARE(rig.add(kStart, arrival(4, kBob, {kAlice})), "1+4");
    }

    void matchesBothWaysWhenBothCallEachOther()
    {
        Rig rig; // glare; the phones keep one of the two (5.2 rule 11)
        rig.add(kStart, offer(1, kAlice, kBob));
        rig.add(kStart, offer(3, kBob, kAlice));
        QCOMPARE(rig.add(kStart, arrival(2, kAlice, {kBob})), "3+2");
        QCOMPARE(rig.add(kStart, arrival(4, kBob, {kAlice})), "1+4");
    }

    void matchesNothingWhenBothCallEachOtherAndNoneRings()
    {
        Rig rig;
        QCOMPARE(rig.add(kStart, offer(1, kAlice, kBob)), "waits");
        QCOMPARE(rig.add(kStart, offer(3, kBob, kAlice)), "waits");
    }

    void boundsTheDialsOfAConnection()
    {
        Rig rig;
        QCOMPARE(rig.add(kStart, offer(1, kAlice, kBob)), "waits");
        QCOMPARE(rig.add(kStart, offer(2, kAlice, kCarol)), "waits");
        QCOMPARE(rig.add(kStart, offer(3, kAlice, kDave)), "too many");
        QCOMPARE(rig.add(kStart, offer(4, kAlice, kBob)), "waits"); // replaces the first
        QCOMPARE(rig.lapses(), "o1 replaced");
        rig.matcher.cancel(connectionOf(kAlice), CallId{{2}});
        QCOMPARE(rig.add(kStart, offer(5, kAlice, kDave)), "waits");
    }

    void boundsTheRingsOfAConnection()
    {
        Rig rig;
        QCOMPARE(rig.add(kStart, arrival(1, kBob, {kAlice})), "waits");
        QCOMPARE(rig.add(kStart, arrival(2, kBob, {kCarol})), "waits");
        QCOMPARE(rig.add(kStart, arrival(3, kBob, {kDave})), "too many");
        QCOMPARE(rig.add(kStart, arrival(4, kBob, {kAlice})), "waits"); // replaces the first
        QCOMPARE(rig.lapses(), "a1 replaced");
        QCOMPARE(rig.add(kStart, arrival(5, kAlice, {kBob})), "waits");
    }

    void takesNothingWhereTheLimitIsZero()
    {
        Limits limits;
        limits.offersOfSocket = 0;
        limits.arrivalsOfSocket = 0;
        Rig rig(limits);
        QCOMPARE(rig.add(kStart, offer(1, kAlice, kBob)), "too many");
        QCOMPARE(rig.add(kStart, arrival(2, kBob, {kAlice})), "too many");
    }

    void refusesTheNewestAndNeverEvictsALiveDial()
    {
        Limits limits;
        limits.offers = 2;
        Rig rig(limits);
        rig.add(kStart, offer(1, kAlice, kBob));
        rig.add(kStart, offer(2, kCarol, kBob));
        QCOMPARE(rig.add(kStart, offer(3, kDave, kBob)), "full");
        QVERIFY(rig.lapses().isEmpty());
        QCOMPARE(rig.add(kStart, offer(4, kAlice, kBob)), "waits"); // replaces its own
        QCOMPARE(rig.add(kStart, arrival(2, kBob, {kCarol})), "2+2");
        QCOMPARE(rig.add(kStart, offer(5, kDave, kBob)), "waits");
    }

    void refusesTheNewestAndNeverEvictsALiveRing()
    {
        Limits limits;
        limits.arrivals = 2;
        Rig rig(limits);
        rig.add(kStart, arrival(1, kAlice, {kDave}));
        rig.add(kStart, arrival(2, kBob, {kDave}));
        QCOMPARE(rig.add(kStart, arrival(3, kCarol, {kDave})), "full");
        QVERIFY(rig.lapses().isEmpty());
        QCOMPARE(rig.add(kStart, arrival(4, kBob, {kDave})), "waits"); // replaces its own
        QCOMPARE(rig.add(kStart + 11s, arrival(5, kCarol, {kDave})), "waits");
    }

    void refusesAnArriveIdThatIsStillWaiting()
    {
        Rig rig;
        rig.add(kStart, arrival(1, kBob, {kAlice}));
        QCOMPARE(rig.add(kStart, arrival(1, kBob, {kCarol})), "used");
        QCOMPARE(rig.add(kStart, arrival(1, kAlice, {kCarol})), "waits"); // another phone may choose the same
    }

    void letsOnlyTheSenderCancel()
    {
        Rig rig;
        rig.add(kStart, offer(1, kAlice, kBob));
        rig.add(kStart, arrival(2, kCarol, {kAlice}));
        rig.matcher.cancel(connectionOf(kBob), CallId{{1}});
        rig.matcher.cancel(connectionOf(kBob), ArriveId{{2}});
        rig.matcher.cancel(connectionOf(kAlice), CallId{{9}});
        QVERIFY(rig.lapses().isEmpty());
        rig.matcher.cancel(connectionOf(kAlice), CallId{{1}});
        rig.matcher.cancel(connectionOf(kCarol), ArriveId{{2}});
        QCOMPARE(rig.lapses(), "o1 cancelled, a2 cancelled");
    }

    void dropsWhatALostConnectionLeft()
    {
        Rig rig;
        rig.add(kStart, offer(1, kAlice, kBob));
        rig.add(kStart, offer(2, kAlice, kCarol));
        rig.add(kStart, arrival(3, kAlice, {kDave}));
        rig.add(kStart, offer(4, kDave, kBob));
        rig.matcher.dropConnection(connectionOf(kAlice));
        QCOMPARE(rig.lapses(), "o1 disconnected, o2 disconnected, a3 disconnected");
        QCOMPARE(rig.matcher.offers(), std::size_t(1));
        QCOMPARE(rig.add(kStart, arrival(5, kBob, {kAlice})), "waits");
    }

    void boundsTheMatchesOfAPairWhoeverCalls()
    {
        Limits limits;
        limits.matchRate = {3, 30s};
        Rig rig(limits); // L8
        std::uint8_t id = 1;
        const auto call = [&](TimePoint now, const Tag &from, const Tag &to) {
            rig.add(now, offer(++id, from, to));
            return rig.add(now, arrival(++id, to, {from})) != "waits";
        };
        QVERIFY(call(kStart, kAlice, kBob));
        QVERIFY(call(kStart, kBob, kAlice));
        QVERIFY(call(kStart, kAlice, kBob));
        QVERIFY(!call(kStart, kAlice, kBob));
        QVERIFY(call(kStart, kAlice, kCarol)); // another pair
        QVERIFY(call(kStart + 30s, kBob, kAlice));
        QVERIFY(!call(kStart + 30s, kBob, kAlice));
    }

    void neverMixesManualAndCellularCalls()
    {
        Rig rig;
        QCOMPARE(rig.add(kStart, manualOffer(1, kAlice, kBob)), "waits");
        QCOMPARE(rig.add(kStart, arrival(2, kBob, {kAlice})), "waits");
        QCOMPARE(rig.add(kStart, arrival(3, kBob, {})), "waits");
        rig.matcher.cancel(connectionOf(kBob), ArriveId{{3}});
        QCOMPARE(rig.add(kStart, offer(4, kAlice, kCarol)), "waits");
        QCOMPARE(rig.add(kStart, manualArrival(5, kCarol, kAlice)), "waits");
        QCOMPARE(rig.add(kStart, manualArrival(6, kBob, kAlice)), "1+6");
    }

    void keepsManualAndCellularRingsApart()
    {
        Rig rig;
        QCOMPARE(rig.add(kStart, arrival(1, kBob, {kAlice})), "waits");
        QCOMPARE(rig.add(kStart, manualArrival(2, kBob, kAlice)), "waits"); // replaces nothing
        QVERIFY(rig.lapses().isEmpty());
        QCOMPARE(rig.add(kStart, offer(3, kAlice, kBob)), "3+1");
        QCOMPARE(rig.add(kStart, manualOffer(4, kAlice, kBob)), "4+2");
    }

    void matchesNoManualAnswerThatNamesNobody()
    {
        Rig rig;
        rig.add(kStart, manualOffer(1, kAlice, kBob));
        rig.add(kStart, offer(2, kAlice, kBob));
        Arrival answer = arrival(3, kBob, {});
        answer.manual = true;
        QCOMPARE(rig.add(kStart, answer), "waits");
    }

    void letsOnlyTheAccountThatWasAskedAccept()
    {
        Rig rig;
        rig.add(kStart, manualOffer(1, kAlice, kBob));
        Arrival other = manualArrival(2, kBob, kAlice);
        other.account = AccountId{{99}};
        QCOMPARE(rig.add(kStart, other), "waits");
        Offer unasked = manualOffer(3, kCarol, kBob);
        unasked.requested = std::nullopt;
        rig.add(kStart, unasked);
        QCOMPARE(rig.add(kStart, manualArrival(4, kBob, kCarol)), "waits");
        QCOMPARE(rig.add(kStart, manualArrival(5, kBob, kAlice)), "1+5");
    }

    void letsOnlyTheAccountThatWasAskedDecline()
    {
        Rig rig;
        rig.add(kStart, manualOffer(1, kAlice, kBob));
        rig.add(kStart, offer(2, kAlice, kBob));
        rig.matcher.decline(accountOf(kCarol), CallId{{1}});
        rig.matcher.decline(accountOf(kBob), CallId{{2}}); // a dial of the phone network is not declined here
        rig.matcher.decline(accountOf(kBob), CallId{{9}});
        QVERIFY(rig.lapses().isEmpty());
        rig.matcher.decline(accountOf(kBob), CallId{{1}});
        QCOMPARE(rig.lapses(), "o1 expired");
    }

    void countsTheRequestsThatWaitForACallee()
    {
        Rig rig;
        QCOMPARE(rig.matcher.openRequests(kBob, kDave), std::size_t(0));
        rig.add(kStart, manualOffer(1, kAlice, kBob));
        rig.add(kStart, manualOffer(2, kCarol, kBob));
        rig.add(kStart, manualOffer(3, kDave, kAlice));
        rig.add(kStart, offer(4, kDave, kBob));
        QCOMPARE(rig.matcher.openRequests(kBob, kDave), std::size_t(2));
        QCOMPARE(rig.matcher.openRequests(kBob, kAlice), std::size_t(1)); // which her next dial would replace
        rig.add(kStart, manualArrival(5, kBob, kAlice));
        QCOMPARE(rig.matcher.openRequests(kBob, kDave), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestMatcher)
#include "tst_matcher.moc"
