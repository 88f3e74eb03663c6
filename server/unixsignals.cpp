#include "server/unixsignals.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace ringlift::server {

namespace {

// A handler may touch little more than a descriptor.
std::array<int, 2> ends{-1, -1};

void onSignal(int number)
{
    const int before = errno;
    const auto byte = static_cast<char>(number);
    static_cast<void>(::write(ends[0], &byte, 1));
    errno = before;
}

} // namespace

UnixSignals::UnixSignals(std::initializer_list<int> numbers, QObject *parent) : QObject(parent)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0)
        return;
    auto *const notifier = new QSocketNotifier(ends[1], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char number = 0;
        if (::read(ends[1], &number, 1) == 1)
            Q_EMIT raised(number);
    });
    for (const int number : numbers) {
        struct sigaction action = {};
        action.sa_handler = onSignal;
        action.sa_flags = SA_RESTART;
        ::sigaction(number, &action, nullptr);
    }
}

} // namespace ringlift::server
