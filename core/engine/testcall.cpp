#include "core/engine/testcall.h"

namespace ringlift::engine {

using namespace call;

namespace {

TestOutcome outcomeOf(TestRefusal reason)
{
    switch (reason) {
    case TestRefusal::NotRegistered:
        return TestOutcome::NotRegistered;
    case TestRefusal::CallUp:
        return TestOutcome::CallUp;
    case TestRefusal::EmergencyMode:
        return TestOutcome::EmergencyMode;
    case TestRefusal::ServerUnreachable:
        return TestOutcome::ServerUnreachable;
    case TestRefusal::NoEchoPeer:
        break;
    }
    return TestOutcome::NoEchoPeer;
}

} // namespace

TestCall::TestCall(TestCallTimes times, QObject *parent) : QObject(parent), m_times(times)
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, &TestCall::end);
    connect(&m_looks, &QTimer::timeout, this, &TestCall::look);
}

std::function<std::unique_ptr<ports::AudioDevice>()> TestCall::deviceFactory() const
{
    return [measure = m_measure] { return std::make_unique<EchoProbe>(measure); };
}

void TestCall::want()
{
    m_running = true;
    m_ended = false;
    m_call.reset();
    m_answeredAt.reset();
    m_measure = std::make_shared<EchoMeasure>();
    m_wantedAt = monotonicNow();
    m_limit.start(m_times.most);
}

void TestCall::begun(CallHandle call)
{
    m_call = call;
}

void TestCall::refused(TestRefusal reason)
{
    if (m_running && !m_call)
        report(engine::outcomeOf(reason));
}

void TestCall::changed(const CallInfo &info)
{
    if (!m_running || m_answeredAt || info.ip != IpState::Answered)
        return;
    m_answeredAt = monotonicNow();
    m_looks.start(m_times.look);
}

void TestCall::look()
{
    if (m_measure->isComplete() || monotonicNow() - *m_answeredAt >= m_times.listening)
        end();
}

void TestCall::end()
{
    m_looks.stop();
    m_ended = true;
    if (m_call)
        Q_EMIT hangUpWanted(*m_call);
}

void TestCall::finished(const CallRecord &record)
{
    if (m_running)
        report(outcomeOf(record));
}

TestOutcome TestCall::outcomeOf(const CallRecord &record) const
{
    if (m_measure->median() && (m_ended || record.end != CallEnd::LocalHangUp))
        return TestOutcome::Passed;
    switch (record.stay) {
    case StayReason::ServerUnreachable:
    case StayReason::ServerUntrusted:
    case StayReason::RegisteredElsewhere:
        return TestOutcome::ServerUnreachable;
    case StayReason::ServerRefused:
        return TestOutcome::ServerRefused;
    case StayReason::NoMatch:
        return TestOutcome::NotTaken;
    case StayReason::NoPath:
        return TestOutcome::NoPath;
    case StayReason::KeyAgreementFailed:
    case StayReason::PeerIdentityChanged:
    case StayReason::UnconfirmedByPeer:
        return TestOutcome::NotTrusted;
    default:
        break;
    }
    if (record.end == CallEnd::LocalHangUp && !m_ended)
        return TestOutcome::Interrupted;
    if (record.end == CallEnd::MediaLost)
        return TestOutcome::NoPath;
    return record.answered ? TestOutcome::Silent : TestOutcome::NotTaken;
}

void TestCall::report(TestOutcome outcome)
{
    m_running = false;
    m_limit.stop();
    m_looks.stop();
    TestReport report{outcome, {}, {}};
    if (m_answeredAt)
        report.toAnswer = *m_answeredAt - m_wantedAt;
    if (outcome == TestOutcome::Passed)
        report.echo = m_measure->median();
    Q_EMIT told(report);
}

} // namespace ringlift::engine
