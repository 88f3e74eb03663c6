#include "core/media/wavfile.h"
#include "tests/fuzz/fuzzing.h"

using namespace ringlift;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto samples = media::parseWav({data, size});
    fuzz::require(samples ? samples->size() * 2 <= size : !samples.error().message.empty());
    return 0;
}
