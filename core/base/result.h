#pragma once

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace ringlift {

template<typename E>
class Unexpected
{
public:
    explicit constexpr Unexpected(E error) : m_error(std::move(error)) { }
    constexpr const E &error() const & { return m_error; }
    constexpr E &&error() && { return std::move(m_error); }

private:
    E m_error;
};

namespace detail {

/// What the variant holds; ends the process when that is another alternative.
template<std::size_t Index, typename Variant>
constexpr auto &held(Variant &state)
{
    auto *const alternative = std::get_if<Index>(&state);
    if (alternative == nullptr)
        std::abort();
    return *alternative;
}

} // namespace detail

/// A value or the reason why there is none; spelled like std::expected, which clang 14 cannot use.
template<typename T, typename E>
class [[nodiscard]] Expected
{
public:
    using value_type = T;
    using error_type = E;

    constexpr Expected(T value) : m_state(std::in_place_index<0>, std::move(value)) { }
    constexpr Expected(Unexpected<E> error) : m_state(std::in_place_index<1>, std::move(error).error()) { }

    constexpr bool has_value() const { return m_state.index() == 0; }
    constexpr explicit operator bool() const { return has_value(); }

    constexpr T &value() & { return detail::held<0>(m_state); }
    constexpr const T &value() const & { return detail::held<0>(m_state); }
    constexpr T &&value() && { return std::move(detail::held<0>(m_state)); }
    constexpr T &operator*() & { return value(); }
    constexpr const T &operator*() const & { return value(); }
    constexpr T &&operator*() && { return std::move(*this).value(); }
    constexpr T *operator->() { return &value(); }
    constexpr const T *operator->() const { return &value(); }

    constexpr const E &error() const { return detail::held<1>(m_state); }

    template<typename U>
    constexpr T value_or(U &&other) const &
    {
        return has_value() ? value() : static_cast<T>(std::forward<U>(other));
    }

private:
    std::variant<T, E> m_state;
};

template<typename E>
class [[nodiscard]] Expected<void, E>
{
public:
    using value_type = void;
    using error_type = E;

    constexpr Expected() = default;
    constexpr Expected(Unexpected<E> error) : m_error(std::in_place_index<1>, std::move(error).error()) { }

    constexpr bool has_value() const { return m_error.index() == 0; }
    constexpr explicit operator bool() const { return has_value(); }
    constexpr const E &error() const { return detail::held<1>(m_error); }

private:
    std::variant<std::monostate, E> m_error;
};

/// What went wrong, in English, for logs and for the developer. It never holds a number, an identity or a key.
struct Error
{
    std::string message;

    bool operator==(const Error &) const = default;
};

template<typename T>
using Result = Expected<T, Error>;

inline Unexpected<Error> failure(std::string message)
{
    return Unexpected<Error>(Error{std::move(message)});
}

} // namespace ringlift
