#include "core/call/controlmessage.h"

#include <QTest>

#include <algorithm>

using namespace ringlift;
using namespace ringlift::call;

Q_DECLARE_METATYPE(ringlift::call::ControlMessage)

namespace {

/// The hexadecimal beginning of a plaintext, filled up with zeros.
Bytes padded(const char *hex)
{
    Bytes bytes = *fromHex(hex);
    bytes.resize(kControlSize, 0);
    return bytes;
}

} // namespace

class ControlMessageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheBytesOfTheProtocol_data();
    void writesTheBytesOfTheProtocol();
    void readsBackWhatItWrote_data() { writesTheBytesOfTheProtocol_data(); }
    void readsBackWhatItWrote();
    void refusesWhatTheProtocolDoesNotKnow_data();
    void refusesWhatTheProtocolDoesNotKnow();
    void refusesAnyOtherSize();
    void ignoresFlagsAndPadding();
    void namesTheIdOfConfirmedBodiesOnly();
};

void ControlMessageTest::writesTheBytesOfTheProtocol_data()
{
    QTest::addColumn<ControlMessage>("message");
    QTest::addColumn<Bytes>("plaintext");
    const auto row = [](const char *name, const ControlMessage &message, const char *hex) {
        QTest::newRow(name) << message << padded(hex);
    };
    row("ping", Ping{0x0102030405060708}, "01000008" "0102030405060708");
    row("pong", Pong{0x1112131415161718}, "02000008" "1112131415161718");
    row("report", Report{0x010203040506, 50, 51, 1000, 0x01020304}, "03000012" "010203040506" "0032" "0033" "000003e8" "01020304");
    row("quality", Quality{1, 2, 3, 4, 5, 0x1234}, "0400000c" "0001" "0002" "0003" "0004" "0005" "1234");
    row("ack", Ack{0x14, 7}, "05000005" "14" "00000007");
    row("alerting", Alerting{1}, "10000004" "00000001");
    row("answered", Answered{0xfffffffe}, "11000004" "fffffffe");
    row("ready", HoReady{2}, "12000004" "00000002");
    row("agreed", HoAck{2}, "13000004" "00000002");
    row("commit after release", HoCommit{2, true}, "14000005" "00000002" "00");
    row("commit after failure", HoCommit{2, false}, "14000005" "00000002" "01");
    row("abort, emergency", HoAbort{3, AbortReason::Emergency}, "15000005" "00000003" "01");
    row("abort, glare", HoAbort{3, AbortReason::Glare}, "15000005" "00000003" "06");
    row("bye, user", Bye{4, ByeReason::User}, "1f000005" "00000004" "01");
    row("bye, error", Bye{4, ByeReason::Error}, "1f000005" "00000004" "08");
    row("neither muted nor held", MuteHold{5, false, false}, "20000005" "00000005" "00");
    row("muted", MuteHold{5, true, false}, "20000005" "00000005" "01");
    row("held", MuteHold{5, false, true}, "20000005" "00000005" "02");
    row("muted and held", MuteHold{5, true, true}, "20000005" "00000005" "03");
    row("digit", Dtmf{6, '#', 250}, "21000007" "00000006" "23" "00fa");
}

void ControlMessageTest::writesTheBytesOfTheProtocol()
{
    QFETCH(const ControlMessage, message);
    QFETCH(const Bytes, plaintext);
    const ControlBytes bytes = encode(message);
    QCOMPARE(toHex(bytes), toHex(plaintext));
    QCOMPARE(typeOf(message), plaintext[0]);
}

void ControlMessageTest::readsBackWhatItWrote()
{
    QFETCH(const ControlMessage, message);
    QFETCH(const Bytes, plaintext);
    const auto read = decodeControl(plaintext);
    QVERIFY(read.has_value());
    QVERIFY(*read == message);
}

void ControlMessageTest::refusesWhatTheProtocolDoesNotKnow_data()
{
    QTest::addColumn<Bytes>("plaintext");
    const auto row = [](const char *name, const char *hex) { QTest::newRow(name) << padded(hex); };
    row("type 0", "00000000");
    row("unknown type", "06000004" "00000001");
    row("type between two known ones", "16000004" "00000001");
    row("last type", "ff000004" "00000001");
    row("ping too short", "01000007" "01020304050607");
    row("ping too long", "01000009" "010203040506070809");
    row("length beyond the end", "0100003d" "0102030405060708");
    row("length of 65535", "0100ffff" "0102030405060708");
    row("empty body", "10000000");
    row("bye without a reason", "1f000004" "00000004");
    row("bye for reason 0", "1f000005" "00000004" "00");
    row("bye for an unknown reason", "1f000005" "00000004" "09");
    row("abort for reason 0", "15000005" "00000004" "00");
    row("abort for an unknown reason", "15000005" "00000004" "07");
    row("commit with an unknown result", "14000005" "00000002" "02");
    row("unknown bits of mute and hold", "20000005" "00000005" "04");
    row("no digit", "21000007" "00000006" "45" "00fa");
    row("digit 0 as a number", "21000007" "00000006" "00" "00fa");
}

void ControlMessageTest::refusesWhatTheProtocolDoesNotKnow()
{
    QFETCH(const Bytes, plaintext);
    QVERIFY(!decodeControl(plaintext).has_value());
}

void ControlMessageTest::refusesAnyOtherSize()
{
    Bytes plaintext = padded("10000004" "00000001");
    QVERIFY(decodeControl(plaintext).has_value());
    plaintext.push_back(0);
    QVERIFY(!decodeControl(plaintext).has_value());
    plaintext.resize(kControlSize - 1);
    QVERIFY(!decodeControl(plaintext).has_value());
    QVERIFY(!decodeControl({}).has_value());
}

void ControlMessageTest::ignoresFlagsAndPadding()
{
    Bytes plaintext = padded("10ff0004" "00000001");
    std::fill(plaintext.begin() + 8, plaintext.end(), std::uint8_t{0xaa});
    const auto read = decodeControl(plaintext);
    QVERIFY(read.has_value());
    QVERIFY(*read == ControlMessage(Alerting{1}));
}

void ControlMessageTest::namesTheIdOfConfirmedBodiesOnly()
{
    QCOMPARE(idOf(HoReady{9}), std::optional<std::uint32_t>(9));
    QCOMPARE(idOf(Dtmf{10, '1', 100}), std::optional<std::uint32_t>(10));
    QVERIFY(!idOf(Ping{1}).has_value());
    QVERIFY(!idOf(Report{}).has_value());
    QVERIFY(!idOf(Ack{0x10, 11}).has_value());
}

QTEST_APPLESS_MAIN(ControlMessageTest)
#include "tst_controlmessage.moc"
