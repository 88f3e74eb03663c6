#include "core/call/candidatecodec.h"
#include "core/call/capabilities.h"
#include "core/ice/hostagent.h"
#include "tests/fuzz/fuzzing.h"

using namespace ringlift;
using fuzz::require;

namespace {

void tryPath(const std::vector<ice::Candidate> &candidates)
{
    const ice::HostAgentConfig config;
    ice::HostAgent agent(config);
    const ice::Candidate own{{Redacted<std::string>("192.0.2.1"), 5000}, ice::CandidateType::Host, 1};
    agent.handle({}, ice::LocalCandidates{{own}});
    agent.handle({}, ice::RemoteCandidates{candidates});
    require(agent.destinations().size() <= config.maxDestinations);
    require(std::ranges::count(agent.destinations(), own.address) == 0);
    if (!candidates.empty())
        agent.handle({}, ice::AuthenticFrom{candidates.back().address});
    require(agent.destinations().size() <= config.maxDestinations);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView bytes(data, size);
    if (const auto candidates = call::decodeCandidates(bytes)) {
        require(candidates->size() <= call::kMaxCandidates);
        const Bytes again = call::encodeCandidates(*candidates);
        require(again.size() % 256 == 0 && call::decodeCandidates(again) == candidates);
        tryPath(*candidates);
    }
    if (const auto capabilities = call::decodeCapabilities(bytes)) {
        require(call::decodeCapabilities(call::encode(*capabilities)) == capabilities);
        call::commonSuite(*capabilities, {});
    }
    return 0;
}
