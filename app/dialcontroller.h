#pragma once

#include "core/base/linecall.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace ringlift::app {

/// What is typed on the dial pad, and the SIM that it is dialled on.
class DialController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(QString number READ number WRITE setNumber NOTIFY numberChanged)
    Q_PROPERTY(QString display READ display NOTIFY numberChanged)
    Q_PROPERTY(QString refusal READ refusal NOTIFY refusalChanged)
    Q_PROPERTY(QVariantList sims READ sims NOTIFY simsChanged)
    Q_PROPERTY(int sim READ sim WRITE setSim NOTIFY simsChanged)

public:
    using QObject::QObject;

    static constexpr int kMaxLength = 64;

    const QString &number() const { return m_number; }
    /// Keeps what can be dialled: digits, *, #, a leading +, and the pauses , and ;. Longer input is cut.
    void setNumber(const QString &number);
    QString display() const;
    /// Why the last call could not be placed; empty when it was.
    QString refusal() const;
    /// {value, name} of each SIM; empty while there is nothing to choose.
    QVariantList sims() const;
    /// Slot of the SIM that dials.
    int sim() const { return m_sim; }
    void setSim(int slot);
    void retranslate();

    Q_INVOKABLE void press(const QString &key);
    Q_INVOKABLE void backspace();
    Q_INVOKABLE void clear();
    /// Places the call; with nothing typed brings back the last number instead.
    Q_INVOKABLE void dial();
    /// Places the call on the SIM that carried an earlier one, -1 where that is not known. Where that SIM is away and
    /// others could pay for it, the number is only put on the pad.
    Q_INVOKABLE void callAgain(const QString &number, int slot);

public Q_SLOTS:
    /// Puts the number of a link on the pad, where the user sees it and may dial it.
    void fillIn(const QString &number);
    /// The user followed a link that has none.
    void onBadLink();
    void onDialRefused(const QString &reason);
    void onEmergencyRefused();
    void onSimsChanged(const QList<ringlift::SimInfo> &sims);

Q_SIGNALS:
    void numberChanged();
    void refusalChanged();
    void simsChanged();
    /// The user followed a link, and is to see the pad.
    void linkFollowed();
    void dialRequested(const QString &number, int sim);

private:
    enum class Refusal { None, ByLine, NoEmergencyCalls, BadLink };

    void setRefusal(Refusal refusal);
    bool isPresent(int slot) const;
    void place(int slot);

    QString m_number;
    QString m_last;
    QList<SimInfo> m_sims; // those that are present
    int m_sim = 0;
    Refusal m_refusal = Refusal::None;
};

} // namespace ringlift::app
