#include "server/daemon.h"

#include "server/log.h"
#include "server/otpconsole.h"
#include "server/otpspool.h"
#include "server/processlimits.h"
#include "server/secretsfile.h"

#include <algorithm>

namespace ringlift::server {

namespace {

constexpr int kGoingAway = 1001;
/// Longer than the core puts anything off.
constexpr Duration kPutOff = std::chrono::seconds(61);
/// How often the age of the own certificate and of old keys is looked at.
constexpr std::chrono::milliseconds kUpkeep = std::chrono::hours(6);

Certificates::Config certificatesOf(const Options &options, const Paths &paths)
{
    return {paths.tls,     options.certificate,         options.certificateKey,
            options.names, options.certificateLifetime, options.certificateRenewal};
}

template<typename... Handlers> struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template<typename... Handlers> Overloaded(Handlers...) -> Overloaded<Handlers...>;

} // namespace

Daemon::Daemon(Options options, Paths paths)
    : m_options(std::move(options)), m_paths(std::move(paths)), m_certificates(certificatesOf(m_options, m_paths))
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] { m_gate->abortAll(); });
    connect(&m_upkeep, &QTimer::timeout, this, &Daemon::keepUp);
}

Daemon::~Daemon() = default;

Result<void> Daemon::prepare()
{
    for (const auto step : {&Daemon::openStores, &Daemon::openSender}) {
        if (auto done = (this->*step)(); !done)
            return done;
    }
    makeGate();
    if (auto done = loadProxyLeaf(); !done)
        return done;
    if (m_options.plain)
        return {};
    auto identity = m_certificates.load(QDateTime::currentDateTimeUtc());
    if (!identity)
        return Unexpected(identity.error());
    m_gate->setIdentity(std::move(*identity));
    return {};
}

Result<void> Daemon::openStores()
{
    if (auto made = ensurePrivateFolder(m_paths.data); !made)
        return made;
    auto lock = lockFile(m_paths.data + "/lock");
    if (!lock)
        return Unexpected(lock.error());
    m_lock = std::move(*lock);
    auto registry = SqliteRegistry::open(m_paths.database, m_options.databaseWait);
    if (!registry)
        return Unexpected(registry.error());
    m_registry = std::move(*registry);
    const auto accounts = m_registry->size();
    if (!accounts)
        return failure("cannot read the database " + m_paths.database);
    return openSecrets(*accounts > 0);
}

Result<void> Daemon::openSecrets(bool hasAccounts)
{
    const SecretsOwner owner = m_paths.secretsAreCredential ? SecretsOwner::Systemd : SecretsOwner::Server;
    auto secrets = server::openSecrets(m_paths.secrets, owner, !hasAccounts, m_random);
    if (!secrets)
        return Unexpected(secrets.error());
    const auto newest = m_registry->newestTagKey();
    if (!newest)
        return failure("cannot read the database " + m_paths.database);
    if (*newest > secrets->tagKeyId)
        return failure("the database has accounts under tag key " + std::to_string(*newest) +
                       ", and the secrets file " + m_paths.secrets + " is older: it ends at " +
                       std::to_string(secrets->tagKeyId) + "; restore the newer one");
    m_secrets = std::move(*secrets);
    return {};
}

Result<void> Daemon::openSender()
{
    if (m_options.otp == OtpRoute::Console) {
        m_sender = std::make_unique<OtpConsole>();
        return {};
    }
    auto spool = OtpSpool::open(m_paths.spool);
    if (!spool)
        return Unexpected(spool.error());
    m_sender = std::move(*spool);
    return {};
}

