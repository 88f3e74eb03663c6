#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <type_traits>

namespace ringlift::media {

/// A queue between exactly one producing and one consuming thread: no lock, no allocation after construction. Capacity
/// slots, all of them usable.
template<typename T, std::size_t Capacity>
class RingBuffer
{
    static_assert(Capacity > 0 && (Capacity & (Capacity - 1)) == 0, "a power of two");
    static_assert(std::is_trivially_copyable_v<T>);

public:
    /// Producer. False when full; nothing is written then. Real-time.
    bool push(const T &value)
    {
        T *slot = beginPush();
        if (!slot)
            return false;
        *slot = value;
        endPush();
        return true;
    }

    /// Consumer. False when empty. Real-time.
    bool pop(T &value)
    {
        const T *slot = front();
        if (!slot)
            return false;
        value = *slot;
        drop();
        return true;
    }

    /// Producer: the slot to fill in place before endPush(), or null when full. Real-time.
    T *beginPush()
    {
        const std::size_t write = m_write.load(std::memory_order_relaxed);
        if (write - m_readSeen == Capacity) {
            m_readSeen = m_read.load(std::memory_order_acquire);
            if (write - m_readSeen == Capacity)
                return nullptr;
        }
        return &m_slots[write % Capacity];
    }
    void endPush() { m_write.store(m_write.load(std::memory_order_relaxed) + 1, std::memory_order_release); }

    /// Consumer: the oldest element in place until drop(), or null when empty. Real-time.
    const T *front()
    {
        const std::size_t read = m_read.load(std::memory_order_relaxed);
        if (read == m_writeSeen) {
            m_writeSeen = m_write.load(std::memory_order_acquire);
            if (read == m_writeSeen)
                return nullptr;
        }
        return &m_slots[read % Capacity];
    }
    void drop() { m_read.store(m_read.load(std::memory_order_relaxed) + 1, std::memory_order_release); }

    /// Exact on either thread only while the other one rests.
    std::size_t size() const
    {
        return m_write.load(std::memory_order_acquire) - m_read.load(std::memory_order_acquire);
    }
    static constexpr std::size_t capacity() { return Capacity; }

private:
    // Each side's own index and its last look at the other's share a cache line that the other side seldom touches.
    static constexpr std::size_t kCacheLine = 64;
    alignas(kCacheLine) std::atomic<std::size_t> m_write{0};
    std::size_t m_readSeen = 0;
    alignas(kCacheLine) std::atomic<std::size_t> m_read{0};
    std::size_t m_writeSeen = 0;
    alignas(kCacheLine) std::array<T, Capacity> m_slots{};
};

} // namespace ringlift::media
