#include "core/base/random.h"
#include "core/numbers/numbernormaliser.h"

#include <QTest>

#include <algorithm>

using namespace ringlift;
using namespace ringlift::numbers;
using protocol::Msisdn;

namespace {

std::string e164Of(const std::optional<Msisdn> &number)
{
    return number ? number->e164() : "none";
}

/// "+1…|+49…", "none" for no reading.
std::string e164Of(const std::vector<Msisdn> &numbers)
{
    std::string text;
    for (const Msisdn &number : numbers)
        text += (text.empty() ? "" : "|") + number.e164();
    return text.empty() ? "none" : text;
}

std::string digitsFrom(SeededRandom &random, std::size_t count)
{
    std::string digits;
    while (digits.size() < count)
        digits += static_cast<char>('0' + random.uniform(10));
    return digits;
}

/// Reads a number without its plus sign in one of the forms in which a Chinese network may signal it.
std::vector<Msisdn> readingInChina(const std::string &number, SeededRandom &random)
{
    const Regions regions{"CN", "CN"};
    const bool isChinese = number.starts_with("86");
    switch (random.uniform(isChinese ? 5 : 3)) {
    case 0:
        return normaliseCallerId(number, TypeOfNumber::International, regions);
    case 1:
        return normaliseCallerId('+' + number, TypeOfNumber::Unknown, regions);
    case 2:
        return normaliseCallerId("00" + number, TypeOfNumber::Unknown, regions);
    case 3:
        return normaliseCallerId(number.substr(2), TypeOfNumber::Unknown, regions);
    default:
        return normaliseCallerId('0' + number.substr(2), TypeOfNumber::Unknown, regions);
    }
}

} // namespace

class TestNumberNormaliser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatPeopleDial_data();
    void readsWhatPeopleDial();
    void readsCallerIds_data();
    void readsCallerIds();
    void tellsNumbersWithOneSuffixApart();
    void readsNoNumberFromItsLastDigits();
    void givesTheSameReadingTwice();
    void registersOnlyNumbersOfMobilePhones_data();
    void registersOnlyNumbersOfMobilePhones();
    void knowsCountryCodes();
    void writesNumbersForPeople();
    void knowsTheRegionOfAMobileCountryCode_data();
    void knowsTheRegionOfAMobileCountryCode();
};

