#include "platform/plmn/at/gsmalphabet.h"
#include "platform/plmn/at/smscentre.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::plmn;
using namespace ringlift::plmn::at;

namespace {

constexpr const char *kAnna = "+8613800138000";
constexpr const char *kBo = "+8613900139000";
constexpr SmsTime kTime{26, 11, 25, 1, 2, 3};

Bytes bytes(const char *hex)
{
    return *fromHex(hex);
}

QByteArray text(std::string_view utf8)
{
    return {utf8.data(), qsizetype(utf8.size())};
}

} // namespace

/// Short messages as the air carries them, and the centre between two phones.
class SmsCodecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void packsSeptets();
    void readsAPublishedSubmit();
    void readsAPublishedDeliver();
    void writesAnAlphanumericSender();
    void carriesTextsOfAllKinds_data();
    void carriesTextsOfAllKinds();
    void refusesWhatIsNoMessage_data();
    void refusesWhatIsNoMessage();
    void keepsMessagesUntilThePhoneIsThere();
    void refusesMessagesToNobody();
    void keepsTheBodyAsItWasSent();
};

void SmsCodecTest::packsSeptets()
{
    const auto septets = toSeptets(u"hellohello");
    QVERIFY(septets);
    QCOMPARE(text(toHex(packSeptets(*septets))), "e8329bfd4697d9ec37");
    QVERIFY(unpackSeptets(packSeptets(*septets), 10) == *septets);
    QVERIFY(unpackSeptets(packSeptets(*septets, 3), 10, 3) == *septets);
    QVERIFY(!toSeptets(u"你"));
    QVERIFY(fromSeptets(*toSeptets(u"10 € [x]")) == u"10 € [x]");
}

void SmsCodecTest::readsAPublishedSubmit()
{
    const auto read = SmsCodec::decodeSubmit(bytes("11000B916407281553F80000AA0AE8329BFD4697D9EC37"));
    QVERIFY(read);
    QCOMPARE(text(read->destination), "+46708251358");
    QCOMPARE(text(SmsCodec::textOf(read->body)), "hellohello");
}

void SmsCodecTest::readsAPublishedDeliver()
{
    const auto read = SmsCodec::decodeDeliver(bytes("040BC87238880900F10000993092516195800AE8329BFD4697D9EC37"));
    QVERIFY(read);
    QCOMPARE(text(read->originator), "27838890001");
    QVERIFY(read->time == (SmsTime{99, 3, 29, 15, 16, 59}));
    QCOMPARE(text(SmsCodec::textOf(read->body)), "hellohello");
}

void SmsCodecTest::writesAnAlphanumericSender()
{
    const auto bodies = SmsCodec::split("Hi", 1);
    const Bytes tpdu = SmsCodec::encode(SmsDeliver{"Ringlift", 0, kTime, bodies.at(0)});
    QCOMPARE(text(toHex(tpdu)), "040ed0d2b4fbcc4e9be900006211521020300002c834");
    const auto read = SmsCodec::decodeDeliver(tpdu);
    QVERIFY(read);
    QCOMPARE(text(read->originator), "Ringlift");
}

void SmsCodecTest::carriesTextsOfAllKinds_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<int>("parts");
    QTest::newRow("empty") << QString() << 1;
    QTest::newRow("one short") << QStringLiteral("Your code is 123456") << 1;
    QTest::newRow("as long as one can be") << QString(160, u'x') << 1;
    QTest::newRow("two parts") << QString(161, u'x') << 2;
    QTest::newRow("300 characters") << QString(300, u'y') << 2;
    QTest::newRow("extended characters at the cut") << QString(152, u'x') + QStringLiteral("€[]{}€€€€€€") << 2;
    QTest::newRow("Chinese") << QStringLiteral("您的验证码是 123456") << 1;
    QTest::newRow("long Chinese") << QString(150, QChar(0x4f60)) << 3;
    QTest::newRow("surrogates at the cut") << QString(66, QChar(0x4f60)) + QStringLiteral("😀😀😀😀") << 2;
}

