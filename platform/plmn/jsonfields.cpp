#include "platform/plmn/jsonfields.h"

#include <QJsonArray>

namespace ringlift::plmn {

namespace {

constexpr qsizetype kMaxText = 128;
constexpr qsizetype kMaxLongText = 4096;
constexpr qsizetype kMaxTexts = 64;
constexpr double kMaxMillis = 24.0 * 3600 * 1000;

} // namespace

std::optional<QJsonValue> JsonFields::take(const QString &key)
{
    m_known.insert(key);
    const auto found = m_object.constFind(key);
    if (found == m_object.constEnd())
        return std::nullopt;
    return *found;
}

void JsonFields::fail(const QString &key, const char *what)
{
    if (!m_error)
        m_error = Error{key.toStdString() + ' ' + what};
}

void JsonFields::adopt(const Result<void> &inner)
{
    if (!inner && !m_error)
        m_error = inner.error();
}

void JsonFields::require(const QString &key)
{
    if (!has(key))
        fail(key, "is missing");
}

void JsonFields::text(const QString &key, std::string &target)
{
    const auto value = take(key);
    if (!value)
        return;
    if (!value->isString() || value->toString().size() > kMaxText)
        return fail(key, "is not a string of at most 128 characters");
    target = value->toString().toStdString();
}

void JsonFields::longText(const QString &key, std::string &target)
{
    const auto value = take(key);
    if (!value)
        return;
    if (!value->isString() || value->toString().size() > kMaxLongText)
        return fail(key, "is not a string of at most 4096 characters");
    target = value->toString().toStdString();
}

void JsonFields::texts(const QString &key, std::vector<std::string> &target)
{
    const auto value = take(key);
    if (!value)
        return;
    const QJsonArray array = value->toArray();
    if (!value->isArray() || array.size() > kMaxTexts)
        return fail(key, "is not an array of at most 64 strings");
    std::vector<std::string> texts;
    for (const QJsonValue element : array) {
        if (!element.isString() || element.toString().size() > kMaxText)
            return fail(key, "holds something that is not a short string");
        texts.push_back(element.toString().toStdString());
    }
    target = std::move(texts);
}

void JsonFields::flag(const QString &key, bool &target)
{
    const auto value = take(key);
    if (!value)
        return;
    if (!value->isBool())
        return fail(key, "is not true or false");
    target = value->toBool();
}

void JsonFields::number(const QString &key, int &target, int least, int most)
{
    const auto value = take(key);
    if (!value)
        return;
    const double number = value->toDouble(least - 1.0);
    if (!(number >= least && number <= most) || number != static_cast<int>(number))
        return fail(key, "is not a whole number in its range");
    target = static_cast<int>(number);
}

void JsonFields::count(const QString &key, std::size_t &target, int most)
{
    int number = 0;
    this->number(key, number, 1, most);
    if (has(key) && !m_error)
        target = static_cast<std::size_t>(number);
}

void JsonFields::millis(const QString &key, Duration &target)
{
    const auto value = take(key);
    if (!value)
        return;
    const double number = value->toDouble(-1);
    if (!(number >= 0 && number <= kMaxMillis))
        return fail(key, "is not a number of milliseconds from 0 to a day");
    target = Duration(static_cast<Duration::rep>(number * 1000));
}

void JsonFields::millis(const QString &key, std::optional<Duration> &target)
{
    const auto value = take(key);
    if (!value)
        return;
    if (value->isNull()) {
        target.reset();
        return;
    }
    Duration duration{};
    millis(key, duration);
    target = duration;
}

std::optional<QJsonValue> JsonFields::objectOrNull(const QString &key)
{
    auto value = take(key);
    if (value && !value->isObject() && !value->isNull()) {
        fail(key, "is not an object or null");
        return std::nullopt;
    }
    return value;
}

Result<void> JsonFields::finish()
{
    for (auto field = m_object.constBegin(); !m_error && field != m_object.constEnd(); ++field) {
        if (!m_known.contains(field.key()))
            return failure("unknown field " + field.key().left(40).toStdString());
    }
    if (m_error)
        return Unexpected(*m_error);
    return {};
}

} // namespace ringlift::plmn
