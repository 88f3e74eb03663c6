#include "app/telurl.h"

#include "core/numbers/numbernormaliser.h"

#include <QStringList>
#include <QUrl>

#include <algorithm>
#include <optional>

namespace ringlift::app {

using namespace Qt::StringLiterals;

namespace {

/// As much as the dial pad holds.
constexpr qsizetype kMostKeys = 64;
/// Longer than any link that people make, whatever its parameters are.
constexpr qsizetype kMostCharacters = 1024;

/// What stands between digits for the eye only. The last three are dashes and a space of word processors.
constexpr auto kSeparators = u"-.() /\u00A0\u2011\u2013";

bool isDigit(QChar character)
{
    return character >= u'0' && character <= u'9';
}

bool isSign(QChar character)
{
    return isDigit(character) || character == u'*' || character == u'#';
}

/// The keys that a text asks for; nothing when it holds anything else. p and w are the pauses of older links.
std::optional<QString> keysOf(QStringView text)
{
    QString keys;
    for (const QChar character : text) {
        const QChar letter = character.toLower();
        if (isSign(character) || character == u',' || (character == u'+' && keys.isEmpty()))
            keys.append(character);
        else if (letter == u'p' && !keys.isEmpty())
            keys.append(u',');
        else if (letter == u'w' && !keys.isEmpty())
            keys.append(u';');
        else if (!QStringView(kSeparators).contains(character))
            return {};
    }
    return keys;
}

/// What follows the number: an extension, or digits after a pause. Other parameters mean nothing to a dial pad.
std::optional<QString> keysOfParameter(QStringView parameter)
{
    const qsizetype equals = parameter.indexOf(u'=');
    const QStringView name = parameter.left(equals);
    if (equals < 0) {
        const bool dialled = !name.isEmpty() && (isSign(name.front()) || name.front() == u',');
        const auto keys = dialled ? keysOf(name) : QString();
        return keys && !keys->isEmpty() ? u";"_s + *keys : keys;
    }
    if (name.compare(u"ext", Qt::CaseInsensitive) == 0) {
        const auto keys = keysOf(parameter.mid(equals + 1));
        return keys && !keys->isEmpty() ? u","_s + *keys : keys;
    }
    if (name.compare(u"postd", Qt::CaseInsensitive) == 0) {
        const auto keys = keysOf(QString(u"0"_s).append(parameter.mid(equals + 1))); // pauses stand behind a digit
        return keys ? std::optional(keys->mid(1)) : keys;
    }
    return QString();
}

/// The part behind the scheme, without the slashes that some programs write; nothing for other links.
std::optional<QString> bodyOf(const QString &link)
{
    for (const auto scheme : {u"tel:", u"callto:"}) {
        if (!link.startsWith(QStringView(scheme), Qt::CaseInsensitive))
            continue;
        QString body = QUrl::fromPercentEncoding(link.mid(QStringView(scheme).size()).toUtf8());
        while (body.startsWith(u'/'))
            body.remove(0, 1);
        return body.trimmed();
    }
    return {};
}

/// "+49 (0) 155 …" has a digit that nobody dials; numbers that are not whole stay as they are written.
QString withoutTrunkPrefix(const QString &keys)
{
    if (!keys.startsWith(u'+'))
        return keys;
    const auto number = numbers::normaliseDialled(keys.toStdString(), {});
    return number ? QString::fromStdString(number->e164()) : keys;
}

} // namespace

Result<QString> numberOfLink(const QString &link)
{
    const QString trimmed = link.trimmed();
    const auto body = trimmed.size() > kMostCharacters ? std::nullopt : bodyOf(trimmed);
    if (!body)
        return failure("Only links that begin with tel: or callto: can be dialled.");
    const QStringList parts = body->split(u';');
    const auto dialled = keysOf(parts.front());
    if (!dialled)
        return failure("The link holds something that cannot be dialled.");
    if (std::none_of(dialled->begin(), dialled->end(), isSign))
        return failure("The link holds no phone number.");
    QString keys = withoutTrunkPrefix(*dialled);
    for (const QString &parameter : parts.mid(1)) {
        const auto more = keysOfParameter(parameter);
        if (!more)
            return failure("The link holds something that cannot be dialled.");
        keys += *more;
    }
    if (keys.size() > kMostKeys)
        return failure("The link is longer than a phone number can be.");
    return keys;
}

} // namespace ringlift::app