void SmsCodecTest::carriesTextsOfAllKinds()
{
    QFETCH(QString, message);
    QFETCH(int, parts);
    const auto bodies = SmsCodec::split(message.toStdString(), 7);
    QCOMPARE(int(bodies.size()), parts);
    QString joined;
    int number = 0;
    for (const SmsBody &body : bodies) {
        QVERIFY(body.data.size() <= SmsCodec::kMaxUserData);
        const auto read = SmsCodec::decodeDeliver(SmsCodec::encode(SmsDeliver{kBo, 0, kTime, body}));
        QVERIFY(read && read->body == body);
        QVERIFY(SmsCodec::partOf(body) == (parts == 1 ? SmsPart{} : SmsPart{7, parts, ++number}));
        joined += QString::fromStdString(SmsCodec::textOf(read->body));
    }
    QCOMPARE(joined, message);
    QVERIFY(SmsCodec::split(std::string(5000, 'x'), 1).empty());
}

void SmsCodecTest::refusesWhatIsNoMessage_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a deliver") << QByteArray("040BC87238880900F10000993092516195800AE8329BFD4697D9EC37");
    QTest::newRow("cut") << QByteArray("11000B916407281553F80000AA0AE8329BFD4697D9EC");
    QTest::newRow("too long") << QByteArray("11000B916407281553F80000AA0AE8329BFD4697D9EC3700");
    QTest::newRow("no destination") << QByteArray("110000910000AA0AE8329BFD4697D9EC37");
    QTest::newRow("too many digits") << QByteArray("110015910123456789012345678901F10000AA0AE8329BFD4697D9EC37");
    QTest::newRow("a letter in the number") << QByteArray("11000B9164072815C3F80000AA0AE8329BFD4697D9EC37");
    QTest::newRow("a header longer than all") << QByteArray("51000B916407281553F80000AA0AFF329BFD4697D9EC37");
}

void SmsCodecTest::refusesWhatIsNoMessage()
{
    QFETCH(QByteArray, hex);
    QVERIFY(!SmsCodec::decodeSubmit(*fromHex(hex.toStdString())));
}

namespace {

/// A switch with two subscribers, and its centre.
struct Centre {
    SeededRandom random{1};
    Switch exchange{SwitchConfig{}, random};
    SmsCentre messages{exchange};

    Centre()
    {
        for (const auto &[msisdn, imsi] : {std::pair(kAnna, "460001234567890"), std::pair(kBo, "460009876543210")}) {
            Subscriber subscriber;
            subscriber.msisdn = msisdn;
            subscriber.imsi = imsi;
            subscriber.homeRegion = "CN";
            exchange.handle(TimePoint{}, Provision{subscriber});
        }
    }
};

} // namespace

void SmsCodecTest::keepsMessagesUntilThePhoneIsThere()
{
    Centre centre;
    QVERIFY(centre.messages.send("Bank", kBo, "one", kTime));
    QVERIFY(centre.messages.send("Bank", kBo, "two", kTime));
    QVERIFY(!centre.messages.take(kBo));
    centre.exchange.handle(TimePoint{}, Attach{kBo});
    centre.exchange.handle(TimePoint{}, SetCoverage{kBo, false});
    QVERIFY(!centre.messages.take(kBo));
    centre.exchange.handle(TimePoint{}, SetCoverage{kBo, true});
    for (const char *const expected : {"one", "two"}) {
        const auto taken = centre.messages.take(kBo);
        QVERIFY(taken);
        const auto read = SmsCodec::decodeDeliver(*taken);
        QVERIFY(read);
        QCOMPARE(text(SmsCodec::textOf(read->body)), expected);
    }
    QVERIFY(!centre.messages.take(kBo));
}

void SmsCodecTest::refusesMessagesToNobody()
{
    Centre centre;
    QVERIFY(!centre.messages.send("Bank", "+4915550123456", "one", kTime));
    QVERIFY(!centre.messages.send("", kBo, "one", kTime));
    QVERIFY(!centre.messages.send("Bank", kBo, std::string(5000, 'x'), kTime));
}

void SmsCodecTest::keepsTheBodyAsItWasSent()
{
    Centre centre;
    centre.exchange.handle(TimePoint{}, Attach{kBo});
    const SmsBody body = SmsCodec::split(std::string(200, 'x'), 9).at(1);
    const auto sent = centre.messages.submit(*centre.exchange.subscriber(kAnna),
                                             SmsCodec::encode(SmsSubmit{"013900139000", 0, body}), kTime);
    QVERIFY(sent);
    QVERIFY(*sent == (SmsCentre::Message{kAnna, kBo, std::string(47, 'x'), SmsPart{9, 2, 2}}));
    const auto read = SmsCodec::decodeDeliver(*centre.messages.take(kBo));
    QVERIFY(read && read->body == body);
    QCOMPARE(text(read->originator), kAnna);
}

QTEST_APPLESS_MAIN(SmsCodecTest)
#include "tst_smscodec.moc"
