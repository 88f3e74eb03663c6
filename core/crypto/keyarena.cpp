#include "core/crypto/keyarena.h"

#include "core/crypto/sodium.h"

#include <new>

namespace ringlift::crypto {

KeyArena &KeyArena::instance()
{
    static KeyArena &arena = *new KeyArena;
    return arena;
}

std::uint8_t *KeyArena::acquire()
{
    const std::scoped_lock lock(m_mutex);
    if (m_free.empty())
        addSlab();
    std::uint8_t *const slot = m_free.back();
    m_free.pop_back();
    return slot;
}

void KeyArena::release(std::uint8_t *slot) noexcept
{
    sodium_memzero(slot, kSlotSize);
    const std::scoped_lock lock(m_mutex);
    m_free.push_back(slot); // within the capacity that addSlab() reserved
}

void KeyArena::addSlab()
{
    ensureSodium();
    m_free.reserve(m_slots + kSlotsPerSlab);
    auto *const slab = static_cast<std::uint8_t *>(sodium_malloc(kSlotSize * kSlotsPerSlab));
    if (slab == nullptr)
        throw std::bad_alloc();
    sodium_memzero(slab, kSlotSize * kSlotsPerSlab);
    m_slots += kSlotsPerSlab;
    for (std::size_t i = kSlotsPerSlab; i-- > 0;)
        m_free.push_back(slab + i * kSlotSize);
}

} // namespace ringlift::crypto
