#pragma once

#include "server/servercore.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace ringlift::server {

/// Feeds the core, drains it and arms its one timer.
class CoreDriver : public QObject
{
    Q_OBJECT

public:
    using Sink = std::function<void(const ServerOutput &)>;

    CoreDriver(ServerCore &core, Sink sink, QObject *parent = nullptr);

    void feed(const ServerInput &input);
    /// Does now what the core would do within this time, such as writes that it has put off.
    void runAhead(Duration by);

private:
    void drain();
    void arm();

    ServerCore &m_core;
    Sink m_sink;
    QTimer m_timer;
    bool m_draining = false;
};

} // namespace ringlift::server
