#pragma once

#include "app/commandline.h"
#include "core/engine/callengine.h"
#include "core/engine/toneplayer.h"
#include "platform/fake/fileaudio.h"
#include "platform/fake/handset.h"
#include "platform/linux/telephonychoice.h"

#include <QLockFile>
#include <QThread>

namespace ringlift::app {

/// Why the phone cannot be built. code is stable: data_folder, in_use, store_broken, sound_file.
struct CompositionFault
{
    QString code;
    QString error;
};

/// A phone whole: engine and ports on the call thread. The only place that names concrete classes.
class Composition
{
public:
    /// Holds the data folder for itself alone until it is destroyed.
    static Expected<std::unique_ptr<Composition>, CompositionFault> make(const AppOptions &options);
    /// Ends the call thread. Call engine().shutDown() before, and wait for shutDownDone().
    ~Composition();
    Composition(const Composition &) = delete;
    Composition &operator=(const Composition &) = delete;

    /// Lives on the call thread: talk to it by queued signals and QMetaObject::invokeMethod().
    engine::CallEngine &engine() const;
    QThread &callThread() { return m_thread; }

    // Where they are part of this phone, else null; on the call thread.
    fake::FakePhone *fakePhone() const;
    modem::TelephonyChoice *modem() const;
    fake::Handset *handset() const;
    const std::shared_ptr<fake::FileAudio> &fileAudio() const { return m_files; }
    /// What the connection is said to be from now on; for phones that do not ask the system.
    void setNetwork(const NetworkInfo &network);

    /// For tones, beside the devices of the calls; empty where this phone has files or nothing instead.
    engine::TonePlayer::DeviceFactory loudspeakerFactory() const;

    /// Secrets in a file under this passphrase, for machines without a keyring; then start the engine again.
    void usePassphrase(const QString &passphrase);
    /// As if none had been given: the keyring is asked again.
    void forgetPassphrase();
    bool hasPassphraseFile() const;

private:
    struct Parts;

    explicit Composition(const AppOptions &options);
    Expected<void, CompositionFault> lockFolder();
    Expected<void, CompositionFault> openSound();
    Expected<void, CompositionFault> build();
    /// On the call thread, while this one waits.
    void runThere(const std::function<void()> &work);

    const AppOptions m_options;
    std::unique_ptr<QLockFile> m_lock;
    std::shared_ptr<fake::FileAudio> m_files;
    QThread m_thread;
    std::unique_ptr<QObject> m_there; // lives on the call thread
    std::unique_ptr<Parts> m_parts;
};

} // namespace ringlift::app