void Daemon::makeGate()
{
    const std::size_t wanted = m_options.limits.loggedIn + m_options.gate.unauthenticated;
    const std::size_t descriptors = raiseDescriptorLimit();
    Gate::Config config{m_options.gate, socketsWithin(descriptors, wanted), m_options.plain};
    if (config.sockets < wanted) {
        config.limits.unauthenticated = std::min(config.limits.unauthenticated, config.sockets / 2);
        log("sockets.lowered", {{"descriptors", Count{descriptors}}, {"sockets", Count{config.sockets}}});
    }
    m_core = std::make_unique<ServerCore>(m_options.limits, *m_secrets, *m_registry, m_clock, m_random);
    m_driver = std::make_unique<CoreDriver>(*m_core, [this](const ServerOutput &output) { onOutput(output); });
    m_pins = std::make_unique<PinWorker>();
    m_gate = std::make_unique<Gate>(config);
    const auto feed = [this](const auto &input) { m_driver->feed(input); };
    connect(m_gate.get(), &Gate::opened, this, feed);
    connect(m_gate.get(), &Gate::received, this, feed);
    connect(m_gate.get(), &Gate::closed, this, feed);
    connect(m_gate.get(), &Gate::drained, this, &Daemon::finish);
    connect(m_pins.get(), &PinWorker::checked, this, feed);
    connect(m_pins.get(), &PinWorker::hashed, this, feed);
}

Result<void> Daemon::listen()
{
    auto bound = m_gate->listen(m_options.listen);
    if (!bound)
        return Unexpected(bound.error());
    m_endpoints = std::move(*bound);
    m_driver->runAhead(Duration::zero());
    dropLapsedKeys();
    m_upkeep.start(kUpkeep);
    log("listening", {{"addresses", Count{m_endpoints.size()}}});
    return {};
}

void Daemon::onOutput(const ServerOutput &output)
{
    std::visit(Overloaded{
                   [&](const SendText &send) { m_gate->send(send.id, send.text); },
                   [&](const CloseConnection &close) { m_gate->close(close.id, close.code); },
                   [&](const SendCode &code) { onSendCode(code); },
                   [&](const ForgetCode &code) { m_sender->forget(code.session); },
                   [&](const CheckPin &job) { m_pins->check(job); },
                   [&](const HashPin &job) { m_pins->hash(job); },
                   [&](const LoggedIn &login) { m_gate->loggedIn(login.id); },
               },
               output);
}

void Daemon::onSendCode(const SendCode &code)
{
    if (const auto sent = m_sender->send(code); !sent)
        log("code.unsent", {{"reason", sent.error()}});
}

void Daemon::keepUp()
{
    dropLapsedKeys();
    if (m_certificates.areOwn())
        reload();
}

// The accounts under them are the core's to delete: it tells them by their ids.
void Daemon::dropLapsedKeys()
{
    if (!m_secrets->dropLapsedTagKeys(m_clock.today(), m_options.limits.tagKeyDays))
        return;
    log("tagkey.dropped");
    if (m_paths.secretsAreCredential)
        return;
    if (const auto written = writeSecrets(m_paths.secrets, *m_secrets, IfExists::Replace); !written)
        log("secrets.unwritten", {{"reason", written.error()}});
}

Result<void> Daemon::loadProxyLeaf()
{
    if (m_options.proxyCertificate.empty())
        return {};
    const auto leaf = leafBinding(m_options.proxyCertificate, QDateTime::currentDateTimeUtc());
    if (!leaf)
        return Unexpected(leaf.error());
    if (m_proxyLeaf && *m_proxyLeaf != *leaf)
        m_driver->feed(ProxyLeafChanged{*m_proxyLeaf, *leaf});
    m_proxyLeaf = *leaf;
    m_gate->setProxyBinding(*leaf);
    return {};
}

void Daemon::reload()
{
    if (m_stopping)
        return;
    if (const auto done = loadProxyLeaf(); !done)
        log("proxy_certificate.refused", {{"reason", done.error()}});
    else if (m_proxyLeaf)
        log("proxy_certificate.loaded");
    if (m_options.plain)
        return;
    auto identity = m_certificates.load(QDateTime::currentDateTimeUtc());
    if (!identity)
        return log("certificate.refused", {{"reason", identity.error()}});
    m_gate->setIdentity(std::move(*identity));
    log("certificate.loaded");
}

void Daemon::stop()
{
    if (m_stopping)
        return;
    m_stopping = true;
    m_patience.start(std::chrono::duration_cast<std::chrono::milliseconds>(m_options.stopPatience));
    m_gate->stop(kGoingAway);
}

void Daemon::finish()
{
    m_patience.stop();
    m_driver->runAhead(kPutOff);
    log("stopped", {{"matches", Count{m_core->figures().matches}}});
    Q_EMIT stopped();
}

} // namespace ringlift::server
