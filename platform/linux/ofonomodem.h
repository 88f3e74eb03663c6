#pragma once

#include "platform/linux/dbusvalues.h"
#include "platform/linux/simvalues.h"

namespace ringlift::modem {

/// One modem of oFono, as its properties tell.
struct OfonoModem {
    QString path;
    int slot = 0;
    bool online = false;
    QStringList interfaces;
    bool simPresent = false;
    SimFacts facts;

    void apply(const QString &interface, const Properties &properties);
    bool has(const QString &interface) const { return interfaces.contains(interface); }
    SimInfo sim() const;
};

inline const QString kOfonoModem = QStringLiteral("org.ofono.Modem");
inline const QString kOfonoSim = QStringLiteral("org.ofono.SimManager");
inline const QString kOfonoNetwork = QStringLiteral("org.ofono.NetworkRegistration");
inline const QString kOfonoCalls = QStringLiteral("org.ofono.VoiceCallManager");
inline const QString kOfonoCall = QStringLiteral("org.ofono.VoiceCall");
inline const QString kOfonoMessages = QStringLiteral("org.ofono.MessageManager");

} // namespace ringlift::modem
