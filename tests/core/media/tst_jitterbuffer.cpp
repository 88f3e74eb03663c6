#include "core/base/random.h"
#include "core/media/jitterbuffer.h"

#include <QTest>

#include <deque>
#include <memory>

using namespace ringlift;
using namespace ringlift::media;
using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t kStart = 0xFFFFF000U; // wraps after four frames
const DelayConfig kPlain{.startTarget = 20ms, .startTime = 0ms, .margin = 0ms, .minTarget = 20ms, .maxTarget = 500ms};

std::uint32_t timestampOf(int frame)
{
    return kStart + static_cast<std::uint32_t>(frame) * 960U;
}

Bytes packetOf(int frame)
{
    return {static_cast<std::uint8_t>(frame >> 8), static_cast<std::uint8_t>(frame)};
}

/// Frame n is spoken at 20 n ms and arrives at `at`.
struct Arrival { int frame = 0; int at = 0; bool carriesPrevious = false; };

/// Drives a buffer as a loudspeaker does: 10 ms in each tick, decoding whenever less is left. Writes down what was played:
/// P7 a frame, R7 a recovered one, c 10 ms made up, "." silence.
class Listener
{
public:
    explicit Listener(const DelayConfig &config = kPlain) : m_buffer(std::make_unique<JitterBuffer>(config)) { }

    JitterBuffer &buffer() { return *m_buffer; }
    const QString &played() const { return m_played; }

    PutResult put(const Arrival &arrival)
    {
        return m_buffer->put(TimePoint(1ms * arrival.at), timestampOf(arrival.frame), {960, arrival.carriesPrevious}, packetOf(arrival.frame));
    }

    void listen(TimePoint now)
    {
        while (m_ready < kTickSamples)
            append(m_buffer->take(now));
        m_ready -= kTickSamples;
    }

    std::vector<int> frames; // in the order of playing

private:
    void append(const PlayoutStep &step)
    {
        m_ready += step.samples;
        const int frame = step.packet.empty() ? 0 : step.packet[0] * 256 + step.packet[1];
        switch (step.kind) {
        case StepKind::Idle:
            m_played += QStringLiteral(". ");
            break;
        case StepKind::Play:
            m_played += QStringLiteral("P%1 ").arg(frame);
            frames.push_back(frame);
            break;
        case StepKind::Recover:
            m_played += QStringLiteral("R%1 ").arg(frame - 1);
            frames.push_back(frame - 1);
            break;
        case StepKind::Conceal:
            m_played += QStringLiteral("c ");
            break;
        }
    }

    std::unique_ptr<JitterBuffer> m_buffer;
    std::size_t m_ready = 0;
    QString m_played;
};

QString playedFor(std::vector<Arrival> arrivals, int untilMs)
{
    Listener listener;
    std::size_t next = 0;
    for (int ms = 0; ms < untilMs; ms += 10) {
        for (; next < arrivals.size() && arrivals[next].at <= ms; ++next)
            listener.put(arrivals[next]);
        listener.listen(TimePoint(1ms * ms));
    }
    return listener.played().trimmed();
}

/// A network with everything in it; what it does depends on the seed only.
std::vector<Arrival> roughNetwork(SeededRandom &random, int frames)
{
    std::vector<Arrival> arrivals;
    const double loss = 0.3 * random.real();
    const double jitter = 120 * random.real();
    const double stalls = 0.02 * random.real();
    double blockedUntil = 0;
    for (int i = 0; i < frames; ++i) {
        const double sent = 20.0 * i;
        if (random.real() < stalls)
            blockedUntil = sent + 400 * random.real();
        if (random.real() < loss)
            continue;
        const double at = std::max(sent + 30, blockedUntil) + jitter * random.real();
        arrivals.push_back({i, static_cast<int>(at), random.real() < 0.5});
        if (random.real() < 0.02)
            arrivals.push_back({i, static_cast<int>(at + 300 * random.real())}); // twice
    }
    std::stable_sort(arrivals.begin(), arrivals.end(), [](const Arrival &a, const Arrival &b) { return a.at < b.at; });
    return arrivals;
}

} // namespace

class TestJitterBuffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsItsFeetWhenTheSendersClockStoodStill();
    void playsWhatArrives_data()
    {
        QTest::addColumn<QList<QList<int>>>("arrivals"); // frame, ms, carries previous
        QTest::addColumn<QString>("played");
        using Rows = QList<QList<int>>;
        QTest::newRow("in time") << Rows{{0, 0}, {1, 20}, {2, 40}, {3, 60}} << ". . P0 P1 P2 P3 c c";
        QTest::newRow("nothing") << Rows{} << ". . . . . . . . . .";
        QTest::newRow("out of order") << Rows{{0, 0}, {2, 30}, {1, 38}, {3, 60}} << ". . P0 P1 P2 P3 c c";
        QTest::newRow("first two the wrong way round") << Rows{{1, 0}, {0, 5}, {2, 20}, {3, 40}} << ". P0 P1 P2 P3 c";
        QTest::newRow("twice") << Rows{{0, 0}, {0, 1}, {1, 20}, {1, 45}, {2, 45}, {3, 60}} << ". . P0 P1 P2 P3 c c";
        QTest::newRow("one lost: as much is made up") << Rows{{0, 0}, {1, 20}, {3, 60}, {4, 80}} << ". . P0 P1 c c P3 P4 c";
        QTest::newRow("one lost, its successor carries it") << Rows{{0, 0}, {1, 20}, {3, 55, 1}, {4, 80}} << ". . P0 P1 R2 P3 P4";
        QTest::newRow("two lost, the second one carried") << Rows{{0, 0}, {3, 30, 1}, {4, 50}} << ". . P0 c c R2 P3 P4";
        QTest::newRow("late, not lost: played all the same") << Rows{{0, 0}, {1, 65}, {2, 66}, {3, 67}} << ". . P0 c c c P1 P2 P3";
        QTest::newRow("too late: its place is taken") << Rows{{0, 0}, {2, 40}, {1, 62}, {3, 63}} << ". . P0 c c P2 P3 c";
    }
    void playsWhatArrives()
    {
        QFETCH(QList<QList<int>>, arrivals);
        QFETCH(QString, played);
        std::vector<Arrival> list;
        for (const QList<int> &row : arrivals)
            list.push_back({row[0], row[1], row.size() > 2});
        const QString found = playedFor(list, 100);
        QVERIFY2(found.startsWith(played) || played.startsWith(found), qPrintable(found));
    }

    void knowsDuplicatesLateAndStrangeFrames()
    {
        Listener listener;
        QVERIFY(listener.put({0, 0}) == PutResult::Stored);
        QVERIFY(listener.put({0, 1}) == PutResult::Duplicate);
        QVERIFY(listener.put({2, 2}) == PutResult::Stored);
        for (int ms = 0; ms <= 80; ms += 10)
            listener.listen(TimePoint(1ms * ms));
        QVERIFY(listener.put({0, 81}) == PutResult::Duplicate); // played already
        QVERIFY(listener.put({1, 82}) == PutResult::Late);
        QVERIFY(listener.put({5000, 83}) == PutResult::Refused);
        QVERIFY(listener.put({-5000, 84}) == PutResult::Refused);
        JitterBuffer &buffer = listener.buffer();
        QVERIFY(buffer.put({}, 0, {960, false}, {}) == PutResult::Refused);
        QVERIFY(buffer.put({}, 0, {0, false}, packetOf(0)) == PutResult::Refused);
        QVERIFY(buffer.put({}, 0, {960, false}, Bytes(kMaxAudioBody + 1)) == PutResult::Refused);
        QCOMPARE(buffer.stats().duplicates, 2U);
        QCOMPARE(buffer.stats().late, 1U);
    }

    void followsAStreamThatHasMoved()
    {
        Listener listener;
        int ms = 0;
        const auto run = [&](int first, int count) {
            for (int i = 0; i < count; ++i, ms += 20) {
                listener.put({first + i, ms});
                listener.listen(TimePoint(1ms * ms));
                listener.listen(TimePoint(1ms * (ms + 10)));
            }
        };
        run(0, 50);
        run(20000, 50);
        QCOMPARE(listener.buffer().stats().resyncs, 1U);
        QVERIFY(listener.frames.back() >= 20040);
    }

    void fallsSilentAfterTwoSecondsAndComesBack()
    {
        Listener listener;
        for (int ms = 0; ms < 400; ms += 10) {
            if (ms % 20 == 0)
                listener.put({ms / 20, ms});
            listener.listen(TimePoint(1ms * ms));
        }
        for (int ms = 400; ms < 5000; ms += 10)
            listener.listen(TimePoint(1ms * ms));
        QVERIFY(listener.played().trimmed().endsWith(QStringLiteral(". . .")));
        const std::uint64_t before = listener.buffer().stats().concealed;
        for (int ms = 5000; ms < 5400; ms += 10) {
            if (ms % 20 == 0)
                listener.put({ms / 20, ms});
            listener.listen(TimePoint(1ms * ms));
        }
        QCOMPARE(listener.buffer().stats().concealed, before);
        QCOMPARE(listener.frames.back(), 268); // 269 is due at 5400 ms
    }

    void recoversFromAnOutageWithinTwoFrames()
    {
        Listener listener;
        for (int ms = 0; ms < 3000; ms += 10) {
            const bool outage = ms >= 1000 && ms < 2200;
            if (ms % 20 == 0 && !outage)
                listener.put({ms / 20, ms});
            listener.listen(TimePoint(1ms * ms));
            if (ms == 2240)
                QVERIFY2(listener.frames.back() >= 2200 / 20, qPrintable(QString::number(listener.frames.back())));
        }
    }

    void neverHoldsMoreThanItsCapacity()
    {
        Listener listener;
        for (int i = 0; i < 1000; ++i)
            listener.put({i, 20 * i}); // nobody listens
        QVERIFY(listener.buffer().size() <= JitterBuffer::kCapacity);
        for (int i = 0; i < 10; ++i)
            listener.listen(TimePoint(1ms * (20000 + 10 * i)));
        QVERIFY(listener.frames.front() > 950); // what is old is skipped
    }

    void addsLittleOnACleanNetwork()
    {
        Listener listener{DelayConfig{}};
        SeededRandom random(4);
        for (int ms = 0; ms < 20000; ms += 10) {
            if (ms % 20 == 0)
                listener.put({ms / 20, ms + static_cast<int>(random.uniform(2))});
            listener.listen(TimePoint(1ms * (ms + 3)));
        }
        QVERIFY2(listener.buffer().target() <= 20ms, qPrintable(QString::number(listener.buffer().target().count())));
        QCOMPARE(listener.buffer().stats().lost + listener.buffer().stats().late, 0U);
    }

    void keepsOrderAndBoundsWhateverTheNetworkDoes_data()
    {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 1; seed <= 200; ++seed)
            QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
    }
    void keepsOrderAndBoundsWhateverTheNetworkDoes()
    {
        QFETCH(quint64, seed);
        SeededRandom random(seed);
        constexpr int kFrames = 1500;
        const std::vector<Arrival> arrivals = roughNetwork(random, kFrames);
        Listener listener{DelayConfig{}};
        JitterBuffer &buffer = listener.buffer();
        std::size_t next = 0;
        for (int ms = 0; ms < 20 * kFrames; ms += 10) {
            for (; next < arrivals.size() && arrivals[next].at <= ms; ++next)
                listener.put(arrivals[next]);
            listener.listen(TimePoint(1ms * ms));
            QVERIFY(buffer.size() <= JitterBuffer::kCapacity);
            QVERIFY(buffer.target() >= 10ms && buffer.target() <= 500ms);
            // 400 ms are thrown away at the latest; one step of silence and the smoothing come on top.
            QVERIFY2(buffer.playoutDelay() <= buffer.target() + 480ms, qPrintable(QString::number(buffer.playoutDelay().count())));
        }
        QVERIFY(std::is_sorted(listener.frames.begin(), listener.frames.end()));
        QVERIFY(std::adjacent_find(listener.frames.begin(), listener.frames.end()) == listener.frames.end());
        QVERIFY(listener.frames.size() > kFrames / 2);
        QVERIFY(listener.frames.back() > kFrames - 80);
    }
};

void TestJitterBuffer::findsItsFeetWhenTheSendersClockStoodStill()
{
    constexpr int kShift = 4000; // ms
    Listener listener({.startTarget = 40ms, .startTime = 0ms, .margin = 0ms, .minTarget = 20ms, .maxTarget = 500ms});
    int frame = 0;
    std::uint64_t skippedAfter = 0;
    for (int ms = 0; ms < 12000; ms += 10) {
        const bool stands = ms >= 5000 && ms < 5000 + kShift;
        if (ms % 20 == 0 && !stands)
            listener.put({frame++, ms});
        listener.listen(TimePoint(1ms * ms));
        if (ms == 5000 + kShift + 1500)
            skippedAfter = listener.buffer().stats().skipped;
    }
    QVERIFY2(listener.buffer().playoutDelay() < 200ms, qPrintable(QString::number(listener.buffer().playoutDelay().count())));
    QVERIFY(listener.buffer().target() < 200ms);
    QCOMPARE(listener.buffer().stats().skipped, skippedAfter);
}

QTEST_APPLESS_MAIN(TestJitterBuffer)
#include "tst_jitterbuffer.moc"
