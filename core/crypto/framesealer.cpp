#include "core/crypto/framesealer.h"

#include "core/crypto/sodium.h"

#include <algorithm>
#include <cassert>

namespace ringlift::crypto {

namespace {

constexpr std::uint8_t kVersionBits = 0x80;
constexpr auto kLastKind = static_cast<std::uint8_t>(PacketKind::Fec);

using Nonce = ByteArray<crypto_aead_chacha20poly1305_ietf_NPUBBYTES>;
using Header = ByteArray<kPacketHeaderSize>;

static_assert(kPacketTagSize == crypto_aead_chacha20poly1305_ietf_ABYTES);

constexpr std::uint64_t epochOf(std::uint64_t counter)
{
    return counter >> EpochChain::kCounterBits;
}

Nonce nonceOf(const ByteArray<12> &salt, std::uint64_t counter)
{
    Nonce nonce = salt;
    for (std::size_t i = 0; i < 6; ++i)
        nonce[11 - i] ^= static_cast<std::uint8_t>(counter >> (8 * i));
    return nonce;
}

Header headerOf(PacketKind kind, std::uint8_t stream, std::uint64_t counter, std::uint32_t timestamp)
{
    Header header{};
    header[0] = kVersionBits | static_cast<std::uint8_t>(kind);
    header[1] = stream;
    for (std::size_t i = 0; i < 6; ++i)
        header[7 - i] = static_cast<std::uint8_t>(counter >> (8 * i));
    for (std::size_t i = 0; i < 4; ++i)
        header[11 - i] = static_cast<std::uint8_t>(timestamp >> (8 * i));
    return header;
}

EpochChain chainAt(const SecretKey &chain0, std::uint64_t epoch)
{
    EpochChain chain(chain0);
    while (chain.epoch() < epoch)
        chain.skip();
    return chain;
}

} // namespace

FrameSealer::FrameSealer(const SecretKey &mediaChain0, std::uint64_t firstCounter)
    : FrameSealer(chainAt(mediaChain0, epochOf(firstCounter)), firstCounter)
{
}

FrameSealer::FrameSealer(EpochChain chain, std::uint64_t firstCounter)
    : m_chain(std::move(chain)), m_keys(m_chain.take()), m_counter(firstCounter)
{
    assert(m_chain.epoch() == epochOf(firstCounter) + 1);
}

Expected<std::size_t, CryptoError> FrameSealer::seal(PacketKind kind, std::uint8_t stream, std::uint32_t timestamp,
                                                     ByteView plaintext, std::span<std::uint8_t> out)
{
    const std::size_t size = kMinPacketSize + plaintext.size();
    if (plaintext.size() > kMaxPlaintextSize || out.size() < size)
        return Unexpected(CryptoError::Length);
    if (m_counter >= kCounterLimit)
        return Unexpected(CryptoError::State);
    if (epochOf(m_counter) == m_chain.epoch())
        m_keys = m_chain.take();
    const Header header = headerOf(kind, stream, m_counter, timestamp);
    std::ranges::copy(header, out.begin());
    crypto_aead_chacha20poly1305_ietf_encrypt(out.data() + kPacketHeaderSize, nullptr, plaintext.data(),
                                              plaintext.size(), header.data(), header.size(), nullptr,
                                              nonceOf(m_keys.salt, m_counter).data(), m_keys.key.view().data());
    ++m_counter;
    return size;
}

FrameOpener::FrameOpener(const SecretKey &mediaChain0) : m_chain(mediaChain0)
{
    m_keys[0] = m_chain.take();
    m_keys[1] = m_chain.take();
}

// The caller has made sure that epoch is within one of m_epoch.
const EpochKeys &FrameOpener::keysOf(std::uint64_t epoch) const
{
    return m_keys[epoch % m_keys.size()];
}

void FrameOpener::advance()
{
    const std::uint64_t arriving = m_chain.epoch();
    m_keys[arriving % m_keys.size()] = m_chain.take();
    ++m_epoch;
}

std::optional<CryptoError> FrameOpener::refusalOf(std::uint64_t counter) const
{
    if (epochOf(counter) > m_epoch + 1)
        return CryptoError::Epoch;
    switch (m_window.check(counter)) {
    case ReplayWindow::Verdict::TooOld: return CryptoError::Old;
    case ReplayWindow::Verdict::Seen: return CryptoError::Replay;
    case ReplayWindow::Verdict::Fresh: break;
    }
    return std::nullopt;
}

Expected<OpenedPacket, CryptoError> FrameOpener::open(ByteView packet)
{
    if (packet.size() < kMinPacketSize || packet.size() > kMaxPacketSize)
        return Unexpected(CryptoError::Length);
    ByteReader reader(packet);
    const std::uint8_t first = *reader.u8();
    if ((first & 0xf0U) != kVersionBits)
        return Unexpected(CryptoError::Version);
    const std::uint8_t kind = first & 0x0fU;
    if (kind > kLastKind)
        return Unexpected(CryptoError::Kind);
    OpenedPacket opened;
    opened.kind = static_cast<PacketKind>(kind);
    opened.stream = *reader.u8();
    opened.counter = *reader.u48();
    opened.timestamp = *reader.u32();
    if (const auto refusal = refusalOf(opened.counter))
        return Unexpected(*refusal);
    const std::uint64_t epoch = epochOf(opened.counter);
    const EpochKeys &keys = keysOf(epoch);
    const ByteView header = packet.first(kPacketHeaderSize);
    if (crypto_aead_chacha20poly1305_ietf_decrypt(m_plaintext.data(), nullptr, nullptr, reader.rest().data(),
                                                  reader.rest().size(), header.data(), header.size(),
                                                  nonceOf(keys.salt, opened.counter).data(), keys.key.view().data())
        != 0)
        return Unexpected(CryptoError::Auth);
    m_window.accept(opened.counter);
    if (epoch > m_epoch)
        advance();
    opened.plaintext = ByteView(m_plaintext).first(packet.size() - kMinPacketSize);
    return opened;
}

} // namespace ringlift::crypto
