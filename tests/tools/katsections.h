#pragma once

#include "core/crypto/handshake.h"
#include "tests/tools/kattally.h"

#include <QJsonValue>

#include <vector>

/// The checks of the sections. Internal to ringlift-kat.
namespace ringlift::kat {

struct KatIdentity {
    crypto::SecretKey seed;
    crypto::DeviceIdentity identity;
};

/// What the negative cases need of a call.
struct KatCall {
    crypto::DeviceIdentity caller;
    crypto::DeviceIdentity callee;
    crypto::SecretKey callerEphemeral;
    crypto::SecretKey calleeEphemeral;
    crypto::PrologueFields fields;

    crypto::CallerHandshake callerHandshake(Bytes prologue) const;
    crypto::CalleeHandshake calleeHandshake() const;
};

/// What the sections share. calls keeps the indices of the file; an ill-formed call is empty.
struct KatContext {
    std::vector<KatIdentity> identities;
    std::vector<std::optional<KatCall>> calls;
};

void checkIdentity(const std::string &name, const QJsonValue &entry, KatContext &context, KatTally &tally);
void checkTags(const std::string &name, const QJsonValue &entry, KatContext &context, KatTally &tally);
void checkRegister(const std::string &name, const QJsonValue &entry, KatContext &context, KatTally &tally);
void checkLogin(const std::string &name, const QJsonValue &entry, KatContext &context, KatTally &tally);
void checkCall(const std::string &name, const QJsonValue &entry, KatContext &context, KatTally &tally);
void checkSafetyNumber(const std::string &name, const QJsonValue &entry, KatContext &context, KatTally &tally);
void checkTurnRest(const std::string &name, const QJsonValue &entry, KatContext &context, KatTally &tally);
void checkSas(const std::string &name, const QJsonValue &entry, KatContext &context, KatTally &tally);
void checkNegative(const std::string &name, const QJsonValue &entry, KatContext &context, KatTally &tally);
void checkMediaSequence(const std::string &name, const QJsonValue &entry, KatContext &context, KatTally &tally);

/// The keys, packets and boxes of one direction of a call.
void checkDirection(const std::string &name, const QJsonValue &entry, const CallId &callId,
                    const crypto::DirectionKeys &keys, KatTally &tally);

} // namespace ringlift::kat
