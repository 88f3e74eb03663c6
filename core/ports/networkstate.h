#pragma once

#include "core/base/networkinfo.h"

#include <QObject>

namespace ringlift::ports {

/// The Internet connection of this device, as its platform describes it.
class NetworkState : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual NetworkInfo info() const = 0;
    /// The platform has answered, or will not: info() is all that can be known. So within 1 s of its making.
    virtual bool isSettled() const = 0;

Q_SIGNALS:
    /// Of info() or isSettled().
    void changed();
};

} // namespace ringlift::ports
