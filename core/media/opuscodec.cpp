#include "core/media/opuscodec.h"

#include <opus/opus.h>

#include <algorithm>
#include <array>

namespace ringlift::media {

namespace {

constexpr int kMinBitrate = 6000;
constexpr int kMaxBitrate = 128000;
constexpr int kMaxComplexity = 10;
// Opus takes the more from a frame for its predecessor the more loss it is told of. Measured at 32 kbit/s: with 5 to 20 %
// of loss, being told of 2 % is best.
constexpr int kMostLossToTell = 2;
constexpr int kPacketsPerSecond = kSampleRate / static_cast<int>(kFrameSamples);
constexpr std::size_t kMaxOpusPacket = 1275;
constexpr std::size_t kMaxFramesPerPacket = 48;

EncoderSettings clamped(EncoderSettings settings)
{
    settings.bitrate = std::clamp(settings.bitrate, kMinBitrate, kMaxBitrate);
    settings.complexity = std::clamp(settings.complexity, 0, kMaxComplexity);
    settings.expectedLossPercent = std::clamp(settings.expectedLossPercent, 0, 100);
    return settings;
}

/// The first frame of a well-formed packet, and how many there are; none when the packet is malformed.
struct ParsedPacket { int frames = 0; ByteView first; };

ParsedPacket parse(ByteView packet)
{
    if (packet.empty() || packet.size() > kMaxOpusPacket)
        return {};
    std::array<const unsigned char *, kMaxFramesPerPacket> frames{};
    std::array<opus_int16, kMaxFramesPerPacket> sizes{};
    const int count = opus_packet_parse(packet.data(), static_cast<opus_int32>(packet.size()), nullptr, frames.data(), sizes.data(), nullptr);
    if (count <= 0)
        return {};
    return {count, ByteView(frames[0], static_cast<std::size_t>(sizes[0]))};
}

bool isWholeTicks(std::size_t samples)
{
    return samples > 0 && samples <= Decoder::kMaxSamples && samples % kTickSamples == 0;
}

} // namespace

void Encoder::Free::operator()(::OpusEncoder *encoder) const
{
    opus_encoder_destroy(encoder);
}

Encoder::Encoder(const EncoderSettings &settings)
{
    int error = OPUS_OK;
    m_encoder.reset(opus_encoder_create(kSampleRate, 1, OPUS_APPLICATION_VOIP, &error));
    if (!m_encoder)
        return;
    opus_encoder_ctl(m_encoder.get(), OPUS_SET_VBR(0));
    opus_encoder_ctl(m_encoder.get(), OPUS_SET_DTX(0));
    opus_encoder_ctl(m_encoder.get(), OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
    opus_encoder_ctl(m_encoder.get(), OPUS_SET_LSB_DEPTH(16));
    apply(settings);
}

Encoder::~Encoder() = default;
Encoder::Encoder(Encoder &&) noexcept = default;
Encoder &Encoder::operator=(Encoder &&) noexcept = default;

void Encoder::apply(const EncoderSettings &settings)
{
    m_settings = clamped(settings);
    if (!m_encoder)
        return;
    opus_encoder_ctl(m_encoder.get(), OPUS_SET_BITRATE(m_settings.bitrate));
    opus_encoder_ctl(m_encoder.get(), OPUS_SET_COMPLEXITY(m_settings.complexity));
    opus_encoder_ctl(m_encoder.get(), OPUS_SET_INBAND_FEC(m_settings.fec ? 1 : 0));
    opus_encoder_ctl(m_encoder.get(), OPUS_SET_PACKET_LOSS_PERC(std::min(m_settings.expectedLossPercent, kMostLossToTell)));
}

std::size_t Encoder::packetSize() const
{
    return static_cast<std::size_t>(m_settings.bitrate / 8 / kPacketsPerSecond);
}

std::size_t Encoder::encode(std::span<const std::int16_t, kFrameSamples> frame, std::span<std::uint8_t> out)
{
    const std::size_t size = packetSize();
    if (!m_encoder || out.size() < size)
        return 0;
    const auto limit = static_cast<opus_int32>(size);
    const opus_int32 written = opus_encode(m_encoder.get(), frame.data(), static_cast<int>(frame.size()), out.data(), limit);
    if (written <= 0)
        return 0;
    // CBR already pads; this guards the promise whatever library is linked.
    if (written < limit && opus_packet_pad(out.data(), written, limit) != OPUS_OK)
        return 0;
    return size;
}

void Decoder::Free::operator()(::OpusDecoder *decoder) const
{
    opus_decoder_destroy(decoder);
}

Decoder::Decoder()
{
    int error = OPUS_OK;
    m_decoder.reset(opus_decoder_create(kSampleRate, 1, &error));
}

Decoder::~Decoder() = default;
Decoder::Decoder(Decoder &&) noexcept = default;
Decoder &Decoder::operator=(Decoder &&) noexcept = default;

std::size_t Decoder::samplesOf(ByteView packet)
{
    const ParsedPacket parsed = parse(packet);
    if (parsed.frames == 0)
        return 0;
    const auto perFrame = static_cast<std::size_t>(opus_packet_get_samples_per_frame(packet.data(), kSampleRate));
    const std::size_t samples = perFrame * static_cast<std::size_t>(parsed.frames);
    return isWholeTicks(samples) ? samples : 0;
}

bool Decoder::carriesPrevious(ByteView packet)
{
    const ParsedPacket parsed = parse(packet);
    constexpr std::uint8_t kFirstCeltConfig = 16;
    if (parsed.frames == 0 || parsed.first.empty() || packet[0] >> 3U >= kFirstCeltConfig)
        return false;
    // The SILK header opens with one VAD bit for each 20 ms and one LBRR bit, a channel at a time (RFC 6716 section 4.2.3).
    const int perFrame = opus_packet_get_samples_per_frame(packet.data(), kSampleRate);
    const auto vadBits = static_cast<unsigned>(std::max(1, perFrame / static_cast<int>(kFrameSamples)));
    const unsigned header = parsed.first[0];
    const bool mid = (header >> (7U - vadBits)) & 1U;
    const bool stereo = opus_packet_get_nb_channels(packet.data()) == 2;
    return mid || (stereo && ((header >> (6U - 2 * vadBits)) & 1U));
}

std::size_t Decoder::decode(ByteView packet, Samples out)
{
    const std::size_t expected = samplesOf(packet);
    if (!m_decoder || expected == 0 || out.size() < expected)
        return 0;
    const int samples = opus_decode(m_decoder.get(), packet.data(), static_cast<opus_int32>(packet.size()), out.data(), static_cast<int>(expected), 0);
    return samples > 0 ? static_cast<std::size_t>(samples) : 0;
}

std::size_t Decoder::recover(ByteView next, Samples out)
{
    if (!m_decoder || !isWholeTicks(out.size()) || samplesOf(next) == 0)
        return 0;
    const int samples = opus_decode(m_decoder.get(), next.data(), static_cast<opus_int32>(next.size()), out.data(), static_cast<int>(out.size()), 1);
    return samples > 0 ? static_cast<std::size_t>(samples) : 0;
}

std::size_t Decoder::conceal(Samples out)
{
    if (!m_decoder || !isWholeTicks(out.size()))
        return 0;
    const int samples = opus_decode(m_decoder.get(), nullptr, 0, out.data(), static_cast<int>(out.size()), 0);
    return samples > 0 ? static_cast<std::size_t>(samples) : 0;
}

} // namespace ringlift::media
