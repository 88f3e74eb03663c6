#include "core/media/audiopacket.h"
#include "core/media/ringbuffer.h"

#include <QTest>

#include <memory>
#include <thread>

using namespace ringlift::media;

class TestRingBuffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAsManyAsItSays()
    {
        RingBuffer<int, 8> ring;
        for (int i = 0; i < 8; ++i)
            QVERIFY(ring.push(i));
        QVERIFY(!ring.push(8));
        QCOMPARE(ring.size(), 8U);
        int value = -1;
        for (int i = 0; i < 8; ++i) {
            QVERIFY(ring.pop(value));
            QCOMPARE(value, i);
        }
        QVERIFY(!ring.pop(value));
        QCOMPARE(value, 7);
    }

    void keepsTheOrderAroundTheEnd()
    {
        RingBuffer<int, 4> ring;
        int value = 0;
        for (int i = 0; i < 1000; ++i) {
            QVERIFY(ring.push(2 * i));
            QVERIFY(ring.push(2 * i + 1));
            QVERIFY(ring.pop(value) && value == 2 * i);
            QVERIFY(ring.pop(value) && value == 2 * i + 1);
        }
    }

    void fillsAndReadsInPlace()
    {
        auto ring = std::make_unique<RingBuffer<MediaSlot, 2>>();
        QVERIFY(!ring->front());
        MediaSlot *slot = ring->beginPush();
        QVERIFY(slot);
        slot->timestamp = 7;
        QVERIFY(!ring->front()); // not before endPush()
        ring->endPush();
        const MediaSlot *found = ring->front();
        QVERIFY(found && found->timestamp == 7);
        ring->drop();
        QVERIFY(!ring->front());
    }

    void carriesEverythingBetweenTwoThreads()
    {
        constexpr std::uint32_t kCount = 200000;
        struct Value { std::uint32_t a = 0; std::uint32_t b = 0; };
        RingBuffer<Value, 64> ring;
        std::thread producer([&ring] {
            for (std::uint32_t i = 0; i < kCount;) {
                if (ring.push({i, ~i}))
                    ++i;
                else
                    std::this_thread::yield();
            }
        });
        std::uint32_t wrong = 0;
        for (std::uint32_t expected = 0; expected < kCount;) {
            Value value;
            if (!ring.pop(value)) {
                std::this_thread::yield();
                continue;
            }
            wrong += value.a != expected || value.b != ~expected ? 1 : 0;
            ++expected;
        }
        producer.join();
        QCOMPARE(wrong, 0U);
        QCOMPARE(ring.size(), 0U);
    }
};

QTEST_APPLESS_MAIN(TestRingBuffer)
#include "tst_ringbuffer.moc"
