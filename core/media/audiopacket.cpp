#include "core/media/audiopacket.h"

#include <algorithm>

namespace ringlift::media {

Expected<ByteView, AudioBodyError> opusPacketOf(ByteView body)
{
    if (body.empty())
        return Unexpected(AudioBodyError::Empty);
    if (body.size() > kMaxAudioBody)
        return Unexpected(AudioBodyError::TooLong);
    if (body.front() != static_cast<std::uint8_t>(AudioLayout::SinglePacket))
        return Unexpected(AudioBodyError::UnknownLayout);
    if (body.size() == 1)
        return Unexpected(AudioBodyError::NoPacket);
    return body.subspan(1);
}

bool MediaSlot::assign(std::uint32_t ts, TimePoint arrival, ByteView body)
{
    if (body.size() > kMaxAudioBody)
        return false;
    timestamp = ts;
    arrived = arrival;
    size = static_cast<std::uint16_t>(body.size());
    std::copy(body.begin(), body.end(), bytes.begin());
    return true;
}

} // namespace ringlift::media
