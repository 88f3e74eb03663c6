#include "platform/plmn/at/atport.h"

#include <algorithm>

namespace ringlift::plmn::at {

namespace {

constexpr std::size_t kMaxWaiting = 65536;
constexpr std::string_view kEndOfText = "\x1a\x1b";
/// What hosts send to leave a prompt, and line ends, may stand before a command.
constexpr std::string_view kBeforeLine = "\r\n\x1a\x1b ";

} // namespace

void AtPort::feed(ByteView bytes)
{
    if (m_input.size() + bytes.size() <= kMaxWaiting)
        m_input += textOf(bytes);
}

std::optional<AtInput> AtPort::next()
{
    if (m_state == State::Running)
        return std::nullopt;
    auto input = m_state == State::Prompting ? nextText() : nextLine();
    if (input)
        m_state = State::Running;
    return input;
}

std::optional<AtInput> AtPort::nextText()
{
    const std::size_t end = m_input.find_first_of(kEndOfText);
    if (end == std::string::npos && m_input.size() <= kMaxLine)
        return std::nullopt;
    AtInput input;
    if (end == std::string::npos) {
        input.kind = AtInput::Kind::TooLong;
        m_input.clear();
        return input;
    }
    input.kind = m_input[end] == kEndOfText.front() ? AtInput::Kind::Text : AtInput::Kind::Cancelled;
    input.text = m_input.substr(0, end);
    m_input.erase(0, end + 1);
    return input;
}

std::optional<AtInput> AtPort::nextLine()
{
    while (true) {
        if (!m_skipping)
            m_input.erase(0, m_input.find_first_not_of(kBeforeLine));
        const std::size_t end = m_input.find('\r');
        m_skipping = m_skipping || std::min(end, m_input.size()) > kMaxLine;
        if (end == std::string::npos) {
            if (m_skipping)
                m_input.clear();
            return std::nullopt;
        }
        const std::string line = m_input.substr(0, end);
        m_input.erase(0, end + 1);
        if (std::exchange(m_skipping, false))
            return AtInput{AtInput::Kind::TooLong, {}};
        tellUnsolicited();
        if (m_echo)
            m_output += line + '\r';
        if (line.size() >= 2 && (line[0] | 0x20) == 'a' && (line[1] | 0x20) == 't')
            return AtInput{AtInput::Kind::Line, line};
    }
}

void AtPort::write(std::string_view line)
{
    m_output.append("\r\n").append(line).append("\r\n");
}

std::string AtPort::scrambled(std::string_view line, std::size_t from)
{
    std::string text(line);
    for (std::size_t i = from; i < text.size(); ++i) {
        m_seed = m_seed * 1'664'525U + 1'013'904'223U;
        text[i] = static_cast<char>(' ' + (m_seed >> 24U) % 95);
    }
    return text;
}

void AtPort::reply(std::string_view line)
{
    const std::size_t colon = line.find(':');
    if (m_nonsense)
        write(scrambled(line, colon == std::string_view::npos ? 0 : colon + 1));
    else
        write(line);
}

void AtPort::prompt()
{
    m_output += "\r\n> ";
    m_state = State::Prompting;
}

void AtPort::finish(TimePoint now, std::string_view result)
{
    write(result);
    m_state = State::Idle;
    m_quietUntil = now + kQuiet;
}

void AtPort::notify(TimePoint now, std::string line)
{
    if (m_unsolicited.size() < kMaxUnsolicited)
        m_unsolicited.push_back(std::move(line));
    handleTimeout(now);
}

void AtPort::handleTimeout(TimePoint now)
{
    if (m_state == State::Idle && now >= m_quietUntil)
        tellUnsolicited();
}

void AtPort::tellUnsolicited()
{
    for (const std::string &line : m_unsolicited) {
        const std::size_t colon = line.find(':');
        write(m_nonsense && colon != std::string::npos ? scrambled(line, colon + 1) : line);
    }
    m_unsolicited.clear();
}

std::optional<TimePoint> AtPort::nextTimeout() const
{
    if (m_state != State::Idle || m_unsolicited.empty())
        return std::nullopt;
    return m_quietUntil;
}

} // namespace ringlift::plmn::at
