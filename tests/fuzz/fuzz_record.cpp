#include "core/engine/recordcodec.h"
#include "tests/fuzz/fuzzing.h"

using namespace ringlift;
using namespace ringlift::engine;

namespace {

template<typename Record>
void survivesTheWayBack(const std::optional<Record> &record, std::optional<Record> decode(ByteView))
{
    if (!record)
        return;
    const Bytes bytes = encodeRecord(*record);
    const auto again = decode(bytes);
    fuzz::require(again && encodeRecord(*again) == bytes);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView bytes(data, size);
    survivesTheWayBack(decodeAccount(bytes), decodeAccount);
    survivesTheWayBack(decodePin(bytes), decodePin);
    survivesTheWayBack(decodeSettings(bytes), decodeSettings);
    survivesTheWayBack(decodeReleased(bytes), decodeReleased);
    survivesTheWayBack(decodeCallRecord(bytes), decodeCallRecord);
    return 0;
}
