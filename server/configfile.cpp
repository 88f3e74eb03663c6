#include "server/configfile.h"

#include "server/configkeys.h"
#include "server/configvalue.h"

#include <QFile>

#include <set>

namespace ringlift::server {

namespace {

constexpr qint64 kMostOfFile = 1'048'576;

/// The part before the next line break; text becomes the rest.
std::string_view takeLine(std::string_view &text)
{
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    return line;
}

Result<void> readLine(Options &options, std::string_view line, std::set<std::string, std::less<>> &seen)
{
    const auto equals = line.find('=');
    if (equals == std::string_view::npos)
        return failure("is not of the form key = value");
    const std::string_view name = trimmed(line.substr(0, equals));
    if (!seen.emplace(name).second)
        return failure("\"" + std::string(name) + "\" is set twice");
    return setOption(options, name, line.substr(equals + 1));
}

} // namespace

Result<void> readConfig(Options &options, std::string_view text)
{
    Options changed = options;
    std::set<std::string, std::less<>> seen;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = trimmed(takeLine(text));
        if (line.empty() || line.front() == '#')
            continue;
        if (const auto done = readLine(changed, line, seen); !done)
            return failure("line " + std::to_string(number) + ": " + done.error().message);
    }
    options = std::move(changed);
    return {};
}

Result<void> readConfigFile(Options &options, const std::string &path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return failure("cannot read " + path + ": " + file.errorString().toStdString());
    if (file.size() > kMostOfFile)
        return failure(path + " is too large for a config file");
    const auto done = readConfig(options, file.readAll().toStdString());
    if (!done)
        return failure(path + ", " + done.error().message);
    return {};
}

} // namespace ringlift::server
