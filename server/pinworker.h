#pragma once

#include "server/servercore.h"

#include <QObject>
#include <QThreadPool>

namespace ringlift::server {

/// Runs Argon2id on a thread of its own, one job at a time (protocol.md 3.3). The core bounds what waits here.
class PinWorker : public QObject
{
    Q_OBJECT

public:
    explicit PinWorker(QObject *parent = nullptr);
    /// Drops what waits, and waits for the job that runs.
    ~PinWorker() override;

    void check(const CheckPin &job);
    void hash(const HashPin &job);

Q_SIGNALS:
    void checked(const ringlift::server::PinChecked &result);
    void hashed(const ringlift::server::PinHashed &result);

private:
    QThreadPool m_pool;
};

} // namespace ringlift::server
