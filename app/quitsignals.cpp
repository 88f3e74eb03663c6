#include "app/quitsignals.h"

#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace ringlift::app {

namespace {

std::array<int, 2> ends{-1, -1};

void onSignal(int)
{
    const char byte = 1;
    static_cast<void>(::write(ends[0], &byte, 1));
}

} // namespace

QuitSignals::QuitSignals(QObject *parent) : QObject(parent)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(ends[1], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        static_cast<void>(::read(ends[1], &byte, 1));
        Q_EMIT received();
    });
    std::signal(SIGTERM, onSignal);
    std::signal(SIGINT, onSignal);
}

QuitSignals::~QuitSignals()
{
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
    m_notifier.reset();
    for (int &end : ends)
        ::close(std::exchange(end, -1));
}

} // namespace ringlift::app
