#include "platform/linux/modemmanagermessages.h"

#include "platform/linux/modemmanagermodem.h"

namespace ringlift::modem {

using namespace Qt::StringLiterals;

namespace {

constexpr int kReceived = 3; // MM_SMS_STATE_RECEIVED

} // namespace

ModemManagerMessages::ModemManagerMessages(BusService &service, QObject *parent) : QObject(parent), m_service(service)
{
}

void ModemManagerMessages::read(bool wanted)
{
    m_wanted = wanted;
    m_incomplete.clear();
}

void ModemManagerMessages::added(const QString &path, bool received)
{
    if (m_wanted && received && !path.isEmpty())
        ask(path);
}

void ModemManagerMessages::propertiesChanged(const QString &path)
{
    if (m_wanted && m_incomplete.contains(path))
        ask(path);
}

void ModemManagerMessages::ask(const QString &path)
{
    m_service.call(path, kPropertiesInterface, u"GetAll"_s, {kSmsInterface}, [this, path](const QDBusMessage &reply) {
        if (!m_wanted)
            return;
        const Properties properties = propertiesIn(argumentOf(reply, 0));
        const bool complete = numberIn(properties.value(u"State"_s)) == kReceived;
        m_incomplete.remove(path);
        if (complete)
            Q_EMIT messageRead(textIn(properties.value(u"Text"_s)));
        else if (reply.type() == QDBusMessage::ReplyMessage && m_incomplete.size() < kMaxIncomplete)
            m_incomplete.insert(path);
    });
}

} // namespace ringlift::modem
