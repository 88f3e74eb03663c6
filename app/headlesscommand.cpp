#include "app/headlesscommand.h"

#include "core/engine/callnames.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <array>
#include <span>

namespace ringlift::app {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxId = 9007199254740991; // 2^53-1: exact in every reader of JSON
constexpr int kMaxSlot = 3;

enum class Kind {
    Dialled,
    E164,
    Code,
    Pin,
    PinOrNone,
    SafetyNumber,
    HandOver,
    Digits,
    Call,
    Flag,
    Slot,
    Limit,
    MoveOver,
    Prompt,
    RuleOrNone,
    Network
};

struct Field
{
    const char *name;
    Kind kind;
    bool required = true;
};

struct Form
{
    const char *name;
    std::span<const Field> fields;
};

constexpr Field kOptionalCall{"call", Kind::Call, false};
constexpr std::array kRegister{Field{"number", Kind::Dialled}};
constexpr std::array kVerify{Field{"code", Kind::Code}};
constexpr std::array kUnlock{Field{"pin", Kind::Pin}};
constexpr std::array kLock{Field{"pin", Kind::PinOrNone}};
constexpr std::array kDial{Field{"number", Kind::Dialled}, Field{"sim", Kind::Slot, false}};
constexpr std::array kCall{kOptionalCall};
constexpr std::array kMute{kOptionalCall, Field{"on", Kind::Flag, false}};
constexpr std::array kDigits{kOptionalCall, Field{"digits", Kind::Digits}};
constexpr std::array kSas{kOptionalCall, Field{"same", Kind::Flag}};
constexpr std::array kConfirmPin{Field{"number", Kind::E164}, Field{"compared", Kind::SafetyNumber, false}};
constexpr std::array kHandOver{Field{"number", Kind::E164}, Field{"when", Kind::HandOver}};
constexpr std::array kSettings{Field{"move_calls", Kind::Flag, false},
                               Field{"redial_automatically_in_call", Kind::Flag, false},
                               Field{"allow_unknown_caller_id", Kind::Flag, false},
                               Field{"contacts_only_manual", Kind::Flag, false},
                               Field{"move_over", Kind::MoveOver, false},
                               Field{"move_when_roaming", Kind::Flag, false},
                               Field{"prompt", Kind::Prompt, false}};
constexpr std::array kContactRule{Field{"number", Kind::E164}, Field{"rule", Kind::RuleOrNone}};
constexpr std::array kNetwork{Field{"kind", Kind::Network}, Field{"metered", Kind::Flag, false},
                              Field{"roaming", Kind::Flag, false}};
constexpr std::array kHistory{Field{"limit", Kind::Limit, false}};

constexpr std::array kHealth{Field{"probe", Kind::Flag, false}};

constexpr std::array kForms{Form{"register", kRegister},
                            Form{"verify", kVerify},
                            Form{"unlock", kUnlock},
                            Form{"lock", kLock},
                            Form{"delete_account", {}},
                            Form{"dial", kDial},
                            Form{"answer", kCall},
                            Form{"decline", kCall},
                            Form{"hangup", kCall},
                            Form{"mute", kMute},
                            Form{"send_digits", kDigits},
                            Form{"stay_cellular", kCall},
                            Form{"move", kCall},
                            Form{"redial", kCall},
                            Form{"sas", kSas},
                            Form{"confirm_pin", kConfirmPin},
                            Form{"hand_over", kHandOver},
                            Form{"settings", kSettings},
                            Form{"contact_rule", kContactRule},
                            Form{"network", kNetwork},
                            Form{"play", {}},
                            Form{"history", kHistory},
                            Form{"clear_history", {}},
                            Form{"network_changed", {}},
                            Form{"status", {}},
                            Form{"health", kHealth},
                            Form{"test_call", {}},
                            Form{"quit", {}}};

bool isText(const QJsonValue &value, const char *pattern)
{
    return value.isString() && QRegularExpression(QLatin1StringView(pattern)).match(value.toString()).hasMatch();
}

bool isInteger(const QJsonValue &value, qint64 least, qint64 most)
{
    const qint64 number = value.toInteger(least - 1);
    return value.isDouble() && number >= least && number <= most;
}

template<typename Enum> bool isName(const QJsonValue &value)
{
    return value.isString() && engine::fromName<Enum>(value.toString().toStdString()).has_value();
}

bool isOf(Kind kind, const QJsonValue &value)
{
    switch (kind) {
    case Kind::Dialled: return isText(value, R"(\A[!-~ ]{1,64}\z)");
    case Kind::E164: return isText(value, R"(\A\+[0-9]{7,15}\z)");
    case Kind::Code: return isText(value, R"(\A[0-9]{1,12}\z)");
    case Kind::Pin: return isText(value, R"(\A[0-9]{4,64}\z)");
    case Kind::PinOrNone:
        return value.isNull() || isOf(Kind::Pin, value);
    case Kind::SafetyNumber:
        return isText(value, R"(\A(?: *[0-9]){60} *\z)");
    case Kind::HandOver:
        return isText(value, R"(\A(by_trust|at_ring|at_answer)\z)");
    case Kind::Digits: return isText(value, R"(\A[0-9*#A-D]{1,32}\z)");
    case Kind::Call: return isText(value, R"(\A[!-~]{1,32}\z)");
    case Kind::Flag: return value.isBool();
    case Kind::Slot: return isInteger(value, 0, kMaxSlot);
    case Kind::Limit: return isInteger(value, 1, kMaxHistoryLimit);
    case Kind::MoveOver:
        return isName<call::MoveOver>(value);
    case Kind::Prompt:
        return isName<call::Prompt>(value);
    case Kind::RuleOrNone:
        return value.isNull() || isName<call::ContactRule>(value);
    case Kind::Network:
        return isName<NetworkKind>(value);
    }
    return false;
}

QString wanted(Kind kind)
{
    switch (kind) {
    case Kind::Dialled: return u"1 to 64 printable ASCII characters"_s;
    case Kind::E164: return u"+ and 7 to 15 digits"_s;
    case Kind::Code: return u"a string of 1 to 12 digits"_s;
    case Kind::Pin: return u"a string of 4 to 64 digits"_s;
    case Kind::PinOrNone:
        return u"a string of 4 to 64 digits, or null"_s;
    case Kind::SafetyNumber:
        return u"a string of 60 digits, with or without spaces"_s;
    case Kind::HandOver:
        return u"\"by_trust\", \"at_ring\" or \"at_answer\""_s;
    case Kind::Digits: return u"a string of 1 to 32 of 0-9*#A-D"_s;
    case Kind::Call: return u"the name of a call"_s;
    case Kind::Flag: return u"true or false"_s;
    case Kind::Slot: return u"an integer from 0 to %1"_s.arg(kMaxSlot);
    case Kind::Limit: return u"an integer from 1 to %1"_s.arg(kMaxHistoryLimit);
    case Kind::MoveOver:
        return u"any, wifi or free_data"_s;
    case Kind::Prompt:
        return u"off, notice, sound or ask"_s;
    case Kind::RuleOrNone:
        return u"always, never or ask, or null"_s;
    case Kind::Network:
        return u"unknown, none, wifi, wired or cellular"_s;
    }
    return {};
}

std::optional<CommandFault> checkFields(qint64 id, const Form &form, const QJsonObject &fields)
{
    for (const QString &key : fields.keys()) {
        const auto isKey = [&key](const Field &field) { return key == QLatin1StringView(field.name); };
        if (std::none_of(form.fields.begin(), form.fields.end(), isKey))
            return CommandFault{id, u"unknown_field"_s, u"This command has no field of that name: \"%1\"."_s.arg(key.left(64))};
    }
    for (const Field &field : form.fields) {
        const QString name = QLatin1StringView(field.name);
        if (!fields.contains(name)) {
            if (field.required)
                return CommandFault{id, u"missing_field"_s, u"This command needs the field \"%1\"."_s.arg(name)};
        } else if (!isOf(field.kind, fields.value(name))) {
            return CommandFault{id, u"bad_value"_s, u"\"%1\" has to be %2."_s.arg(name, wanted(field.kind))};
        }
    }
    return std::nullopt;
}

} // namespace

