#include "app/composition.h"

#include "app/devicesharing.h"
#include "app/echo/echoloop.h"
#include "app/echo/echopeer.h"
#include "app/echo/forgetfulstore.h"
#include "app/secretplace.h"
#include "core/base/log.h"
#include "core/engine/threadpriority.h"
#include "platform/fake/fakenetwork.h"
#include "platform/fake/fakesim.h"
#include "platform/linux/dialergate.h"
#include "platform/linux/feedbackgate.h"
#include "platform/linux/modemline.h"
#include "platform/linux/modemmanager.h"
#include "platform/linux/modemmessages.h"
#include "platform/linux/modemsim.h"
#include "platform/linux/networkmanagerstate.h"
#include "platform/linux/ofono.h"
#include "platform/manual/manualline.h"
#include "platform/manual/manualsim.h"
#include "platform/qt/keyfilestore.h"
#include "platform/qt/sqliteappstore.h"
#include "platform/qt/udpsocket.h"
#include "platform/qt/websocketsignalling.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace ringlift::app {

using namespace Qt::StringLiterals;

namespace {

/// Qt's PulseAudio client must go on for a while after a device was closed (toolkit.md section 2, rule 5).
constexpr std::chrono::milliseconds kLinger{200};
/// A tone may come a little later, but not with gaps.
constexpr int kToneSinkFrames = 8;

qt::SignallingConfig signallingOf(const AppOptions &options)
{
    qt::SignallingConfig config;
    config.url = options.server;
    config.caFile = options.caFile;
    config.allowPlainLoopback = options.loopbackAddresses;
    return config;
}

call::PhoneConfig phoneConfigOf(const AppOptions &options)
{
    call::PhoneConfig config;
    config.acceptZeroChannelBinding = options.server.scheme() == "ws"_L1;
    config.pinsNobody = options.echo;
    return config;
}

} // namespace

/// What lives on the call thread, in the order in which it is made.
struct Composition::Parts {
    std::unique_ptr<ports::AppStore> store;
    std::unique_ptr<ports::SecretStore> secrets;
    SecretPlace *secretPlace = nullptr; // secrets, where it is one
    SystemRandom random;
    std::unique_ptr<fake::FakePhone> fakePhone;
    std::unique_ptr<modem::TelephonyChoice> modem;
    std::unique_ptr<ports::CellularLine> line;
    std::unique_ptr<modem::FeedbackGate> gate;
    std::unique_ptr<modem::DialerGate> dialerGate;
    std::unique_ptr<ports::SimCard> sims;
    std::unique_ptr<ports::TextMessages> messages;
    std::unique_ptr<ports::NetworkState> network;
    fake::FakeNetwork *fakeNetwork = nullptr; // network, where it is one
    std::unique_ptr<ports::Signalling> signalling;
    std::unique_ptr<fake::Handset> handset;
    std::unique_ptr<engine::CallEngine> engine;

    void makeSecrets(const AppOptions &options);
    void makeLine(const LineChoice &choice, const fake::Handset::DeviceFactory &makeAudio);
    void makeFakeLine(const PlmnLine &plmn, const fake::Handset::DeviceFactory &makeAudio);
    void makeModemLine(const ModemServices &services);
    /// Only once somebody listens to what the line tells.
    void startLine();
    void makeNetwork(const AppOptions &options);
    void makeEngine(const AppOptions &options, const fake::Handset::DeviceFactory &makeAudio);
};

void Composition::Parts::makeSecrets(const AppOptions &options)
{
    if (!options.insecureKeyFile.isEmpty()) {
        qCWarning(lcApp) << "the device's secret lies unprotected in a file, as --insecure-key-file asks";
        secrets = std::make_unique<qt::KeyFileStore>(options.insecureKeyFile);
        return;
    }
    auto place = std::make_unique<SecretPlace>(*store, options.dataFolder + "/secrets"_L1);
    secretPlace = place.get();
    secrets = std::move(place);
}

void Composition::Parts::makeLine(const LineChoice &choice, const fake::Handset::DeviceFactory &makeAudio)
{
    if (choice.plmn)
        return makeFakeLine(*choice.plmn, makeAudio);
    if (choice.modem)
        return makeModemLine(*choice.modem);
    line = std::make_unique<manual::ManualLine>();
    sims = std::make_unique<manual::ManualSim>();
}

