#include "core/protocol/json.h"

#include <algorithm>

namespace ringlift::protocol {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

void appendUtf8(std::string &text, std::uint32_t codePoint)
{
    const auto tail = [&](unsigned shift) { text += static_cast<char>(0x80U | (codePoint >> shift & 0x3FU)); };
    if (codePoint < 0x80) {
        text += static_cast<char>(codePoint);
    } else if (codePoint < 0x800) {
        text += static_cast<char>(0xC0U | codePoint >> 6U);
        tail(0);
    } else if (codePoint < 0x10000) {
        text += static_cast<char>(0xE0U | codePoint >> 12U);
        tail(6);
        tail(0);
    } else {
        text += static_cast<char>(0xF0U | codePoint >> 18U);
        tail(12);
        tail(6);
        tail(0);
    }
}

/// Recursive descent; its depth is bounded by the limits. Every step returns false once there is an error.
class Parser
{
public:
    Parser(std::string_view text, const JsonLimits &limits) : m_rest(text), m_limits(limits) { }

    Expected<JsonValue, DecodeError> document()
    {
        JsonValue value;
        if (!parse(value, 0))
            return Unexpected(m_error);
        skipSpace();
        if (!m_rest.empty())
            return Unexpected(DecodeError::NotJson);
        return value;
    }

private:
    bool parse(JsonValue &value, std::size_t depth);
    bool object(JsonValue &value, std::size_t depth);
    bool member(JsonValue &object, std::size_t depth);
    bool array(JsonValue &value, std::size_t depth);
    bool string(std::string &text);
    bool escape(std::string &text);
    bool unicodeEscape(std::string &text);
    bool number(std::string &text);
    bool digits();
    bool literal(JsonValue &value, std::string_view word, JsonValue::Kind kind);
    std::optional<std::uint32_t> hex4();

    void skipSpace()
    {
        const auto end = m_rest.find_first_not_of(" \t\r\n");
        m_rest.remove_prefix(std::min(end, m_rest.size()));
    }
    bool accept(char c)
    {
        if (m_rest.empty() || m_rest.front() != c)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }
    bool fail(DecodeError error = DecodeError::NotJson)
    {
        m_error = error;
        return false;
    }

