#include "core/engine/callmedia.h"
#include "tests/core/engine/ports.h"
#include "tests/platform/waiting.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringlift;
using engine::AudioState;
using engine::CallMedia;
using tests::AudioLog;
using tests::waitUntil;

namespace {

class Rig
{
public:
    Rig() : media([this] { return std::make_unique<tests::TestAudio>(log); }), idle(&media, &CallMedia::becameIdle)
    {
        QObject::connect(&media, &CallMedia::audioChanged, &media, [this](const AudioState &state) { states.push_back(state); });
        QObject::connect(&media, &CallMedia::bodyEncoded, &media, [this] { ++bodies; });
    }

    AudioLog log;
    CallMedia media;
    QSignalSpy idle;
    std::vector<AudioState> states;
    int bodies = 0;
};

} // namespace

class TestCallMedia : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void carriesDatagramsBothWays()
    {
        Rig rig;
        tests::TestSocket peer(1);
        Bytes atPeer;
        QObject::connect(&peer, &ports::DatagramSocket::received, &peer,
            [&](const auto &, ByteView bytes) { atPeer = copyOf(bytes); });
        Bytes here;
        QObject::connect(&rig.media, &CallMedia::datagramReceived, &rig.media,
            [&](const auto &, ByteView bytes) { here = copyOf(bytes); });
        const auto addresses = rig.media.openSocket(std::make_unique<tests::TestSocket>(std::uint16_t{2}));
        QCOMPARE(addresses.size(), std::size_t{1});
        rig.media.send(peer.address(), Bytes{1, 2});
        peer.send(addresses.front(), Bytes{3});
        QVERIFY(waitUntil([&] { return !atPeer.empty() && !here.empty(); }));
        QCOMPARE(atPeer, (Bytes{1, 2}));
        QCOMPARE(here, Bytes{3});
        rig.media.closeSocket();
        QCOMPARE(rig.idle.count(), 1);
        rig.media.send(peer.address(), Bytes{4});
        QVERIFY(rig.media.isIdle());
    }

    void hasNoAddressesWithoutASocket()
    {
        Rig rig;
        QVERIFY(rig.media.openSocket(nullptr).empty());
        rig.media.closeSocket();
        QCOMPARE(rig.idle.count(), 0);
    }

    void keepsTheMicrophoneClosedUntilItIsOpened()
    {
        Rig rig;
        rig.media.startAudio();
        QVERIFY(waitUntil([&] { return rig.media.audio().playing && rig.bodies > 5; }));
        QCOMPARE(rig.log.captures, 0);
        rig.media.openMicrophone();
        QVERIFY(waitUntil([&] { return rig.media.audio().capturing; }));
        QCOMPARE(rig.log.captures, 1);
    }

    void remembersAMicrophoneOpenedBeforeTheSoundStarts()
    {
        Rig rig;
        rig.media.openMicrophone();
        rig.media.startAudio();
        QVERIFY(waitUntil([&] { return rig.media.audio().capturing; }));
    }

    void forgetsTheMicrophoneWhenTheSoundStops()
    {
        Rig rig;
        rig.media.openMicrophone();
        rig.media.startAudio();
        QVERIFY(waitUntil([&] { return rig.media.audio().capturing; }));
        rig.media.stopAudio();
        QVERIFY(waitUntil([&] { return rig.idle.count() == 1; }));
        rig.media.startAudio();
        QVERIFY(waitUntil([&] { return rig.media.audio().playing; }));
        QVERIFY(!rig.media.audio().capturing);
        QCOMPARE(rig.log.captures, 1);
    }

    void tellsThatItPlaysUntilTheDeviceIsClosed()
    {
        Rig rig;
        rig.media.startAudio();
        QVERIFY(waitUntil([&] { return rig.media.audio().playing; }));
        rig.media.stopAudio();
        QVERIFY(!rig.media.isIdle());
        QVERIFY(waitUntil([&] { return rig.media.isIdle(); }));
        QCOMPARE(rig.log.stopped, 1);
        QVERIFY(!rig.states.back().playing);
        const int bodies = rig.bodies;
        QVERIFY(bodies > 0);
    }

    void tellsThatItHearsThePeerOnce()
    {
        Rig rig;
        QSignalSpy heard(&rig.media, &CallMedia::heard);
        AudioLog spoken;
        CallMedia peer([&] { return std::make_unique<tests::TestAudio>(spoken); });
        QObject::connect(&peer, &CallMedia::bodyEncoded, &peer,
            [&](std::uint32_t timestamp, ByteView body) { rig.media.play(timestamp, monotonicNow(), body); });
        peer.startAudio();
        peer.openMicrophone();
        rig.media.startAudio();
        QVERIFY(waitUntil([&] { return rig.log.audible > 20 && heard.count() > 0; }));
        QCOMPARE(heard.count(), 1);
        QVERIFY(rig.media.audio().heard);
    }

    void tellsItsFiguresWhileThereIsSound()
    {
        Rig rig;
        QSignalSpy figures(&rig.media, &CallMedia::figuresRefreshed);
        rig.media.startAudio();
        rig.media.setExpectedLoss(12.6);
        QVERIFY(waitUntil([&] { return figures.count() > 0; }));
        rig.media.stopAudio();
        QVERIFY(waitUntil([&] { return rig.media.isIdle(); }));
    }

    void ignoresSoundThatComesTooLateOrTooEarly()
    {
        Rig rig;
        rig.media.play(0, monotonicNow(), Bytes(50));
        rig.media.setMuted(true);
        rig.media.stopAudio();
        QVERIFY(rig.media.isIdle());
        QCOMPARE(rig.idle.count(), 0);
    }
};

QTEST_GUILESS_MAIN(TestCallMedia)
#include "tst_callmedia.moc"
