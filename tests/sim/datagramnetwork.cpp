#include "tests/sim/datagramnetwork.h"

#include "tests/sim/simphone.h"

namespace ringlift::sim {

using namespace std::chrono_literals;

void DatagramNetwork::attach(const ice::TransportAddress &address, SimPhone &phone, call::CallHandle call)
{
    m_ports[address] = {&phone, call};
}

void DatagramNetwork::detach(const ice::TransportAddress &address)
{
    m_ports.erase(address);
}

void DatagramNetwork::setCut(int from, int to, bool cut)
{
    if (cut)
        m_cuts.insert({from, to});
    else
        m_cuts.erase({from, to});
}

const LinkWeather &DatagramNetwork::weatherOf(int from, int to) const
{
    const auto special = m_special.find({from, to});
    return special == m_special.end() ? m_weather : special->second;
}

Duration DatagramNetwork::transit(const LinkWeather &weather)
{
    Duration delay = weather.latency + m_stage.draw().between(Duration::zero(), weather.jitter + 1us);
    if (m_stage.draw().chance(weather.reordered))
        delay += m_stage.draw().between(0us, 100ms);
    return delay;
}

void DatagramNetwork::send(const SimPhone &from, call::CallHandle call, const ice::TransportAddress &source,
    const ice::TransportAddress &to, Bytes bytes)
{
    const auto port = m_ports.find(to);
    if (port == m_ports.end())
        return;
    const std::pair link(from.index(), port->second.phone->index());
    const LinkWeather &weather = weatherOf(link.first, link.second);
    if (m_cuts.contains(link) || m_stage.draw().chance(weather.loss))
        return;
    const auto parcel = std::make_shared<Parcel>(Parcel{from, call, source, to, std::move(bytes)});
    m_stage.after(transit(weather), [this, parcel] { arrive(parcel); });
    if (m_stage.draw().chance(weather.duplicates))
        m_stage.after(transit(weather), [this, parcel] { arrive(parcel); });
    if (m_mischief > 0 && m_stage.draw().chance(m_mischief))
        m_stage.after(transit(weather), [this, parcel] { forge(*parcel); });
}

void DatagramNetwork::arrive(const std::shared_ptr<Parcel> &parcel)
{
    const auto port = m_ports.find(parcel->to);
    if (port == m_ports.end())
        return;
    SimPhone &phone = *port->second.phone;
    const call::CallHandle call = port->second.call;
    m_stage.story().count(m_stage.now(), phoneActor(phone.index()), "datagram", parcel->from.index());
    m_stage.story().count(parcel->bytes);
    if (!std::exchange(parcel->arrived, true)) {
        const Delivery delivery{parcel->from, parcel->fromCall, phone, call, parcel->bytes};
        m_stage.show([&](Witness &witness) { witness.datagramDelivered(delivery); });
    }
    const bool understood = phone.hasKeys(call);
    phone.datagramArrived(call, parcel->source, parcel->bytes);
    if (understood && m_mischief > 0 && m_stage.draw().chance(m_mischief))
        replay(parcel);
}

void DatagramNetwork::forge(const Parcel &parcel)
{
    const auto port = m_ports.find(parcel.to);
    if (port == m_ports.end())
        return;
    Draw &draw = m_stage.draw();
    Bytes bytes = parcel.bytes;
    ice::TransportAddress source = parcel.source;
    switch (draw.below(4)) {
    case 0: // one bit, anywhere
        bytes[static_cast<std::size_t>(draw.below(static_cast<int>(bytes.size())))] ^= static_cast<std::uint8_t>(1 << draw.below(8));
        break;
    case 1: // a counter of the future from a stranger
        bytes[5] ^= 0x40U;
        source.port = 6666;
        break;
    case 2: bytes.resize(static_cast<std::size_t>(draw.below(static_cast<int>(bytes.size()) + 1))); break;
    default: // noise behind a good header
        draw.source().fill(std::span(bytes).subspan(std::min<std::size_t>(12, bytes.size())));
        source.port = 6666;
        break;
    }
    if (bytes != parcel.bytes)
        port->second.phone->forgedArrived(port->second.call, source, bytes);
}

void DatagramNetwork::replay(const std::shared_ptr<Parcel> &parcel)
{
    const Duration delay = m_stage.draw().oneOf<Duration>({1ms, 40ms, 900ms});
    m_stage.after(delay, [this, parcel] {
        const auto port = m_ports.find(parcel->to);
        if (port != m_ports.end())
            port->second.phone->forgedArrived(port->second.call, parcel->source, parcel->bytes);
    });
}

} // namespace ringlift::sim
