#include "core/ice/hostagent.h"

#include "core/ice/ipaddress.h"

#include <algorithm>

namespace ringlift::ice {

namespace {

// RFC 8445 sections 5.1.2.1 and 5.1.2.2.
constexpr std::uint32_t kHostPreference = 126;
constexpr std::uint32_t kPeerReflexivePreference = 110;
constexpr std::uint32_t kComponent = 1;

constexpr std::uint32_t priorityOf(std::uint32_t typePreference, std::uint32_t localPreference)
{
    return (typePreference << 24U) + (localPreference << 8U) + (256 - kComponent);
}

/// The address in its usual spelling; nothing when it cannot be a host's.
std::optional<TransportAddress> usable(const TransportAddress &address)
{
    const auto ip = IpAddress::parse(address.address.reveal());
    if (!ip || !ip->isUnicast() || address.port == 0)
        return std::nullopt;
    return TransportAddress{Redacted(ip->text()), address.port};
}

bool holds(const std::vector<Candidate> &candidates, const TransportAddress &address)
{
    return std::ranges::find(candidates, address, &Candidate::address) != candidates.end();
}

/// Leaves out what is no usable address, or there already, or too much.
void merge(std::vector<Candidate> &known, const std::vector<Candidate> &more, std::size_t most)
{
    for (const Candidate &candidate : more) {
        const auto address = usable(candidate.address);
        if (known.size() < most && address && !holds(known, *address))
            known.push_back({*address, candidate.type, candidate.priority});
    }
}

} // namespace

void HostAgent::handle(TimePoint now, const PathInput &input)
{
    if (const auto *local = std::get_if<LocalCandidates>(&input))
        addLocal(*local);
    else if (const auto *remote = std::get_if<RemoteCandidates>(&input))
        addRemote(now, *remote);
    else if (const auto *authenticFrom = std::get_if<AuthenticFrom>(&input))
        authentic(now, authenticFrom->from);
    else if (std::holds_alternative<Restart>(input))
        restart(now);
}

void HostAgent::addLocal(const LocalCandidates &input)
{
    m_local.clear();
    merge(m_local, input.candidates, m_config.maxCandidates);
    std::uint32_t preference = 65535;
    for (Candidate &candidate : m_local) {
        candidate.type = CandidateType::Host;
        candidate.priority = priorityOf(kHostPreference, preference--);
    }
    if (!m_local.empty())
        m_outputs.push_back(SendCandidates{m_local});
}

void HostAgent::addRemote(TimePoint now, const RemoteCandidates &input)
{
    std::vector<Candidate> latest = input.candidates;
    std::ranges::stable_sort(latest, std::ranges::greater{}, &Candidate::priority);
    std::vector<Candidate> remote;
    merge(remote, latest, m_config.maxCandidates);
    m_peerMoved = m_selected && !holds(remote, *m_selected);
    merge(remote, m_remote, m_config.maxCandidates);
    m_remote = std::move(remote);
    if (!m_searched && !m_selected)
        m_deadline = now + m_config.patience;
    m_searched = true;
}

void HostAgent::authentic(TimePoint now, const TransportAddress &from)
{
    const auto address = usable(from);
    if (!address)
        return;
    const bool silent = m_selected && now - m_selectedHeard >= m_config.silenceBeforeSwitch;
    if (m_selected == address)
        m_selectedHeard = now;
    else if (!m_selected || silent || m_peerMoved)
        select(now, *address);
}

void HostAgent::select(TimePoint now, const TransportAddress &address)
{
    m_selected = address;
    m_selectedHeard = now;
    m_peerMoved = false;
    m_deadline.reset();
    m_outputs.push_back(PathSelected{address});
}

void HostAgent::restart(TimePoint now)
{
    // Where the peer was last heard is worth another try, even if it never named that address itself.
    if (m_selected && !holds(m_remote, *m_selected)) {
        m_remote.insert(m_remote.begin(), {*m_selected, CandidateType::PeerReflexive,
                                           priorityOf(kPeerReflexivePreference, 65535)});
        m_remote.resize(std::min(m_remote.size(), m_config.maxCandidates));
    }
    m_selected.reset();
    m_peerMoved = false;
    m_searched = true;
    m_deadline = now + m_config.patience;
    if (!m_local.empty())
        m_outputs.push_back(SendCandidates{m_local});
}

void HostAgent::handleTimeout(TimePoint now)
{
    if (!m_deadline || now < *m_deadline)
        return;
    m_deadline.reset();
    m_outputs.push_back(PathFailed{});
}

std::optional<PathOutput> HostAgent::poll()
{
    if (m_outputs.empty())
        return std::nullopt;
    PathOutput output = std::move(m_outputs.front());
    m_outputs.pop_front();
    return output;
}

std::optional<TimePoint> HostAgent::nextTimeout() const
{
    return m_deadline;
}

bool HostAgent::isWorthTrying(const TransportAddress &address) const
{
    if (m_local.empty())
        return true;
    const auto ip = IpAddress::parse(address.address.reveal());
    const auto reaches = [&](const Candidate &own) {
        const auto ownIp = IpAddress::parse(own.address.address.reveal());
        return ownIp->family() == ip->family() && (ownIp->isLoopback() || !ip->isLoopback());
    };
    return !holds(m_local, address) && std::ranges::any_of(m_local, reaches);
}

std::vector<TransportAddress> HostAgent::destinations() const
{
    if (m_selected)
        return {*m_selected};
    std::vector<TransportAddress> found;
    for (const Candidate &candidate : m_remote) {
        if (found.size() < m_config.maxDestinations && isWorthTrying(candidate.address))
            found.push_back(candidate.address);
    }
    return found;
}

} // namespace ringlift::ice
