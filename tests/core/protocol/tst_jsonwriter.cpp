#include "core/protocol/jsonwriter.h"

#include <QTest>

using ringlift::protocol::JsonWriter;

class TestJsonWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void putsCommasBetweenValuesOnly();
    void writesAllBitsOfACounter();
    void escapesEverythingButPrintableAscii();
    void replacesBytesThatAreNoUtf8();
};

void TestJsonWriter::putsCommasBetweenValuesOnly()
{
    JsonWriter json;
    json.beginObject().key("a").beginArray().number(std::int64_t{-1}).boolean(true).beginArray().endArray();
    json.beginObject().endObject().null().endArray().key("b").string("").endObject();
    QCOMPARE(json.take(), R"({"a":[-1,true,[],{},null],"b":""})");
}

void TestJsonWriter::writesAllBitsOfACounter()
{
    QCOMPARE(JsonWriter().number(std::uint64_t{UINT64_MAX}).take(), "18446744073709551615");
    QCOMPARE(JsonWriter().number(std::int64_t{INT64_MIN}).take(), "-9223372036854775808");
}

void TestJsonWriter::escapesEverythingButPrintableAscii()
{
    QCOMPARE(JsonWriter().string("a\"\\/ ~").take(), R"("a\"\\/ ~")");
    QCOMPARE(JsonWriter().string(std::string_view("\0\n\x1F\x7F", 4)).take(), R"("\u0000\u000a\u001f\u007f")");
    QCOMPARE(JsonWriter().string("\xE4\xBD\xA0\xF0\x9F\x93\x9E").take(), R"("\u4f60\ud83d\udcde")");
}

void TestJsonWriter::replacesBytesThatAreNoUtf8()
{
    QCOMPARE(JsonWriter().string("a\xFF").take(), R"("a\ufffd")");
}

QTEST_APPLESS_MAIN(TestJsonWriter)
#include "tst_jsonwriter.moc"
