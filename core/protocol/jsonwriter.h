#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ringlift::protocol {

/// Writes JSON without white space, in ASCII: everything else becomes \uXXXX.
class JsonWriter
{
public:
    JsonWriter &beginObject() { return open('{'); }
    JsonWriter &endObject() { return close('}'); }
    JsonWriter &beginArray() { return open('['); }
    JsonWriter &endArray() { return close(']'); }
    JsonWriter &key(std::string_view name);
    /// UTF-8; invalid bytes become U+FFFD.
    JsonWriter &string(std::string_view text);
    JsonWriter &number(std::int64_t value) { return literal(std::to_string(value)); }
    JsonWriter &number(std::uint64_t value) { return literal(std::to_string(value)); }
    JsonWriter &boolean(bool value) { return literal(value ? "true" : "false"); }
    JsonWriter &null() { return literal("null"); }
    std::string take() { return std::move(m_text); }

private:
    JsonWriter &open(char bracket);
    JsonWriter &close(char bracket);
    JsonWriter &literal(std::string_view text);
    void separate();
    void quote(std::string_view text);

    std::string m_text;
    bool m_needsComma = false;
};

} // namespace ringlift::protocol
