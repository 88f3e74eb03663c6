#include "server/systemdnotify.h"

#include "server/descriptor.h"

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>

namespace ringlift::server {

namespace {

std::string_view environment(const char *name)
{
    const char *const value = std::getenv(name); // NOLINT(concurrency-mt-unsafe)
    return value != nullptr ? value : "";
}

} // namespace

void notifySystemd(std::string_view state)
{
    const std::string_view path = environment("NOTIFY_SOCKET");
    sockaddr_un address{};
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    // An abstract socket is written with '@' for the zero byte.
    if (path.front() == '@')
        address.sun_path[0] = '\0';
    const Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    static_cast<void>(::sendto(socket.get(), state.data(), state.size(), MSG_NOSIGNAL,
                               reinterpret_cast<const sockaddr *>(&address), size));
}

std::optional<std::chrono::milliseconds> systemdWatchdog()
{
    const std::string_view text = environment("WATCHDOG_USEC");
    std::int64_t micros = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), micros);
    if (text.empty() || error != std::errc() || rest != text.data() + text.size() || micros <= 0)
        return std::nullopt;
    return std::chrono::milliseconds(micros / 2000);
}

} // namespace ringlift::server