    std::string_view m_rest;
    const JsonLimits m_limits;
    std::size_t m_keys = 0;
    DecodeError m_error = DecodeError::NotJson;
};

bool Parser::parse(JsonValue &value, std::size_t depth)
{
    skipSpace();
    if (m_rest.empty())
        return fail();
    switch (m_rest.front()) {
    case '{':
        return object(value, depth + 1);
    case '[':
        return array(value, depth + 1);
    case '"':
        value.kind = JsonValue::Kind::String;
        return string(value.text);
    case 't':
        return literal(value, "true", JsonValue::Kind::True);
    case 'f':
        return literal(value, "false", JsonValue::Kind::False);
    case 'n':
        return literal(value, "null", JsonValue::Kind::Null);
    default:
        value.kind = JsonValue::Kind::Number;
        return number(value.text);
    }
}

bool Parser::object(JsonValue &value, std::size_t depth)
{
    if (depth > m_limits.depth)
        return fail(DecodeError::TooDeep);
    value.kind = JsonValue::Kind::Object;
    m_rest.remove_prefix(1);
    skipSpace();
    if (accept('}'))
        return true;
    do {
        if (!member(value, depth))
            return false;
    } while (accept(','));
    return accept('}') || fail();
}

bool Parser::member(JsonValue &object, std::size_t depth)
{
    skipSpace();
    std::string key;
    if (!string(key))
        return false;
    if (++m_keys > m_limits.keys)
        return fail(DecodeError::TooManyKeys);
    if (object.find(key) != nullptr)
        return fail(DecodeError::DuplicateKey);
    skipSpace();
    if (!accept(':'))
        return fail();
    JsonValue value;
    if (!parse(value, depth))
        return false;
    object.keys.push_back(std::move(key));
    object.values.push_back(std::move(value));
    skipSpace();
    return true;
}

bool Parser::array(JsonValue &value, std::size_t depth)
{
    if (depth > m_limits.depth)
        return fail(DecodeError::TooDeep);
    value.kind = JsonValue::Kind::Array;
    m_rest.remove_prefix(1);
    skipSpace();
    if (accept(']'))
        return true;
    do {
        if (!parse(value.values.emplace_back(), depth))
            return false;
        skipSpace();
    } while (accept(','));
    return accept(']') || fail();
}

bool Parser::string(std::string &text)
{
    if (!accept('"'))
        return fail();
    while (!accept('"')) {
        if (m_rest.empty() || static_cast<unsigned char>(m_rest.front()) < 0x20)
            return fail();
        if (accept('\\')) {
            if (!escape(text))
                return false;
        } else {
            text += m_rest.front();
            m_rest.remove_prefix(1);
        }
        if (text.size() > m_limits.string)
            return fail(DecodeError::StringTooLong);
    }
    return true;
}

bool Parser::escape(std::string &text)
{
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    if (accept('u'))
        return unicodeEscape(text);
    const auto index = m_rest.empty() ? std::string_view::npos : kNames.find(m_rest.front());
    if (index == std::string_view::npos)
        return fail();
    text += kMeanings[index];
    m_rest.remove_prefix(1);
    return true;
}

// RFC 8259 section 7: beyond the basic plane as a pair of surrogates; a lone one stands for nothing.
bool Parser::unicodeEscape(std::string &text)
{
    const auto first = hex4();
    if (!first || (*first >= 0xDC00 && *first < 0xE000))
        return fail();
    if (*first < 0xD800 || *first >= 0xE000) {
        appendUtf8(text, *first);
        return true;
    }
    if (!accept('\\') || !accept('u'))
        return fail();
    const auto second = hex4();
    if (!second || *second < 0xDC00 || *second >= 0xE000)
        return fail();
    appendUtf8(text, 0x10000 + ((*first - 0xD800) << 10U) + (*second - 0xDC00));
    return true;
}

std::optional<std::uint32_t> Parser::hex4()
{
    if (m_rest.size() < 4)
        return std::nullopt;
    const auto bytes = fromHex(m_rest.substr(0, 4));
    if (!bytes)
        return std::nullopt;
    m_rest.remove_prefix(4);
    return static_cast<std::uint32_t>(bytes->at(0)) << 8U | bytes->at(1);
}

bool Parser::number(std::string &text)
{
    const std::string_view start = m_rest;
    accept('-');
    if (!accept('0') && !digits())
        return fail();
    if (accept('.') && !digits())
        return fail();
    if (accept('e') || accept('E')) {
        if (!accept('+'))
            accept('-');
        if (!digits())
            return fail();
    }
    text = start.substr(0, start.size() - m_rest.size());
    return text.size() <= m_limits.string || fail(DecodeError::StringTooLong);
}

bool Parser::digits()
{
    const auto end = std::ranges::find_if_not(m_rest, isDigit);
    const auto count = static_cast<std::size_t>(end - m_rest.begin());
    m_rest.remove_prefix(count);
    return count > 0;
}

bool Parser::literal(JsonValue &value, std::string_view word, JsonValue::Kind kind)
{
    if (!m_rest.starts_with(word))
        return fail();
    m_rest.remove_prefix(word.size());
    value.kind = kind;
    return true;
}

} // namespace

const JsonValue *JsonValue::find(std::string_view key) const
{
    const auto found = std::ranges::find(keys, key);
    return found == keys.end() ? nullptr : &values[static_cast<std::size_t>(found - keys.begin())];
}

Expected<JsonValue, DecodeError> parseJson(std::string_view text, const JsonLimits &limits)
{
    if (text.size() > kMaxMessageSize)
        return Unexpected(DecodeError::TooBig);
    if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) > 0x7F; }))
        return Unexpected(DecodeError::NotAscii);
    return Parser(text, limits).document();
}

} // namespace ringlift::protocol
