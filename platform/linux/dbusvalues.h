#pragma once

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QMap>
#include <QStringList>
#include <QVariantMap>

#include <optional>

/// Values from the bus, which are what their sender likes: of another type than expected they read as nothing.
namespace ringlift::modem {

using Properties = QVariantMap;
using Interfaces = QMap<QString, Properties>;
using Objects = QMap<QDBusObjectPath, Interfaces>;

/// As oFono lists its objects.
struct PathAndProperties {
    QDBusObjectPath path;
    Properties properties;
};
QDBusArgument &operator<<(QDBusArgument &argument, const PathAndProperties &object);
const QDBusArgument &operator>>(const QDBusArgument &argument, PathAndProperties &object);

/// Before any of these types is sent or received; QTBUG-108822.
void registerBusTypes();

QString textIn(const QVariant &value);
/// Of any integer type, within an int.
std::optional<int> numberIn(const QVariant &value);
bool flagIn(const QVariant &value);
/// Empty for "/", which means none.
QString pathIn(const QVariant &value);
QStringList textsIn(const QVariant &value);
QStringList pathsIn(const QVariant &value);
Properties propertiesIn(const QVariant &value);
Interfaces interfacesIn(const QVariant &value);
Objects objectsIn(const QVariant &value);
QList<PathAndProperties> pathsWithPropertiesIn(const QVariant &value);

/// The n-th argument of a message, or nothing.
QVariant argumentOf(const QDBusMessage &message, int index);

} // namespace ringlift::modem

Q_DECLARE_METATYPE(ringlift::modem::PathAndProperties)
