#include "core/engine/driver.h"
#include "tests/platform/waiting.h"

#include <QTest>

#include <deque>

using namespace ringlift;
using namespace std::chrono_literals;

namespace {

/// Answers n with n outputs, each of them n-1, and keeps one deadline.
struct Countdown
{
    void handle(TimePoint now, int input)
    {
        handledAt.push_back(now);
        for (int i = 0; i < input; ++i)
            outputs.push_back(input - 1);
    }
    void handleTimeout(TimePoint now)
    {
        timeouts.push_back(now);
        due.reset();
        outputs.push_back(-1);
    }
    std::optional<int> poll()
    {
        if (outputs.empty())
            return std::nullopt;
        const int output = outputs.front();
        outputs.pop_front();
        return output;
    }
    std::optional<TimePoint> nextTimeout() const { return due; }

    std::deque<int> outputs;
    std::optional<TimePoint> due;
    std::vector<TimePoint> handledAt;
    std::vector<TimePoint> timeouts;
};

} // namespace

class TestDriver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void actsOnEveryOutputInOrder()
    {
        Countdown machine;
        std::vector<int> seen;
        engine::Driver<Countdown, int> driver(machine, [&](int output) { seen.push_back(output); });
        driver.feed(3);
        QCOMPARE(seen, (std::vector<int>{2, 2, 2}));
    }

    void drainsWhatAnActionFeeds()
    {
        Countdown machine;
        std::vector<int> seen;
        engine::Driver<Countdown, int> *self = nullptr;
        engine::Driver<Countdown, int> driver(machine, [&](int output) {
            seen.push_back(output);
            self->feed(output);
        });
        self = &driver;
        driver.feed(2);
        QCOMPARE(seen, (std::vector<int>{1, 1, 0, 0}));
    }

    void neverCallsTheMachineBeforeItsDeadline()
    {
        Countdown machine;
        int told = 0;
        engine::Driver<Countdown, int> driver(machine, [&](int) { ++told; });
        const TimePoint due = monotonicNow() + 1500us;
        machine.due = due;
        driver.feed(0);
        QVERIFY(tests::waitUntil([&] { return told == 1; }));
        QCOMPARE(machine.timeouts.size(), std::size_t{1});
        QVERIFY(machine.timeouts.front() >= due);
    }

    void movesTheTimerWithTheDeadline()
    {
        Countdown machine;
        int told = 0;
        engine::Driver<Countdown, int> driver(machine, [&](int) { ++told; });
        machine.due = monotonicNow() + 1h;
        driver.feed(0);
        machine.due = monotonicNow() + 1ms;
        driver.feed(0);
        QVERIFY(tests::waitUntil([&] { return told == 1; }));
    }

    void actsAtOnceOnADeadlineThatHasPassed()
    {
        Countdown machine;
        int told = 0;
        engine::Driver<Countdown, int> driver(machine, [&](int) { ++told; });
        machine.due = monotonicNow() - 1s;
        driver.feed(0);
        QVERIFY(tests::waitUntil([&] { return told == 1; }));
    }

    void outlivesADeadlineBeyondAllTimers()
    {
        Countdown machine;
        engine::Driver<Countdown, int> driver(machine, [](int) { });
        machine.due = monotonicNow() + 24h * 10'000;
        driver.feed(1);
        QVERIFY(machine.timeouts.empty());
    }
};

QTEST_GUILESS_MAIN(TestDriver)
#include "tst_driver.moc"
