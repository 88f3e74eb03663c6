#pragma once

#include "platform/linux/dbusvalues.h"
#include "platform/linux/simvalues.h"

namespace ringlift::modem {

/// One modem of ModemManager, as its properties tell.
struct ModemManagerModem {
    QString path;
    int slot = 0;
    /// The same after a restart of the daemon; empty until known.
    QString device;
    int state = 0;
    bool hasVoice = false;
    bool emergencyOnly = false;
    QString simPath;
    SimFacts facts;

    void apply(const QString &interface, const Properties &properties);
    void applySim(const Properties &properties);
    void forgetSim();
    SimInfo sim() const;
};

inline const QString kModemInterface = QStringLiteral("org.freedesktop.ModemManager1.Modem");
inline const QString kModem3gppInterface = QStringLiteral("org.freedesktop.ModemManager1.Modem.Modem3gpp");
inline const QString kVoiceInterface = QStringLiteral("org.freedesktop.ModemManager1.Modem.Voice");
inline const QString kMessagingInterface = QStringLiteral("org.freedesktop.ModemManager1.Modem.Messaging");
inline const QString kSimInterface = QStringLiteral("org.freedesktop.ModemManager1.Sim");
inline const QString kCallInterface = QStringLiteral("org.freedesktop.ModemManager1.Call");
inline const QString kSmsInterface = QStringLiteral("org.freedesktop.ModemManager1.Sms");
inline const QString kPropertiesInterface = QStringLiteral("org.freedesktop.DBus.Properties");

} // namespace ringlift::modem
