#pragma once

#include "core/base/bytes.h"
#include "core/media/audioframe.h"

#include <memory>

struct OpusDecoder;
struct OpusEncoder;

namespace ringlift::media {

struct EncoderSettings
{
    int bitrate = 32000; // bit/s, 6000 to 128000
    int complexity = 9;  // 0 to 10
    /// In-band redundancy (LBRR), as soon as there is loss to expect: at a constant rate it costs clarity (ESTOI of
    /// clean speech at 32 kbit/s: 0.986 without, 0.977 with).
    bool fec = true;
    int expectedLossPercent = 0;
    bool operator==(const EncoderSettings &) const = default;
};

/// Speech to Opus packets of 20 ms, all of one size at one setting: packet sizes leak speech (protocol.md D11).
class Encoder
{
public:
    explicit Encoder(const EncoderSettings &settings = {});
    ~Encoder();
    Encoder(Encoder &&) noexcept;
    Encoder &operator=(Encoder &&) noexcept;

    const EncoderSettings &settings() const { return m_settings; }
    /// Takes effect with the next packet; values out of range are clamped. Real-time.
    void apply(const EncoderSettings &settings);
    /// Bytes of every packet at the present settings. Real-time.
    std::size_t packetSize() const;
    /// Writes exactly packetSize() bytes and returns that; 0 when out is smaller or the codec failed. Real-time.
    std::size_t encode(std::span<const std::int16_t, kFrameSamples> frame, std::span<std::uint8_t> out);

private:
    struct Free { void operator()(::OpusEncoder *encoder) const; };

    std::unique_ptr<::OpusEncoder, Free> m_encoder;
    EncoderSettings m_settings;
};

/// Opus packets from the network to speech. Any bytes are safe to give it.
class Decoder
{
public:
    /// Longest packet that is accepted: 60 ms.
    static constexpr std::size_t kMaxSamples = 2880;

    Decoder();
    ~Decoder();
    Decoder(Decoder &&) noexcept;
    Decoder &operator=(Decoder &&) noexcept;

    /// Samples of a well-formed packet of 10, 20, 40 or 60 ms; 0 for anything else. Real-time.
    static std::size_t samplesOf(ByteView packet);
    /// Whether the packet really carries the frame before it (RFC 6716 section 4.2.4); without that, recovery
    /// would be concealment in disguise. Real-time.
    static bool carriesPrevious(ByteView packet);

    /// Returns how many samples were written; 0 when the packet is refused or out too small. Real-time.
    std::size_t decode(ByteView packet, Samples out);
    /// Fills out, a multiple of 10 ms, with the frame that went before this packet. Real-time.
    std::size_t recover(ByteView next, Samples out);
    /// Fills out, a multiple of 10 ms, with concealment. Real-time.
    std::size_t conceal(Samples out);

private:
    struct Free { void operator()(::OpusDecoder *decoder) const; };

    std::unique_ptr<::OpusDecoder, Free> m_decoder;
};

} // namespace ringlift::media
