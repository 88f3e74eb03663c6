#include "core/crypto/framesealer.h"
#include "core/crypto/tags.h"
#include "tests/tools/katfields.h"
#include "tests/tools/katsections.h"

#include <algorithm>
#include <array>

// Cases that name the error they must give, or "OK".
namespace ringlift::kat {

using namespace crypto;

namespace {

constexpr std::string_view kOk = "OK";

template<typename T>
std::string_view verdictOf(const Expected<T, CryptoError> &result)
{
    return result ? kOk : nameOf(result.error());
}

bool isVerdict(std::string_view text)
{
    constexpr std::array kErrors{CryptoError::Length,  CryptoError::Format, CryptoError::Sig,   CryptoError::Dh,
                                 CryptoError::Auth,    CryptoError::Commit, CryptoError::State, CryptoError::Version,
                                 CryptoError::Kind,    CryptoError::Epoch,  CryptoError::Old,   CryptoError::Replay,
                                 CryptoError::Downgrade};
    return text == kOk || std::ranges::any_of(kErrors, [&](CryptoError error) { return nameOf(error) == text; });
}

std::string expectedVerdict(KatFields &fields, KatCase &test)
{
    std::string expected = fields.text("expect");
    test.expect(isVerdict(expected), "expect: neither OK nor a known error");
    return expected;
}

// Reads the input and gives the verdict; its value does not matter when a problem was noted.
using Judge = std::string_view (*)(KatFields &, const KatContext &, KatCase &);

const KatCall *callOf(KatFields &fields, const KatContext &context, KatCase &test)
{
    const std::uint64_t index = fields.number("call", 0xffffffff);
    if (!test.failed() && index < context.calls.size() && context.calls[index])
        return &*context.calls[index];
    test.problem("call: no such well-formed call in the file");
    return nullptr;
}

std::string_view judgeNoise1(KatFields &fields, const KatContext &context, KatCase &test)
{
    const Bytes input = fields.hex("input");
    const KatCall *const call = callOf(fields, context, test);
    return call != nullptr ? verdictOf(call->callerHandshake(buildPrologue(call->fields)).answer(input)) : kOk;
}

std::string_view judgeNoise1WithPrologue(KatFields &fields, const KatContext &context, KatCase &test)
{
    const Bytes input = fields.hex("input");
    const Bytes prologue = fields.hex("prologue");
    const KatCall *const call = callOf(fields, context, test);
    return call != nullptr ? verdictOf(call->callerHandshake(prologue).answer(input)) : kOk;
}

std::string_view judgeCommit(KatFields &fields, const KatContext &, KatCase &)
{
    const auto commit = fields.array<32>("commit");
    const CallId callId{fields.array<16>("call_id")};
    const Key32 actual = commitment(callId, fields.array<32>("ephemeral"));
    return constantTimeEqual(commit, actual) ? kOk : nameOf(CryptoError::Commit);
}

std::string_view judgeIdCard(KatFields &fields, const KatContext &, KatCase &)
{
    return verdictOf(IdentityCard::parse(fields.hex("input")));
}

std::string_view judgeMedia(KatFields &fields, const KatContext &, KatCase &)
{
    FrameOpener opener(fields.key("chain0"));
    return verdictOf(opener.open(fields.hex("input")));
}

struct NegativeType {
    std::string_view name;
    Judge judge;
};

constexpr std::array kTypes{
    NegativeType{"noise1", judgeNoise1}, NegativeType{"noise1_with_prologue", judgeNoise1WithPrologue},
    NegativeType{"commit", judgeCommit}, NegativeType{"idcard", judgeIdCard},
    NegativeType{"media", judgeMedia},
};

void checkSequence(KatFields &fields, KatCase &test)
{
    FrameOpener opener(fields.key("chain0"));
    const QJsonArray sequence = fields.list("sequence");
    test.expect(!sequence.empty(), "sequence: empty");
    for (qsizetype i = 0; i < sequence.size() && !test.failed(); ++i) {
        KatFields step(sequence.at(i), test);
        const Bytes packet = step.hex("packet");
        const std::string expected = expectedVerdict(step, test);
        test.expectEqual("sequence[" + std::to_string(i) + ']', expected, verdictOf(opener.open(packet)));
    }
}

} // namespace

void checkNegative(const std::string &name, const QJsonValue &entry, KatContext &context, KatTally &tally)
{
    tally.run(name, [&](KatCase &test) {
        KatFields fields(entry, test);
        const std::string type = fields.text("type");
        if (type == "media_sequence") {
            checkSequence(fields, test);
            return;
        }
        const auto known = std::ranges::find(kTypes, type, &NegativeType::name);
        if (known == kTypes.end()) {
            test.problem("type: unknown");
            return;
        }
        const std::string expected = expectedVerdict(fields, test);
        const std::string_view verdict = known->judge(fields, context, test);
        if (!test.failed())
            test.expectEqual("verdict", expected, verdict);
    });
}

void checkMediaSequence(const std::string &name, const QJsonValue &entry, KatContext &, KatTally &tally)
{
    tally.run(name, [&](KatCase &test) {
        KatFields fields(entry, test);
        checkSequence(fields, test);
    });
}

} // namespace ringlift::kat
