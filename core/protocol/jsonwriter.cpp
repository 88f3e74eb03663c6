#include "core/protocol/jsonwriter.h"

#include "core/base/bytes.h"

#include <QString>

namespace ringlift::protocol {

namespace {

void appendEscape(std::string &text, char16_t unit)
{
    text += "\\u";
    text += toHex(ByteWriter().u16(unit).view());
}

} // namespace

JsonWriter &JsonWriter::key(std::string_view name)
{
    separate();
    quote(name);
    m_text += ':';
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::string(std::string_view text)
{
    separate();
    quote(text);
    m_needsComma = true;
    return *this;
}

JsonWriter &JsonWriter::open(char bracket)
{
    separate();
    m_text += bracket;
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::close(char bracket)
{
    m_text += bracket;
    m_needsComma = true;
    return *this;
}

JsonWriter &JsonWriter::literal(std::string_view text)
{
    separate();
    m_text += text;
    m_needsComma = true;
    return *this;
}

void JsonWriter::separate()
{
    if (m_needsComma)
        m_text += ',';
}

void JsonWriter::quote(std::string_view text)
{
    m_text += '"';
    const QString units = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    for (const QChar unit : units) {
        const char16_t code = unit.unicode();
        if (code == u'"' || code == u'\\')
            m_text += '\\';
        if (code < 0x20 || code > 0x7E)
            appendEscape(m_text, code);
        else
            m_text += static_cast<char>(code);
    }
    m_text += '"';
}

} // namespace ringlift::protocol
