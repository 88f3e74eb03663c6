#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/base/time.h"

/// The plaintext of an audio packet: layout u8 followed by the layout's body (protocol.md 3.7).
namespace ringlift::media {

/// Layout byte and body together.
inline constexpr std::size_t kMaxAudioBody = 1172;

enum class AudioLayout : std::uint8_t { SinglePacket = 0 };

enum class AudioBodyError { Empty, TooLong, UnknownLayout, NoPacket };

/// The Opus packet inside a body of layout 0; a view into the body.
Expected<ByteView, AudioBodyError> opusPacketOf(ByteView body);

/// One audio body on its way between the call thread and the media thread.
struct MediaSlot
{
    std::uint32_t timestamp = 0; // 48 kHz
    TimePoint arrived;
    std::uint16_t size = 0;
    std::array<std::uint8_t, 1180> bytes{};

    ByteView body() const { return ByteView(bytes).first(size); }
    /// False, with the slot unchanged, when the body is longer than kMaxAudioBody. Real-time.
    bool assign(std::uint32_t ts, TimePoint arrival, ByteView body);
};
static_assert(kMaxAudioBody <= sizeof(MediaSlot::bytes));

} // namespace ringlift::media
