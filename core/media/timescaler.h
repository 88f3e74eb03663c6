#pragma once

#include "core/media/audioframe.h"

namespace ringlift::media {

/// Makes a decoded frame shorter or longer by one pitch period, overlapped and added where the signal repeats itself
/// (time-domain harmonic scaling). Quiet frames, where nothing is to be heard, need no likeness.
class TimeScaler
{
public:
    static constexpr std::size_t kMinLag = 120; // 2.5 ms
    static constexpr std::size_t kMaxLag = 720; // 15 ms

    /// Follows the speaker's level, for what counts as quiet; once for each decoded frame. Real-time.
    void observe(ConstSamples frame);
    /// Nothing is to be heard in it, beside what was observed. Real-time.
    bool isQuiet(ConstSamples frame) const;
    /// Removes at most `most` samples from the first `samples` of room; returns the new count, unchanged when it would
    /// be heard. Real-time.
    std::size_t shorten(Samples room, std::size_t samples, std::size_t most) const;
    /// Adds at most `most` samples; room must hold samples + most. Real-time.
    std::size_t lengthen(Samples room, std::size_t samples, std::size_t most) const;

private:
    struct Match { std::size_t lag = 0; double likeness = 0; };

    static Match bestLag(ConstSamples frame, std::size_t most);

    double m_speechPower = 0;
};

} // namespace ringlift::media
