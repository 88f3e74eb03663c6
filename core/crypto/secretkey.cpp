#include "core/crypto/secretkey.h"

#include "core/crypto/keyarena.h"
#include "core/crypto/sodium.h"

#include <algorithm>
#include <cstdlib>

namespace ringlift::crypto {

static_assert(SecretKey::kSize == KeyArena::kSlotSize);

void SecretKey::Wipe::operator()(std::uint8_t *bytes) const
{
    KeyArena::instance().release(bytes);
}

SecretKey::SecretKey() : m_bytes(KeyArena::instance().acquire()) { }

SecretKey::SecretKey(std::span<const std::uint8_t, kSize> bytes) : SecretKey()
{
    std::ranges::copy(bytes, m_bytes.get());
}

SecretKey::SecretKey(SecretKey &&) noexcept = default;
SecretKey &SecretKey::operator=(SecretKey &&) noexcept = default;
SecretKey::~SecretKey() = default;

SecretKey SecretKey::clone() const
{
    return SecretKey(view());
}

void SecretKey::wipe()
{
    if (m_bytes)
        sodium_memzero(m_bytes.get(), kSize);
}

std::span<const std::uint8_t, SecretKey::kSize> SecretKey::view() const
{
    if (!m_bytes)
        std::abort();
    return std::span<const std::uint8_t, kSize>(m_bytes.get(), kSize);
}

std::span<std::uint8_t, SecretKey::kSize> SecretKey::writable()
{
    if (!m_bytes)
        std::abort();
    return std::span<std::uint8_t, kSize>(m_bytes.get(), kSize);
}

} // namespace ringlift::crypto
