#include "core/protocol/json.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::protocol;

namespace {

std::string repeated(std::string_view text, std::size_t count)
{
    std::string result;
    for (std::size_t i = 0; i < count; ++i)
        result += text;
    return result;
}

std::string nested(std::size_t depth)
{
    return repeated("[", depth) + repeated("]", depth);
}

/// An object of that many keys "k0", "k1", …
std::string objectOf(std::size_t keys)
{
    std::string text = "{";
    for (std::size_t i = 0; i < keys; ++i)
        text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":0";
    return text + "}";
}

QByteArray errorOf(const std::string &text)
{
    const auto value = parseJson(text);
    return value ? QByteArray("none") : QByteArray::fromStdString(std::string(nameOf(value.error())));
}

} // namespace

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void keepsToItsLimits_data();
    void keepsToItsLimits();
    void keepsToOtherLimits();
    void readsStrings_data();
    void readsStrings();
    void keepsTheDigitsOfNumbers();
    void findsValuesByKey();
};

void TestJson::accepts_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"0",
                             "-0",
                             "10",
                             "-1.5",
                             "1e5",
                             "1E+5",
                             "1e-5",
                             "123456789012345678901234567890",
                             "true",
                             "false",
                             "null",
                             "\"\"",
                             "[]",
                             "{}",
                             "[ ]",
                             "{ }",
                             " \t\r\n[1 , 2]\n",
                             R"({"":0})",
                             R"({"a":{"a":[]}})",
                             R"([[],{},"",0,null])",
                             R"(["\u0000"])",
                             R"({"a":1,"A":2})",
                             R"(["\"\\\/\b\f\n\r\t"])",
                             "[\"\x7F\"]"})
        QTest::newRow(text) << QByteArray(text);
}

void TestJson::accepts()
{
    QFETCH(QByteArray, text);
    QCOMPARE(errorOf(text.toStdString()), QByteArray("none"));
}

// After the cases of JSONTestSuite (n_*).
void TestJson::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"",
                             " ",
                             "[",
                             "]",
                             "{",
                             "}",
                             "[1",
                             "[1,",
                             "[1,]",
                             "[,1]",
                             "[1 2]",
                             "[1,,2]",
                             "[\"a\"",
                             "{\"a\"}",
                             "{\"a\":}",
                             "{\"a\" 1}",
                             "{\"a\":1,}",
                             "{,}",
                             "{a:1}",
                             "{'a':1}",
                             "{1:1}",
                             "{\"a\":1 \"b\":2}",
                             "[}",
                             "{]",
                             "[1}",
                             "{\"a\":1]",
                             "[]]",
                             "{}{}",
                             "[] x",
                             "nul",
                             "nulll",
                             "True",
                             "NaN",
                             "Infinity",
                             "-Infinity",
                             "-",
                             "+1",
                             "01",
                             "-01",
                             "1.",
                             ".1",
                             "1.e5",
                             "1e",
                             "1e+",
                             "0x1",
                             "1_000",
                             "--1",
                             "1-1",
                             "\"",
                             "\"a",
                             "\"\\\"",
                             "\"\\x\"",
                             "\"\\u12\"",
                             "\"\\u12g4\"",
                             "\"\\ud800\"",
                             "\"\\ud800x\"",
                             "\"\\ud800\\n\"",
                             "\"\\ud800\\u0041\"",
                             "\"\\udc00\"",
                             "\"\\U0041\"",
                             "'a'",
                             "\"\n\"",
                             "\"\t\"",
                             "[\"\x01\"]",
                             "\f[]",
                             "/* */[]",
                             "[]//",
                             "[1]#",
                             "*",
                             "<null>",
                             "\\u0041"})
        QTest::newRow(text) << QByteArray(text);
}

void TestJson::refuses()
{
    QFETCH(QByteArray, text);
    QCOMPARE(errorOf(text.toStdString()), QByteArray("not JSON"));
}

