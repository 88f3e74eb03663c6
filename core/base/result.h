#pragma once

#include <cassert>
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

    constexpr T &value() & { return *std::get_if<0>(&checked()); }
    constexpr const T &value() const & { return *std::get_if<0>(&checked()); }
    constexpr T &&value() && { return std::move(*std::get_if<0>(&checked())); }
    constexpr T &operator*() & { return value(); }
    constexpr const T &operator*() const & { return value(); }
    constexpr T &&operator*() && { return std::move(*this).value(); }
    constexpr T *operator->() { return &value(); }
    constexpr const T *operator->() const { return &value(); }

    constexpr const E &error() const
    {
        assert(!has_value());
        return *std::get_if<1>(&m_state);
    }

    template<typename U>
    constexpr T value_or(U &&other) const &
    {
        return has_value() ? value() : static_cast<T>(std::forward<U>(other));
    }

private:
    constexpr std::variant<T, E> &checked()
    {
        assert(has_value());
        return m_state;
    }
    constexpr const std::variant<T, E> &checked() const
    {
        assert(has_value());
        return m_state;
    }

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
    constexpr const E &error() const
    {
        assert(!has_value());
        return *std::get_if<1>(&m_error);
    }

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
