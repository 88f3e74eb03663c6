#include "app/healthcontroller.h"

#include "app/display.h"
#include "app/healthsentences.h"

#include <QVariantMap>

#include <algorithm>

namespace ringlift::app {

using namespace Qt::StringLiterals;
using engine::HookAspect;
using engine::HookCheck;
using engine::HookState;
using engine::HookVerdict;
using engine::ProbeOutcome;

namespace {

HealthController::State stateOf(HookState state)
{
    switch (state) {
    case HookState::Ok:
        return HealthController::Fine;
    case HookState::Warning:
        return HealthController::Caution;
    case HookState::Problem:
        return HealthController::Problem;
    case HookState::Unknown:
        break;
    }
    return HealthController::Unknown;
}

/// Nothing where no ring could wait. It is no part of the verdict.
std::optional<QVariantMap> shown(const ports::RingHold &ring)
{
    using enum ports::RingHoldState;
    if (ring.state == None)
        return std::nullopt;
    const bool waits = ring.state == Ready;
    return QVariantMap{{u"name"_s, HealthSentences::nameOfRing()},
                       {u"state"_s, waits ? HealthController::Fine : HealthController::Note},
                       {u"stateName"_s, waits ? HealthSentences::nameOf(HookState::Ok) : HealthSentences::nameOfNote()},
                       {u"sentence"_s, HealthSentences::of(ring.state)},
                       {u"advice"_s, QString()},
                       {u"time"_s, QString()},
                       {u"moment"_s, QString()}};
}

} // namespace

HealthController::HealthController(Clock clock, QObject *parent) : QObject(parent), m_clock(std::move(clock)) { }

HealthController::Verdict HealthController::verdict() const
{
    if (!m_health)
        return Asking;
    switch (judgement()) {
    case HookVerdict::Yes:
        return Yes;
    case HookVerdict::Perhaps:
        return Perhaps;
    case HookVerdict::No:
        break;
    }
    return No;
}

QString HealthController::headline() const
{
    return m_health ? HealthSentences::headline(judgement(), isManual()) : QString();
}

QString HealthController::explanation() const
{
    const HookCheck *const check = foremost();
    if (check != nullptr)
        return HealthSentences::of(*check);
    return hasDisappointed() ? testResult() : QString();
}

QString HealthController::advice() const
{
    const HookCheck *const check = foremost();
    return check != nullptr ? HealthSentences::adviceOn(*check) : QString();
}

QString HealthController::meantime() const
{
    return m_health ? HealthSentences::meantime(judgement(), isManual()) : QString();
}

HealthController::Remedy HealthController::remedy() const
{
    const HookCheck *const check = foremost();
    if (check == nullptr || check->state != HookState::Problem)
        return NoRemedy;
    switch (check->aspect) {
    case HookAspect::Registration:
        return Register;
    case HookAspect::Account:
        return check->reason == "proof_due" ? ProveNumber : NoRemedy;
    case HookAspect::Wishes:
        return OpenSettings;
    default:
        return NoRemedy;
    }
}

QVariantList HealthController::checks() const
{
    QVariantList list;
    if (!m_health)
        return list;
    for (const HookCheck &check : m_health->checks)
        list.append(shown(check));
    if (const auto ring = app::shown(m_health->ring))
        list.append(*ring);
    return list;
}

QString HealthController::notice() const
{
    return HealthSentences::of(m_probe);
}

QString HealthController::testResult() const
{
    return m_test ? HealthSentences::of(*m_test) : QString();
}

void HealthController::setWatched(bool watched)
{
    m_watched = watched;
    m_probe = ProbeOutcome::None;
    Q_EMIT changed();
    onFactsChanged();
}

void HealthController::checkNow()
{
    if (m_busy || m_testing)
        return;
    m_busy = true;
    m_probe = ProbeOutcome::None;
    Q_EMIT changed();
    Q_EMIT askRequested(true);
}

void HealthController::makeTestCall()
{
    if (m_testing || m_busy)
        return;
    m_testing = true;
    m_test.reset();
    Q_EMIT changed();
    Q_EMIT testCallRequested();
}

void HealthController::onTestCallTold(const engine::TestReport &report)
{
    m_testing = false;
    m_test = report;
    Q_EMIT changed();
}

void HealthController::onHealthTold(const engine::HookHealth &health, ProbeOutcome probe)
{
    m_health = health;
    if (probe != ProbeOutcome::None) {
        m_busy = false;
        m_probe = probe;
    }
    Q_EMIT changed();
}

void HealthController::onFactsChanged()
{
    if (m_watched)
        Q_EMIT askRequested(false);
}

// Where everything looks well and a test call says otherwise, the test call has the word.
HookVerdict HealthController::judgement() const
{
    return hasDisappointed() && m_health->verdict == HookVerdict::Yes ? HookVerdict::Perhaps : m_health->verdict;
}

// Of the other outcomes this phone's calls are not to blame.
bool HealthController::hasDisappointed() const
{
    using enum engine::TestOutcome;
    return m_test && (m_test->outcome == NoPath || m_test->outcome == Silent);
}

// The checks of the phone network are missing without one.
bool HealthController::isManual() const
{
    const auto isOfLine = [](const HookCheck &check) { return check.aspect == HookAspect::Line; };
    return m_health && std::none_of(m_health->checks.begin(), m_health->checks.end(), isOfLine);
}

/// What has to be set right first: a problem goes before what is not certain.
const HookCheck *HealthController::foremost() const
{
    if (!m_health || m_health->verdict == HookVerdict::Yes)
        return nullptr;
    const auto &checks = m_health->checks;
    for (const HookState state : {HookState::Problem, HookState::Warning, HookState::Unknown}) {
        const auto isIt = [state](const HookCheck &check) {
            return check.state == state && (state != HookState::Unknown || engine::mattersUnknown(check.aspect));
        };
        if (const auto found = std::find_if(checks.begin(), checks.end(), isIt); found != checks.end())
            return &*found;
    }
    return nullptr;
}

QVariantMap HealthController::shown(const HookCheck &check) const
{
    const QString moment =
        check.atUnix && check.took ? displayMoment(QDateTime::fromSecsSinceEpoch(*check.atUnix), m_clock()) : QString();
    return {{u"name"_s, HealthSentences::nameOf(check.aspect)},
            {u"state"_s, stateOf(check.state)},
            {u"stateName"_s, HealthSentences::nameOf(check.state)},
            {u"sentence"_s, HealthSentences::of(check)},
            {u"advice"_s, HealthSentences::adviceOn(check)},
            {u"time"_s, check.took ? HealthSentences::time(*check.took) : QString()},
            {u"moment"_s, moment}};
}

} // namespace ringlift::app
