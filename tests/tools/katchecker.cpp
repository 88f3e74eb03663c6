#include "tests/tools/katchecker.h"

#include "tests/tools/katsections.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace ringlift::kat {

namespace {

using Check = void (*)(const std::string &, const QJsonValue &, KatContext &, KatTally &);

struct Section {
    const char *name;
    Check check;
};

// In the order in which later sections need earlier ones.
constexpr std::array kSections{
    Section{"identity", checkIdentity},
    Section{"tags", checkTags},
    Section{"register", checkRegister},
    Section{"login", checkLogin},
    Section{"calls", checkCall},
    Section{"safety_number", checkSafetyNumber},
    Section{"turn_rest", checkTurnRest},
    Section{"sas_leading_zero", checkSas},
    Section{"negative", checkNegative},
    Section{"media_sequence", checkMediaSequence},
};

// A section holds one entry or a list of them.
void checkSection(const Section &section, const QJsonValue &value, KatContext &context, KatTally &tally)
{
    if (!value.isArray()) {
        section.check(section.name, value, context, tally);
        return;
    }
    const QJsonArray entries = value.toArray();
    for (qsizetype i = 0; i < entries.size(); ++i)
        section.check(std::string(section.name) + '[' + std::to_string(i) + ']', entries.at(i), context, tally);
}

bool isKnown(const QString &name)
{
    return name == QLatin1StringView("note")
        || std::ranges::any_of(kSections, [&](const Section &s) { return name == QLatin1StringView(s.name); });
}

} // namespace

KatTally checkKnownAnswers(const QByteArray &json)
{
    KatTally tally;
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (!document.isObject()) {
        const std::string why = error.error != QJsonParseError::NoError ? error.errorString().toStdString() : "no object";
        tally.fail("file", "not a JSON object: " + why);
        return tally;
    }
    const QJsonObject root = document.object();
    for (const QString &name : root.keys()) {
        if (!isKnown(name))
            tally.fail(name.toStdString(), "unknown section");
    }
    KatContext context;
    for (const Section &section : kSections) {
        if (const auto found = root.constFind(QLatin1StringView(section.name)); found != root.constEnd())
            checkSection(section, *found, context, tally);
    }
    return tally;
}

} // namespace ringlift::kat
