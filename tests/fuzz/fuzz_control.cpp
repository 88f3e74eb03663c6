#include "core/call/controlchannel.h"
#include "tests/fuzz/fuzzing.h"

using namespace ringlift;
using namespace ringlift::call;
using fuzz::require;

namespace {

void survivesTheWayBack(const ControlMessage &message)
{
    const ControlBytes bytes = encode(message);
    require(bytes[0] == typeOf(message));
    require(decodeControl(bytes) == message);
}

/// How many packets the channel wants sent.
std::size_t drain(ControlChannel &channel)
{
    std::size_t packets = 0;
    for (; channel.poll(); ++packets) {
    }
    while (channel.takeGivenUp()) {
    }
    return packets;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    decodeControl(ByteView(data, size)); // any length
    fuzz::Script script(ByteView(data, size));
    const ControlChannelConfig config;
    ControlChannel channel(config);
    TimePoint now{};
    while (!script.atEnd()) {
        const std::uint8_t step = script.u8();
        const auto message = decodeControl(script.take(kControlSize));
        if (message) {
            survivesTheWayBack(*message);
            if ((step & 1U) != 0)
                channel.send(now, *message);
            else
                require(!channel.received(now, *message) || typeOf(*message) != typeOf(Ack{}));
        }
        now += std::chrono::milliseconds(step);
        channel.handleTimeout(now);
        require(!channel.nextTimeout() || *channel.nextTimeout() > now);
        require(drain(channel) <= config.maxPending + 2);
    }
    channel.handleTimeout(now + config.giveUpAfter);
    require(channel.idle() && !channel.nextTimeout());
    return 0;
}
