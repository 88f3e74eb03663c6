#pragma once

#include "core/base/bytes.h"

#include <memory>

namespace ringlift::crypto {

/// 32 secret bytes in locked memory (see keyarena.h), wiped when released. Moves; copies only by clone().
/// Using a moved-from key ends the process: it must never pass for a key of zeros.
class SecretKey
{
public:
    static constexpr std::size_t kSize = 32;

    /// Zeros, to be filled through writable().
    SecretKey();
    explicit SecretKey(std::span<const std::uint8_t, kSize> bytes);
    SecretKey(SecretKey &&) noexcept;
    SecretKey &operator=(SecretKey &&) noexcept;
    ~SecretKey();

    SecretKey clone() const;
    /// Overwrites the key with zeros at once.
    void wipe();
    std::span<const std::uint8_t, kSize> view() const;
    std::span<std::uint8_t, kSize> writable();

private:
    struct Wipe { void operator()(std::uint8_t *bytes) const; };
    std::unique_ptr<std::uint8_t, Wipe> m_bytes;
};

} // namespace ringlift::crypto
