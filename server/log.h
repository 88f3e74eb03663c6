#pragma once

#include "core/base/result.h"
#include "core/base/strongid.h"
#include "core/base/time.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

/// The only way the server logs (protocol.md 4.3): typed fields, none of which can hold what came over the wire.
namespace ringlift::server {

/// A literal of the source, so never a string from the wire.
class LogName
{
public:
    template<std::size_t N> consteval LogName(const char (&literal)[N]) : m_text(literal, N - 1) { }
    constexpr std::string_view text() const { return m_text; }

private:
    std::string_view m_text;
};

/// The first four bytes.
struct CallIdPrefix {
    explicit CallIdPrefix(const CallId &id);
    std::string hex;
};

/// The first four bytes.
struct AccountPrefix {
    explicit AccountPrefix(const AccountId &id);
    std::string hex;
};

struct Count {
    std::uint64_t value = 0;
};

/// A number from the operating system, SQLite or a WebSocket close.
struct ErrorCode {
    int value = 0;
};

/// Reason: an error about the operator's own files and settings.
using LogValue = std::variant<CallIdPrefix, AccountPrefix, Count, Duration, ErrorCode, Error>;

struct LogField {
    LogName name;
    LogValue value;
};

/// One line of JSON on stderr.
void log(LogName event, std::initializer_list<LogField> fields = {});
std::string logLine(std::string_view time, LogName event, std::initializer_list<LogField> fields);

} // namespace ringlift::server
