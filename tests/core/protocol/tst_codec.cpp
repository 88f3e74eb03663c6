#include "core/base/random.h"
#include "core/protocol/codec.h"
#include "tests/core/protocol/samples.h"

#include <QTest>

#include <set>

using namespace ringlift;
using namespace ringlift::protocol;

namespace {

std::string idText()
{
    return std::string(22, 'A');
}

std::string replaced(std::string text, std::string_view from, std::string_view to)
{
    const auto at = text.find(from);
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string errorOf(std::string_view text, UnknownKeys unknownKeys = UnknownKeys::Refuse)
{
    const auto message = decode(text, unknownKeys);
    return std::string(message ? "none" : nameOf(message.error()));
}

/// One seeded change: a byte replaced, removed, or doubled, or the end cut off.
std::string mutated(std::string text, SeededRandom &random)
{
    const std::size_t at = random.uniform(static_cast<std::uint32_t>(text.size()));
    switch (random.uniform(4)) {
    case 0:
        text[at] = static_cast<char>(random.uniform(256));
        break;
    case 1:
        text.erase(at, 1);
        break;
    case 2:
        text.insert(at, 1, text[at]);
        break;
    default:
        text.resize(at);
    }
    return text;
}

} // namespace

class TestCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasASampleOfEveryMessage();
    void writesTheDocumentedText_data() { addSamples(); }
    void writesTheDocumentedText();
    void readsWhatItWrites_data() { addSamples(); }
    void readsWhatItWrites();
    void refusesEveryMissingByteAtTheEnd_data() { addSamples(); }
    void refusesEveryMissingByteAtTheEnd();
    void refusesUnknownKeysBeforeLoginOnly_data() { addSamples(); }
    void refusesUnknownKeysBeforeLoginOnly();
    void refusesUnknownKeysWithinRelayCredentials();
    void refuses_data();
    void refuses();
    void acceptsExplicitDefaults();
    void refusesAMessageOneByteTooBig();
    void writesAsciiOnly();
    void survivesSeededMutations_data() { addSamples(); }
    void survivesSeededMutations();
    void namesEveryErrorCode();
    void namesEveryDecodeError();

private:
    void addSamples();
    const Sample &sample() const;

    const std::vector<Sample> m_samples = samples();
};

void TestCodec::addSamples()
{
    QTest::addColumn<std::size_t>("index");
    for (std::size_t i = 0; i < m_samples.size(); ++i)
        QTest::newRow(m_samples[i].name) << i;
}

const Sample &TestCodec::sample() const
{
    const auto *const index = static_cast<const std::size_t *>(QTest::qData("index", qMetaTypeId<std::size_t>()));
    return m_samples[*index];
}

void TestCodec::hasASampleOfEveryMessage()
{
    std::set<std::size_t> alternatives;
    for (const Sample &each : m_samples)
        alternatives.insert(each.message.index());
    QCOMPARE(alternatives.size(), std::variant_size_v<Message>);
}

void TestCodec::writesTheDocumentedText()
{
    QCOMPARE(encode(sample().message), sample().text);
}

void TestCodec::readsWhatItWrites()
{
    for (const UnknownKeys unknownKeys : {UnknownKeys::Refuse, UnknownKeys::Ignore}) {
        const auto message = decode(sample().text, unknownKeys);
        QVERIFY2(message, std::string(message ? "" : nameOf(message.error())).c_str());
        QVERIFY(*message == sample().message);
    }
}

void TestCodec::refusesEveryMissingByteAtTheEnd()
{
    const std::string_view text = sample().text;
    for (std::size_t size = 0; size < text.size(); ++size)
        QCOMPARE(errorOf(text.substr(0, size)), "not JSON");
}

void TestCodec::refusesUnknownKeysBeforeLoginOnly()
{
    const std::string text = replaced(sample().text, "{", R"({"colour":{"of":["nothing",1.5e3]},)");
    QCOMPARE(errorOf(text), "unknown key");
    const auto message = decode(text, UnknownKeys::Ignore);
    QVERIFY(message);
    QVERIFY(*message == sample().message);
}

void TestCodec::refusesUnknownKeysWithinRelayCredentials()
{
    const std::string text = R"({"type":"call.turn","call_id":")" + idText() +
                             R"(","turn":{"urls":[],"username":"","password":"","ttl":0,"realm":""}})";
    QCOMPARE(errorOf(text), "unknown key");
    QCOMPARE(errorOf(text, UnknownKeys::Ignore), "none");
}

