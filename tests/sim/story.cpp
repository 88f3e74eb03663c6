#include "tests/sim/story.h"

#include <cstdio>
#include <utility>

namespace ringlift::sim {

namespace {

std::string nameOf(Actor actor)
{
    switch (actor) {
    case Actor::Server: return "server";
    case Actor::Exchange: return "exchange";
    case Actor::Network: return "network";
    case Actor::People: return "people";
    case Actor::Adversary: return "adversary";
    }
    return "phone " + std::to_string(static_cast<int>(actor));
}

} // namespace

void Story::mix(std::uint64_t word)
{
    m_hash = (m_hash ^ word) * 0x100000001b3U;
    m_hash ^= m_hash >> 29U;
}

void Story::count(ByteView bytes)
{
    std::uint64_t word = bytes.size();
    std::size_t filled = 0;
    for (const std::uint8_t byte : bytes) {
        word = word << 8U | byte;
        if (++filled % 8 == 0)
            mix(std::exchange(word, 0));
    }
    mix(word);
}

void Story::count(TimePoint now, Actor actor, std::string_view what, std::int64_t detail)
{
    mix(static_cast<std::uint64_t>(now.time_since_epoch().count()));
    mix(static_cast<std::uint64_t>(actor));
    count(viewOf(what));
    mix(static_cast<std::uint64_t>(detail));
}

void Story::tell(TimePoint now, Actor actor, std::string_view what, std::int64_t detail)
{
    count(now, actor, what, detail);
    m_lines.push_back({now, actor, what, detail});
    if (m_lines.size() > kLines)
        m_lines.pop_front();
}

std::string Story::moment(TimePoint at) const
{
    const std::int64_t us = (at - m_start).count();
    char text[32];
    std::snprintf(text, sizeof text, "%lld.%06lld", static_cast<long long>(us / 1'000'000),
        static_cast<long long>(us % 1'000'000));
    return text;
}

std::string Story::text() const
{
    std::string text;
    for (const Line &line : m_lines) {
        text += moment(line.at) + "  " + nameOf(line.actor) + ": " + std::string(line.what);
        if (line.detail != 0)
            text += " " + std::to_string(line.detail);
        text += '\n';
    }
    return text;
}

} // namespace ringlift::sim
