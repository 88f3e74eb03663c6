#include "core/media/audiopacket.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::media;

class TestAudioPacket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheOpusPacketAfterTheLayout()
    {
        const Bytes body{0, 0x78, 1, 2};
        const auto packet = opusPacketOf(body);
        QVERIFY(packet.has_value());
        QCOMPARE(copyOf(*packet), (Bytes{0x78, 1, 2}));
    }

    void refusesWhatIsNoBody()
    {
        QVERIFY(opusPacketOf({}).error() == AudioBodyError::Empty);
        QVERIFY(opusPacketOf(Bytes{0}).error() == AudioBodyError::NoPacket);
        QVERIFY(opusPacketOf(Bytes{1, 2, 3}).error() == AudioBodyError::UnknownLayout);
        QVERIFY(opusPacketOf(Bytes(kMaxAudioBody + 1)).error() == AudioBodyError::TooLong);
        QVERIFY(opusPacketOf(Bytes(kMaxAudioBody)).has_value());
    }

    void leavesASlotAloneWhenTheBodyDoesNotFit()
    {
        MediaSlot slot;
        QVERIFY(slot.assign(5, TimePoint(Duration(6)), Bytes{0, 1}));
        QVERIFY(!slot.assign(7, TimePoint(Duration(8)), Bytes(kMaxAudioBody + 1)));
        QCOMPARE(slot.timestamp, 5U);
        QCOMPARE(copyOf(slot.body()), (Bytes{0, 1}));
    }
};

QTEST_APPLESS_MAIN(TestAudioPacket)
#include "tst_audiopacket.moc"
