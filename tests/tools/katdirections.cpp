#include "core/crypto/framesealer.h"
#include "core/crypto/sealedsignalling.h"
#include "core/crypto/tags.h"
#include "tests/tools/katfields.h"
#include "tests/tools/katsections.h"

#include <limits>

// Packets and sealed signalling of one direction of a call.
namespace ringlift::kat {

using namespace crypto;

namespace {

// A chain only goes forward link by link; a few seconds are as far as this tool goes.
constexpr std::uint64_t kHighestEpoch = std::uint64_t(1) << 20U;
constexpr std::uint64_t kHighestCounter = (kHighestEpoch << EpochChain::kCounterBits) - 1;

using CheckEntry = std::function<void(KatFields &, KatCase &)>;

void checkEach(const std::string &name, const QJsonArray &entries, KatTally &tally, const CheckEntry &check)
{
    for (qsizetype i = 0; i < entries.size(); ++i) {
        tally.run(name + '[' + std::to_string(i) + ']', [&](KatCase &test) {
            KatFields fields(entries.at(i), test);
            check(fields, test);
        });
    }
}

void checkEpochKeys(KatFields &fields, const SecretKey &chain0, KatCase &test)
{
    const std::uint64_t epoch = fields.number("epoch", kHighestEpoch);
    const auto key = fields.array<32>("key");
    const auto salt = fields.array<12>("salt");
    if (test.failed())
        return;
    EpochChain chain(chain0);
    while (chain.epoch() < epoch)
        chain.skip();
    const EpochKeys keys = chain.take();
    test.expectEqual("key", key, keys.key.view());
    test.expectEqual("salt", salt, keys.salt);
}

// An opener that stands right before the epoch: it goes on only by authentic packets.
FrameOpener openerBefore(const SecretKey &chain0, std::uint64_t epoch)
{
    FrameOpener opener(chain0);
    EpochChain chain(chain0);
    ByteArray<kMinPacketSize> packet{};
    while (chain.epoch() + 1 < epoch) {
        chain.skip();
        FrameSealer sealer(chain.clone(), chain.epoch() << EpochChain::kCounterBits);
        if (!sealer.seal(PacketKind::Probe, 0, 0, {}, packet) || !opener.open(packet))
            break;
    }
    return opener;
}

void compareOpened(const OpenedPacket &opened, PacketKind kind, std::uint64_t counter, ByteView plaintext, KatCase &test)
{
    test.expect(opened.kind == kind, "opened: another kind");
    test.expect(opened.counter == counter, "opened: another counter");
    test.expectEqual("opened plaintext", plaintext, opened.plaintext);
}

void checkPacket(KatFields &fields, const SecretKey &chain0, KatCase &test)
{
    const auto kind = static_cast<PacketKind>(fields.number("kind", static_cast<std::uint64_t>(PacketKind::Fec)));
    const auto stream = static_cast<std::uint8_t>(fields.number("stream", 0xff));
    const std::uint64_t counter = fields.number("counter", kHighestCounter);
    const auto timestamp = static_cast<std::uint32_t>(fields.number("timestamp", 0xffffffff));
    const Bytes plaintext = fields.hex("plaintext");
    const Bytes packet = fields.hex("packet");
    if (test.failed())
        return;
    ByteArray<kMaxPacketSize> out{};
    const auto size = FrameSealer(chain0, counter).seal(kind, stream, timestamp, plaintext, out);
    if (size)
        test.expectEqual("packet", packet, ByteView(out).first(*size));
    else
        test.problem("sealing: " + std::string(nameOf(size.error())));
    FrameOpener opener = openerBefore(chain0, counter >> EpochChain::kCounterBits);
    const auto opened = opener.open(packet);
    if (!opened) {
        test.problem("opening: " + std::string(nameOf(opened.error())));
        return;
    }
    compareOpened(*opened, kind, counter, plaintext, test);
    test.expect(opened->stream == stream, "opened: another stream");
    test.expect(opened->timestamp == timestamp, "opened: another timestamp");
}

void checkSealed(KatFields &fields, const SecretKey &key, const CallId &callId, KatCase &test)
{
    const std::uint64_t counter = fields.number("counter", std::numeric_limits<std::int64_t>::max());
    const Bytes plaintext = fields.hex("plaintext");
    const Bytes ciphertext = fields.hex("ciphertext");
    if (test.failed())
        return;
    test.expectEqual("ciphertext", ciphertext, SignalSealer(key, callId, counter).seal(plaintext).box);
    const auto opened = SignalOpener(key, callId).open(counter, ciphertext);
    if (opened)
        test.expectEqual("opened", plaintext, *opened);
    else
        test.problem("opening: " + std::string(nameOf(opened.error())));
}

void compareRoots(KatFields &fields, const SecretKey &chain0, const SecretKey &signalKey, const DirectionKeys &keys,
                  KatCase &test)
{
    test.expectEqual("media_chain0", chain0.view(), keys.mediaChain0.view());
    test.expectEqual("signal_key", signalKey.view(), keys.signalKey.view());
    const SecretKey root = fields.key("root");
    test.expectEqual("root's media_chain0", chain0.view(), expandKey(root, "rl1 media").view());
    test.expectEqual("root's signal_key", signalKey.view(), expandKey(root, "rl1 signal").view());
}

} // namespace

void checkDirection(const std::string &name, const QJsonValue &entry, const CallId &callId, const DirectionKeys &keys,
                    KatTally &tally)
{
    SecretKey chain0;
    SecretKey signalKey;
    QJsonArray epochKeys;
    QJsonArray packets;
    QJsonArray sealed;
    tally.run(name, [&](KatCase &test) {
        KatFields fields(entry, test);
        chain0 = fields.key("media_chain0");
        signalKey = fields.key("signal_key");
        epochKeys = fields.list("epoch_keys");
        packets = fields.list("packets");
        sealed = fields.list("sealed_signal");
        compareRoots(fields, chain0, signalKey, keys, test);
    });
    checkEach(name + ".epoch_keys", epochKeys, tally,
              [&](KatFields &fields, KatCase &test) { checkEpochKeys(fields, chain0, test); });
    checkEach(name + ".packets", packets, tally,
              [&](KatFields &fields, KatCase &test) { checkPacket(fields, chain0, test); });
    checkEach(name + ".sealed_signal", sealed, tally,
              [&](KatFields &fields, KatCase &test) { checkSealed(fields, signalKey, callId, test); });
}

} // namespace ringlift::kat