void TestNumberNormaliser::readsWhatPeopleDial_data()
{
    QTest::addColumn<QByteArray>("dialled");
    QTest::addColumn<QByteArray>("home");
    QTest::addColumn<QByteArray>("serving");
    QTest::addColumn<QByteArray>("number");
    const auto row = [](const char *name, const char *dialled, const char *home, const char *serving,
                        const char *number) {
        QTest::newRow(name) << QByteArray(dialled) << QByteArray(home) << QByteArray(serving) << QByteArray(number);
    };
    row("national in China", "13800138000", "CN", "CN", "+8613800138000");
    row("national in Germany", "015550123456", "DE", "DE", "+4915550123456");
    row("national in Britain", "07400 123456", "GB", "GB", "+447400123456");
    row("national in America, seven digits", "5550123", "US", "US", "none");
    row("national in America", "(201) 555-0123", "US", "US", "+12015550123");
    row("national in America with trunk prefix", "1 201 555 0123", "US", "US", "+12015550123");
    row("national in Italy keeps its zero", "06 1234 5678", "IT", "IT", "+390612345678");
    row("international with plus", "+86 138 0013 8000", "DE", "DE", "+8613800138000");
    row("international with plus and no region", "+8613800138000", "", "", "+8613800138000");
    row("national and no region", "13800138000", "", "", "none");
    row("international with 00 in Germany", "008613800138000", "DE", "DE", "+8613800138000");
    row("international with 00 in China", "004915550123456", "CN", "CN", "+4915550123456");
    row("international with 011 in America", "011 86 138 0013 8000", "US", "US", "+8613800138000");
    row("international with 010 in Japan", "010 86 138 0013 8000", "JP", "JP", "+8613800138000");
    row("00 and no region", "004915550123456", "", "", "none");
    row("trunk zero after the country code", "+49 (0)1555 0123456", "DE", "DE", "+4915550123456");
    row("IP call prefix 17951 of China", "1795113800138000", "CN", "CN", "+8613800138000");
    row("IP call prefix 12593 of China", "1259313800138000", "CN", "CN", "+8613800138000");
    row("carrier code 15 of Brazil", "0 15 11 96123-4567", "BR", "BR", "+5511961234567");
    row("roaming, as written at home", "13800138000", "CN", "DE", "+8613800138000");
    row("roaming, a number of the visited country", "030 901820", "CN", "DE", "+4930901820");
    row("roaming, valid in both countries: as at home", "015550123456", "CN", "DE", "+8615550123456");
    row("only the serving region is known", "015550123456", "", "DE", "+4915550123456");
    row("full-width digits", "\xEF\xBC\x8B\xEF\xBC\x98\xEF\xBC\x96 13800138000", "CN", "CN", "+8613800138000");
    row("Arabic-Indic digits",
        "\xD9\xA0\xD9\xA1\xD9\xA5\xD9\xA5\xD9\xA5"
        "0123456",
        "DE", "DE", "+4915550123456");
    row("direction marks of copied text", "\xE2\x80\xAD+8613800138000\xE2\x80\xAC", "CN", "CN", "+8613800138000");
    row("premium number", "0900 1234567", "DE", "DE", "+499001234567");
    row("too short for its country", "+86138001380", "CN", "CN", "none");
    row("too long for its country", "+861380013800000", "CN", "CN", "none");
    row("a country code that does not exist", "+999123456789", "CN", "CN", "none");
    row("a plus sign in the middle", "86+13800138000", "CN", "CN", "none");
    row("two plus signs", "++8613800138000", "CN", "CN", "none");
    row("letters", "1-800-FLOUERS", "US", "US", "none");
    row("a SIP address", "sip:anna@example.org", "CN", "CN", "none");
    row("digits after a pause", "+8613800138000,,12", "CN", "CN", "none");
    row("hidden own number", "#31#+8613800138000", "CN", "CN", "none");
    row("USSD", "*100#", "CN", "CN", "none");
    row("short code", "10086", "CN", "CN", "none");
    row("emergency", "112", "CN", "CN", "none");
    row("nothing", "", "CN", "CN", "none");
    row("a plus sign", "+", "CN", "CN", "none");
}

void TestNumberNormaliser::readsWhatPeopleDial()
{
    QFETCH(QByteArray, dialled);
    QFETCH(QByteArray, home);
    QFETCH(QByteArray, serving);
    QFETCH(QByteArray, number);
    const Regions regions{home.toStdString(), serving.toStdString()};
    QVERIFY(e164Of(normaliseDialled(dialled.toStdString(), regions)) == number.toStdString());
}

