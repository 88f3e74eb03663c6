#pragma once

#include "platform/plmn/switch.h"

#include <QTest>

namespace ringlift::plmn {

/// A switch in virtual time with everything it says written down.
class SwitchRig
{
public:
    static constexpr const char *kAnna = "+8613800138000";
    static constexpr const char *kBo = "+8613900139000";
    static constexpr const char *kCarl = "+4915550123456";

    explicit SwitchRig(SwitchConfig config = plainConfig()) : m_random(7), m_switch(std::move(config), m_random)
    {
        join(subscriber(kAnna, "460001234567890", "CN"));
        join(subscriber(kBo, "460019876543210", "CN"));
        join(subscriber(kCarl, "262011234567890", "DE"));
    }

    static SwitchConfig plainConfig()
    {
        SwitchConfig config;
        config.pagingJitter = Duration::zero();
        return config;
    }

    static Subscriber subscriber(const std::string &msisdn, const std::string &imsi, const std::string &region)
    {
        Subscriber subscriber;
        subscriber.msisdn = msisdn;
        subscriber.imsi = imsi;
        subscriber.homeRegion = region;
        return subscriber;
    }

    void join(const Subscriber &subscriber)
    {
        feed(Provision{subscriber});
        feed(Attach{subscriber.msisdn});
    }

    template<typename Change>
    void change(const std::string &msisdn, Change apply)
    {
        Subscriber subscriber = *m_switch.subscriber(msisdn);
        apply(subscriber);
        feed(Provision{subscriber});
    }

    void feed(const SwitchInput &input)
    {
        m_refusal.clear();
        m_switch.handle(m_now, input);
        drain();
    }

    /// Lets the given time pass, event by event.
    void pass(Duration duration)
    {
        const TimePoint until = m_now + duration;
        while (m_switch.nextTimeout() && *m_switch.nextTimeout() <= until) {
            m_now = std::max(m_now, *m_switch.nextTimeout());
            m_switch.handleTimeout(m_now);
            drain();
        }
        m_now = until;
    }

    /// The newest leg of a subscriber as last told, ended or not.
    Leg legOf(const std::string &msisdn) const
    {
        for (auto leg = m_told.rbegin(); leg != m_told.rend(); ++leg) {
            if (leg->subscriber == msisdn)
                return *leg;
        }
        return {};
    }
    Leg legOf(Party party) const
    {
        for (auto leg = m_told.rbegin(); leg != m_told.rend(); ++leg) {
            if (leg->party == party)
                return *leg;
        }
        return {};
    }
    LegState stateOf(const std::string &msisdn) const { return legOf(msisdn).line.state; }
    LegEnd endOf(const std::string &msisdn) const { return legOf(msisdn).line.end; }
    bool hasLeg(const std::string &msisdn) const { return !legOf(msisdn).subscriber.empty(); }

    /// Anna dials Bo and the call is answered.
    void connectAnnaToBo()
    {
        feed(Dial{kAnna, kBo, {}});
        pass(std::chrono::seconds(1));
        feed(Answer{legOf(kBo).line.id});
        pass(std::chrono::milliseconds(100));
    }

    TimePoint now() const { return m_now; }
    Switch &exchange() { return m_switch; }
    const std::string &refusal() const { return m_refusal; }
    const std::vector<Leg> &told() const { return m_told; }
    const std::vector<VoiceHeard> &heard() const { return m_heard; }
    const std::vector<DigitsHeard> &digits() const { return m_digits; }

private:
    void drain()
    {
        while (const auto output = m_switch.poll()) {
            if (const auto *changed = std::get_if<LegChanged>(&*output))
                m_told.push_back(changed->leg);
            else if (const auto *voice = std::get_if<VoiceHeard>(&*output))
                m_heard.push_back(*voice);
            else if (const auto *keys = std::get_if<DigitsHeard>(&*output))
                m_digits.push_back(*keys);
            else
                m_refusal = std::get<Refused>(*output).reason;
        }
    }

    SeededRandom m_random;
    Switch m_switch;
    TimePoint m_now{std::chrono::seconds(1000)};
    std::string m_refusal;
    std::vector<Leg> m_told;
    std::vector<VoiceHeard> m_heard;
    std::vector<DigitsHeard> m_digits;
};

} // namespace ringlift::plmn
