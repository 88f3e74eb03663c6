#include "core/call/pathquality.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint kStart{100s};
constexpr Duration kFrame = 20ms;
constexpr std::uint32_t kTicks = 960;
constexpr std::size_t kSize = 60;

/// A peer that sends a packet every 20 ms; packet n is sent n frames after kStart.
class Stream
{
public:
    explicit Stream(PathQuality &quality) : m_quality(quality) { }

    void arrive(std::uint64_t counter, Duration delay = {})
    {
        const auto frames = static_cast<std::int64_t>(counter);
        m_quality.received(kStart + kFrame * frames + delay, counter, kTicks * static_cast<std::uint32_t>(counter), kSize);
    }
    void arriveAll(std::uint64_t first, std::uint64_t last)
    {
        for (std::uint64_t counter = first; counter <= last; ++counter)
            arrive(counter);
    }

private:
    PathQuality &m_quality;
};

constexpr TimePoint at(std::int64_t frame) { return kStart + kFrame * frame; }

const Report kGoodReport{100, 50, 50, 0, 0};

} // namespace

class PathQualityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isNotOkBeforeAnythingCame();
    void isOkWhenBothDirectionsCarryEnough();
    void needsTenPacketsInTheLastSecond();
    void needsSevenTenthsOfWhatWasSent_data();
    void needsSevenTenthsOfWhatWasSent();
    void needsThePeersWordThatItReceivesEnough_data();
    void needsThePeersWordThatItReceivesEnough();
    void doesNotBelieveAReportOlderThanASecond();
    void doesNotBlameLossBeforeTheFirstPacket();
    void toleratesReordering();
    void countsALatePacketOfTheSecondBeforeAsReceived();
    void staysAliveForASecondAndAHalfWithoutPackets();
    void isLostEvenIfNobodyAskedDuringTheSilence();
    void isNotAliveBeforeItWasOkOnce();
    void reportsWhatItReceived();
    void reportsTheJitterOfRfc3550();
    void survivesTheWrapOfTimestamps();
    void saturatesFiguresThatDoNotFit();
    void tellsWhatThePeerLost();
    void describesLossAndDelay();
    void keepsABoundedNumberOfPackets();
};

void PathQualityTest::isNotOkBeforeAnythingCame()
{
    PathQuality quality;
    QVERIFY(!quality.isOk(kStart));
    QVERIFY(!quality.isAlive(kStart));
    quality.reported(kStart, kGoodReport);
    QVERIFY(!quality.isOk(kStart));
    QVERIFY(!quality.lastReceived().has_value());
    QVERIFY(quality.report(kStart, 0us) == Report{});
    QVERIFY(quality.quality(kStart) == Quality{});
}

void PathQualityTest::isOkWhenBothDirectionsCarryEnough()
{
    PathQuality quality;
    Stream(quality).arriveAll(0, 49);
    QVERIFY(!quality.isOk(at(49)));
    quality.reported(at(49), kGoodReport);
    QVERIFY(quality.isOk(at(49)));
    QVERIFY(quality.isAlive(at(49)));
    QCOMPARE(quality.lastReceived(), std::optional(at(49)));
}

void PathQualityTest::needsTenPacketsInTheLastSecond()
{
    PathQuality quality;
    Stream stream(quality);
    stream.arriveAll(0, 8);
    quality.reported(at(8), kGoodReport);
    QVERIFY(!quality.isOk(at(8)));
    stream.arrive(9);
    QVERIFY(quality.isOk(at(9)));
    // Packet 0 is exactly a second old now.
    QVERIFY(!quality.isOk(kStart + 1s));
}

void PathQualityTest::needsSevenTenthsOfWhatWasSent_data()
{
    QTest::addColumn<int>("everyTenthLost");
    QTest::addColumn<bool>("ok");
    QTest::newRow("no loss") << 0 << true;
    QTest::newRow("30 % lost") << 3 << true;
    QTest::newRow("40 % lost") << 4 << false;
}

void PathQualityTest::needsSevenTenthsOfWhatWasSent()
{
    QFETCH(const int, everyTenthLost);
    QFETCH(const bool, ok);
    PathQuality quality;
    Stream stream(quality);
    for (std::uint64_t counter = 0; counter < 150; ++counter) {
        if (static_cast<int>(counter % 10) >= everyTenthLost)
            stream.arrive(counter);
    }
    quality.reported(at(149), kGoodReport);
    QCOMPARE(quality.isOk(at(149)), ok);
}

