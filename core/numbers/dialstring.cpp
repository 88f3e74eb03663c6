#include "core/numbers/dialstring.h"

#include <QString>

#include <algorithm>
#include <array>

namespace ringlift::numbers {

namespace {

constexpr std::size_t kMaxSize = 256;

// 3GPP TS 22.030 annex C for GSM, and what North American networks use.
constexpr std::array<std::string_view, 4> kOwnNumberPrefixes{"#31#", "*31#", "*67", "*82"};

bool isSeparator(QChar c)
{
    return c.isSpace() || c.category() == QChar::Punctuation_Dash || c.category() == QChar::Other_Format ||
           QStringView(u"().[]/").contains(c);
}

bool isPause(QChar c)
{
    return QStringView(u",;pPwW").contains(c);
}

bool isPlus(QChar c)
{
    return c == u'+' || c == u'\uFF0B';
}

/// The ASCII symbol that a character stands for; 0 for none.
char symbolOf(QChar c)
{
    if (c.category() == QChar::Number_DecimalDigit)
        return static_cast<char>('0' + c.digitValue());
    if (isPlus(c))
        return '+';
    return c == u'*' || c == u'#' ? c.toLatin1() : '\0';
}

bool hasDigit(std::string_view text)
{
    return text.find_first_of("0123456789") != std::string_view::npos;
}

} // namespace

std::optional<DialString> DialString::parse(std::string_view text)
{
    if (text.size() > kMaxSize)
        return std::nullopt;
    DialString result;
    const QString characters = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    for (const QChar c : characters) {
        if (isSeparator(c))
            continue;
        result.hasPostDialDigits = isPause(c) && hasDigit(result.symbols);
        if (result.hasPostDialDigits)
            break;
        const char symbol = symbolOf(c);
        const bool mayHavePlus =
            result.symbols.empty() || result.symbols.ends_with('*') || result.symbols.ends_with('#');
        if (symbol == '\0' || (symbol == '+' && !mayHavePlus))
            return std::nullopt;
        result.symbols += symbol;
    }
    return hasDigit(result.symbols) ? std::optional(result) : std::nullopt;
}

bool DialString::isInternational() const
{
    return symbols.starts_with('+') && !isMmi() && digitCount() >= kLeastDigits;
}

std::size_t DialString::digitCount() const
{
    return static_cast<std::size_t>(std::ranges::count_if(symbols, [](char c) { return c >= '0' && c <= '9'; }));
}

std::string DialString::withoutOwnNumberPrefix() const
{
    for (const std::string_view prefix : kOwnNumberPrefixes) {
        if (symbols.starts_with(prefix))
            return symbols.substr(prefix.size());
    }
    return symbols;
}

} // namespace ringlift::numbers
