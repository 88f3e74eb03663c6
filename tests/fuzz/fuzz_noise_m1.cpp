#include "tests/fuzz/fuzzing.h"
#include "tests/fuzz/noisepeers.h"

using namespace ringlift;
using namespace ringlift::crypto;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const fuzz::NoisePeers peers;
    const ByteView message1(data, size);
    CallerHandshake caller = peers.caller();
    const auto answer = caller.answer(message1);
    // One shot, also after a failure.
    const auto second = caller.answer(message1);
    require(!second && second.error() == CryptoError::State);
    if (!answer) {
        require(size == std::tuple_size_v<NoiseMessage> || answer.error() == CryptoError::Length);
        return 0;
    }
    // Only the callee can have made it: here with the one ephemeral key that it has.
    CalleeHandshake callee = peers.callee();
    const auto genuine = callee.writeMessage1();
    require(genuine && std::ranges::equal(*genuine, message1));
    const auto keys = callee.readMessage2(answer->message2);
    require(keys && keys->sas == answer->keys.sas && keys->handshakeHash == answer->keys.handshakeHash);
    return 0;
}
