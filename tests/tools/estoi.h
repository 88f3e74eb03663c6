#pragma once

#include "core/base/result.h"
#include "core/media/audioframe.h"

/// How intelligible degraded speech is beside its original: ESTOI (Jensen and Taal, "An Algorithm for Predicting the
/// Intelligibility of Speech Masked by Modulated Noise Maskers", IEEE/ACM TASLP 24(11), 2016), our own implementation.
namespace ringlift::estoi {

struct Options
{
    /// Find the one delay of the whole recording; otherwise both begin together.
    bool align = true;
    /// Then each segment of 384 ms may be off by so much more: playout delay changes within a call.
    Duration realign = std::chrono::milliseconds(80);
};

struct Comparison
{
    double estoi = 0; // 1: as the original
    /// Of the degraded recording; negative when it starts later than the original.
    double delayMs = 0;
    /// Length of the original that the recording covers, silence left out.
    double speechSeconds = 0;
};

/// Both 48 kHz mono. What of the original lies before the recording's beginning or after its end is left out. An Error
/// when less than half a second of speech is common to both.
Result<Comparison> compare(media::ConstSamples original, media::ConstSamples degraded, const Options &options = {});

} // namespace ringlift::estoi