void PathQualityTest::needsThePeersWordThatItReceivesEnough_data()
{
    QTest::addColumn<std::uint16_t>("received");
    QTest::addColumn<std::uint16_t>("expected");
    QTest::addColumn<bool>("ok");
    const auto row = [](const char *name, std::uint16_t received, std::uint16_t expected, bool ok) {
        QTest::newRow(name) << received << expected << ok;
    };
    row("70 %", 35, 50, true);
    row("68 %", 34, 50, false);
    row("ten of ten", 10, 10, true);
    row("nine of nine", 9, 9, false);
    row("nothing", 0, 0, false);
}

void PathQualityTest::needsThePeersWordThatItReceivesEnough()
{
    QFETCH(const std::uint16_t, received);
    QFETCH(const std::uint16_t, expected);
    QFETCH(const bool, ok);
    PathQuality quality;
    Stream(quality).arriveAll(0, 49);
    quality.reported(at(49), Report{100, received, expected, 0, 0});
    QCOMPARE(quality.isOk(at(49)), ok);
}

void PathQualityTest::doesNotBelieveAReportOlderThanASecond()
{
    PathQuality quality;
    Stream stream(quality);
    stream.arriveAll(0, 50);
    quality.reported(at(50), kGoodReport);
    stream.arriveAll(51, 101);
    QVERIFY(quality.isOk(at(100)));
    QVERIFY(!quality.isOk(at(100) + 1us));
    quality.reported(at(101), kGoodReport);
    QVERIFY(quality.isOk(at(101)));
}

void PathQualityTest::doesNotBlameLossBeforeTheFirstPacket()
{
    PathQuality quality;
    Stream(quality).arriveAll(1000, 1009);
    quality.reported(at(1009), kGoodReport);
    QVERIFY(quality.isOk(at(1009)));
    QCOMPARE(quality.report(at(1009), 0us).expected1s, std::uint16_t(10));
}

void PathQualityTest::toleratesReordering()
{
    PathQuality quality;
    for (const std::uint64_t counter : {3U, 2U, 1U, 0U, 7U, 6U, 5U, 4U, 11U, 10U, 9U, 8U})
        quality.received(kStart, counter, 0, kSize);
    quality.reported(kStart, kGoodReport);
    QVERIFY(quality.isOk(kStart));
    const Report report = quality.report(kStart, 0us);
    QCOMPARE(report.highest, std::uint64_t(11));
    QCOMPARE(report.received1s, std::uint16_t(12));
    QCOMPARE(report.expected1s, std::uint16_t(12));
}

void PathQualityTest::countsALatePacketOfTheSecondBeforeAsReceived()
{
    PathQuality quality;
    Stream stream(quality);
    stream.arriveAll(0, 9);
    stream.arrive(12);
    stream.arrive(10, 1020ms); // at 1220 ms: packets until then are out of the window
    const Report report = quality.report(kStart + 1241ms, 0us);
    QCOMPARE(report.received1s, std::uint16_t(1));
    QCOMPARE(report.expected1s, std::uint16_t(1));
    QCOMPARE(report.highest, std::uint64_t(12));
}

void PathQualityTest::staysAliveForASecondAndAHalfWithoutPackets()
{
    PathQuality quality;
    Stream stream(quality);
    stream.arriveAll(0, 49);
    quality.reported(at(49), kGoodReport);
    QVERIFY(quality.isAlive(at(49) + 1499ms));
    QVERIFY(!quality.isAlive(at(49) + 1500ms));
    QVERIFY(!quality.isAlive(at(49) + 1499ms)); // lost is lost until it is good again
    stream.arrive(200);
    QVERIFY(!quality.isAlive(at(200)));
    stream.arriveAll(201, 300);
    quality.reported(at(300), kGoodReport);
    QVERIFY(quality.isAlive(at(300)));
}

void PathQualityTest::isLostEvenIfNobodyAskedDuringTheSilence()
{
    PathQuality quality;
    Stream stream(quality);
    stream.arriveAll(0, 49);
    quality.reported(at(49), kGoodReport);
    stream.arrive(49 + 75);
    QVERIFY(!quality.isAlive(at(49 + 75)));
}

void PathQualityTest::isNotAliveBeforeItWasOkOnce()
{
    PathQuality quality;
    Stream(quality).arriveAll(0, 49);
    QVERIFY(!quality.isAlive(at(49)));
}

