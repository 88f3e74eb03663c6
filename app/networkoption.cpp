#include "app/commandline.h"

#include "core/engine/callnames.h"

namespace ringlift::app {

using namespace Qt::StringLiterals;

namespace {

Result<void> readTrait(NetworkInfo &network, const QString &trait)
{
    if (trait == "metered"_L1 || trait == "free"_L1)
        network.metered = trait == "metered"_L1;
    else if (trait == "roaming"_L1 || trait == "home"_L1)
        network.roaming = trait == "roaming"_L1;
    else
        return failure("--network: after the kind come metered or free, and roaming or home, separated by commas.");
    return {};
}

} // namespace

Result<std::optional<NetworkInfo>> parseNetwork(const QString &text)
{
    if (text == "system"_L1)
        return std::optional<NetworkInfo>();
    const QStringList parts = text.split(u',');
    const auto kind = engine::fromName<NetworkKind>(parts.first().toStdString());
    if (!kind)
        return failure("--network has to be system, unknown, none, wifi, wired or cellular.");
    NetworkInfo network;
    network.kind = *kind;
    for (const QString &trait : parts.mid(1)) {
        if (const auto read = readTrait(network, trait); !read)
            return Unexpected(read.error());
    }
    return std::optional(network);
}

} // namespace ringlift::app
