#pragma once

#include "app/composition.h"

namespace ringlift::app {

class HeadlessServer;

/// The headless interface on standard input and output. Standard input's end, SIGTERM and SIGINT quit the phone.
class HeadlessTerminal : public QObject
{
    Q_OBJECT

public:
    /// composition outlives it.
    HeadlessTerminal(const AppOptions &options, Composition &composition, QObject *parent = nullptr);
    ~HeadlessTerminal() override;

    void start();

Q_SIGNALS:
    /// The process is to end with this status.
    void finished(int exitStatus);

private:
    std::unique_ptr<HeadlessServer> m_server;
};

/// Runs the phone without a window on the event loop of the application until it is told to quit; the exit status.
int runHeadless(const AppOptions &options);

} // namespace ringlift::app
