#pragma once

#include "platform/plmn/at/modembank.h"
#include "platform/plmn/jsonfields.h"

/// Modems as JSON (README.md names every field).
namespace ringlift::plmn {

/// Changes the named fields only; setup is untouched on failure.
Result<void> readModem(const QJsonObject &object, at::ModemSetup &setup);
/// What may change while the modem runs.
Result<void> readModemOptions(const QJsonObject &object, at::ModemConfig &config);

QJsonObject toJson(const at::ModemHost &host);

} // namespace ringlift::plmn