void TestCodec::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("error");
    const auto row = [](const char *name, const std::string &text, const char *error) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(error);
    };
    const std::string accepted = R"({"type":"call.accepted","call_id":")" + idText() + R"("})";
    row("nothing", "", "not JSON");
    row("an array", "[]", "bad value");
    row("a string", R"("call.offer")", "bad value");
    row("no type", "{}", "missing key");
    row("a type that is no string", R"({"type":1})", "bad value");
    row("a type that does not exist", R"({"type":"call.offers"})", "unknown type");
    row("a type in capitals", R"({"type":"CALL.OFFER"})", "unknown type");
    row("a missing key", R"({"type":"call.accepted"})", "missing key");
    row("two keys of one name", replaced(accepted, "{", R"({"type":"call.accepted",)"), "a key appears twice");
    row("two keys of one name, one escaped", replaced(accepted, "{", R"({"\u0074ype":"call.accepted",)"),
        "a key appears twice");
    row("text behind the object", accepted + "{}", "not JSON");
    row("UTF-8", replaced(accepted, "accepted", "acc\xC3\xA9pted"), "not ASCII");
    row("a byte order mark", "\xEF\xBB\xBF" + accepted, "not ASCII");
    row("nine levels", R"({"type":"call.accepted","x":[[[[[[[[]]]]]]]]})", "nested too deep");
    row("a short identifier", replaced(accepted, idText(), idText().substr(1)), "bad value");
    row("a long identifier", replaced(accepted, idText(), idText() + "AAAA"), "bad value");
    row("an identifier with padding", replaced(accepted, idText(), idText() + "=="), "bad value");
    row("an identifier in plain base64", replaced(accepted, idText(), "++++++++++++++++++++++"), "bad value");
    row("an identifier with unused bits", replaced(accepted, idText(), std::string(21, 'A') + "B"), "bad value");
    row("a number for an identifier", replaced(accepted, '"' + idText() + '"', "0"), "bad value");
    row("null for an identifier", replaced(accepted, '"' + idText() + '"', "null"), "bad value");

    const std::string sealed = R"({"type":"call.sealed","call_id":")" + idText() + R"(","n":N,"box":""})";
    row("a negative counter", replaced(sealed, "N", "-1"), "bad value");
    row("a counter of 65 bits", replaced(sealed, "N", "18446744073709551616"), "bad value");
    row("a fraction", replaced(sealed, "N", "1.0"), "bad value");
    row("an exponent", replaced(sealed, "N", "1e3"), "bad value");
    row("a counter in quotes", replaced(sealed, "N", "\"1\""), "bad value");

    const std::string cancel = R"({"type":"call.cancel"X})";
    const std::string callId = R"(,"call_id":")" + idText() + '"';
    const std::string arriveId = R"(,"arrive_id":")" + idText() + '"';
    row("a cancel of nothing", replaced(cancel, "X", ""), "missing key");
    row("a cancel of both", replaced(cancel, "X", callId + arriveId), "bad value");

    const std::string arrive = R"({"type":"call.arrive","arrive_id":")" + idText() +
                               R"(","sim":"460001234567890","cli":["+8613800138000"],"verstat":"none"})";
    row("a caller-ID that is hidden", replaced(arrive, R"(["+8613800138000"])", R"("withheld")"), "bad value");
    row("no caller-ID", replaced(arrive, R"(["+8613800138000"])", "[]"), "bad value");
    row("three caller-IDs",
        replaced(arrive, R"(["+8613800138000"])", R"(["+8613800138000","+8613800138001","+8613800138002"])"),
        "bad value");
    row("a national caller-ID", replaced(arrive, "+8613800138000", "13800138000"), "bad value");
    row("a caller-ID with spaces", replaced(arrive, "+8613800138000", "+86 13800138000"), "bad value");
    row("a verstat of one's own", replaced(arrive, R"("none")", R"("failed")"), "bad value");
    row("an IMSI of 14 digits", replaced(arrive, "460001234567890", "46000123456789"), "bad value");
    row("an empty SIM", replaced(arrive, "460001234567890", ""), "bad value");

    const std::string begin =
        R"({"type":"register.begin","msisdn":"+8613800138000","imsi":"460001234567890","sim_handle":")" + idText() +
        R"(","idcard":")" + std::string(187, 'A') + R"(","platform":"linux"})";
    row("an IMSI and a handle", begin, "bad value");
    row("an identity card of 139 bytes",
        replaced(replaced(begin, R"("imsi":"460001234567890",)", ""), std::string(187, 'A'), std::string(186, 'A')),
        "bad value");
    row("a platform of 257 characters", replaced(begin, "linux", std::string(257, 'x')), "bad value");
    row("an account of another kind", replaced(begin, R"("linux")", R"("linux","kind":"echo")"), "bad value");

    const std::string matched = R"({"type":"call.matched","call_id":")" + idText() +
                                R"(","role":"callee","peer_idcard":")" + std::string(187, 'A') +
                                R"(","turn":{"urls":[],"username":"","password":"","ttl":0}})";
    row("a match that tells the callee nothing", matched, "missing key");
    row("a match with an odd caller-ID",
        replaced(replaced(matched, "callee", "caller"), R"("role")", R"("cli":"some","role")"), "bad value");
    row("relay credentials in a list",
        replaced(replaced(matched, "callee", "caller"), R"({"urls":[],"username":"","password":"","ttl":0})", "[]"),
        "bad value");
    row("seventeen relays",
        replaced(replaced(matched, "callee", "caller"), "[]",
                 R"(["","","","","","","","","","","","","","","","",""])"),
        "bad value");
    row("relay credentials in part", replaced(replaced(matched, "callee", "caller"), R"(,"ttl":0)", ""), "missing key");
    row("an error that does not exist", R"({"type":"error","code":"E_NONE","re":"auth"})", "bad value");
    row("one as true", R"({"type":"welcome","reverify":1,"quarantine":false,"time":0})", "bad value");
    row("a lock that is neither set nor cleared", R"({"type":"reglock.set","sig":")" + std::string(86, 'A') + R"("})",
        "missing key");
    row("a next key without signature",
        R"({"type":"challenge","v":1,"server_nonce":")" + std::string(43, 'A') + R"(","server_pk":")" +
            std::string(43, 'A') + R"(","server_sig":")" + std::string(86, 'A') + R"(","retag":false,"next_pk":")" +
            std::string(43, 'A') + R"("})",
        "missing key");
}

