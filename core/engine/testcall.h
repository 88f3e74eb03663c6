#pragma once

#include "core/call/phonemachine.h"
#include "core/engine/echoprobe.h"

#include <QObject>
#include <QTimer>

namespace ringlift::engine {

/// What came of a test call. Silent: it was answered, but nothing came back. NotTaken: nobody answered it. NotTrusted:
/// who answered could not prove to be the echo peer. Interrupted: a call of the user's went before it.
enum class TestOutcome {
    Passed,
    Silent,
    NotRegistered,
    CallUp,
    EmergencyMode,
    ServerUnreachable,
    ServerRefused,
    NoEchoPeer,
    NotTaken,
    NotTrusted,
    NoPath,
    Interrupted
};

struct TestReport {
    TestOutcome outcome = TestOutcome::Interrupted;
    /// From the wish to the answer, and from our mouth to our ear.
    std::optional<Duration> toAnswer;
    std::optional<Duration> echo;
    bool operator==(const TestReport &) const = default;
};

std::string_view nameOf(TestOutcome value);

struct TestCallTimes {
    /// All of it.
    std::chrono::milliseconds most{20'000};
    /// For the echo, once it is answered.
    std::chrono::milliseconds listening{8'000};
    std::chrono::milliseconds look{100};
};

/// One call to the server's echo peer at a time, and what is learnt from it.
class TestCall : public QObject
{
    Q_OBJECT

public:
    explicit TestCall(TestCallTimes times = {}, QObject *parent = nullptr);

    bool isRunning() const { return m_running; }
    /// Whether this call is a test, or the last one.
    bool concerns(call::CallHandle call) const { return m_call == call; }
    /// For the call that has just begun; any thread may make its device.
    std::function<std::unique_ptr<ports::AudioDevice>()> deviceFactory() const;

    void want();
    void begun(call::CallHandle call);
    void refused(call::TestRefusal reason);
    void changed(const call::CallInfo &info);
    void finished(const call::CallRecord &record);

Q_SIGNALS:
    void hangUpWanted(ringlift::call::CallHandle call);
    void told(const ringlift::engine::TestReport &report);

private:
    void look();
    void end();
    void report(TestOutcome outcome);
    TestOutcome outcomeOf(const call::CallRecord &record) const;

    const TestCallTimes m_times;
    QTimer m_limit;
    QTimer m_looks;
    std::shared_ptr<EchoMeasure> m_measure;
    std::optional<call::CallHandle> m_call;
    TimePoint m_wantedAt;
    std::optional<TimePoint> m_answeredAt;
    bool m_running = false;
    /// By us, since it was done or took too long.
    bool m_ended = false;
};

} // namespace ringlift::engine
