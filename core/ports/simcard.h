#pragma once

#include "core/base/linecall.h"

#include <QObject>

namespace ringlift::ports {

/// The SIMs of this device.
class SimCard : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual std::vector<SimInfo> sims() const = 0;

Q_SIGNALS:
    void changed();
};

} // namespace ringlift::ports
