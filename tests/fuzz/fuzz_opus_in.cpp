#include "core/media/receivepipeline.h"
#include "tests/fuzz/fuzzing.h"

#include <memory>

using namespace ringlift;
using namespace ringlift::media;
using fuzz::require;

namespace {

// Bounds the work of one input: two seconds of sound.
constexpr int kMaxTicks = 200;

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Script script(ByteView(data, size));
    const auto pipeline = std::make_unique<ReceivePipeline>();
    TimePoint now{};
    std::uint32_t timestamp = 0;
    std::uint64_t put = 0;
    int ticks = 0;
    TickFrame frame{};
    while (!script.atEnd() && ticks < kMaxTicks) {
        const std::uint8_t step = script.u8();
        if ((step & 1U) != 0) { // a jump of the sender's clock
            timestamp += script.u32();
        } else {
            timestamp += kFrameSamples;
        }
        pipeline->put(timestamp, now, script.block());
        ++put;
        for (std::uint8_t i = step >> 5U; i > 0; --i, ++ticks) {
            now += kTick;
            pipeline->take(now, frame);
        }
    }
    for (int i = 0; i < 20; ++i) {
        now += kTick;
        pipeline->take(now, frame);
    }
    const ReceiveStats stats = pipeline->stats();
    require(stats.malformed + stats.network.received + stats.network.duplicates + stats.network.late +
                stats.network.refused >=
            put);
    require(stats.target >= Duration::zero() && stats.target <= std::chrono::seconds(2));
    return 0;
}
