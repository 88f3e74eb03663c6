#pragma once

#include "core/call/callinfo.h"

/// The app's records as bytes for the store: a version byte and big-endian fields. What was damaged, or written by a later
/// version, decodes to nothing.
namespace ringlift::engine {

Bytes encodeRecord(const call::Account &account);
Bytes encodeRecord(const call::Pin &pin);
Bytes encodeRecord(const call::CallSettings &settings);
Bytes encodeRecord(call::ContactRule rule);
Bytes encodeRecord(const call::ReleasedCall &released);
Bytes encodeRecord(const call::CallRecord &record);

std::optional<call::Account> decodeAccount(ByteView bytes);
std::optional<call::Pin> decodePin(ByteView bytes);
std::optional<call::CallSettings> decodeSettings(ByteView bytes);
std::optional<call::ContactRule> decodeContactRule(ByteView bytes);
std::optional<call::ReleasedCall> decodeReleased(ByteView bytes);
std::optional<call::CallRecord> decodeCallRecord(ByteView bytes);

} // namespace ringlift::engine
