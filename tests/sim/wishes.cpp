#include "tests/sim/wishes.h"

namespace ringlift::sim {

using namespace std::chrono_literals;
using call::ContactRule;

namespace {

std::optional<ContactRule> ruleOf(const PhoneTraits &traits, const std::string &peer)
{
    const auto number = protocol::Msisdn::fromE164(peer);
    const auto rule = number ? traits.rules.find(*number) : traits.rules.end();
    return rule == traits.rules.end() ? std::nullopt : std::optional(rule->second);
}

bool roams(const PhoneTraits &traits, const NetworkInfo &network)
{
    const bool isLocal = network.kind == NetworkKind::Wifi || network.kind == NetworkKind::Wired;
    return !isLocal && network.roaming.value_or(traits.simRoams.value_or(false));
}

NetworkInfo drawNetwork(Draw &draw)
{
    using enum NetworkKind;
    const std::vector<std::optional<bool>> words{std::nullopt, true, false};
    NetworkInfo network;
    network.kind = draw.oneOf({Wifi, Wifi, Wired, Cellular, Cellular, Unknown, None});
    network.metered = words[static_cast<std::size_t>(draw.below(3))];
    network.roaming = words[static_cast<std::size_t>(draw.below(3))];
    return network;
}

void drawSettings(PhoneTraits &traits, Draw &draw)
{
    using enum call::MoveOver;
    using enum call::Prompt;
    traits.settings.moveOver = draw.oneOf({AnyConnection, WifiOnly, FreeDataOnly});
    traits.settings.moveWhenRoaming = draw.chance(0.5);
    traits.settings.prompt = draw.oneOf({Off, Notice, Sound, AskFirst, AskFirst});
    traits.network = drawNetwork(draw);
    if (draw.chance(0.3))
        traits.simRoams = draw.chance(0.5);
}

Word drawWord(Draw &draw)
{
    Word word;
    word.after = draw.between(100ms, 4s);
    word.isYes = draw.chance(0.75);
    if (draw.chance(0.2))
        word.after.reset();
    return word;
}

} // namespace

bool mayMove(const PhoneTraits &traits, const NetworkInfo &network, const std::string &peer)
{
    const auto rule = ruleOf(traits, peer);
    const call::CallSettings &settings = traits.settings;
    if (rule == ContactRule::Never || (!settings.moveWhenRoaming && roams(traits, network)))
        return false;
    if (rule == ContactRule::Always)
        return true;
    const bool isMobile = network.kind == NetworkKind::Cellular;
    const bool costs = network.metered.value_or(isMobile);
    return !(settings.moveOver == call::MoveOver::WifiOnly && isMobile) &&
           !(settings.moveOver == call::MoveOver::FreeDataOnly && costs);
}

bool asksFirst(const PhoneTraits &traits, const std::string &peer)
{
    const auto rule = ruleOf(traits, peer);
    return rule ? rule == ContactRule::Ask ||
                      (rule == ContactRule::Never && traits.settings.prompt == call::Prompt::AskFirst)
                : traits.settings.prompt == call::Prompt::AskFirst;
}

void drawWishes(Plan &plan, Draw &draw)
{
    const int phones = static_cast<int>(plan.phones.size());
    for (PhoneTraits &traits : plan.phones) {
        if (draw.chance(0.25))
            drawSettings(traits, draw);
        if (draw.chance(0.08))
            traits.rules.emplace(*protocol::Msisdn::fromE164(numberOf(draw.below(phones))),
                                 draw.oneOf({ContactRule::Always, ContactRule::Never, ContactRule::Ask}));
    }
    for (CallPlan &call : plan.calls) {
        call.callerWord = drawWord(draw);
        call.calleeWord = drawWord(draw);
        const auto moves = [&](int who, int peer) {
            const PhoneTraits &traits = plan.phones[static_cast<std::size_t>(who)];
            return traits.byHand ||
                   (mayMove(traits, traits.network, numberOf(peer)) && !asksFirst(traits, numberOf(peer)));
        };
        call.mustMove = call.mustMove && moves(call.caller, call.callee) && moves(call.callee, call.caller);
    }
    if (plan.isQuiet() || !draw.chance(0.15))
        return;
    for (int i = 0; i < 2; ++i)
        plan.networkChanges.push_back({draw.between(0s, 10s), draw.below(phones), drawNetwork(draw)});
}

} // namespace ringlift::sim
