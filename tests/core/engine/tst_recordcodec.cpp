#include "core/engine/recordcodec.h"

#include "core/engine/callnames.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using protocol::Imsi;
using protocol::Msisdn;

namespace {

template<std::size_t N>
ByteArray<N> counted(std::uint8_t first)
{
    ByteArray<N> bytes{};
    for (std::size_t i = 0; i < N; ++i)
        bytes[i] = static_cast<std::uint8_t>(first + i);
    return bytes;
}

Msisdn number()
{
    return Msisdn::fromE164("+8613800138000").value();
}

Account account()
{
    return {AccountId{counted<16>(1)}, counted<32>(40), number(), Imsi::fromDigits("460001234567890").value(),
        protocol::AccountKind::Sim};
}

Pin pin()
{
    return {counted<32>(1), counted<32>(2), counted<32>(3), 1'700'000'000, 1'800'000'000, TrustLevel::Leg, 7, counted<140>(9)};
}

CallRecord record()
{
    return {CallDirection::Incoming,
            Redacted(std::string("+8613800138000")),
            1'700'000'000,
            std::chrono::seconds(61),
            true,
            true,
            StayReason::InternalFault,
            CallEnd::MediaLost,
            TrustLevel::Verified,
            1};
}

/// Every record in its bytes, with a decoder that says whether it likes them.
struct Sample
{
    const char *name;
    Bytes bytes;
    std::function<bool(ByteView)> decodes;
};

std::vector<Sample> samples()
{
    Account announced = account();
    announced.nextServerPublic = counted<32>(80);
    return {
        {"account", engine::encodeRecord(account()), [](ByteView b) { return engine::decodeAccount(b).has_value(); }},
        {"account that knows the next key of its server", engine::encodeRecord(announced),
         [](ByteView b) { return engine::decodeAccount(b).has_value(); }},
        {"pin", engine::encodeRecord(pin()), [](ByteView b) { return engine::decodePin(b).has_value(); }},
        {"settings", engine::encodeRecord(CallSettings{}),
         [](ByteView b) { return engine::decodeSettings(b).has_value(); }},
        {"rule", engine::encodeRecord(ContactRule::Never),
         [](ByteView b) { return engine::decodeContactRule(b).has_value(); }},
        {"journal", engine::encodeRecord(ReleasedCall{number(), 1, 1'700'000'000, true}),
         [](ByteView b) { return engine::decodeReleased(b).has_value(); }},
        {"call", engine::encodeRecord(record()), [](ByteView b) { return engine::decodeCallRecord(b).has_value(); }}};
}

} // namespace

class TestRecordCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsBackAnAccountOfEveryKind()
    {
        Account known = account();
        QCOMPARE(engine::decodeAccount(engine::encodeRecord(known)), std::optional(known));
        known.sim = SimHandle{counted<16>(99)};
        QCOMPARE(engine::decodeAccount(engine::encodeRecord(known)), std::optional(known));
        known.sim = {};
        known.kind = protocol::AccountKind::Manual;
        QCOMPARE(engine::decodeAccount(engine::encodeRecord(known)), std::optional(known));
        known.gone = true;
        QCOMPARE(engine::decodeAccount(engine::encodeRecord(known)), std::optional(known));
        known.nextServerPublic = counted<32>(90);
        QCOMPARE(engine::decodeAccount(engine::encodeRecord(known)), std::optional(known));
        known.locked = true;
        known.registeredUnix = 1700000000;
        QCOMPARE(engine::decodeAccount(engine::encodeRecord(known)), std::optional(known));
    }

    void readsBackAPinWithAndWithoutAPendingCard()
    {
        Pin known = pin();
        QCOMPARE(engine::decodePin(engine::encodeRecord(known)), std::optional(known));
        known.pendingCard.reset();
        QCOMPARE(engine::decodePin(engine::encodeRecord(known)), std::optional(known));
    }

    void readsBackTheRuleOfANumber()
    {
        for (const auto rule : {ContactRule::Always, ContactRule::Never, ContactRule::Ask})
            QCOMPARE(engine::decodeContactRule(engine::encodeRecord(rule)), std::optional(rule));
    }

    void readsSettingsOfAnEarlierVersion()
    {
        const std::optional<CallSettings> settings = engine::decodeSettings(ByteArray<5>{1, 0, 1, 0, 1});
        QCOMPARE(settings, std::optional(CallSettings{false, true, false, true}));
        QCOMPARE(settings->moveOver, MoveOver::AnyConnection);
        QVERIFY(settings->moveWhenRoaming);
        QCOMPARE(settings->prompt, Prompt::Notice);
    }

    void readsBackWhenCallsToAContactMove()
    {
        Pin known = pin();
        for (const HandOver handOver : {HandOver::ByTrust, HandOver::AtRing, HandOver::AtAnswer}) {
            known.handOver = handOver;
            QCOMPARE(engine::decodePin(engine::encodeRecord(known)), std::optional(known));
        }
    }

    void readsAPinThatWasKeptWithoutThat()
    {
        const Pin known = pin();
        Bytes bytes = engine::encodeRecord(known);
        bytes.front() = 1;
        bytes.erase(bytes.end() - sizeof "by_trust", bytes.end());
        QCOMPARE(engine::decodePin(bytes), std::optional(known));
    }

    void readsBackSettingsJournalAndCalls()
    {
        const CallSettings settings{false, true, false, true, MoveOver::FreeDataOnly, false, Prompt::AskFirst};
        QCOMPARE(engine::decodeSettings(engine::encodeRecord(settings)), std::optional(settings));
        const ReleasedCall released{number(), 1, 1'700'000'000, true};
        QCOMPARE(engine::decodeReleased(engine::encodeRecord(released)), std::optional(released));
        QCOMPARE(engine::decodeCallRecord(engine::encodeRecord(record())), std::optional(record()));
    }

    void readsACallThatWasKeptWithoutItsSim()
    {
        Bytes bytes = engine::encodeRecord(record());
        bytes.front() = 1;
        bytes.pop_back();
        CallRecord expected = record();
        expected.sim.reset();
        QCOMPARE(engine::decodeCallRecord(bytes), std::optional(expected));
        QCOMPARE(engine::decodeCallRecord(engine::encodeRecord(expected)), std::optional(expected));
    }

    void keepsAPeerOfAnyLengthWithinBounds()
    {
        CallRecord known = record();
        known.peer = Redacted(std::string(1000, '7'));
        const auto read = engine::decodeCallRecord(engine::encodeRecord(known));
        QVERIFY(read);
        QCOMPARE(read->peer.reveal(), std::string(128, '7'));
    }

    void refusesEveryTruncation()
    {
        for (const Sample &sample : samples()) {
            QVERIFY2(sample.decodes(sample.bytes), sample.name);
            for (std::size_t size = 0; size < sample.bytes.size(); ++size)
                QVERIFY2(!sample.decodes(ByteView(sample.bytes).first(size)), sample.name);
        }
    }

    void refusesBytesBehindTheEnd()
    {
        for (Sample sample : samples()) {
            sample.bytes.push_back(0);
            QVERIFY2(!sample.decodes(sample.bytes), sample.name);
        }
    }

    void refusesALaterVersion()
    {
        for (Sample sample : samples()) {
            ++sample.bytes.front();
            QVERIFY2(!sample.decodes(sample.bytes), sample.name);
        }
    }

    void survivesEveryDamagedByte()
    {
        for (const Sample &sample : samples()) {
            for (std::size_t at = 0; at < sample.bytes.size(); ++at) {
                Bytes damaged = sample.bytes;
                for (const int change : {0x01, 0x80, 0xff}) {
                    damaged[at] = static_cast<std::uint8_t>(sample.bytes[at] ^ change);
                    sample.decodes(damaged);
                }
            }
        }
    }

    void refusesANameThatNobodyHas()
    {
        Bytes bytes = engine::encodeRecord(record());
        bytes[2] = 'X'; // "incoming"
        QVERIFY(!engine::decodeCallRecord(bytes));
    }

    void readsBackEveryName()
    {
        for (int i = 0; !engine::nameOf(StayReason(i)).empty(); ++i)
            QCOMPARE(engine::fromName<StayReason>(engine::nameOf(StayReason(i))), std::optional(StayReason(i)));
        QCOMPARE(engine::nameOf(StayReason::InternalFault), std::string_view("internal_fault"));
        QCOMPARE(engine::nameOf(LegState::Unknown), std::string_view("unknown"));
        QVERIFY(!engine::fromName<StayReason>("nonsense"));
        QVERIFY(!engine::fromName<StayReason>(""));
    }
};

QTEST_APPLESS_MAIN(TestRecordCodec)
#include "tst_recordcodec.moc"