void Composition::Parts::makeModemLine(const ModemServices &services)
{
    std::vector<modem::TelephonyChoice::Candidate> candidates;
    if (services.modemManager)
        candidates.push_back({u"ModemManager"_s, std::make_unique<modem::ModemManager>(QDBusConnection::systemBus())});
    if (services.ofono)
        candidates.push_back({u"oFono"_s, std::make_unique<modem::Ofono>(QDBusConnection::systemBus())});
    modem = std::make_unique<modem::TelephonyChoice>(std::move(candidates));
    auto modemLine = std::make_unique<modem::ModemLine>(*modem);
    gate = std::make_unique<modem::FeedbackGate>(modem::FeedbackGateConfig{QCoreApplication::applicationFilePath()});
    gate->follow(*modemLine);
    dialerGate = std::make_unique<modem::DialerGate>(QDBusConnection::sessionBus());
    dialerGate->follow(*modemLine);
    line = std::move(modemLine);
    sims = std::make_unique<modem::ModemSim>(*modem);
    messages = std::make_unique<modem::ModemMessages>(*modem);
}

void Composition::Parts::makeFakeLine(const PlmnLine &plmn, const fake::Handset::DeviceFactory &makeAudio)
{
    fakePhone = std::make_unique<fake::FakePhone>(plmn.address, plmn.sims);
    auto fakeLine = std::make_unique<fake::FakeLine>(*fakePhone, plmn.traits);
    sims = std::make_unique<fake::FakeSim>(*fakePhone);
    handset = std::make_unique<fake::Handset>(*fakeLine, makeAudio);
    line = std::move(fakeLine);
}

void Composition::Parts::makeNetwork(const AppOptions &options)
{
    if (!options.network) {
        network = std::make_unique<modem::NetworkManagerState>(QDBusConnection::systemBus());
        return;
    }
    auto told = std::make_unique<fake::FakeNetwork>(*options.network);
    fakeNetwork = told.get();
    network = std::move(told);
}

void Composition::Parts::makeEngine(const AppOptions &options, const fake::Handset::DeviceFactory &makeAudio)
{
    const auto addresses = options.loopbackAddresses ? qt::HostAddresses::LoopbackOnly : qt::HostAddresses::Usual;
    makeNetwork(options);
    signalling = std::make_unique<qt::WebSocketSignalling>(signallingOf(options));
    engine::EnginePorts ports{
        *line,          *sims,
        *network,       *signalling,
        *secrets,       *store,
        random,         [addresses] { return std::make_unique<qt::UdpSocket>(addresses); },
        makeAudio,      u"device-seed-v1:"_s + options.server.host(),
        messages.get(),
    };
    engine = std::make_unique<engine::CallEngine>(std::move(ports), phoneConfigOf(options));
    if (handset)
        shareDevice(*engine, *handset);
    if (options.echo)
        new EchoPeer(*engine); // its child
    QObject::connect(engine.get(), &engine::CallEngine::startChanged, line.get(), [this](engine::StartState state) {
        if (state == engine::StartState::Ready)
            startLine();
    });
}

void Composition::Parts::startLine()
{
    if (fakePhone)
        fakePhone->start();
    if (modem)
        modem->start();
    if (gate)
        gate->start();
    if (dialerGate)
        dialerGate->start();
}

Composition::Composition(const AppOptions &options) : m_options(options), m_there(std::make_unique<QObject>()) { }

Expected<std::unique_ptr<Composition>, CompositionFault> Composition::make(const AppOptions &options)
{
    std::unique_ptr<Composition> composition(new Composition(options));
    for (const auto step : {&Composition::lockFolder, &Composition::openSound, &Composition::build}) {
        if (auto done = (composition.get()->*step)(); !done)
            return Unexpected(done.error());
    }
    return composition;
}

Expected<void, CompositionFault> Composition::lockFolder()
{
    const QString &folder = m_options.dataFolder;
    const QFile::Permissions ours = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    const bool isNew = !QFileInfo::exists(folder);
    if (!QDir().mkpath(folder) || (isNew && !QFile::setPermissions(folder, ours)))
        return Unexpected(CompositionFault{u"data_folder"_s, u"The data folder cannot be made."_s});
    m_lock = std::make_unique<QLockFile>(folder + "/lock"_L1);
    m_lock->setStaleLockTime(0);
    if (m_lock->tryLock(0))
        return {};
    if (m_lock->error() == QLockFile::LockFailedError)
        return Unexpected(CompositionFault{u"in_use"_s, u"Another running phone uses this data folder."_s});
    return Unexpected(CompositionFault{u"data_folder"_s, u"The data folder cannot be written to."_s});
}