void PathQualityTest::reportsWhatItReceived()
{
    PathQuality quality;
    Stream stream(quality);
    stream.arriveAll(0, 79);
    stream.arriveAll(90, 99);
    const Report report = quality.report(at(99), 42ms);
    QCOMPARE(report.highest, std::uint64_t(99));
    QCOMPARE(report.expected1s, std::uint16_t(50));
    QCOMPARE(report.received1s, std::uint16_t(40));
    QCOMPARE(report.jitterUs, std::uint32_t(0));
    QCOMPARE(report.rttUs, std::uint32_t(42000));
}

void PathQualityTest::reportsTheJitterOfRfc3550()
{
    PathQuality quality;
    Stream stream(quality);
    stream.arrive(0);
    stream.arrive(1, 16ms);
    QCOMPARE(quality.report(at(2), 0us).jitterUs, std::uint32_t(1000)); // 16 ms / 16
    stream.arrive(2, 16ms);
    QCOMPARE(quality.report(at(3), 0us).jitterUs, std::uint32_t(937)); // 1000 - 1000 / 16
}

void PathQualityTest::survivesTheWrapOfTimestamps()
{
    PathQuality quality;
    quality.received(kStart, 0, 0xffffffffU - 959, kSize);
    quality.received(kStart + kFrame, 1, 0, kSize);
    QCOMPARE(quality.report(kStart + kFrame, 0us).jitterUs, std::uint32_t(0));
}

void PathQualityTest::saturatesFiguresThatDoNotFit()
{
    PathQuality quality;
    for (std::uint64_t i = 0; i < 100; ++i)
        quality.received(kStart, i * 1'000'000, static_cast<std::uint32_t>(i % 2) * 0x7fffffffU, kSize);
    const Report report = quality.report(kStart, -1us);
    QCOMPARE(report.expected1s, std::uint16_t(65535));
    QCOMPARE(report.jitterUs, std::uint32_t(0xffffffff));
    QCOMPARE(report.rttUs, std::uint32_t(0));
    QCOMPARE(quality.quality(kStart).burst, std::uint16_t(65535));
}

void PathQualityTest::tellsWhatThePeerLost()
{
    PathQuality quality;
    QVERIFY(!quality.peerLossPercent(kStart).has_value());
    quality.reported(kStart, Report{0, 40, 50, 0, 0});
    QCOMPARE(quality.peerLossPercent(kStart).value_or(-1), 20.0);
    quality.reported(kStart, Report{0, 60, 50, 0, 0});
    QCOMPARE(quality.peerLossPercent(kStart).value_or(-1), 0.0);
    QVERIFY(!quality.peerLossPercent(kStart + 1001ms).has_value());
    quality.reported(kStart, Report{});
    QVERIFY(!quality.peerLossPercent(kStart).has_value());
}

void PathQualityTest::describesLossAndDelay()
{
    PathQuality quality;
    Stream stream(quality);
    // Five seconds with bursts of one and three lost packets, then a second of sound 30 ms late.
    stream.arriveAll(0, 99);
    stream.arriveAll(101, 149);
    stream.arriveAll(153, 199);
    for (std::uint64_t counter = 200; counter < 260; ++counter)
        stream.arrive(counter, 30ms);
    const Quality told = quality.quality(at(259) + 30ms);
    // 250 expected, 4 of them lost.
    QCOMPARE(told.loss5s, std::uint16_t(16));
    QCOMPARE(told.loss1s2, std::uint16_t(0));
    QCOMPARE(told.burst, std::uint16_t(200));
    QCOMPARE(told.spread, std::uint16_t(30));
    QCOMPARE(told.queue, std::uint16_t(30));
    QCOMPARE(told.kbps, std::uint16_t(50 * kSize * 8 / 1000));
}

void PathQualityTest::keepsABoundedNumberOfPackets()
{
    PathQuality quality;
    for (std::uint64_t counter = 0; counter < 20'000; ++counter)
        quality.received(kStart, counter, 0, kSize);
    const Report report = quality.report(kStart, 0us);
    QCOMPARE(report.received1s, std::uint16_t(5000));
    QCOMPARE(report.expected1s, std::uint16_t(5000));
}

QTEST_APPLESS_MAIN(PathQualityTest)
#include "tst_pathquality.moc"
