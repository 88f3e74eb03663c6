#pragma once

#include "core/crypto/epochchain.h"
#include "core/crypto/identity.h"
#include "core/crypto/replaywindow.h"

#include <array>

/// Media and control packets of protocol.md 3.7.
namespace ringlift::crypto {

enum class PacketKind : std::uint8_t { Audio = 0, Control = 1, Probe = 2, Video = 3, Fec = 4 };

inline constexpr std::size_t kPacketHeaderSize = 12;
inline constexpr std::size_t kPacketTagSize = 16;
inline constexpr std::size_t kMinPacketSize = kPacketHeaderSize + kPacketTagSize;
inline constexpr std::size_t kMaxPacketSize = 1200;
inline constexpr std::size_t kMaxPlaintextSize = kMaxPacketSize - kMinPacketSize;
/// The first counter that is never sent.
inline constexpr std::uint64_t kCounterLimit = (std::uint64_t(1) << 48U) - 1;

/// Seals every packet of one direction of one call; the only owner of its counter. Never copied.
class FrameSealer
{
public:
    /// Costs one hash for every epoch before firstCounter.
    explicit FrameSealer(const SecretKey &mediaChain0, std::uint64_t firstCounter = 0);
    /// Continues where a chain stands; firstCounter must be of chain.epoch().
    FrameSealer(EpochChain chain, std::uint64_t firstCounter);
    FrameSealer(FrameSealer &&) noexcept = default;
    FrameSealer &operator=(FrameSealer &&) noexcept = default;
    ~FrameSealer() = default;

    /// Writes header, ciphertext and tag to out and returns the packet's size; ERR_LENGTH when plaintext is longer
    /// than kMaxPlaintextSize or out too small, ERR_STATE when the counter is used up. An error uses no counter.
    Expected<std::size_t, CryptoError> seal(PacketKind kind, std::uint8_t stream, std::uint32_t timestamp,
                                            ByteView plaintext, std::span<std::uint8_t> out);
    std::uint64_t nextCounter() const { return m_counter; }

private:
    EpochChain m_chain;
    EpochKeys m_keys;
    std::uint64_t m_counter = 0;
};

struct OpenedPacket
{
    PacketKind kind = PacketKind::Audio;
    std::uint8_t stream = 0;
    std::uint64_t counter = 0;
    std::uint32_t timestamp = 0;
    /// Inside the opener's buffer; valid until the next open().
    ByteView plaintext;
};

/// Opens packets of one direction; changes no state unless the packet is authentic.
class FrameOpener
{
public:
    explicit FrameOpener(const SecretKey &mediaChain0);
    /// Checks in this order: ERR_LENGTH, ERR_VERSION, ERR_KIND, ERR_EPOCH, ERR_OLD, ERR_REPLAY, ERR_AUTH.
    Expected<OpenedPacket, CryptoError> open(ByteView packet);

private:
    std::optional<CryptoError> refusalOf(std::uint64_t counter) const;
    const EpochKeys &keysOf(std::uint64_t epoch) const;
    void advance();

    EpochChain m_chain;
    /// Of epoch e at e % 3: those of the epoch before the current one, of the current one and of the one after it.
    std::array<EpochKeys, 3> m_keys;
    std::uint64_t m_epoch = 0;
    ReplayWindow m_window;
    ByteArray<kMaxPlaintextSize> m_plaintext{};
};

} // namespace ringlift::crypto
