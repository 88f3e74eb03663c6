#pragma once

#include "core/engine/callengine.h"

#include <QJsonObject>

/// Values of calls as the headless interface spells them (app/HEADLESS.md).
namespace ringlift::app {

/// "c1".
QString nameOf(call::CallHandle call);
std::optional<call::CallHandle> callFromName(const QString &name);

QJsonObject toJson(const call::CallInfo &info);
QJsonObject toJson(const call::CallRecord &record);
QJsonObject toJson(const call::CallSettings &settings);
QJsonObject toJson(const NetworkInfo &network);
QJsonObject toJson(const call::RegistrationChanged &registration, const QString &number);
QJsonObject toJson(const call::AccountStanding &standing);
QJsonObject toJson(const call::LockAnswered &answer);
QJsonObject toJson(const call::PinChange &change);
QJsonObject toJson(const engine::MediaFigures &figures);
QJsonObject toJson(const engine::HistoryEntry &entry);
QJsonObject toJson(const SimInfo &sim);
/// Without "probe".
QJsonObject toJson(const engine::HookHealth &health);
QJsonObject toJson(const engine::TestReport &report);

template<typename Enum>
QString textOf(Enum value);

} // namespace ringlift::app
