#include "core/base/random.h"

#include <QTest>

#include <deque>
#include <set>

using namespace ringlift;

namespace {

/// Hands out the 32-bit words that it is given.
class ScriptedRandom final : public RandomSource
{
public:
    explicit ScriptedRandom(std::deque<std::uint32_t> words) : m_words(std::move(words)) { }
    void fill(std::span<std::uint8_t> bytes) override
    {
        ByteWriter writer;
        writer.u32(m_words.front());
        m_words.pop_front();
        const Bytes word = writer.take();
        std::copy(word.begin(), word.end(), bytes.begin());
    }
    std::size_t left() const { return m_words.size(); }

private:
    std::deque<std::uint32_t> m_words;
};

} // namespace

class TestRandom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsSplitMix64();
    void repeatsItselfForOneSeed();
    void fillsToTheLastByte();
    void drawsBelowTheBound();
    void drawsEveryValueAboutAsOften();
    void rejectsWhatWouldFavourSmallValues();
    void drawsRealsBelowOne();
    void makesIdentifiersThatDiffer();
};

// First outputs for the seed 1234567 of the reference implementation by Vigna.
void TestRandom::followsSplitMix64()
{
    SeededRandom random(1'234'567);
    for (const std::uint64_t expected : {6457827717110365317U, 3203168211198807973U, 9817491932198370423U,
                                         4593380528125082431U, 16408922859458223821U})
        QCOMPARE(random.next(), expected);
}

void TestRandom::repeatsItselfForOneSeed()
{
    SeededRandom first(7);
    SeededRandom second(7);
    SeededRandom other(8);
    const auto bytes = first.array<64>();
    QCOMPARE(second.array<64>(), bytes);
    QVERIFY(other.array<64>() != bytes);
}

void TestRandom::fillsToTheLastByte()
{
    SystemRandom system;
    SeededRandom seeded(1);
    for (std::size_t length = 1; length <= 33; ++length) {
        for (RandomSource *const random : std::initializer_list<RandomSource *>{&system, &seeded}) {
            Bytes seen(length, 0);
            for (int round = 0; round < 64; ++round) {
                Bytes bytes(length, 0);
                random->fill(bytes);
                for (std::size_t i = 0; i < length; ++i)
                    seen[i] |= bytes[i];
            }
            QVERIFY(std::ranges::count(seen, 0) == 0);
        }
    }
}

void TestRandom::drawsBelowTheBound()
{
    SeededRandom random(3);
    QCOMPARE(random.uniform(1), 0U);
    for (const std::uint32_t bound : {2U, 3U, 1'000'000U, 0x80000001U, UINT32_MAX}) {
        for (int i = 0; i < 1'000; ++i)
            QVERIFY(random.uniform(bound) < bound);
    }
}

void TestRandom::drawsEveryValueAboutAsOften()
{
    SeededRandom random(11);
    std::array<int, 10> counts{};
    for (int i = 0; i < 100'000; ++i)
        ++counts[random.uniform(10)];
    for (const int count : counts)
        QVERIFY(count > 9'600 && count < 10'400); // more than four standard deviations
}

// 2^32 mod 3 is 1: one word of 2^32 has to go, and it is the lowest.
void TestRandom::rejectsWhatWouldFavourSmallValues()
{
    ScriptedRandom random({0, 1, 2, 3});
    QCOMPARE(random.uniform(3), 1U);
    QCOMPARE(random.left(), std::size_t{2});
    QCOMPARE(random.uniform(3), 2U);
    QCOMPARE(random.uniform(3), 0U);
}

void TestRandom::drawsRealsBelowOne()
{
    SeededRandom random(13);
    double sum = 0;
    for (int i = 0; i < 10'000; ++i) {
        const double value = random.real();
        QVERIFY(value >= 0.0 && value < 1.0);
        sum += value;
    }
    QVERIFY(sum > 4'850 && sum < 5'150);
}

void TestRandom::makesIdentifiersThatDiffer()
{
    SystemRandom random;
    std::set<CallId> ids;
    for (int i = 0; i < 1'000; ++i)
        ids.insert(random.id<CallId>());
    QCOMPARE(ids.size(), std::size_t{1'000});
}

QTEST_APPLESS_MAIN(TestRandom)
#include "tst_random.moc"
