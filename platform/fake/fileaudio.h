#pragma once

#include "core/base/result.h"
#include "core/media/audioframe.h"
#include "core/media/wavfile.h"
#include "core/ports/audiodevice.h"

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

/// Sound files that stand in for microphone and loudspeaker, paced in real time.
namespace ringlift::fake {

struct FileAudioConfig
{
    /// What is spoken, 48 kHz mono 16 bit; silence when empty, and after its end.
    std::filesystem::path microphone;
    /// What is heard, replaced by open(); thrown away when empty.
    std::filesystem::path loudspeaker;
    /// The microphone stays silent until play(), not only until capture opens.
    bool waitForPlay = false;
    std::function<TimePoint()> clock = monotonicNow;
};

/// The files of one phone, shared by the devices of its calls, one call at a time. Each call speaks the microphone file
/// from its beginning; all calls append to the one recording.
class FileAudio : public std::enable_shared_from_this<FileAudio>
{
public:
    /// Reads the microphone file; an Error that says why when either file will not do.
    static Result<std::shared_ptr<FileAudio>> open(FileAudioConfig config);

    /// For EnginePorts::makeAudio; any thread.
    std::unique_ptr<ports::AudioDevice> makeDevice();

    /// Starts the microphone file with the next 10 ms that are read, in this call only; any thread.
    void play() { m_play.store(true, std::memory_order_release); }
    /// When this call's first sample of the microphone file was read; any thread.
    std::optional<TimePoint> playStarted() const { return timeIn(m_playStarted); }
    /// When this call's first frame above -50 dBFS was played; any thread.
    std::optional<TimePoint> firstAudio() const { return timeIn(m_firstAudio); }
    /// The disk refused: the recording ends early, the call goes on; any thread.
    bool recordingFailed() const { return m_recordingFailed.load(std::memory_order_relaxed); }

private:
    friend class FileAudioDevice;
    using AtomicTime = std::atomic<std::int64_t>;
    static constexpr std::int64_t kNever = -1;

    explicit FileAudio(FileAudioConfig config) : m_config(std::move(config)) { }
    static std::optional<TimePoint> timeIn(const AtomicTime &time);
    bool claim();
    void release();

    FileAudioConfig m_config;
    std::vector<std::int16_t> m_speech;
    std::optional<media::WavWriter> m_recording;
    std::atomic<bool> m_claimed{false};
    std::atomic<bool> m_play{false};
    std::atomic<bool> m_recordingFailed{false};
    AtomicTime m_playStarted{kNever};
    AtomicTime m_firstAudio{kNever};
};

/// The device of one call: due frames are counted by the clock at each tick, so that 100 a second come and go on average.
class FileAudioDevice final : public ports::AudioDevice
{
public:
    explicit FileAudioDevice(std::shared_ptr<FileAudio> files) : m_files(std::move(files)) { }
    ~FileAudioDevice() override;

    /// False while another call still has the files.
    bool start(bool capture) override;
    bool startCapture() override;
    void stop() override;
    bool read(std::span<std::int16_t, kFrameSamples> frame) override;
    int writableFrames() override;
    void write(std::span<const std::int16_t, kFrameSamples> frame) override;
    Duration latency() const override { return media::kTick; }
    bool broken() const override { return false; }

private:
    std::shared_ptr<FileAudio> m_files;
    bool m_running = false;
    std::optional<TimePoint> m_captureSince;
    TimePoint m_playingSince;
    std::int64_t m_framesRead = 0;
    std::int64_t m_framesWritten = 0;
    std::size_t m_spoken = 0; // samples
};

} // namespace ringlift::fake
