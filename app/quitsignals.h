#pragma once

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace ringlift::app {

/// Tells the event loop of SIGTERM and SIGINT. One at a time.
class QuitSignals : public QObject
{
    Q_OBJECT

public:
    explicit QuitSignals(QObject *parent = nullptr);
    ~QuitSignals() override;

Q_SIGNALS:
    void received();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace ringlift::app
