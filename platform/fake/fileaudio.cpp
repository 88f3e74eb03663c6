#include "platform/fake/fileaudio.h"

#include <algorithm>
#include <limits>

namespace ringlift::fake {

Result<std::shared_ptr<FileAudio>> FileAudio::open(FileAudioConfig config)
{
    std::shared_ptr<FileAudio> files(new FileAudio(std::move(config)));
    const FileAudioConfig &wanted = files->m_config;
    if (!wanted.microphone.empty()) {
        auto speech = media::readWav(wanted.microphone);
        if (!speech)
            return failure("microphone file: " + speech.error().message);
        files->m_speech = std::move(*speech);
    }
    if (!wanted.loudspeaker.empty()) {
        auto recording = media::WavWriter::create(wanted.loudspeaker);
        if (!recording)
            return failure("loudspeaker file: " + recording.error().message);
        files->m_recording.emplace(std::move(*recording));
    }
    return files;
}

std::unique_ptr<ports::AudioDevice> FileAudio::makeDevice()
{
    return std::make_unique<FileAudioDevice>(shared_from_this());
}

std::optional<TimePoint> FileAudio::timeIn(const AtomicTime &time)
{
    const std::int64_t value = time.load(std::memory_order_acquire);
    return value == kNever ? std::nullopt : std::optional(TimePoint(Duration(value)));
}

bool FileAudio::claim()
{
    if (m_claimed.exchange(true, std::memory_order_acquire))
        return false;
    m_playStarted.store(kNever, std::memory_order_release);
    m_firstAudio.store(kNever, std::memory_order_release);
    return true;
}

void FileAudio::release()
{
    if (m_recording)
        m_recording->flush();
    m_play.store(false, std::memory_order_release);
    m_claimed.store(false, std::memory_order_release);
}

FileAudioDevice::~FileAudioDevice()
{
    stop();
}

bool FileAudioDevice::start(bool capture)
{
    if (m_running || !m_files->claim())
        return false;
    m_running = true;
    m_playingSince = m_files->m_config.clock();
    m_framesWritten = 0;
    return !capture || startCapture();
}

bool FileAudioDevice::startCapture()
{
    if (!m_running)
        return false;
    if (!m_captureSince) {
        m_captureSince = m_files->m_config.clock();
        m_framesRead = 0;
        m_spoken = 0;
    }
    return true;
}

void FileAudioDevice::stop()
{
    if (!m_running)
        return;
    m_running = false;
    m_captureSince.reset();
    m_files->release();
}

bool FileAudioDevice::read(std::span<std::int16_t, kFrameSamples> frame)
{
    if (!m_captureSince)
        return false;
    const TimePoint now = m_files->m_config.clock();
    if ((now - *m_captureSince) / media::kTick <= m_framesRead)
        return false;
    ++m_framesRead;
    std::size_t filled = 0;
    if (!m_files->m_config.waitForPlay || m_files->m_play.load(std::memory_order_acquire)) {
        const std::vector<std::int16_t> &speech = m_files->m_speech;
        if (m_spoken == 0 && !speech.empty())
            m_files->m_playStarted.store(now.time_since_epoch().count(), std::memory_order_release);
        filled = std::min(kFrameSamples, speech.size() - m_spoken);
        std::copy_n(speech.begin() + static_cast<std::ptrdiff_t>(m_spoken), filled, frame.begin());
        m_spoken += filled;
    }
    std::fill(frame.begin() + static_cast<std::ptrdiff_t>(filled), frame.end(), std::int16_t{0});
    return true;
}

int FileAudioDevice::writableFrames()
{
    if (!m_running)
        return 0;
    const std::int64_t due = (m_files->m_config.clock() - m_playingSince) / media::kTick + 1 - m_framesWritten;
    return static_cast<int>(std::clamp<std::int64_t>(due, 0, std::numeric_limits<int>::max()));
}

void FileAudioDevice::write(std::span<const std::int16_t, kFrameSamples> frame)
{
    if (!m_running)
        return;
    ++m_framesWritten;
    if (m_files->m_firstAudio.load(std::memory_order_relaxed) == FileAudio::kNever && media::isAudible(frame))
        m_files->m_firstAudio.store(m_files->m_config.clock().time_since_epoch().count(), std::memory_order_release);
    if (m_files->m_recording && !m_files->m_recording->write(frame))
        m_files->m_recordingFailed.store(true, std::memory_order_relaxed);
}

} // namespace ringlift::fake
