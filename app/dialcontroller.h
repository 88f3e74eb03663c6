#pragma once

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace ringlift::app {

/// What is typed on the dial pad.
class DialController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(QString number READ number WRITE setNumber NOTIFY numberChanged)
    Q_PROPERTY(QString display READ display NOTIFY numberChanged)
    Q_PROPERTY(QString refusal READ refusal NOTIFY refusalChanged)

public:
    using QObject::QObject;

    static constexpr int kMaxLength = 64;

    const QString &number() const { return m_number; }
    /// Keeps what can be dialled: digits, *, #, a leading +, and the pauses , and ;. Longer input is cut.
    void setNumber(const QString &number);
    QString display() const;
    /// Why the last call could not be placed; empty when it was.
    QString refusal() const;
    void retranslate();

    Q_INVOKABLE void press(const QString &key);
    Q_INVOKABLE void backspace();
    Q_INVOKABLE void clear();
    /// Places the call; with nothing typed brings back the last number instead.
    Q_INVOKABLE void dial();

public Q_SLOTS:
    void onDialRefused(const QString &reason);

Q_SIGNALS:
    void numberChanged();
    void refusalChanged();
    void dialRequested(const QString &number, int sim);

private:
    void setRefused(bool refused);

    QString m_number;
    QString m_last;
    bool m_refused = false;
};

} // namespace ringlift::app
