#include "platform/plmn/at/atcommand.h"

#include <algorithm>
#include <charconv>

namespace ringlift::plmn::at {

namespace {

constexpr std::size_t kMaxCommands = 40;
constexpr std::string_view kExtended = "+*%$^#!";

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool isLetter(char c)
{
    return upper(c) >= 'A' && upper(c) <= 'Z';
}

/// Reads the commands of one line from left to right.
class LineParser
{
public:
    explicit LineParser(std::string_view line) : m_rest(line) { }

    bool atEnd()
    {
        while (!m_rest.empty() && (m_rest.front() == ' ' || m_rest.front() == ';'))
            m_rest.remove_prefix(1);
        return m_rest.empty();
    }

    std::optional<AtCommand> next()
    {
        if (kExtended.find(m_rest.front()) != std::string_view::npos)
            return extended();
        return basic();
    }

private:
    std::string take(std::size_t count)
    {
        std::string taken(m_rest.substr(0, count));
        m_rest.remove_prefix(taken.size());
        return taken;
    }

    std::string digits()
    {
        return take(static_cast<std::size_t>(std::find_if_not(m_rest.begin(), m_rest.end(), isDigit) - m_rest.begin()));
    }

    std::optional<AtCommand> basic()
    {
        AtCommand command;
        if (m_rest.front() == '&' || m_rest.front() == '\\')
            command.name = take(1);
        if (m_rest.empty() || !isLetter(m_rest.front()))
            return std::nullopt;
        command.name += upper(take(1).front());
        if (command.name == "D") {
            command.arguments = take(m_rest.size());
            return command;
        }
        command.arguments = digits();
        if (command.name == "S" && !m_rest.empty() && m_rest.front() == '=') {
            command.kind = AtCommand::Kind::Set;
            command.arguments += take(1);
            command.arguments += digits();
        } else if (!m_rest.empty() && m_rest.front() == '?') {
            command.kind = AtCommand::Kind::Query;
            take(1);
        }
        return command;
    }

    std::optional<AtCommand> extended()
    {
        AtCommand command;
        command.name = take(1);
        while (!m_rest.empty() && (isLetter(m_rest.front()) || isDigit(m_rest.front()) || m_rest.front() == '_'))
            command.name += upper(take(1).front());
        if (command.name.size() < 2)
            return std::nullopt;
        if (m_rest.starts_with("=?")) {
            command.kind = AtCommand::Kind::Test;
            take(2);
        } else if (m_rest.starts_with('?')) {
            command.kind = AtCommand::Kind::Query;
            take(1);
        } else if (m_rest.starts_with('=')) {
            command.kind = AtCommand::Kind::Set;
            take(1);
            command.arguments = take(endOfArguments());
        }
        if (!m_rest.empty() && m_rest.front() != ';' && m_rest.front() != ' ')
            return std::nullopt;
        return command;
    }

    /// Up to the next semicolon outside quotation marks.
    std::size_t endOfArguments() const
    {
        bool quoted = false;
        for (std::size_t i = 0; i < m_rest.size(); ++i) {
            if (m_rest[i] == '"')
                quoted = !quoted;
            else if (m_rest[i] == ';' && !quoted)
                return i;
        }
        return m_rest.size();
    }

    std::string_view m_rest;
};

} // namespace

Result<std::vector<AtCommand>> parseAtLine(std::string_view line)
{
    if (line.size() < 2 || upper(line[0]) != 'A' || upper(line[1]) != 'T')
        return failure("the line does not begin with AT");
    std::vector<AtCommand> commands;
    LineParser parser(line.substr(2));
    while (!parser.atEnd()) {
        auto command = parser.next();
        if (!command || commands.size() == kMaxCommands)
            return failure("the line holds what is no command");
        commands.push_back(std::move(*command));
    }
    return commands;
}

std::vector<std::string> splitArguments(std::string_view arguments)
{
    std::vector<std::string> split(1);
    bool quoted = false;
    for (const char c : arguments) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            split.emplace_back();
        else if (c != ' ' || quoted)
            split.back() += c;
    }
    return split;
}

std::optional<int> toNumber(std::string_view text)
{
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || text.size() > 9 || !isDigit(text.front()) || read.ptr != text.data() + text.size())
        return std::nullopt;
    return number;
}

} // namespace ringlift::plmn::at
