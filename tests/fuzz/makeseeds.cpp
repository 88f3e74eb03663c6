#include "core/call/candidatecodec.h"
#include "core/call/capabilities.h"
#include "core/call/controlmessage.h"
#include "core/crypto/sealedsignalling.h"
#include "core/engine/recordcodec.h"
#include "core/media/opuscodec.h"
#include "platform/plmn/framereader.h"
#include "server/configkeys.h"
#include "server/secretsfile.h"
#include "tests/core/protocol/samples.h"
#include "tests/fuzz/noisepeers.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

/// Writes the seeds of the fuzz targets into corpus folders: makeseeds DIRECTORY.
using namespace ringlift;

namespace {

/// Decisions as fuzz::Script reads them.
class ScriptWriter
{
public:
    ScriptWriter &u8(std::uint8_t value)
    {
        m_bytes.u8(value);
        return *this;
    }
    template<typename... Steps> ScriptWriter &steps(Steps... steps)
    {
        (m_bytes.u8(static_cast<std::uint8_t>(steps)), ...);
        return *this;
    }
    ScriptWriter &u16(std::uint16_t value)
    {
        m_bytes.u16(value);
        return *this;
    }
    ScriptWriter &block(ByteView bytes)
    {
        m_bytes.u16(static_cast<std::uint16_t>(bytes.size())).bytes(bytes);
        return *this;
    }
    ScriptWriter &raw(ByteView bytes)
    {
        m_bytes.bytes(bytes);
        return *this;
    }
    ByteView view() const { return m_bytes.view(); }

private:
    ByteWriter m_bytes;
};

class Corpus
{
public:
    Corpus(const std::filesystem::path &root, const std::string &target) : m_folder(root / target)
    {
        std::filesystem::create_directories(m_folder);
    }

