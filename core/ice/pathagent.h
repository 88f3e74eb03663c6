#pragma once

#include "core/base/bytes.h"
#include "core/base/time.h"
#include "core/ice/candidate.h"

#include <variant>

/// Finds and keeps the path between the two phones. The interface that the full ICE agent implements too.
namespace ringlift::ice {

// Inputs
struct LocalCandidates { std::vector<Candidate> candidates; };
struct RemoteCandidates { std::vector<Candidate> candidates; };
/// A datagram that is not one of our media packets (RFC 7983 demultiplexing), such as STUN.
struct Datagram { TransportAddress from; ByteView bytes; };
/// A media packet from this address was authentic.
struct AuthenticFrom { TransportAddress from; };
/// The path went silent or the network changed: look for another one.
struct Restart { };
using PathInput = std::variant<LocalCandidates, RemoteCandidates, Datagram, AuthenticFrom, Restart>;

// Outputs
/// To the peer, by sealed signalling.
struct SendCandidates { std::vector<Candidate> candidates; };
struct SendDatagram { TransportAddress to; Bytes bytes; };
/// Media goes here from now on.
struct PathSelected { TransportAddress to; };
struct PathFailed { };
using PathOutput = std::variant<SendCandidates, SendDatagram, PathSelected, PathFailed>;

class PathAgent
{
public:
    virtual ~PathAgent() = default;
    virtual void handle(TimePoint now, const PathInput &input) = 0;
    virtual void handleTimeout(TimePoint now) = 0;
    virtual std::optional<PathOutput> poll() = 0;
    virtual std::optional<TimePoint> nextTimeout() const = 0;
    /// Where media packets go now: the selected path, or all addresses worth trying while none is selected.
    virtual std::vector<TransportAddress> destinations() const = 0;
};

} // namespace ringlift::ice
