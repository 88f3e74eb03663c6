#pragma once

#include "core/base/linecall.h"

#include <QStringList>

/// What SIMs say of themselves, read with care: any of it may be nonsense.
namespace ringlift::modem {

/// In the words of a telephony service; empty until known.
struct SimFacts {
    QString imsi;
    QStringList ownNumbers;
    QStringList emergencyNumbers;
    /// Code of the network, or its country's alone.
    QString servingOperator;
};

/// Present only where calls can be made with it and it says who it is. An own number is in E.164; emergency numbers are
/// those of the SIM, and the two of every network.
SimInfo simInfoOf(int slot, const SimFacts &facts, bool canCall);

} // namespace ringlift::modem