    void add(const std::string &name, ByteView bytes) const
    {
        std::string file = name;
        std::ranges::replace(file, ' ', '-');
        std::ofstream(m_folder / file, std::ios::binary) << textOf(bytes);
    }
    void add(const std::string &name, std::string_view text) const { add(name, viewOf(text)); }

private:
    std::filesystem::path m_folder;
};

void addMessages(const std::filesystem::path &root)
{
    const Corpus corpus(root, "fuzz_signal_json");
    for (const protocol::Sample &sample : protocol::samples())
        corpus.add(sample.name, sample.text);
    corpus.add("escapes",
               R"( { "type" : "call.abort" , "call_id":"AAAAAAAAAAAAAAAAAAAAAA", "code":"\u00e9\ud83d\udcde\n"})");
    corpus.add("unknown keys", R"({"type":"error","x":[1.5e-3,{"y":null},true],"code":"E_AUTH","re":""})");
}

void addNumbers(const std::filesystem::path &root)
{
    const Corpus corpus(root, "fuzz_e164");
    const auto add = [&](const char *name, std::uint8_t home, std::uint8_t serving, std::uint8_t type,
                         std::string_view text) {
        corpus.add(name, ScriptWriter().steps(home, serving, type).raw(viewOf(text)).view());
    };
    add("national", 1, 1, 0, "13800138000");
    add("roaming", 1, 2, 0, "015550123456");
    add("international", 2, 2, 0, "+86 138-0013-8000");
    add("double zero", 2, 2, 0, "008613800138000");
    add("type of number", 1, 1, 1, "4915550123456");
    add("carrier prefix", 6, 6, 0, "0 15 11 96123-4567");
    add("emergency", 3, 3, 0, "9115550123");
    add("post dial", 1, 1, 0, "+8613800138000,,12");
    add("hidden number", 1, 1, 0, "#31#+8613800138000");
    add("Arabic digits", 2, 2, 0, "\xD9\xA0\xD9\xA1\xD9\xA5\xD9\xA5\xD9\xA5");
}

void addKeyAgreement(const std::filesystem::path &root)
{
    const fuzz::NoisePeers peers;
    crypto::CalleeHandshake callee = peers.callee();
    crypto::CallerHandshake caller = peers.caller();
    const protocol::NoiseMessage message1 = *callee.writeMessage1();
    const protocol::NoiseMessage message2 = caller.answer(message1)->message2;
    for (const char *const target : {"fuzz_noise_m1", "fuzz_noise_m2"}) {
        Corpus(root, target).add("message 1", ByteView(message1));
        Corpus(root, target).add("message 2", ByteView(message2));
        Corpus(root, target).add("low order key", ByteView(protocol::NoiseMessage{}));
    }
    const auto identity = crypto::DeviceIdentity::fromSeed(fuzz::NoisePeers::filled(5), 1'700'000'000);
    Corpus(root, "fuzz_idcard").add("good", ByteView(identity.card().bytes));
    protocol::IdCardBytes changed = identity.card().bytes;
    changed[70] ^= 1U;
    Corpus(root, "fuzz_idcard").add("changed", ByteView(changed));
    changed[0] = 'X';
    Corpus(root, "fuzz_idcard").add("other magic", ByteView(changed));
}

void addSealing(const std::filesystem::path &root)
{
    const Bytes plaintext(20, 7);
    ScriptWriter packets;
    for (std::uint8_t i = 0; i < 4; ++i)
        packets.steps(1, i, 0).u16(960).u8(20).raw(plaintext); // send
    packets.u8(2).u16(2).u8(2).u16(0).u8(2).u16(2);            // deliver 2, 0, and 2 again
    packets.u8(3).u16(1).u16(14).u8(1);                        // alter 1
    packets.u8(0).block(Bytes(40, 0x80));                      // forge
    Corpus(root, "fuzz_media_open").add("story", packets.view());

    ScriptWriter boxes;
    boxes.u8(0).block(plaintext).u8(0).block(plaintext);     // send two
    boxes.steps(1, 1, 1, 0, 1, 1);                           // deliver 1, 0, 1
    boxes.steps(2, 0, 0, 0, 0, 0, 0, 0, 9).block(plaintext); // forge
    Corpus(root, "fuzz_sealed").add("story", boxes.view());
}

void addSound(const std::filesystem::path &root)
{
    media::Encoder encoder(media::EncoderSettings{.expectedLossPercent = 10});
    ScriptWriter calm;
    ScriptWriter jumpy;
    for (int i = 0; i < 12; ++i) {
        std::array<std::int16_t, media::kFrameSamples> frame{};
        for (std::size_t j = 0; j < frame.size(); ++j)
            frame[j] = static_cast<std::int16_t>((j * 37 + static_cast<std::size_t>(i) * 101) % 8'000);
        Bytes body(1 + encoder.packetSize(), 0);
        encoder.encode(frame, std::span(body).subspan(1));
        calm.u8(2U << 5U).block(body);
        jumpy.u8(static_cast<std::uint8_t>(i % 4 == 3 ? 0x41 : i % 3 << 5));
        if (i % 4 == 3)
            jumpy.u16(0).u16(1'920); // leaves a gap
        jumpy.block(i % 5 == 4 ? ByteView(body).first(3) : ByteView(body));
    }
    Corpus(root, "fuzz_opus_in").add("calm", calm.view());
    Corpus(root, "fuzz_opus_in").add("jumpy", jumpy.view());
    Corpus(root, "fuzz_opus_in").add("other layouts", ScriptWriter().u8(32).block(Bytes{1, 2}).u8(32).block({}).view());

    const Bytes wav = *fromHex("524946462c00000057415645666d7420100000000100010080bb000000770100"
                               "0200100064617461080000000100020003000400");
    Corpus(root, "fuzz_wav").add("four samples", wav);
    Corpus(root, "fuzz_wav").add("cut", ByteView(wav).first(46));
}

void addControl(const std::filesystem::path &root)
{
    const Corpus corpus(root, "fuzz_control");
    const std::vector<std::pair<const char *, call::ControlMessage>> messages{
        {"ping", call::Ping{1}},
        {"report", call::Report{5, 50, 50, 1'000, 80'000}},
        {"quality", call::Quality{1, 2, 3, 4, 5, 6}},
        {"ack", call::Ack{0x10, 1}},
        {"alerting", call::Alerting{1}},
        {"ready", call::HoReady{2}},
        {"abort", call::HoAbort{2, call::AbortReason::Pin}},
        {"commit", call::HoCommit{2, true}},
        {"bye", call::Bye{3, call::ByeReason::User}},
        {"mute", call::MuteHold{4, true, true}},
        {"dtmf", call::Dtmf{5, '#', 100}}};
    ScriptWriter all;
    for (const auto &[name, message] : messages) {
        const call::ControlBytes bytes = call::encode(message);
        corpus.add(name, ScriptWriter().steps(0).raw(bytes).steps(1).raw(bytes).view());
        all.steps(200).raw(bytes);
    }
    corpus.add("all", all.view());
}

void addCandidates(const std::filesystem::path &root)
{
    const auto candidate = [](const char *address, ice::CandidateType type) {
        return ice::Candidate{{Redacted<std::string>(address), 5'000}, type, 100};
    };
    const std::vector<ice::Candidate> candidates{candidate("192.0.2.7", ice::CandidateType::Host),
                                                 candidate("2001:db8::7", ice::CandidateType::ServerReflexive),
                                                 candidate("198.51.100.7", ice::CandidateType::Relayed)};
    const Corpus corpus(root, "fuzz_candidates");
    corpus.add("three", call::encodeCandidates(candidates));
    corpus.add("none", call::encodeCandidates({}));
    corpus.add("capabilities", call::encode(call::Capabilities{}));
}

void addRecords(const std::filesystem::path &root)
{
    const Corpus corpus(root, "fuzz_record");
    corpus.add("settings", engine::encodeRecord(call::CallSettings{}));
    call::CallRecord record;
    record.peer = Redacted<std::string>("+8613800138000");
    corpus.add("call", engine::encodeRecord(record));
}

void addPlmn(const std::filesystem::path &root)
{
    const Corpus corpus(root, "fuzz_plmn_frame");
    corpus.add("join", R"({"id":1,"cmd":"join","msisdn":"+8613800138000"})"
                       "\n");
    corpus.add("config", R"({"switch":{},"subscribers":[{"msisdn":"+8613800138000"}],"rejoin_grace_ms":5})"
                         "\n");
    Bytes mixed = copyOf(viewOf("{}\n"));
    const std::array<std::int16_t, 3> samples{1, -2, 3};
    const Bytes voice = plmn::encodeVoice(LineCallId{7}, samples);
    mixed.insert(mixed.end(), voice.begin(), voice.end());
    corpus.add("voice", mixed);
}

void addModem(const std::filesystem::path &root)
{
    const Corpus corpus(root, "fuzz_at");
    corpus.add("attach", "ATE0V1\r\nAT+CMEE=1\rAT+CPIN?\rAT+CPIN=\"1234\"\rAT+CIMI;+CNUM\rAT+CREG=2;+CREG?\r"
                         "AT+COPS=3,2;+COPS?\rAT+CFUN=4\rAT+CFUN=1\r");
    corpus.add("sim", "AT+CPIN=1234\rAT+CRSM=176,12258,0,0,10\rAT+CRSM=178,28480,1,4,28\rAT+CRSM=192,28599\r"
                      "AT+CLCK=\"SC\",2\r");
    corpus.add("calls", "AT+CPIN=1234\rATD13900139000I;\rAT+CLCC\rAT+CHLD=1;+CHLD=21\rAT+VTS=\"5\"\rATA\rATH\r"
                        "AT+CHUP\r");
    corpus.add("messages", "AT+CPIN=1234\rAT+CNMI=2,1;+CPMS=\"SM\"\rAT+CMGS=23\r"
                           "0001000D91683109109300F000000AE8329BFD4697D9EC37\x1a"
                           "AT+CMGL=4\rAT+CMGR=1\rAT+CMGD=1,4\rAT+CUSD=1,\"2A2331303023\",15\r");
    corpus.add("submit", *fromHex("51000b916407281553f80000aa0b050003020201d06536fb0d"));
    corpus.add("deliver", *fromHex("040bc87238880900f10000993092516195800ae8329bfd4697d9ec37"));
    corpus.add("strange", "\x1b\rat&f0s0=3?;+=\rAT*CNTI=2;^X=\"a;b\",,\r\n\n\rAT+CREG+CREG\rhello\r");
}

void addServer(const std::filesystem::path &root)
{
    // Phone p registers over wire w: open, begin, verify the r-th code.
    const auto registers = [](ScriptWriter &script, int w, int p, int r) -> ScriptWriter & {
        return script.steps(0, w, p, 0).steps(8, w, p, 0).steps(9, w, p, r, 0);
    };
    ScriptWriter login;
    registers(login, 0, 0, 0).steps(1, 0, 0).steps(0, 1, 0, 1).steps(10, 1, 0, 5);
    ScriptWriter lock; // a lock is set, then the number is registered anew
    registers(lock, 0, 0, 0).steps(10, 0, 0, 0).steps(7, 0, 0, 1);
    registers(lock, 1, 0, 1).steps(12, 1, 0, 1).steps(6, 1, 0, 2);
    ScriptWriter wrong;
    wrong.steps(0, 0, 0, 2).steps(8, 0, 0, 4).steps(8, 0, 0, 1);
    for (int i = 0; i < 6; ++i)
        wrong.steps(9, 0, 0, 0, 1);
    ScriptWriter call; // 0 offers to 1, who arrives; noise and sealed go both ways
    registers(call, 0, 0, 0);
    registers(call, 1, 1, 1);
    call.steps(12, 0, 1, 1, 1, 0, 1).steps(12, 1, 0, 1, 1, 2, 1, 1);
    call.steps(12, 1, 0, 1, 1, 7, 1, 0).steps(12, 0, 0, 1, 1, 7, 1, 1).steps(12, 0, 0, 1, 1, 7, 1, 2, 5);
    call.steps(12, 1, 0, 1, 1, 7, 1, 4).steps(12, 1, 0, 1, 1, 7, 1, 3).steps(3, 0, 0).u16(3);
    for (const char *const target : {"fuzz_register_state", "fuzz_server_core"}) {
        const Corpus corpus(root, target);
        corpus.add("login", login.view());
        corpus.add("lock", lock.view());
        corpus.add("wrong codes", wrong.view());
    }
    const Corpus corpus(root, "fuzz_server_core");
    corpus.add("call", call.view());
    ScriptWriter text;
    registers(text, 0, 0, 0);
    for (const protocol::Sample &sample : protocol::samples())
        text.steps(4, 0, 0).block(viewOf(sample.text));
    corpus.add("every message", text.view());
}

/// A frame of RFC 6455 section 5.2 as a client sends it, with a mask of zeros.
Bytes frame(std::uint8_t first, std::string_view payload)
{
    ByteWriter bytes;
    bytes.u8(first);
    if (payload.size() < 126)
        bytes.u8(static_cast<std::uint8_t>(0x80U | payload.size()));
    else
        bytes.u8(0xFE).u16(static_cast<std::uint16_t>(payload.size()));
    return bytes.u32(0).bytes(viewOf(payload)).take();
}

void addWebSocket(const std::filesystem::path &root)
{
    const Corpus corpus(root, "fuzz_ws_stream");
    const auto add = [&](const char *name, const std::vector<Bytes> &frames) {
        ScriptWriter stream;
        stream.u8(1);
        for (const Bytes &bytes : frames)
            stream.raw(bytes);
        corpus.add(name, stream.view());
    };
    add("text", {frame(0x81, "{}"), frame(0x88, "")});
    add("closed by the server", {frame(0x81, "close")});
    add("fragments", {frame(0x01, "{\"a\":"), frame(0x89, "ping"), frame(0x80, "1}")});
    add("binary", {frame(0x82, "{}")});
    add("reserved bits", {frame(0xF1, "{}")});
    add("reserved opcode", {frame(0x83, "{}")});
    add("bad UTF-8", {frame(0x81, "\xC3\x28")});
    add("too big", {frame(0x81, std::string(16'385, 'x'))});
    add("huge length", {ByteWriter().u8(0x81).u8(0xFF).u64(0x7FFFFFFFFFFFFFFF).u32(0).take()});
    add("unmasked", {ByteWriter().u8(0x81).u8(2).bytes(viewOf("{}")).take()});
    add("close with a code", {frame(0x88, "\x03\xE8"
                                          "bye")});
    const std::string request =
        "GET /x HTTP/1.1\r\nHost: a\r\nOrigin: b\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n";
    corpus.add("origin", ScriptWriter().u8(0).raw(viewOf(request)).view());
    corpus.add("no request", ScriptWriter().u8(0).raw(viewOf("\x16\x03\x01")).view());
}

void addPhone(const std::filesystem::path &root)
{
    const Corpus corpus(root, "fuzz_phone");
    // Dials, connects, is challenged, is told of a match, and gets a message 1 and packets of nobody.
    ScriptWriter caller;
    caller.steps(1, 0, 0, 0, 0).steps(3, 6, 0, 7, 0, 0).steps(11, 0).steps(8).block(Bytes(48, 3)).steps(0);
    caller.steps(9).block(Bytes(92, 0x80)).steps(1, 0, 0, 1, 0).steps(0).u16(2'000).steps(1, 0, 0, 5, 0);
    corpus.add("caller", caller.view());
    // Is called, connects, is told of a match, gets a message 2, and answers.
    ScriptWriter callee;
    callee.steps(1, 1, 3, 2, 0).steps(3, 6, 0, 7, 1, 0).steps(11, 0).steps(8).block(Bytes(48, 3)).steps(1);
    callee.steps(11, 2).steps(10, 1).steps(0).u16(5'000).steps(10, 3).steps(1, 1, 3, 5, 0);
    corpus.add("callee", callee.view());
    corpus.add("emergency", ScriptWriter().steps(1, 0, 0, 0, 2).steps(1, 1, 3, 2, 0).steps(3, 6, 0).view());
    ScriptWriter text;
    text.steps(1, 0, 0, 0, 0).steps(3, 6, 0);
    for (const protocol::Sample &sample : protocol::samples())
        text.steps(4).block(viewOf(sample.text));
    corpus.add("every message", text.view());
}

void addSecrets(const std::filesystem::path &root)
{
    const Corpus corpus(root, "fuzz_secrets");
    SeededRandom random(3);
    server::Secrets secrets = server::Secrets::generate(random);
    const auto add = [&](const char *name) {
        const std::string text = server::printSecrets(secrets);
        const auto begin = text.find('\n') + 1;
        corpus.add(name, "1" + text.substr(begin, text.rfind("check ") - begin));
    };
    corpus.add("whole file", "0" + server::printSecrets(secrets));
    add("plain");
    secrets.prepareServerKey(random);
    add("next key");
    secrets.rotateTagKey(random, 20'000);
    secrets.rotateTagKey(random, 20'001);
    add("old keys");
}

void addOthers(const std::filesystem::path &root)
{
    const std::string config = server::printConfig({});
    Corpus(root, "fuzz_config").add("defaults", config);
    Corpus(root, "fuzz_config").add("one key", "# a comment\nlisten = [::1]:0, 127.0.0.1:7443\n");
    const Corpus corpus(root, "fuzz_hex_base64");
    corpus.add("hex", "00ff9A");
    corpus.add("base64", "Zm9vYmE");
    corpus.add("fields", Bytes{2, 1, 2, 0, 1, 9});
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: makeseeds DIRECTORY\n");
        return 2;
    }
    const std::filesystem::path root(argv[1]);
    for (const auto add : {addMessages, addNumbers, addKeyAgreement, addSealing, addSound, addControl, addCandidates,
                           addRecords, addPlmn, addModem, addServer, addWebSocket, addPhone, addSecrets, addOthers})
        add(root);
    return 0;
}
