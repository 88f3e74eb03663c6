#pragma once

#include "core/base/random.h"
#include "server/certificates.h"
#include "server/coredriver.h"
#include "server/gate.h"
#include "server/otpsender.h"
#include "server/paths.h"
#include "server/pinworker.h"
#include "server/privatefile.h"
#include "server/sqliteregistry.h"
#include "server/systemwallclock.h"

#include <QTimer>

namespace ringlift::server {

/// The server as a whole: opens what it needs, in an order that leaves everything as it was when a step fails, and
/// serves.
class Daemon : public QObject
{
    Q_OBJECT

public:
    Daemon(Options options, Paths paths);
    ~Daemon() override;

    /// Everything but listening; changes nothing that is in use. For --check, and as the first half of start().
    Result<void> prepare();
    Result<void> listen();

    const std::vector<Endpoint> &endpoints() const { return m_endpoints; }
    std::string authorityFile() const { return m_options.plain ? std::string() : m_certificates.authorityFile(); }

    /// Reads the certificates again. Connections stay; a bad one leaves the old one in use.
    void reload();
    /// Asks all clients to leave; stopped() follows within the patience of the options.
    void stop();

Q_SIGNALS:
    void stopped();

private:
    Result<void> openStores();
    Result<void> openSender();
    Result<void> openSecrets(bool hasAccounts);
    void makeGate();
    Result<void> loadProxyLeaf();
    void keepUp();
    void dropLapsedKeys();
    void onOutput(const ServerOutput &output);
    void onSendCode(const SendCode &code);
    void finish();

    const Options m_options;
    const Paths m_paths;
    const Certificates m_certificates;
    SystemRandom m_random;
    SystemWallClock m_clock;
    Descriptor m_lock;
    std::unique_ptr<SqliteRegistry> m_registry;
    std::optional<Secrets> m_secrets;
    std::unique_ptr<OtpSender> m_sender;
    std::unique_ptr<ServerCore> m_core;
    std::unique_ptr<CoreDriver> m_driver;
    std::unique_ptr<PinWorker> m_pins;
    std::unique_ptr<Gate> m_gate;
    std::optional<protocol::Key32> m_proxyLeaf;
    std::vector<Endpoint> m_endpoints;
    QTimer m_upkeep;
    QTimer m_patience;
    bool m_stopping = false;
};

} // namespace ringlift::server
