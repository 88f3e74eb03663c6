#include "platform/linux/modemmanager.h"

/// What ModemManager signals.
namespace ringlift::modem {

using namespace Qt::StringLiterals;

void ModemManager::onSignal(const QDBusMessage &message)
{
    const QString member = message.member();
    const QString path = message.path();
    if (member == "InterfacesAdded"_L1) {
        addObject(pathIn(argumentOf(message, 0)), interfacesIn(argumentOf(message, 1)));
    } else if (member == "InterfacesRemoved"_L1) {
        removeInterfaces(pathIn(argumentOf(message, 0)), textsIn(argumentOf(message, 1)));
    } else if (member == "PropertiesChanged"_L1) {
        onProperties(message);
    } else if (member == "StateChanged"_L1) {
        if (!m_calls.knows(path))
            return onUnknownCall();
        const auto state = numberIn(argumentOf(message, 1));
        m_calls.stateChanged(path, state.value_or(-1), numberIn(argumentOf(message, 2)).value_or(0));
    } else if (member == "CallAdded"_L1) {
        if (const ModemManagerModem *const modem = modemAt(path))
            m_calls.begin(pathIn(argumentOf(message, 0)), carrierOf(*modem));
    } else if (member == "CallDeleted"_L1) {
        m_calls.remove(pathIn(argumentOf(message, 0)));
    } else if (member == "Added"_L1) {
        m_messages.added(pathIn(argumentOf(message, 0)), flagIn(argumentOf(message, 1)));
    }
}

void ModemManager::onProperties(const QDBusMessage &message)
{
    const QString interface = textIn(argumentOf(message, 0));
    const Properties properties = propertiesIn(argumentOf(message, 1));
    if (interface == kCallInterface) {
        if (!m_calls.knows(message.path()))
            return onUnknownCall();
        m_calls.propertiesChanged(message.path(), properties);
    } else if (interface == kSmsInterface) {
        m_messages.propertiesChanged(message.path());
    } else if (interface == kSimInterface) {
        if (ModemManagerModem *const modem = modemWithSim(message.path())) {
            modem->applySim(properties);
            tellNews();
        }
    } else if (modemAt(message.path()) != nullptr) {
        addObject(message.path(), {{interface, properties}});
    }
}

// Its announcement was lost: the lists tell whose it is.
void ModemManager::onUnknownCall()
{
    if (m_listings > 0)
        return;
    for (const auto &[path, modem] : m_modems) {
        if (modem.hasVoice)
            readCalls(modem);
    }
}

} // namespace ringlift::modem
