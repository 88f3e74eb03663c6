#pragma once

#include "core/call/pin.h"

#include <QObject>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

namespace ringlift::app {

/// Peers whose identity is known, and what the user wants for each (protocol.md 5.2 rule 3). Numbers are E.164.
class Contacts : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(QVariantMap handOvers READ handOvers NOTIFY changed)

public:
    /// As call::HandOver.
    enum HandOver { ByTrust, AtRing, AtAnswer };
    Q_ENUM(HandOver)

    using QObject::QObject;

    /// When calls to each of them move.
    const QVariantMap &handOvers() const { return m_handOvers; }

    Q_INVOKABLE void setHandOver(const QString &number, ringlift::app::Contacts::HandOver handOver);

public Q_SLOTS:
    void onContactChanged(const QString &e164, ringlift::call::HandOver handOver);
    void onContactForgotten(const QString &e164);

Q_SIGNALS:
    void changed();
    void handOverRequested(const QString &e164, ringlift::call::HandOver handOver);

private:
    QVariantMap m_handOvers;
};

} // namespace ringlift::app
