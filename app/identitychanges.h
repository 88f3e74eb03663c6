#pragma once

#include "core/call/pin.h"

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <map>

namespace ringlift::app {

/// Numbers that showed another phone or SIM than the known one: Internet calls with them are paused until the user says
/// that the new one is right (protocol.md 3.8). Numbers are E.164.
class IdentityChanges : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(QStringList comparable READ comparable NOTIFY changed)
    Q_PROPERTY(QStringList confirmable READ confirmable NOTIFY changed)
    Q_PROPERTY(bool comparing READ isComparing NOTIFY changed)
    Q_PROPERTY(bool forPeer READ isForPeer NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString code READ code NOTIFY changed)
    Q_PROPERTY(bool different READ isDifferent NOTIFY changed)

public:
    using QObject::QObject;

    /// Those for which there is a code to compare.
    QStringList comparable() const;
    /// Those that may be confirmed without a comparison.
    QStringList confirmable() const;
    /// A code is to be on the screen.
    bool isComparing() const { return m_onScreen.has_value(); }
    /// It is the other side that has to confirm: nothing is to be answered here.
    bool isForPeer() const { return m_onScreen && m_onScreen->forPeer; }
    /// Whose code it is, for people.
    QString title() const;
    QString code() const;
    /// The user found that the codes differ.
    bool isDifferent() const { return m_different; }
    void retranslate() { Q_EMIT changed(); }

    Q_INVOKABLE void confirm(const QString &number);
    Q_INVOKABLE void compare(const QString &number);
    /// The code with which the other side may confirm this phone.
    Q_INVOKABLE void show(const QString &number, const QString &digits);
    /// What the comparison came to: the same code confirms, another one leaves everything as it is.
    Q_INVOKABLE void answer(bool same);
    Q_INVOKABLE void close();

public Q_SLOTS:
    void onPinChangeWaits(const ringlift::call::PinChange &change);
    void onPinChangeOver(const QString &e164);

Q_SIGNALS:
    void changed();
    /// comparedNumber: empty without a comparison.
    void confirmRequested(const QString &e164, const QString &comparedNumber);

private:
    struct OnScreen {
        QString number;
        QString digits;
        bool forPeer = false;
    };

    void put(OnScreen code);
    bool compares(const QString &number) const;

    std::map<QString, call::PinChange> m_waiting;
    std::optional<OnScreen> m_onScreen;
    bool m_different = false;
};

} // namespace ringlift::app
