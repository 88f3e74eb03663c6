#include "platform/linux/telephonychoice.h"

#include "core/base/log.h"

#include <algorithm>

namespace ringlift::modem {

using namespace Qt::StringLiterals;

TelephonyChoice::TelephonyChoice(std::vector<Candidate> candidates, QObject *parent)
    : Telephony(parent), m_candidates(std::move(candidates))
{
    for (const auto &[name, telephony] : m_candidates) {
        connect(telephony.get(), &Telephony::findingChanged, this,
                [this, concerned = telephony.get()] { onFinding(*concerned); });
    }
}

std::vector<TelephonyChoice::Considered> TelephonyChoice::considered() const
{
    std::vector<Considered> all;
    for (const auto &[name, telephony] : m_candidates)
        all.push_back({name, telephony->finding(), telephony.get() == m_chosen});
    return all;
}

void TelephonyChoice::start()
{
    for (const auto &[name, telephony] : m_candidates)
        telephony->start();
}

void TelephonyChoice::stop()
{
    for (const auto &[name, telephony] : m_candidates)
        telephony->stop();
}

void TelephonyChoice::onFinding(const Telephony &telephony)
{
    if (m_chosen == &telephony)
        Q_EMIT findingChanged(telephony.finding());
    if (m_chosen == nullptr) {
        const auto first = std::find_if(m_candidates.begin(), m_candidates.end(), [](const Candidate &candidate) {
            return candidate.telephony->finding() == Finding::Pending ||
                   candidate.telephony->finding() == Finding::Found;
        });
        if (first != m_candidates.end() && first->telephony->finding() == Finding::Found) {
            qCInfo(lcLine) << "the phone line is that of" << first->name;
            choose(*first->telephony);
        }
    }
    Q_EMIT reconsidered();
}

void TelephonyChoice::choose(Telephony &telephony)
{
    m_chosen = &telephony;
    for (const auto &[name, other] : m_candidates) {
        if (other.get() != m_chosen)
            other->stop();
    }
    connect(&telephony, &Telephony::simsChanged, this, &TelephonyChoice::simsChanged);
    connect(&telephony, &Telephony::callReported, this, &TelephonyChoice::callReported);
    connect(&telephony, &Telephony::callForgotten, this, &TelephonyChoice::callForgotten);
    connect(&telephony, &Telephony::modemLost, this, &TelephonyChoice::modemLost);
    connect(&telephony, &Telephony::messageRead, this, &TelephonyChoice::messageRead);
    telephony.readMessages(m_wantsMessages);
    Q_EMIT simsChanged();
    Q_EMIT findingChanged(telephony.finding());
}

QString TelephonyChoice::service() const
{
    for (const auto &[name, telephony] : m_candidates) {
        if (telephony.get() == m_chosen)
            return name;
    }
    return {};
}

Finding TelephonyChoice::finding() const
{
    if (m_chosen != nullptr)
        return m_chosen->finding();
    Finding best = Finding::NoBus;
    for (const auto &[name, telephony] : m_candidates) {
        if (telephony->finding() == Finding::Pending)
            return Finding::Pending;
        best = std::max(best, telephony->finding());
    }
    return best;
}

std::vector<SimInfo> TelephonyChoice::sims() const
{
    return m_chosen != nullptr ? m_chosen->sims() : std::vector<SimInfo>();
}

void TelephonyChoice::dial(int sim, const std::string &number, Done done)
{
    if (m_chosen != nullptr)
        return m_chosen->dial(sim, number, std::move(done));
    done(u"there is no modem"_s);
}

void TelephonyChoice::answer(const QString &call, Done done)
{
    if (m_chosen != nullptr)
        m_chosen->answer(call, std::move(done));
}

void TelephonyChoice::hangUp(const QString &call, Done done)
{
    if (m_chosen != nullptr)
        m_chosen->hangUp(call, std::move(done));
}

void TelephonyChoice::sendDigit(const QString &call, char digit, Done done)
{
    if (m_chosen != nullptr)
        m_chosen->sendDigit(call, digit, std::move(done));
}

void TelephonyChoice::readMessages(bool wanted)
{
    m_wantsMessages = wanted;
    if (m_chosen != nullptr)
        m_chosen->readMessages(wanted);
}

} // namespace ringlift::modem