Expected<void, CompositionFault> Composition::openSound()
{
    if (m_options.audio == AudioKind::Devices)
        return {};
    fake::FileAudioConfig config;
    config.microphone = m_options.microphoneFile.toStdString();
    config.loudspeaker = m_options.loudspeakerFile.toStdString();
    config.waitForPlay = m_options.microphoneWaits;
    auto files = fake::FileAudio::open(config);
    if (!files)
        return Unexpected(CompositionFault{u"sound_file"_s, QString::fromStdString(files.error().message)});
    m_files = *files;
    return {};
}

Expected<void, CompositionFault> Composition::build()
{
    m_thread.setObjectName(u"call"_s);
    m_there->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_there.get(), [] { engine::preferThisThread(); }, Qt::QueuedConnection);
    fake::Handset::DeviceFactory makeAudio = [devices = m_options.devices] {
        return std::make_unique<qt::QtAudioDevice>(devices);
    };
    if (m_files)
        makeAudio = [files = m_files] { return files->makeDevice(); };
    if (m_options.echo)
        makeAudio = [] { return std::make_unique<EchoLoop>(); };
    Expected<void, CompositionFault> result;
    runThere([&] {
        auto store = qt::SqliteAppStore::open(m_options.dataFolder + "/ringlift.db"_L1);
        if (!store) {
            result = Unexpected(CompositionFault{u"store_broken"_s, QString::fromStdString(store.error().message)});
            return;
        }
        m_parts = std::make_unique<Parts>();
        m_parts->store = std::move(*store);
        if (m_options.echo)
            m_parts->store = std::make_unique<ForgetfulStore>(std::move(m_parts->store));
        m_parts->makeSecrets(m_options);
        m_parts->makeLine(m_options.line, makeAudio);
        m_parts->makeEngine(m_options, makeAudio);
    });
    return result;
}

Composition::~Composition()
{
    if (!m_thread.isRunning())
        return;
    const bool linger = m_parts && m_parts->handset && m_options.audio == AudioKind::Devices;
    runThere([this] { m_parts.reset(); });
    QMetaObject::invokeMethod(m_there.get(), [this, linger] {
        QTimer::singleShot(linger ? kLinger : std::chrono::milliseconds(0), m_there.get(), [this] { m_thread.quit(); });
    });
    m_thread.wait();
}

void Composition::runThere(const std::function<void()> &work)
{
    QMetaObject::invokeMethod(m_there.get(), work, Qt::BlockingQueuedConnection);
}

engine::CallEngine &Composition::engine() const
{
    return *m_parts->engine;
}

fake::FakePhone *Composition::fakePhone() const
{
    return m_parts->fakePhone.get();
}

modem::TelephonyChoice *Composition::modem() const
{
    return m_parts->modem.get();
}

fake::Handset *Composition::handset() const
{
    return m_parts->handset.get();
}

void Composition::setNetwork(const NetworkInfo &network)
{
    if (fake::FakeNetwork *const told = m_parts->fakeNetwork; told != nullptr)
        QMetaObject::invokeMethod(
            told, [told, network] { told->set(network); }, Qt::QueuedConnection);
}

engine::TonePlayer::DeviceFactory Composition::loudspeakerFactory() const
{
    if (m_options.audio != AudioKind::Devices)
        return {};
    return [devices = m_options.devices] { return std::make_unique<qt::QtAudioDevice>(devices, kToneSinkFrames); };
}

bool Composition::hasPassphraseFile() const
{
    return m_parts->secretPlace != nullptr && m_parts->secretPlace->hasPassphraseFile();
}

void Composition::usePassphrase(const QString &passphrase)
{
    runThere([&] {
        if (m_parts->secretPlace != nullptr)
            m_parts->secretPlace->usePassphrase(passphrase);
    });
}

void Composition::forgetPassphrase()
{
    runThere([&] {
        if (m_parts->secretPlace != nullptr)
            m_parts->secretPlace->forgetPassphrase();
    });
}

} // namespace ringlift::app
