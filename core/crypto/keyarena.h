#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

namespace ringlift::crypto {

/// Hands out 32-byte slots of locked memory. Internal; SecretKey is its only user.
///
/// sodium_malloc costs five system calls and four pages a key, far too much for keys that live for one packet or one
/// epoch. The arena takes whole slabs from sodium_malloc (guard pages, canary, not dumped, locked as far as
/// RLIMIT_MEMLOCK allows: beyond it the slab is used unlocked) and never returns them.
class KeyArena
{
public:
    static constexpr std::size_t kSlotSize = 32;
    static constexpr std::size_t kSlotsPerSlab = 512;

    /// Never destroyed, so that keys with static lifetime can still be released.
    static KeyArena &instance();

    /// A slot of zeros. Throws std::bad_alloc when the system is out of memory.
    std::uint8_t *acquire();
    /// Wipes the slot and takes it back.
    void release(std::uint8_t *slot) noexcept;

private:
    KeyArena() = default;
    void addSlab();

    std::mutex m_mutex;
    std::vector<std::uint8_t *> m_free;
    std::size_t m_slots = 0;
};

} // namespace ringlift::crypto
