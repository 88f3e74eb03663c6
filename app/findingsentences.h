#pragma once

#include "platform/linux/telephony.h"

#include <QCoreApplication>

namespace ringlift::app {

/// Why a telephony service is, or is not, the phone line: in the language of the interface.
class FindingSentences
{
    Q_DECLARE_TR_FUNCTIONS(FindingSentences)

public:
    /// service: its own name, such as ModemManager.
    static QString of(modem::Finding finding, const QString &service);
};

} // namespace ringlift::app
