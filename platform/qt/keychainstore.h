#pragma once

#include "core/ports/appstore.h"
#include "core/ports/secretstore.h"

#include <QTimer>

namespace QKeychain {
class Job;
}

namespace ringlift::qt {

struct KeychainConfig
{
    QString service = QStringLiteral("ringlift");
    std::chrono::milliseconds timeout{10000};
};

/// Secrets in the desktop's keyring. A locked or missing keyring answers "not found" (toolkit.md section 4), so a marker in
/// the app's own store remembers what was written: with a marker "not found" is Locked, and without one it is believed only
/// after a probe was written, read back and compared.
class KeychainStore : public ports::SecretStore
{
    Q_OBJECT

public:
    /// markers must outlive the store.
    explicit KeychainStore(ports::AppStore &markers, KeychainConfig config = {}, QObject *parent = nullptr);

    void read(const QString &key, ReadDone done) override;
    void write(const QString &key, const Bytes &secret, WriteDone done) override;
    void remove(const QString &key, WriteDone done) override;

private:
    using Finished = std::function<void(QKeychain::Job *job)>;
    class Operation;

    bool isMarked(const QString &key) const;
    void start(Operation *operation, QKeychain::Job *job, Finished finished);
    /// Calls proceed(nothing) once a probe went well, or at once when one already has.
    void probe(Operation *operation, WriteDone proceed);
    void readProbe(Operation *operation, const QString &key, const QString &expected, WriteDone proceed);
    void writeMarked(Operation *operation, const QString &key, const Bytes &secret, const WriteDone &done);
    void verify(Operation *operation, const QString &key, const Bytes &secret, const WriteDone &done);

    ports::AppStore &m_markers;
    const KeychainConfig m_config;
    bool m_probed = false;
};

} // namespace ringlift::qt
