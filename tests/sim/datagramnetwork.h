#pragma once

#include "core/ice/candidate.h"
#include "tests/sim/stage.h"

#include <map>
#include <set>

namespace ringlift::sim {

struct LinkWeather
{
    Duration latency = std::chrono::milliseconds(30);
    Duration jitter = std::chrono::milliseconds(5);
    double loss = 0;
    double duplicates = 0;
    /// This share overtakes or falls behind by up to 100 ms.
    double reordered = 0;
};

/// UDP between the phones: late, lost, doubled, out of order, cut one way or both, and with an attacker on the path.
class DatagramNetwork
{
public:
    explicit DatagramNetwork(Stage &stage) : m_stage(stage) { }

    void attach(const ice::TransportAddress &address, SimPhone &phone, call::CallHandle call);
    void detach(const ice::TransportAddress &address);
    void send(const SimPhone &from, call::CallHandle call, const ice::TransportAddress &source,
        const ice::TransportAddress &to, Bytes bytes);

    void setWeather(const LinkWeather &weather) { m_weather = weather; }
    /// Of one direction.
    void setWeather(int from, int to, const LinkWeather &weather) { m_special[{from, to}] = weather; }
    void setCut(int from, int to, bool cut);
    /// This share of the datagrams brings a forged, changed or repeated one along.
    void setMischief(double share) { m_mischief = share; }

private:
    struct Port { SimPhone *phone = nullptr; call::CallHandle call{}; };
    struct Parcel
    {
        const SimPhone &from;
        call::CallHandle fromCall{};
        ice::TransportAddress source;
        ice::TransportAddress to;
        Bytes bytes;
        bool arrived = false;
    };
    const LinkWeather &weatherOf(int from, int to) const;
    Duration transit(const LinkWeather &weather);
    void arrive(const std::shared_ptr<Parcel> &parcel);
    void forge(const Parcel &parcel);
    void replay(const std::shared_ptr<Parcel> &parcel);

    Stage &m_stage;
    std::map<ice::TransportAddress, Port> m_ports;
    LinkWeather m_weather;
    std::map<std::pair<int, int>, LinkWeather> m_special;
    std::set<std::pair<int, int>> m_cuts;
    double m_mischief = 0;
};

} // namespace ringlift::sim
