#include "core/media/wavfile.h"

#include <array>
#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace ringlift::media {

namespace {

constexpr std::size_t kHeaderSize = 44;
constexpr std::size_t kRiffHeaderSize = 12;
constexpr std::size_t kChunkHeaderSize = 8;
constexpr std::uint16_t kFormatPcm = 1;
constexpr std::uint16_t kFormatExtensible = 0xFFFE;
constexpr std::size_t kMinFormatSize = 16;
constexpr std::size_t kExtensibleSize = 40;
constexpr std::uint64_t kMaxSamples = (std::numeric_limits<std::uint32_t>::max() - kHeaderSize) / 2;
constexpr std::uintmax_t kMaxFileSize = std::uintmax_t{3600} * kSampleRate * 2 + 65536;
constexpr std::uint64_t kHeaderEvery = kSampleRate; // samples

// KSDATAFORMAT_SUBTYPE_PCM after its first two bytes, which are the format code.
constexpr std::array<std::uint8_t, 14> kPcmGuidTail{0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71};

using View = std::span<const std::uint8_t>;

std::uint32_t little(View bytes, std::size_t at, std::size_t width)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < width; ++i)
        value |= std::uint32_t{bytes[at + i]} << (8U * i);
    return value;
}

bool tagIs(View bytes, std::string_view tag)
{
    for (std::size_t i = 0; i < tag.size(); ++i) {
        if (bytes[i] != static_cast<std::uint8_t>(tag[i]))
            return false;
    }
    return true;
}

bool isPcm(View format)
{
    const std::uint32_t code = little(format, 0, 2);
    if (code == kFormatPcm)
        return true;
    if (code != kFormatExtensible || format.size() < kExtensibleSize || little(format, 24, 2) != kFormatPcm)
        return false;
    return std::equal(kPcmGuidTail.begin(), kPcmGuidTail.end(), format.begin() + 26);
}

Result<void> checkFormat(View format)
{
    if (format.size() < kMinFormatSize)
        return failure("WAV: the format chunk is too short");
    if (!isPcm(format))
        return failure("WAV: not PCM");
    if (little(format, 2, 2) != 1)
        return failure("WAV: " + std::to_string(little(format, 2, 2)) + " channels; it must be mono");
    if (little(format, 4, 4) != kSampleRate)
        return failure("WAV: " + std::to_string(little(format, 4, 4)) + " Hz; it must be 48000 Hz");
    if (little(format, 14, 2) != 16 || little(format, 12, 2) != 2)
        return failure("WAV: " + std::to_string(little(format, 14, 2)) + " bits a sample; it must be 16");
    return {};
}

std::vector<std::int16_t> samplesOf(View data)
{
    std::vector<std::int16_t> samples(data.size() / 2);
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<std::int16_t>(static_cast<std::uint16_t>(little(data, 2 * i, 2)));
    return samples;
}

void put(std::array<char, kHeaderSize> &header, std::size_t at, std::uint32_t value, std::size_t width)
{
    for (std::size_t i = 0; i < width; ++i)
        header[at + i] = static_cast<char>(static_cast<unsigned char>(value >> (8U * i)));
}

std::array<char, kHeaderSize> headerFor(std::uint64_t samples)
{
    std::array<char, kHeaderSize> header{};
    const auto text = [&](std::size_t at, std::string_view tag) { std::copy(tag.begin(), tag.end(), header.begin() + static_cast<std::ptrdiff_t>(at)); };
    const auto dataSize = static_cast<std::uint32_t>(2 * samples);
    text(0, "RIFF");
    put(header, 4, dataSize + kHeaderSize - kChunkHeaderSize, 4);
    text(8, "WAVEfmt ");
    put(header, 16, kMinFormatSize, 4);
    put(header, 20, kFormatPcm, 2);
    put(header, 22, 1, 2);
    put(header, 24, kSampleRate, 4);
    put(header, 28, kSampleRate * 2, 4);
    put(header, 32, 2, 2);
    put(header, 34, 16, 2);
    text(36, "data");
    put(header, 40, dataSize, 4);
    return header;
}

} // namespace

Result<std::vector<std::int16_t>> parseWav(std::span<const std::uint8_t> bytes)
{
    if (bytes.size() < kRiffHeaderSize || !tagIs(bytes, "RIFF") || !tagIs(bytes.subspan(8), "WAVE"))
        return failure("not a WAV file");
    bool formatSeen = false;
    View rest = bytes.subspan(kRiffHeaderSize);
    while (rest.size() >= kChunkHeaderSize) {
        const std::size_t size = little(rest, 4, 4);
        if (size > rest.size() - kChunkHeaderSize)
            return failure("WAV: truncated, or a chunk longer than the file");
        const View body = rest.subspan(kChunkHeaderSize, size);
        if (tagIs(rest, "fmt ")) {
            if (const auto checked = checkFormat(body); !checked)
                return Unexpected(checked.error());
            formatSeen = true;
        } else if (tagIs(rest, "data")) {
            if (!formatSeen)
                return failure("WAV: data before its format");
            if (size % 2 != 0)
                return failure("WAV: half a sample at the end");
            return samplesOf(body);
        }
        const std::size_t padded = std::min(size + size % 2, rest.size() - kChunkHeaderSize);
        rest = rest.subspan(kChunkHeaderSize + padded);
    }
    return failure("WAV: truncated, no sound in it");
}

Result<std::vector<std::int16_t>> readWav(const std::filesystem::path &path)
{
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    if (error)
        return failure("cannot read the WAV file: " + error.message());
    if (size > kMaxFileSize)
        return failure("WAV: longer than an hour");
    std::vector<std::uint8_t> bytes(size);
    std::ifstream file(path, std::ios::binary);
    // The one cast that reading bytes by streams needs.
    if (!file.read(reinterpret_cast<char *>(bytes.data()), static_cast<std::streamsize>(size)))
        return failure("cannot read the WAV file");
    return parseWav(bytes);
}

Result<WavWriter> WavWriter::create(const std::filesystem::path &path)
{
    WavWriter writer(std::ofstream(path, std::ios::binary | std::ios::trunc));
    const auto header = headerFor(0);
    writer.m_file.write(header.data(), header.size());
    writer.m_file.flush();
    if (!writer.m_file)
        return failure("cannot write the WAV file");
    return writer;
}

WavWriter::WavWriter(WavWriter &&other) noexcept
    : m_file(std::move(other.m_file)), m_samples(other.m_samples), m_headerSamples(other.m_headerSamples)
{
}

WavWriter::~WavWriter()
{
    close();
}

bool WavWriter::write(ConstSamples samples)
{
    if (!m_file.is_open() || m_samples + samples.size() > kMaxSamples)
        return false;
    for (const std::int16_t sample : samples) {
        const auto bits = static_cast<std::uint16_t>(sample);
        m_file.put(static_cast<char>(static_cast<unsigned char>(bits)));
        m_file.put(static_cast<char>(static_cast<unsigned char>(bits >> 8U)));
    }
    if (!m_file)
        return false;
    m_samples += samples.size();
    if (m_samples - m_headerSamples >= kHeaderEvery)
        flush();
    return true;
}

void WavWriter::flush()
{
    if (!m_file.is_open())
        return;
    const auto header = headerFor(m_samples);
    m_file.seekp(0);
    m_file.write(header.data(), header.size());
    m_file.seekp(0, std::ios::end);
    m_file.flush();
    m_headerSamples = m_samples;
}

void WavWriter::close()
{
    if (!m_file.is_open())
        return;
    flush();
    m_file.close();
}

} // namespace ringlift::media
