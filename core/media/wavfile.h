#pragma once

#include "core/base/result.h"
#include "core/media/audioframe.h"

#include <filesystem>
#include <fstream>
#include <vector>

namespace ringlift::media {

/// Sound of a WAV file: 48 kHz, mono, 16 bit PCM. Anything else, or a file whose lengths lie, is an Error that says so.
Result<std::vector<std::int16_t>> parseWav(std::span<const std::uint8_t> bytes);
/// The same from disk; at most an hour.
Result<std::vector<std::int16_t>> readWav(const std::filesystem::path &path);

/// Writes a WAV file of the same kind. The header is kept valid all the time, up to the last second or so, so that a file
/// whose writer was killed can still be played.
class WavWriter
{
public:
    /// Replaces the file.
    static Result<WavWriter> create(const std::filesystem::path &path);
    WavWriter(WavWriter &&other) noexcept;
    WavWriter &operator=(WavWriter &&) = delete;
    ~WavWriter();

    /// False once the disk has refused or the format's 4 GiB are full; what was written stays valid.
    bool write(ConstSamples samples);
    /// Brings file and header up to date.
    void flush();
    /// The same for the last time; called by the destructor too.
    void close();
    std::uint64_t samples() const { return m_samples; }

private:
    explicit WavWriter(std::ofstream file) : m_file(std::move(file)) { }

    std::ofstream m_file;
    std::uint64_t m_samples = 0;
    std::uint64_t m_headerSamples = 0;
};

} // namespace ringlift::media