void TestNumberNormaliser::readsCallerIds_data()
{
    QTest::addColumn<QByteArray>("callerId");
    QTest::addColumn<bool>("international");
    QTest::addColumn<QByteArray>("home");
    QTest::addColumn<QByteArray>("serving");
    QTest::addColumn<QByteArray>("numbers");
    const auto row = [](const char *name, const char *callerId, bool international, const char *home,
                        const char *serving, const char *numbers) {
        QTest::newRow(name) << QByteArray(callerId) << international << QByteArray(home) << QByteArray(serving)
                            << QByteArray(numbers);
    };
    row("type 145", "8613800138000", true, "DE", "DE", "+8613800138000");
    row("type 145 with plus", "+8613800138000", true, "DE", "DE", "+8613800138000");
    row("type 129 with plus", "+8613800138000", false, "DE", "DE", "+8613800138000");
    row("type 145 and no region", "8613800138000", true, "", "", "+8613800138000");
    row("type 145 taken as it is, of a range still unknown", "861990000000000", true, "CN", "CN", "+861990000000000");
    row("type 145 with 00", "008613800138000", true, "CN", "CN", "none");
    row("type 145 beyond fifteen digits", "8613800138000000", true, "CN", "CN", "none");
    row("national at home", "13800138000", false, "CN", "CN", "+8613800138000");
    row("national at home, trunk zero", "015550123456", false, "DE", "DE", "+4915550123456");
    row("national in the visited country", "030901820", false, "CN", "DE", "+4930901820");
    row("national, two readings of mobile phones", "015550123456", false, "CN", "DE", "+8615550123456|+4915550123456");
    row("national, valid in both countries", "2015550123", false, "US", "CA", "+12015550123");
    row("national, two readings", "07400123456", false, "GB", "IT", "+447400123456");
    row("national, two readings of ten digits", "9123456789", false, "IN", "RU", "+919123456789|+79123456789");
    row("the other way round", "9123456789", false, "RU", "IN", "+79123456789|+919123456789");
    row("with the international prefix of the home country", "004915550123456", false, "CN", "CN", "+4915550123456");
    row("national and no region", "13800138000", false, "", "", "none");
    row("of no country", "99999999999999", false, "CN", "DE", "none");
    row("hidden", "", false, "CN", "CN", "none");
    row("hidden, in words", "PRIVATE", false, "CN", "CN", "none");
    row("alphanumeric", "Ringlift", false, "CN", "CN", "none");
    row("a number with letters", "1380013800a", false, "CN", "CN", "none");
    row("short", "10086", false, "CN", "CN", "none");
    row("short and type 145", "10086", true, "CN", "CN", "none");
    row("the police", "110", false, "CN", "CN", "none");
    row("MMI", "*13800138000#", false, "CN", "CN", "none");
    row("digits after a pause", "13800138000,1", false, "CN", "CN", "none");
    row("a plus sign in the middle", "86+13800138000", false, "CN", "CN", "none");
}

void TestNumberNormaliser::readsCallerIds()
{
    QFETCH(QByteArray, callerId);
    QFETCH(bool, international);
    QFETCH(QByteArray, home);
    QFETCH(QByteArray, serving);
    QFETCH(QByteArray, numbers);
    const Regions regions{home.toStdString(), serving.toStdString()};
    const auto type = international ? TypeOfNumber::International : TypeOfNumber::Unknown;
    QVERIFY(e164Of(normaliseCallerId(callerId.toStdString(), type, regions)) == numbers.toStdString());
}

