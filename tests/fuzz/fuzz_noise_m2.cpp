#include "tests/fuzz/fuzzing.h"
#include "tests/fuzz/noisepeers.h"

using namespace ringlift;
using namespace ringlift::crypto;
using fuzz::require;

namespace {

NoiseMessage genuineAnswer(const fuzz::NoisePeers &peers)
{
    CalleeHandshake callee = peers.callee();
    CallerHandshake caller = peers.caller();
    return caller.answer(*callee.writeMessage1())->message2;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const fuzz::NoisePeers peers;
    static const NoiseMessage genuine = genuineAnswer(peers);
    const ByteView message2(data, size);
    CalleeHandshake callee = peers.callee();
    require(callee.writeMessage1().has_value());
    const auto keys = callee.readMessage2(message2);
    require(keys.has_value() == std::ranges::equal(genuine, message2));
    require(keys || (size == std::tuple_size_v<NoiseMessage>) == (keys.error() != CryptoError::Length));
    const auto second = callee.readMessage2(message2);
    require(!second && second.error() == CryptoError::State);
    return 0;
}
