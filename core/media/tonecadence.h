#pragma once

#include "core/media/audioframe.h"

#include <array>

namespace ringlift::media {

enum class Tone {
    Ring,      // the callee's: two notes for 1 s, 2 s of silence
    Ringback,  // the caller's, as in ITU-T E.180 for Europe: 425 Hz for 1 s, 4 s of silence
    Continued, // the phone network carries on a call that fell silent: two notes for 0.4 s, 4.6 s of silence
    Moved      // a call has moved: two notes for 0.3 s, 4.7 s of silence
};

/// The sound of a tone, again and again. Every burst begins and ends softly.
class ToneCadence
{
public:
    explicit ToneCadence(Tone tone);

    TickFrame next();
    /// The next frame fades out; silence from then on.
    void end() { m_ending = true; }
    /// It has faded out.
    bool isOver() const { return m_over; }

private:
    struct Shape;

    static const Shape &shapeOf(Tone tone);
    double valueAt(std::int64_t sample) const;

    const Shape &m_shape;
    std::int64_t m_sample = 0; // since the burst began
    bool m_ending = false;
    bool m_over = false;
};

} // namespace ringlift::media
