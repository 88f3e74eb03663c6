#pragma once

#include "platform/plmn/jsonfields.h"
#include "platform/plmn/switch.h"

/// The switch's values as JSON (README.md names every field).
namespace ringlift::plmn {

/// Changes the named fields only; subscriber is untouched on failure.
Result<void> readSubscriber(const QJsonObject &object, Subscriber &subscriber);
Result<void> readConfig(const QJsonObject &object, SwitchConfig &config);
Result<OutsideCall> readOutsideCall(const QJsonObject &object);

QJsonObject toJson(const Leg &leg);
QJsonObject toJson(const Subscriber &subscriber);
QJsonObject toJson(const SimInfo &sim);

/// What a phone reads back; the result is empty when a field is missing or of the wrong kind.
std::optional<LineCall> lineCallFromJson(const QJsonObject &object);
std::optional<SimInfo> simInfoFromJson(const QJsonObject &object);

} // namespace ringlift::plmn
