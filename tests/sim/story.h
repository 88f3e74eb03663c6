#pragma once

#include "core/base/bytes.h"
#include "core/base/time.h"

#include <deque>
#include <string>

namespace ringlift::sim {

/// Who a line of a story is about: a phone by its index, or one of these.
enum class Actor : int { Server = 100, Exchange, Network, People, Adversary };
inline Actor phoneActor(int index)
{
    return static_cast<Actor>(index);
}

/// What happened, in order: a hash over all of it, and the last lines for people. It holds no number and no key.
class Story
{
public:
    static constexpr std::size_t kLines = 400;

    explicit Story(TimePoint start) : m_start(start) { }

    /// what lives for ever: a literal or the name of an enumerator.
    void tell(TimePoint now, Actor actor, std::string_view what, std::int64_t detail = 0);
    /// As tell(), but in the hash only: what happens fifty times a second.
    void count(TimePoint now, Actor actor, std::string_view what, std::int64_t detail = 0);
    void count(ByteView bytes);

    std::uint64_t hash() const { return m_hash; }
    std::string text() const;
    /// "12.345678": virtual seconds since the start.
    std::string moment(TimePoint at) const;

private:
    struct Line { TimePoint at; Actor actor; std::string_view what; std::int64_t detail; };
    void mix(std::uint64_t word);

    TimePoint m_start;
    std::uint64_t m_hash = 0xcbf29ce484222325U;
    std::deque<Line> m_lines;
};

} // namespace ringlift::sim
