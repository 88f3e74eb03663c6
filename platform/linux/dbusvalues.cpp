#include "platform/linux/dbusvalues.h"

#include <QDBusMetaType>
#include <QDBusVariant>

#include <limits>

namespace ringlift::modem {

using namespace Qt::StringLiterals;

namespace {

/// A container that came as it is declared to come.
template<typename Container> Container containerIn(const QVariant &value, QLatin1StringView signature)
{
    if (value.metaType() == QMetaType::fromType<Container>())
        return value.value<Container>();
    if (value.metaType() != QMetaType::fromType<QDBusArgument>())
        return {};
    const auto argument = value.value<QDBusArgument>();
    return argument.currentSignature() == signature ? qdbus_cast<Container>(argument) : Container();
}

QVariant unwrapped(const QVariant &value)
{
    return value.metaType() == QMetaType::fromType<QDBusVariant>() ? value.value<QDBusVariant>().variant() : value;
}

} // namespace

QDBusArgument &operator<<(QDBusArgument &argument, const PathAndProperties &object)
{
    argument.beginStructure();
    argument << object.path << object.properties;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, PathAndProperties &object)
{
    argument.beginStructure();
    argument >> object.path >> object.properties;
    argument.endStructure();
    return argument;
}

void registerBusTypes()
{
    static const bool registered = [] {
        qRegisterMetaType<QDBusObjectPath>();
        qDBusRegisterMetaType<QList<QDBusObjectPath>>();
        qDBusRegisterMetaType<Interfaces>();
        qDBusRegisterMetaType<Objects>();
        qDBusRegisterMetaType<PathAndProperties>();
        qDBusRegisterMetaType<QList<PathAndProperties>>();
        return true;
    }();
    Q_UNUSED(registered)
}

QString textIn(const QVariant &value)
{
    const QVariant plain = unwrapped(value);
    return plain.metaType() == QMetaType::fromType<QString>() ? plain.toString() : QString();
}

std::optional<int> numberIn(const QVariant &value)
{
    const QVariant plain = unwrapped(value);
    switch (plain.typeId()) {
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::Short:
    case QMetaType::UShort:
    case QMetaType::UChar:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
        break;
    default:
        return std::nullopt;
    }
    bool fits = false;
    const qlonglong number = plain.toLongLong(&fits);
    fits = fits && number >= std::numeric_limits<int>::min() && number <= std::numeric_limits<int>::max();
    return fits ? std::optional(static_cast<int>(number)) : std::nullopt;
}

bool flagIn(const QVariant &value)
{
    const QVariant plain = unwrapped(value);
    return plain.metaType() == QMetaType::fromType<bool>() && plain.toBool();
}

QString pathIn(const QVariant &value)
{
    const QVariant plain = unwrapped(value);
    if (plain.metaType() != QMetaType::fromType<QDBusObjectPath>())
        return {};
    const QString path = plain.value<QDBusObjectPath>().path();
    return path == "/"_L1 ? QString() : path;
}

QStringList textsIn(const QVariant &value)
{
    const QVariant plain = unwrapped(value);
    return plain.metaType() == QMetaType::fromType<QStringList>() ? plain.toStringList() : QStringList();
}

QStringList pathsIn(const QVariant &value)
{
    QStringList paths;
    for (const QDBusObjectPath &path : containerIn<QList<QDBusObjectPath>>(unwrapped(value), "ao"_L1))
        paths.append(path.path());
    return paths;
}

Properties propertiesIn(const QVariant &value)
{
    return containerIn<Properties>(unwrapped(value), "a{sv}"_L1);
}

Interfaces interfacesIn(const QVariant &value)
{
    return containerIn<Interfaces>(value, "a{sa{sv}}"_L1);
}

Objects objectsIn(const QVariant &value)
{
    return containerIn<Objects>(value, "a{oa{sa{sv}}}"_L1);
}

QList<PathAndProperties> pathsWithPropertiesIn(const QVariant &value)
{
    return containerIn<QList<PathAndProperties>>(value, "a(oa{sv})"_L1);
}

QVariant argumentOf(const QDBusMessage &message, int index)
{
    return message.arguments().value(index);
}

} // namespace ringlift::modem
