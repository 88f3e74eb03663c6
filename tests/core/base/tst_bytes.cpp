#include "core/base/bytes.h"

#include <QTest>

using namespace ringlift;

class TestBytes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAndReadsHex();
    void refusesWhatIsNoHex_data();
    void refusesWhatIsNoHex();
    void writesAndReadsBase64Url_data();
    void writesAndReadsBase64Url();
    void refusesWhatIsNoBase64Url_data();
    void refusesWhatIsNoBase64Url();
    void readsEveryLengthThatItWrites();
    void readsFieldsInNetworkOrder();
    void neverReadsPastTheEnd();
    void failsForGoodAfterOneFailure();
    void writesFieldsInNetworkOrder();
    void endsLabelsWithZero();
    void makesArraysOfTheExactLengthOnly();
    void viewsTextAsBytesAndBack();
};

void TestBytes::writesAndReadsHex()
{
    QCOMPARE(toHex(Bytes{0x00, 0x9F, 0xA0, 0xFF}), "009fa0ff");
    QCOMPARE(fromHex("009fA0Ff"), (Bytes{0x00, 0x9F, 0xA0, 0xFF}));
    QCOMPARE(fromHex(""), Bytes());
}

void TestBytes::refusesWhatIsNoHex_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"0", "000", "0g", "g0", "0x", " 00", "00 ", "/0", ":0", "@0", "`0"})
        QTest::newRow(text) << QByteArray(text);
}

void TestBytes::refusesWhatIsNoHex()
{
    QFETCH(QByteArray, text);
    QVERIFY(!fromHex(text.toStdString()));
}

// RFC 4648 section 10, without its padding.
void TestBytes::writesAndReadsBase64Url_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray("") << QByteArray("");
    QTest::newRow("one") << QByteArray("f") << QByteArray("Zg");
    QTest::newRow("two") << QByteArray("fo") << QByteArray("Zm8");
    QTest::newRow("three") << QByteArray("foo") << QByteArray("Zm9v");
    QTest::newRow("four") << QByteArray("foob") << QByteArray("Zm9vYg");
    QTest::newRow("five") << QByteArray("fooba") << QByteArray("Zm9vYmE");
    QTest::newRow("six") << QByteArray("foobar") << QByteArray("Zm9vYmFy");
    QTest::newRow("minus and underscore") << QByteArray("\xFB\xFF") << QByteArray("-_8");
}

void TestBytes::writesAndReadsBase64Url()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    const Bytes expected = copyOf(viewOf(bytes.toStdString()));
    QCOMPARE(toBase64Url(expected), text.toStdString());
    QCOMPARE(fromBase64Url(text.toStdString()), expected);
}

void TestBytes::refusesWhatIsNoBase64Url_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"A", "AAAAA", "Zg==", "Zg=", "Zh", "Zm9", "+_8", "-/8", "Zm 9v", "Zm9v\n", "Zm9v.", "\xC3\xA9"})
        QTest::newRow(text) << QByteArray(text);
}

void TestBytes::refusesWhatIsNoBase64Url()
{
    QFETCH(QByteArray, text);
    QVERIFY(!fromBase64Url(text.toStdString()));
}

void TestBytes::readsEveryLengthThatItWrites()
{
    Bytes bytes;
    for (int length = 0; length < 200; ++length) {
        QCOMPARE(fromBase64Url(toBase64Url(bytes)), bytes);
        QCOMPARE(fromHex(toHex(bytes)), bytes);
        bytes.push_back(static_cast<std::uint8_t>(length * 37));
    }
}

void TestBytes::readsFieldsInNetworkOrder()
{
    const Bytes bytes{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23};
    ByteReader reader(bytes);
    QCOMPARE(reader.u8(), std::uint8_t{0x01});
    QCOMPARE(reader.u16(), std::uint16_t{0x0203});
    QCOMPARE(reader.u32(), 0x04050607U);
    QCOMPARE(reader.u48(), 0x08090A0B0C0DU);
    QCOMPARE(reader.u64(), 0x0E0F101112131415U);
    QVERIFY(!reader.atEnd());
    QCOMPARE(copyOf(*reader.take(2)), (Bytes{22, 23}));
    QVERIFY(reader.atEnd());
    QVERIFY(reader.take(0)->empty());
}

void TestBytes::neverReadsPastTheEnd()
{
    const Bytes bytes{1, 2, 3};
    ByteReader reader(bytes);
    QVERIFY(!reader.u32());
    QVERIFY(reader.failed());
    QVERIFY(!reader.atEnd());
    QVERIFY(!ByteReader(bytes).take(SIZE_MAX));
    QVERIFY(!ByteReader({}).u8());
}

void TestBytes::failsForGoodAfterOneFailure()
{
    const Bytes bytes{1, 2, 3};
    ByteReader reader(bytes);
    QVERIFY(!reader.u32());
    QVERIFY(!reader.u8());
    QVERIFY(!reader.take(0));
}

void TestBytes::writesFieldsInNetworkOrder()
{
    ByteWriter writer;
    writer.u8(0x01).u16(0x0203).u32(0x04050607).u48(0xFFFF08090A0B0C0D).u64(0x0E0F101112131415).bytes(Bytes{22, 23});
    QCOMPARE(writer.take(), (Bytes{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23}));
}

void TestBytes::endsLabelsWithZero()
{
    QCOMPARE(ByteWriter().label("ab").label("").take(), (Bytes{'a', 'b', 0, 0}));
}

void TestBytes::makesArraysOfTheExactLengthOnly()
{
    const Bytes bytes{1, 2, 3};
    QCOMPARE(toArray<3>(bytes), (ByteArray<3>{1, 2, 3}));
    QVERIFY(!toArray<2>(bytes));
    QVERIFY(!toArray<4>(bytes));
}

void TestBytes::viewsTextAsBytesAndBack()
{
    const std::string text("a\0\xFF", 3);
    QCOMPARE(copyOf(viewOf(text)), (Bytes{'a', 0, 0xFF}));
    QCOMPARE(textOf(viewOf(text)), text);
}

QTEST_APPLESS_MAIN(TestBytes)
#include "tst_bytes.moc"
