#include "platform/fake/handset.h"
#include "tests/platform/plmnrig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::fake;
using plmn::Controller;
using plmn::kAnna;
using plmn::kBo;
using plmn::PlmnRig;
using plmn::TestPhone;
using tests::waitUntil;

namespace {

/// What the devices of one phone did.
struct DeviceLog
{
    int opened = 0;
    int stopped = 0;
    int audible = 0;
    int silent = 0;
    bool missing = false;
    bool vanished = false;
};

/// Speaks a tone.
class ToneDevice : public ports::AudioDevice
{
public:
    explicit ToneDevice(DeviceLog &log) : m_log(log) { }

    bool start(bool) override
    {
        if (m_log.missing)
            return false;
        ++m_log.opened;
        m_since = monotonicNow();
        return true;
    }
    bool startCapture() override { return true; }
    void stop() override { ++m_log.stopped; }
    bool read(std::span<std::int16_t, kFrameSamples> frame) override
    {
        if (m_read >= due())
            return false;
        ++m_read;
        for (std::size_t i = 0; i < frame.size(); ++i)
            frame[i] = i % 48 < 24 ? std::int16_t{8000} : std::int16_t{-8000};
        return true;
    }
    int writableFrames() override { return due() - m_written; }
    void write(std::span<const std::int16_t, kFrameSamples> frame) override
    {
        ++m_written;
        ++(media::isAudible(frame) ? m_log.audible : m_log.silent);
    }
    Duration latency() const override { return {}; }
    bool broken() const override { return m_log.vanished; }

private:
    int due() const { return static_cast<int>((monotonicNow() - m_since) / media::kTick) + 1; }

    DeviceLog &m_log;
    TimePoint m_since;
    int m_read = 0;
    int m_written = 0;
};

/// Two phones with handsets.
class Rig
{
public:
    Rig()
        : anna(network.address(), kAnna, "460001234567890"), bo(network.address(), kBo, "460001234567891"),
          annaHandset(anna.line, factory(annaLog)), boHandset(bo.line, factory(boLog))
    {
        QVERIFY(anna.join() && bo.join());
    }
    static Handset::DeviceFactory factory(DeviceLog &log)
    {
        return [&log] { return std::make_unique<ToneDevice>(log); };
    }
    void call()
    {
        anna.line.dial(0, kBo);
        QVERIFY(bo.reaches(LegState::Ringing));
        QCOMPARE(annaLog.opened + boLog.opened, 0);
        bo.line.answer(bo.last().id);
        QVERIFY(anna.reaches(LegState::Active) && bo.reaches(LegState::Active));
    }

    PlmnRig network;
    DeviceLog annaLog;
    DeviceLog boLog;
    TestPhone anna;
    TestPhone bo;
    Handset annaHandset;
    Handset boHandset;
};

} // namespace

class TestHandset : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void carriesVoiceBothWaysOnceTheCallIsAnswered()
    {
        Rig rig;
        rig.call();
        QVERIFY(waitUntil([&] { return rig.annaLog.audible > 5 && rig.boLog.audible > 5; }));
        QCOMPARE(rig.annaHandset.audio(), (HandsetAudio{true, true, false, true}));
    }

    void closesTheDeviceWhenTheCallEnds()
    {
        Rig rig;
        rig.call();
        QVERIFY(waitUntil([&] { return rig.boLog.audible > 0; }));
        rig.anna.line.hangUp(rig.anna.last().id);
        QVERIFY(rig.bo.reaches(LegState::Ended));
        QCOMPARE(rig.boLog.stopped, 1);
        QCOMPARE(rig.boHandset.audio(), HandsetAudio{});
    }

    void leavesTheDeviceToTheApp()
    {
        Rig rig;
        rig.boHandset.setDeviceTaken(true);
        rig.call();
        QVERIFY(waitUntil([&] { return rig.annaLog.silent > 10; }));
        QCOMPARE(rig.boLog.opened, 0);
        rig.boHandset.setDeviceTaken(false);
        QVERIFY(waitUntil([&] { return rig.boLog.audible > 0 && rig.annaLog.audible > 0; }));
        rig.boHandset.setDeviceTaken(true);
        QCOMPARE(rig.boLog.opened, rig.boLog.stopped);
    }

    void sendsSilenceWhenMuted()
    {
        Rig rig;
        rig.annaHandset.setMuted(true);
        rig.call();
        QVERIFY(waitUntil([&] { return rig.boLog.silent > 20; }));
        QCOMPARE(rig.boLog.audible, 0);
        rig.annaHandset.setMuted(false);
        QVERIFY(waitUntil([&] { return rig.boLog.audible > 0; }));
    }

    void tellsOnceWhenTheOtherEndIsHeard()
    {
        Rig rig;
        QSignalSpy heard(&rig.boHandset, &Handset::heard);
        rig.call();
        QVERIFY(waitUntil([&] { return rig.boLog.audible > 10; }));
        QCOMPARE(heard.count(), 1);
    }

    void takesADeviceThatAppearsLaterAndReplacesOneThatVanishes()
    {
        Rig rig;
        rig.boLog.missing = true;
        rig.call();
        QVERIFY(waitUntil([&] { return rig.boHandset.audio().deviceLost; }));
        rig.boLog.missing = false;
        QVERIFY(waitUntil([&] { return rig.boLog.audible > 0; }));
        rig.boLog.vanished = true;
        QVERIFY(waitUntil([&] { return rig.boHandset.audio().deviceLost; }));
        rig.boLog.vanished = false;
        QVERIFY(waitUntil([&] { return rig.boHandset.audio().playing; }));
        QCOMPARE(rig.boLog.opened, 2);
    }
};

QTEST_GUILESS_MAIN(TestHandset)
#include "tst_handset.moc"
