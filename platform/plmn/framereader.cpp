#include "platform/plmn/framereader.h"

#include <algorithm>

namespace ringlift::plmn {

void FrameReader::feed(ByteView bytes)
{
    if (m_dead)
        return;
    m_buffer.erase(m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(m_read));
    m_read = 0;
    m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
}

std::optional<Frame> FrameReader::next()
{
    if (m_dead || waiting().empty())
        return std::nullopt;
    return waiting().front() == kVoiceMark ? nextVoice() : nextLine();
}

Frame FrameReader::dead(std::string reason)
{
    m_dead = true;
    m_buffer.clear();
    m_read = 0;
    return MalformedFrame{std::move(reason), true};
}

std::optional<Frame> FrameReader::nextVoice()
{
    ByteReader reader(waiting());
    reader.u8();
    const auto leg = reader.u32();
    const auto count = reader.u16();
    if (!leg || !count)
        return std::nullopt;
    if (*count == 0 || *count > kMaxSamples)
        return dead("a voice chunk has 1 to 960 samples");
    const auto body = reader.take(std::size_t(*count) * 2);
    if (!body)
        return std::nullopt;
    VoiceChunk chunk{LineCallId{*leg}, std::vector<std::int16_t>(*count)};
    for (std::size_t i = 0; i < chunk.samples.size(); ++i)
        chunk.samples[i] = static_cast<std::int16_t>((*body)[2 * i] | (*body)[2 * i + 1] << 8);
    m_read += kVoiceHeader + body->size();
    return chunk;
}

std::optional<Frame> FrameReader::nextLine()
{
    const ByteView rest = waiting();
    const auto end = std::find(rest.begin(), rest.end(), std::uint8_t('\n'));
    const auto length = static_cast<std::size_t>(end - rest.begin());
    if (length > kMaxLine)
        return dead("a line has at most 16384 bytes");
    if (end == rest.end())
        return std::nullopt;
    m_read += length + 1;
    return TextLine{std::string(textOf(rest.first(length)))};
}

Bytes encodeVoice(LineCallId leg, std::span<const std::int16_t> samples)
{
    const std::size_t count = std::min(samples.size(), FrameReader::kMaxSamples);
    ByteWriter writer;
    writer.u8(FrameReader::kVoiceMark).u32(static_cast<std::uint32_t>(leg)).u16(static_cast<std::uint16_t>(count));
    for (const std::int16_t sample : samples.first(count)) {
        const auto bits = static_cast<std::uint16_t>(sample);
        writer.u8(static_cast<std::uint8_t>(bits & 0xffU)).u8(static_cast<std::uint8_t>(bits >> 8U));
    }
    return writer.take();
}

} // namespace ringlift::plmn
