#pragma once

#include "core/base/bytes.h"
#include "core/base/linecall.h"

#include <optional>
#include <variant>

/// The bytes between phones and the virtual network: JSON lines, and voice in binary between them (README.md).
namespace ringlift::plmn {

struct TextLine { std::string text; };
struct VoiceChunk { LineCallId leg{}; std::vector<std::int16_t> samples; };
/// fatal: the end of the message is unknown, so nothing after it can be read.
struct MalformedFrame { std::string reason; bool fatal = false; };

using Frame = std::variant<TextLine, VoiceChunk, MalformedFrame>;

/// Cuts a stream of bytes into frames. Holds one unfinished frame at most.
class FrameReader
{
public:
    static constexpr std::size_t kMaxLine = 16384;
    static constexpr std::size_t kMaxSamples = 960;
    /// First byte of a voice chunk: then leg u32, number of samples u16, both big-endian, and little-endian samples.
    static constexpr std::uint8_t kVoiceMark = 0x56;
    static constexpr std::size_t kVoiceHeader = 7;

    void feed(ByteView bytes);
    /// The next whole frame. After a fatal one there are no more.
    std::optional<Frame> next();

private:
    std::optional<Frame> nextVoice();
    std::optional<Frame> nextLine();
    Frame dead(std::string reason);
    ByteView waiting() const { return ByteView(m_buffer).subspan(m_read); }

    Bytes m_buffer;
    std::size_t m_read = 0;
    bool m_dead = false;
};

/// One voice chunk as sent. At most FrameReader::kMaxSamples samples.
Bytes encodeVoice(LineCallId leg, std::span<const std::int16_t> samples);

} // namespace ringlift::plmn
