#pragma once

#include <QObject>

namespace ringlift::ports {

/// Short messages of this phone, for the one-time code of a registration.
class TextMessages : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Whether somebody waits for one. Otherwise none is read, and what was there before never is.
    virtual void read(bool wanted) = 0;

Q_SIGNALS:
    void received(const QString &text);
};

} // namespace ringlift::ports
