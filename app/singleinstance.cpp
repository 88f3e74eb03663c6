#include "app/singleinstance.h"

#include "app/telurl.h"

#include <QDBusConnectionInterface>
#include <QDBusError>
#include <QDBusMessage>

#include <array>

namespace ringlift::app {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAnswerMs = 5000;

/// What lets a window come to the front that the user did not click at: by its key in the message, by the variable for
/// Qt.
struct Token {
    QString key;
    const char *variable;
};

const std::array<Token, 2> &tokens()
{
    static const std::array<Token, 2> all{
        {{u"activation-token"_s, "XDG_ACTIVATION_TOKEN"}, {u"desktop-startup-id"_s, "DESKTOP_STARTUP_ID"}}};
    return all;
}

QVariantMap ownTokens()
{
    QVariantMap platform;
    for (const auto &[key, variable] : tokens()) {
        if (qEnvironmentVariableIsSet(variable))
            platform.insert(key, qEnvironmentVariable(variable));
    }
    return platform;
}

void useTokens(const QVariantMap &platform)
{
    for (const auto &[key, variable] : tokens()) {
        if (const QByteArray token = platform.value(key).toString().toUtf8(); !token.isEmpty())
            qputenv(variable, token);
    }
}

} // namespace

SingleInstance::SingleInstance(const QDBusConnection &bus, QObject *parent) : QObject(parent), m_bus(bus) { }

SingleInstance::~SingleInstance()
{
    m_bus.unregisterObject(QString::fromLatin1(kPath));
    m_bus.unregisterService(QString::fromLatin1(kName));
}

SingleInstance::Claim SingleInstance::claim()
{
    if (!m_bus.isConnected())
        return Claim::NoBus;
    m_bus.registerObject(QString::fromLatin1(kPath), this, QDBusConnection::ExportAllSlots);
    const auto reply = m_bus.interface()->registerService(QString::fromLatin1(kName));
    if (!reply.isValid())
        return Claim::NoBus;
    return reply.value() == QDBusConnectionInterface::ServiceRegistered ? Claim::First : Claim::Running;
}

Result<void> SingleInstance::handOver(const QString &link)
{
    const bool shows = link.isEmpty();
    auto call = QDBusMessage::createMethodCall(QString::fromLatin1(kName), QString::fromLatin1(kPath),
                                               u"org.freedesktop.Application"_s, shows ? u"Activate"_s : u"Open"_s);
    if (!shows)
        call << QStringList{link};
    call << ownTokens();
    if (m_bus.call(call, QDBus::Block, kAnswerMs).type() != QDBusMessage::ReplyMessage)
        return failure("Ringlift runs already, but does not answer.");
    return {};
}

void SingleInstance::Activate(const QVariantMap &platform)
{
    useTokens(platform);
    Q_EMIT activated();
}

void SingleInstance::Open(const QStringList &links, const QVariantMap &platform)
{
    useTokens(platform);
    if (links.isEmpty()) {
        Q_EMIT activated();
        return;
    }
    const auto number = numberOfLink(links.front());
    if (number) {
        Q_EMIT numberOpened(*number);
        return;
    }
    Q_EMIT badLinkOpened();
    if (calledFromDBus())
        sendErrorReply(QDBusError::InvalidArgs, QString::fromStdString(number.error().message));
}

void SingleInstance::ActivateAction(const QString &, const QVariantList &, const QVariantMap &)
{
    if (calledFromDBus())
        sendErrorReply(QDBusError::InvalidArgs, u"Ringlift has no actions."_s);
}

} // namespace ringlift::app