void TestJson::keepsToItsLimits_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("error");
    const auto row = [](const char *name, const std::string &text, const char *error) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(error);
    };
    row("eight levels", nested(8), "none");
    row("nine levels", nested(9), "nested too deep");
    row("nine levels of objects", repeated(R"({"a":)", 9), "nested too deep");
    row("ten thousand levels", std::string(10'000, '['), "nested too deep");
    row("64 keys", objectOf(64), "none");
    row("65 keys", objectOf(65), "too many keys");
    row("65 keys in two objects", '[' + objectOf(32) + ',' + objectOf(33) + ']', "too many keys");
    row("a string of 4 KiB", '"' + std::string(4'096, 'x') + '"', "none");
    row("a string of 4 KiB and a byte", '"' + std::string(4'097, 'x') + '"', "string too long");
    row("escapes of 4 KiB in UTF-8", '"' + repeated("\\u20ac", 1'365) + "x\"", "none");
    row("escapes of 4 KiB and a byte", '"' + repeated("\\u20ac", 1'365) + "xy\"", "string too long");
    row("a key of 4 KiB and a byte", "{\"" + std::string(4'097, 'x') + "\":0}", "string too long");
    row("a number of 4 KiB and a digit", std::string(4'097, '1'), "string too long");
    row("a double key", R"({"a":0,"b":0,"a":0})", "a key appears twice");
    row("one key in two objects", R"([{"a":0},{"a":0}])", "none");
    row("16 KiB", std::string(16'383, ' ') + '0', "none");
    row("16 KiB and a byte", std::string(16'384, ' ') + '0', "too big");
    row("a byte above ASCII", "\"\x80\"", "not ASCII");
    row("a byte above ASCII outside of strings", "\xA0[]", "not ASCII");
}

void TestJson::keepsToItsLimits()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, error);
    QCOMPARE(errorOf(text.toStdString()), error);
}

void TestJson::keepsToOtherLimits()
{
    const JsonLimits limits{.depth = 3, .keys = 9, .string = 12};
    const auto refusal = [&](const std::string &text) {
        const auto value = parseJson(text, limits);
        return value ? std::optional<DecodeError>() : std::optional(value.error());
    };
    QVERIFY(!refusal(nested(3)) && refusal(nested(4)) == DecodeError::TooDeep);
    QVERIFY(!refusal(objectOf(9)) && refusal(objectOf(10)) == DecodeError::TooManyKeys);
    QVERIFY(!refusal('"' + std::string(12, 'x') + '"'));
    QVERIFY(refusal('"' + std::string(13, 'x') + '"') == DecodeError::StringTooLong);
}

void TestJson::readsStrings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("content");
    const auto row = [](const char *name, const char *text, QByteArray content) {
        QTest::newRow(name) << QByteArray(text) << std::move(content);
    };
    row("plain", R"("call.offer")", "call.offer");
    row("named escapes", R"("\"\\\/\b\f\n\r\t")", "\"\\/\b\f\n\r\t");
    row("ASCII", R"("\u0041\u007f")", "A\x7F");
    row("zero", R"("a\u0000b")", QByteArray("a\0b", 3));
    row("two bytes", R"("\u0080\u07ff")", "\xC2\x80\xDF\xBF");
    row("three bytes", R"("\u0800\uD7FF\uE000\uffff")", "\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF");
    row("four bytes", R"("\ud800\udc00\uDBFF\uDFFF")", "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
}

void TestJson::readsStrings()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, content);
    const auto value = parseJson(text.toStdString());
    QVERIFY(value);
    QVERIFY(value->kind == JsonValue::Kind::String);
    QCOMPARE(QByteArray::fromStdString(value->text), content);
}

void TestJson::keepsTheDigitsOfNumbers()
{
    const auto value = parseJson("[18446744073709551615,-0.10e+2]");
    QVERIFY(value);
    QCOMPARE(value->values.at(0).text, "18446744073709551615");
    QCOMPARE(value->values.at(1).text, "-0.10e+2");
}

void TestJson::findsValuesByKey()
{
    const auto value = parseJson(R"({"a":true,"b":{"a":null}})");
    QVERIFY(value);
    QVERIFY(value->find("a")->kind == JsonValue::Kind::True);
    QVERIFY(value->find("b")->find("a")->kind == JsonValue::Kind::Null);
    QVERIFY(value->find("c") == nullptr);
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