// T06: numbers whose last digits agree are different numbers, however many agree and however each is signalled.
void TestNumberNormaliser::tellsNumbersWithOneSuffixApart()
{
    constexpr std::array kStarts{"86138", "86139", "86158", "86186", "49151", "49176"};
    SeededRandom random(1'464);
    for (int i = 0; i < 2'000; ++i) {
        const std::string first = kStarts[random.uniform(kStarts.size())];
        const std::string second = kStarts[random.uniform(kStarts.size())];
        const std::string suffix = digitsFrom(random, 8);
        const auto one = readingInChina(first + suffix, random);
        const auto other = readingInChina(second + suffix, random);
        QVERIFY(one.size() == 1 && one.front().e164() == '+' + first + suffix);
        QCOMPARE(one == other, first == second);
    }
}

void TestNumberNormaliser::readsNoNumberFromItsLastDigits()
{
    SeededRandom random(2'928);
    const Regions regions{"CN", "DE"};
    for (int i = 0; i < 2'000; ++i) {
        const std::string full = (random.uniform(2) == 0 ? "+86138" : "+491555") + digitsFrom(random, 8);
        const std::string_view last = std::string_view(full).substr(full.size() - 7 - random.uniform(3));
        const auto number = Msisdn::fromE164(full);
        const auto readings = normaliseCallerId(last, TypeOfNumber::Unknown, regions);
        QVERIFY(std::ranges::find(readings, *number) == readings.end());
    }
}

void TestNumberNormaliser::givesTheSameReadingTwice()
{
    SeededRandom random(77);
    const Regions regions{"CN", "DE"};
    for (int i = 0; i < 1'000; ++i) {
        const std::string dialled = (random.uniform(2) == 0 ? "0" : "") + digitsFrom(random, 10);
        const auto number = normaliseDialled(dialled, regions);
        if (!number)
            continue;
        QVERIFY(normaliseDialled(number->e164(), regions) == number);
        QVERIFY(normaliseCallerId(number->e164(), TypeOfNumber::Unknown, regions) == std::vector{*number});
    }
}

void TestNumberNormaliser::registersOnlyNumbersOfMobilePhones_data()
{
    QTest::addColumn<QByteArray>("number");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *name, const char *number, bool allowed) {
        QTest::newRow(name) << QByteArray(number) << allowed;
    };
    row("mobile of China", "+8613800138000", true);
    row("mobile of Germany", "+4915550123456", true);
    row("mobile of Britain", "+447400123456", true);
    row("mobile of India that starts like an emergency number", "+919112345678", true);
    row("America, mobile or not", "+12015550123", true);
    row("fixed line of China", "+861012345678", false);
    row("fixed line of Germany", "+4930123456", false);
    row("freephone", "+18002345678", false);
    row("premium", "+499001234567", false);
    row("pager", "+4916412345", false);
    row("personal number", "+447012345678", false);
    row("invalid", "+8610000000000", false);
    row("country code that does not exist", "+999123456789", false);
    row("emergency number behind a country code", "+86110110", false);
}

void TestNumberNormaliser::registersOnlyNumbersOfMobilePhones()
{
    QFETCH(QByteArray, number);
    QFETCH(bool, allowed);
    QCOMPARE(canRegister(*Msisdn::fromE164(number.toStdString())), allowed);
}

void TestNumberNormaliser::knowsCountryCodes()
{
    QCOMPARE(countryCodeOf(*Msisdn::fromE164("+8613800138000")), 86);
    QCOMPARE(countryCodeOf(*Msisdn::fromE164("+12015550123")), 1);
    QCOMPARE(countryCodeOf(*Msisdn::fromE164("+3584112345678")), 358);
    QCOMPARE(countryCodeOf(*Msisdn::fromE164("+999123456789")), 0);
}

void TestNumberNormaliser::writesNumbersForPeople()
{
    QVERIFY(formatForDisplay(*Msisdn::fromE164("+8613800138000")) == "+86 138 0013 8000");
    QVERIFY(formatForDisplay(*Msisdn::fromE164("+4915550123456")) == "+49 15550 123456");
    QVERIFY(formatForDisplay(*Msisdn::fromE164("+999123456789")) == "+999123456789");
}

void TestNumberNormaliser::knowsTheRegionOfAMobileCountryCode_data()
{
    QTest::addColumn<QByteArray>("mcc");
    QTest::addColumn<QByteArray>("region");
    const auto row = [](const char *mcc, const char *region) {
        QTest::newRow(mcc) << QByteArray(mcc) << QByteArray(region);
    };
    row("202", "GR");
    row("262", "DE");
    row("234", "GB");
    row("310", "US");
    row("316", "US");
    row("404", "IN");
    row("460", "CN");
    row("461", "CN");
    row("440", "JP");
    row("724", "BR");
    row("750", "FK");
    row("221", "XK");
    row("001", "");
    row("901", "");
    row("203", "");
    row("999", "");
    row("46", "");
    row("4600", "");
    row("46a", "");
    row("-46", "");
    row("", "");
}

void TestNumberNormaliser::knowsTheRegionOfAMobileCountryCode()
{
    QFETCH(QByteArray, mcc);
    QFETCH(QByteArray, region);
    QCOMPARE(QByteArray::fromStdString(regionOfMcc(mcc.toStdString())), region);
}

QTEST_APPLESS_MAIN(TestNumberNormaliser)
#include "tst_numbernormaliser.moc"
