#pragma once

#include "core/base/bytes.h"
#include "core/base/time.h"

#include <deque>
#include <optional>
#include <string>
#include <utility>

namespace ringlift::plmn::at {

/// What came in at a port.
struct AtInput {
    enum class Kind { Line, Text, Cancelled, TooLong };

    Kind kind = Kind::Line;
    std::string text;
    bool operator==(const AtInput &) const = default;
};

/// One serial port of a modem, sans-IO. Unsolicited lines wait while a command runs and for a while after its final
/// result: what comes in one read behind a final result is lost to some hosts. The next command does not overtake them: the end
/// of a call that came after the dial of the next would end that.
class AtPort
{
public:
    static constexpr std::size_t kMaxLine = 1024;
    static constexpr Duration kQuiet = std::chrono::milliseconds(40);
    static constexpr std::size_t kMaxUnsolicited = 256;

    void feed(ByteView bytes);
    /// What is to be handled next; nothing while a command runs. A command runs from here to finish().
    std::optional<AtInput> next();
    bool isRunning() const { return m_state == State::Running; }

    /// What is told after a colon, and every reply without one, becomes characters that mean nothing.
    void setNonsense(bool nonsense) { m_nonsense = nonsense; }
    void setEcho(bool echo) { m_echo = echo; }
    /// A line of the running command's reply.
    void reply(std::string_view line);
    /// Asks for the text that belongs to the running command; it comes as Text, or as Cancelled.
    void prompt();
    void finish(TimePoint now, std::string_view result);
    /// The running command gets no result.
    void abandon() { m_state = State::Idle; }
    void notify(TimePoint now, std::string line);
    /// Bytes as they are, at once.
    void raw(std::string_view bytes) { m_output += bytes; }

    void handleTimeout(TimePoint now);
    std::optional<TimePoint> nextTimeout() const;
    std::string takeOutput() { return std::exchange(m_output, {}); }

private:
    enum class State { Idle, Running, Prompting };

    void write(std::string_view line);
    void tellUnsolicited();
    std::string scrambled(std::string_view line, std::size_t from);
    std::optional<AtInput> nextText();
    std::optional<AtInput> nextLine();

    State m_state = State::Idle;
    bool m_echo = true;
    bool m_skipping = false;
    bool m_nonsense = false;
    std::uint32_t m_seed = 1;
    TimePoint m_quietUntil{};
    std::string m_input;
    std::string m_output;
    std::deque<std::string> m_unsolicited;
};

} // namespace ringlift::plmn::at
