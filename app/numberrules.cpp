#include "app/numberrules.h"

#include "app/display.h"
#include "core/protocol/msisdn.h"

namespace ringlift::app {

namespace {

NumberRules::Rule ruleOf(call::ContactRule rule)
{
    switch (rule) {
    case call::ContactRule::Always:
        return NumberRules::Always;
    case call::ContactRule::Never:
        return NumberRules::Never;
    case call::ContactRule::Ask:
        return NumberRules::Ask;
    }
    return NumberRules::AsSet;
}

std::optional<call::ContactRule> meaningOf(NumberRules::Rule rule)
{
    switch (rule) {
    case NumberRules::Always:
        return call::ContactRule::Always;
    case NumberRules::Never:
        return call::ContactRule::Never;
    case NumberRules::Ask:
        return call::ContactRule::Ask;
    case NumberRules::AsSet:
        break;
    }
    return std::nullopt;
}

} // namespace

QVariantMap NumberRules::rules() const
{
    QVariantMap rules;
    for (const auto &[number, rule] : m_rules)
        rules.insert(number, ruleOf(rule));
    return rules;
}

QVariantList NumberRules::entries() const
{
    QVariantList entries;
    for (const auto &[number, rule] : m_rules)
        entries.append(QVariantMap{{QStringLiteral("number"), number},
                                   {QStringLiteral("title"), displayNumber(number)},
                                   {QStringLiteral("rule"), ruleOf(rule)}});
    return entries;
}

bool NumberRules::canHave(const QString &number) const
{
    return protocol::Msisdn::fromE164(number.toStdString()).has_value();
}

void NumberRules::set(const QString &number, Rule rule)
{
    if (canHave(number))
        Q_EMIT setRequested(number, meaningOf(rule));
}

void NumberRules::onContactRuleChanged(const QString &e164, std::optional<call::ContactRule> rule)
{
    if (rule)
        m_rules[e164] = *rule;
    else
        m_rules.erase(e164);
    Q_EMIT changed();
}

} // namespace ringlift::app