void TestCodec::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, error);
    QCOMPARE(QByteArray::fromStdString(errorOf(text.toStdString())), error);
}

void TestCodec::acceptsExplicitDefaults()
{
    const std::string text = R"({"type":"call.offer","call_id":")" + idText() +
                             R"(","msisdn":"+8613800138000","callee":"+4915550123456","commit":")" +
                             std::string(43, 'A') + R"(","caps":"","manual":false})";
    QCOMPARE(errorOf(text), "none");
}

void TestCodec::refusesAMessageOneByteTooBig()
{
    std::string text = R"({"type":"call.accepted","call_id":")" + idText() + R"("})";
    text.append(kMaxMessageSize - text.size(), ' ');
    QCOMPARE(errorOf(text), "none");
    QCOMPARE(errorOf(text + ' '), "too big");
}

void TestCodec::writesAsciiOnly()
{
    const CallAbort abort{{}, "\"\\\n\x7F \xC3\xA9\xF0\x9F\x93\x9E"};
    const std::string text = encode(abort);
    QCOMPARE(text,
             R"({"type":"call.abort","call_id":")" + idText() + R"(","code":"\"\\\u000a\u007f \u00e9\ud83d\udcde"})");
    const auto message = decode(text, UnknownKeys::Refuse);
    QVERIFY(message);
    QVERIFY(*message == Message(abort));
}

void TestCodec::survivesSeededMutations()
{
    SeededRandom random(20'250'101);
    for (int round = 0; round < 500; ++round) {
        std::string text = sample().text;
        for (std::uint32_t i = random.uniform(3) + 1; i-- > 0 && !text.empty();)
            text = mutated(std::move(text), random);
        const auto message = decode(text, UnknownKeys::Ignore);
        if (!message)
            continue;
        const auto again = decode(encode(*message), UnknownKeys::Refuse);
        QVERIFY(again);
        QVERIFY(*again == *message);
    }
}

void TestCodec::namesEveryErrorCode()
{
    for (int i = 0; i <= static_cast<int>(ErrorCode::TooBig); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        QVERIFY(nameOf(code).starts_with("E_"));
        QCOMPARE(errorCodeFromName(nameOf(code)), code);
    }
    QVERIFY(!errorCodeFromName("E_NONE"));
    QCOMPARE(nameOf(ErrorCode::TooBig), "E_TOO_BIG");
}

void TestCodec::namesEveryDecodeError()
{
    std::set<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(DecodeError::BadValue); ++i)
        names.insert(nameOf(static_cast<DecodeError>(i)));
    QCOMPARE(names.size(), static_cast<std::size_t>(DecodeError::BadValue) + 1);
    QVERIFY(!names.contains(std::string_view()));
}

QTEST_APPLESS_MAIN(TestCodec)
#include "tst_codec.moc"
