#pragma once

#include <QDebug>

#include <utility>

namespace ringlift {

/// Holds a number, identity, key or address; prints as <redacted>, whatever prints it.
template<typename T>
class Redacted
{
public:
    Redacted() = default;
    explicit Redacted(T value) : m_value(std::move(value)) { }

    const T &reveal() const { return m_value; }
    auto operator<=>(const Redacted &) const = default;

    friend QDebug operator<<(QDebug debug, const Redacted &) { return debug << "<redacted>"; }

private:
    T m_value{};
};

} // namespace ringlift