CommandFault lineTooLong()
{
    return {std::nullopt, u"line_too_long"_s, u"The line is longer than %1 bytes."_s.arg(kMaxCommandLine)};
}

Expected<HeadlessCommand, CommandFault> parseCommand(const QByteArray &line)
{
    if (line.size() > kMaxCommandLine)
        return Unexpected(lineTooLong());
    QJsonParseError parsing{};
    const QJsonDocument document = QJsonDocument::fromJson(line, &parsing);
    if (parsing.error != QJsonParseError::NoError || !document.isObject())
        return Unexpected(CommandFault{std::nullopt, u"bad_json"_s, u"The line is not one JSON object."_s});
    QJsonObject fields = document.object();
    const QJsonValue id = fields.take("id"_L1);
    if (!isInteger(id, 0, kMaxId))
        return Unexpected(CommandFault{std::nullopt, u"bad_id"_s, u"\"id\" has to be an integer from 0 to 2^53-1."_s});
    const QString name = fields.take("cmd"_L1).toString();
    const auto form = std::find_if(
        kForms.begin(), kForms.end(), [&name](const Form &known) { return name == QLatin1StringView(known.name); });
    if (form == kForms.end())
        return Unexpected(CommandFault{id.toInteger(), u"unknown_command"_s, u"\"cmd\" has to name a command."_s});
    if (auto fault = checkFields(id.toInteger(), *form, fields); fault)
        return Unexpected(std::move(*fault));
    return HeadlessCommand{id.toInteger(), name, fields};
}

} // namespace ringlift::app
