#pragma once

#include "platform/plmn/at/modem.h"

#include <QByteArray>

#include <map>

namespace ringlift::plmn::at {

/// One modem in virtual time with two ports, and everything it sends written down. The switch is played by the test.
class ModemRig
{
public:
    static constexpr const char *kAnna = "+8613800138000";
    static constexpr const char *kBo = "+8613900139000";

    ModemRig() : ModemRig(plainConfig(ModemMode::Simtech)) { }
    explicit ModemRig(const ModemConfig &config, bool withSim = true) : m_modem(config)
    {
        feed(PortOpened{0});
        feed(ServingChanged{Serving{true, false, "46000", "Ringlift"}});
        if (withSim)
            feed(SimInserted{sim()});
        pass(std::chrono::seconds(1));
        m_sent.clear();
        m_asked.clear();
    }

    static ModemConfig plainConfig(ModemMode mode = ModemMode::Simtech)
    {
        ModemConfig config;
        config.name = "a";
        config.mode = mode;
        return config;
    }
    static Subscriber sim()
    {
        Subscriber sim;
        sim.msisdn = kAnna;
        sim.imsi = "460001234567890";
        sim.homeRegion = "CN";
        return sim;
    }

    void feed(const ModemInput &input)
    {
        m_modem.handle(m_now, input);
        drain();
    }
    void pass(Duration duration)
    {
        const TimePoint until = m_now + duration;
        while (m_modem.nextTimeout() && *m_modem.nextTimeout() <= until) {
            m_now = std::max(m_now, *m_modem.nextTimeout());
            m_modem.handleTimeout(m_now);
            drain();
        }
        m_now = until;
    }
    /// Sends the bytes and takes what comes back at once.
    QByteArray type(const QByteArray &bytes, int port = 0)
    {
        feed(PortReceived{port, Bytes(bytes.begin(), bytes.end())});
        return take(port);
    }
    /// Echo off, and the lines given.
    void prepare(std::initializer_list<const char *> lines)
    {
        type("ATE0\r");
        for (const char *const line : lines)
            type(QByteArray(line) + '\r');
        pass(std::chrono::milliseconds(100));
        take();
    }
    QByteArray take(int port = 0) { return QByteArray::fromStdString(std::exchange(m_sent[port], {})); }
    /// What was asked of the switch and not yet taken; each was accepted unless refuse() is on.
    std::vector<SwitchInput> takeAsked() { return std::exchange(m_asked, {}); }
    std::vector<Request> takeRequests() { return std::exchange(m_requests, {}); }
    void refuse(bool refused) { m_refuses = refused; }
    /// Lets the test answer an Ask itself, with feed(Outcome{…}).
    void hesitate() { m_hesitates = true; }

    /// A leg of Anna's as the switch would tell it.
    void tell(std::uint32_t id, CallDirection direction, LegState state, const std::string &number = kBo,
              LegEnd end = LegEnd::NotEnded, bool waiting = false)
    {
        Leg leg;
        leg.subscriber = kAnna;
        leg.waiting = waiting;
        leg.line.id = LineCallId{id};
        leg.line.direction = direction;
        leg.line.state = state;
        leg.line.end = end;
        leg.line.number = Redacted(number);
        leg.line.international = number.starts_with('+');
        leg.line.callerId = number == "late" ? CallerIdPresence::Unknown
                            : number.empty() ? CallerIdPresence::Withheld
                                             : CallerIdPresence::Known;
        feed(LegTold{LegChanged{leg, false}});
    }
    void tellIncoming(std::uint32_t id, LegState state, const std::string &number = kBo)
    {
        tell(id, CallDirection::Incoming, state, number);
    }
    void tellOutgoing(std::uint32_t id, LegState state) { tell(id, CallDirection::Outgoing, state); }
    void tellEnd(std::uint32_t id, CallDirection direction, LegEnd end)
    {
        tell(id, direction, LegState::Ended, kBo, end);
    }

    Modem &modem() { return m_modem; }

private:
    void drain()
    {
        while (auto output = m_modem.poll()) {
            if (const auto *sent = std::get_if<PortSend>(&*output)) {
                m_sent[sent->port] += sent->bytes;
            } else if (auto *ask = std::get_if<Ask>(&*output)) {
                m_requests.push_back(ask->request);
                if (const auto *input = std::get_if<SwitchInput>(&ask->request))
                    m_asked.push_back(*input);
                if (!m_hesitates)
                    m_modem.handle(m_now, Outcome{!m_refuses});
            }
        }
    }

    Modem m_modem;
    TimePoint m_now{std::chrono::seconds(1000)};
    std::map<int, std::string> m_sent;
    std::vector<Request> m_requests;
    std::vector<SwitchInput> m_asked;
    bool m_refuses = false;
    bool m_hesitates = false;
};

} // namespace ringlift::plmn::at
