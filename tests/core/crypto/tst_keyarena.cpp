#include "core/crypto/keyarena.h"

#include <QTest>

#include <algorithm>
#include <set>
#include <thread>

using namespace ringlift::crypto;

namespace {

bool isZero(const std::uint8_t *slot)
{
    return std::all_of(slot, slot + KeyArena::kSlotSize, [](std::uint8_t byte) { return byte == 0; });
}

} // namespace

class TestKeyArena : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesSlotsOfZeros()
    {
        KeyArena &arena = KeyArena::instance();
        std::uint8_t *const slot = arena.acquire();
        QVERIFY(isZero(slot));
        arena.release(slot);
    }

    void wipesASlotThatIsReleased()
    {
        KeyArena &arena = KeyArena::instance();
        std::uint8_t *const slot = arena.acquire();
        std::fill_n(slot, KeyArena::kSlotSize, std::uint8_t(0xa5));
        arena.release(slot);
        QVERIFY(isZero(slot)); // the arena's memory stays mapped
    }

    void givesAReleasedSlotAgain()
    {
        KeyArena &arena = KeyArena::instance();
        std::uint8_t *const slot = arena.acquire();
        arena.release(slot);
        std::uint8_t *const again = arena.acquire();
        QVERIFY(again == slot);
        arena.release(again);
    }

    void growsBeyondASlabWithoutOverlap()
    {
        KeyArena &arena = KeyArena::instance();
        std::set<std::uint8_t *> slots;
        for (std::size_t i = 0; i < 3 * KeyArena::kSlotsPerSlab; ++i)
            slots.insert(arena.acquire());
        QCOMPARE(slots.size(), 3 * KeyArena::kSlotsPerSlab);
        const auto overlaps = [](const std::uint8_t *a, const std::uint8_t *b) { return b < a + KeyArena::kSlotSize; };
        QVERIFY(std::adjacent_find(slots.begin(), slots.end(), overlaps) == slots.end());
        for (std::uint8_t *const slot : slots)
            arena.release(slot);
    }

    void servesSeveralThreads()
    {
        std::vector<std::thread> threads;
        std::array<bool, 4> intact{};
        for (std::size_t number = 0; number < intact.size(); ++number) {
            threads.emplace_back([number, &intact] {
                const auto mark = static_cast<std::uint8_t>(number + 1);
                bool good = true;
                for (int round = 0; round < 2000; ++round) {
                    std::array<std::uint8_t *, 3> slots{};
                    for (std::uint8_t *&slot : slots) {
                        slot = KeyArena::instance().acquire();
                        good = good && isZero(slot);
                        std::fill_n(slot, KeyArena::kSlotSize, mark);
                    }
                    for (std::uint8_t *const slot : slots) {
                        good = good && std::all_of(slot, slot + KeyArena::kSlotSize,
                                                   [mark](std::uint8_t byte) { return byte == mark; });
                        KeyArena::instance().release(slot);
                    }
                }
                intact.at(number) = good;
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QVERIFY(std::ranges::all_of(intact, [](bool good) { return good; }));
    }
};

QTEST_APPLESS_MAIN(TestKeyArena)
#include "tst_keyarena.moc"
