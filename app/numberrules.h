#pragma once

#include "core/call/callinfo.h"

#include <QObject>
#include <QVariantList>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

namespace ringlift::app {

/// The user's own rules for the calls with single numbers (E.164): whether they move, or are to be asked about.
class NumberRules : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(QVariantMap rules READ rules NOTIFY changed)
    Q_PROPERTY(QVariantList entries READ entries NOTIFY changed)

public:
    using QObject::QObject;

    enum Rule { AsSet, Always, Never, Ask };
    Q_ENUM(Rule)

    /// The rule of each number that has one.
    QVariantMap rules() const;
    /// {number, title, rule} of each.
    QVariantList entries() const;

    /// Only full international numbers can have a rule.
    Q_INVOKABLE bool canHave(const QString &number) const;
    Q_INVOKABLE void set(const QString &number, ringlift::app::NumberRules::Rule rule);

public Q_SLOTS:
    void onContactRuleChanged(const QString &e164, std::optional<ringlift::call::ContactRule> rule);

Q_SIGNALS:
    void changed();
    void setRequested(const QString &e164, std::optional<ringlift::call::ContactRule> rule);

private:
    std::map<QString, call::ContactRule> m_rules;
};

} // namespace ringlift::app
