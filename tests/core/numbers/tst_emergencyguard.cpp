#include "core/numbers/emergencyguard.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::numbers;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(ringlift::numbers::DialKind)

namespace {

TimePoint at(Duration time)
{
    return TimePoint(time);
}

} // namespace

class TestEmergencyGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsKindsApart_data();
    void tellsKindsApart();
    void takesTheFloorListForEmergencyEverywhere_data();
    void takesTheFloorListForEmergencyEverywhere();
    void believesTheListOfTheSim();
    void neverTakesAFullInternationalNumberForAnEmergency();
    void isInEmergencyModeForAnHourAfterTheCall();
    void isInEmergencyModeAsLongAsTheCallLasts();
    void startsTheHourAgainWithTheNextCall();
};

void TestEmergencyGuard::tellsKindsApart_data()
{
    QTest::addColumn<QByteArray>("dialled");
    QTest::addColumn<QByteArray>("home");
    QTest::addColumn<QByteArray>("serving");
    QTest::addColumn<DialKind>("kind");
    const auto row = [](const char *name, const char *dialled, const char *home, const char *serving, DialKind kind) {
        QTest::newRow(name) << QByteArray(dialled) << QByteArray(home) << QByteArray(serving) << kind;
    };
    row("ordinary", "13800138000", "CN", "CN", DialKind::Ordinary);
    row("ordinary, international", "+4915550123456", "CN", "CN", DialKind::Ordinary);
    row("ordinary with 00", "004915550123456", "CN", "CN", DialKind::Ordinary);

    row("emergency of the home country", "15", "FR", "DE", DialKind::Emergency);
    row("emergency of the visited country", "15", "DE", "FR", DialKind::Emergency);
    row("emergency of neither", "15", "DE", "DE", DialKind::Short);
    row("emergency, spelled with dashes", "1-1-2", "DE", "DE", DialKind::Emergency);
    row("emergency in full-width digits", "\xEF\xBC\x91\xEF\xBC\x91\xEF\xBC\x92", "DE", "DE", DialKind::Emergency);
    row("emergency with a plus sign", "+112", "DE", "DE", DialKind::Emergency);
    row("emergency with digits after a pause", "112,1", "DE", "DE", DialKind::Emergency);
    row("emergency with a hidden own number", "#31#112", "DE", "DE", DialKind::Emergency);
    row("emergency with a shown own number", "*31#112", "DE", "DE", DialKind::Emergency);
    row("emergency with *67", "*67911", "US", "US", DialKind::Emergency);
    row("emergency and no region", "112", "", "", DialKind::Emergency);
    row("national string that starts with 911", "9115550123", "US", "US", DialKind::Emergency);
    row("national string that starts with 911 while visiting America", "9112345678", "IN", "US", DialKind::Emergency);
    row("national string that starts with 110", "11012345678", "CN", "CN", DialKind::Emergency);

    row("number of India that starts with 911", "+919112345678", "US", "US", DialKind::Ordinary);
    row("India's country code and 12", "+911234567890", "IN", "IN", DialKind::Ordinary);
    row("national number of India that starts with 911", "9112345678", "IN", "IN", DialKind::Ordinary);
    row("number of Britain that holds 999", "07999 123456", "GB", "GB", DialKind::Ordinary);
    row("number of China that starts like 08 of nowhere", "0851 8512 3456", "CN", "CN", DialKind::Ordinary);
    row("number of Brazil that starts with 190, where digits must match", "19011234567", "BR", "BR", DialKind::Invalid);

    row("six digits", "123456", "CN", "CN", DialKind::Short);
    row("six digits with a plus sign", "+123456", "CN", "CN", DialKind::Short);
    row("short code", "10086", "CN", "CN", DialKind::Short);
    row("short code with digits after a pause", "10086,1", "CN", "CN", DialKind::Short);
    row("America's 411", "411", "US", "US", DialKind::Short);

    row("USSD", "*100#", "CN", "CN", DialKind::Mmi);
    row("IMEI", "*#06#", "CN", "CN", DialKind::Mmi);
    row("call forwarding", "**21*+4915550123456#", "DE", "DE", DialKind::Mmi);
    row("hidden own number", "#31#+8613800138000", "CN", "CN", DialKind::Mmi);
    row("shown own number", "*31#13800138000", "CN", "CN", DialKind::Mmi);
    row("hidden own number in America", "*672015550123", "US", "US", DialKind::Mmi);
    row("USSD that holds an emergency number", "*112#", "DE", "DE", DialKind::Mmi);

    row("digits after a comma", "+8613800138000,123", "CN", "CN", DialKind::PostDial);
    row("digits after a semicolon", "+8613800138000;123", "CN", "CN", DialKind::PostDial);
    row("digits after p", "+8613800138000p123", "CN", "CN", DialKind::PostDial);
    row("digits after W", "+8613800138000W123", "CN", "CN", DialKind::PostDial);
    row("star after a comma", "+8613800138000,*1#", "CN", "CN", DialKind::PostDial);
    row("an extension of RFC 3966", "+8613800138000;ext=5", "CN", "CN", DialKind::PostDial);

    row("nothing", "", "CN", "CN", DialKind::Invalid);
    row("a pause", ",", "CN", "CN", DialKind::Invalid);
    row("a pause first", ",112", "DE", "DE", DialKind::Invalid);
    row("letters", "anna", "CN", "CN", DialKind::Invalid);
    row("a number that does not exist", "99999999999", "CN", "CN", DialKind::Invalid);
    row("national and no region", "13800138000", "", "", DialKind::Invalid);
    row("invalid UTF-8",
        "\xFF\xFE"
        "13800138000",
        "CN", "CN", DialKind::Invalid);
}

void TestEmergencyGuard::tellsKindsApart()
{
    QFETCH(QByteArray, dialled);
    QFETCH(QByteArray, home);
    QFETCH(QByteArray, serving);
    QFETCH(DialKind, kind);
    const Regions regions{home.toStdString(), serving.toStdString()};
    QCOMPARE(static_cast<int>(classifyDialled(dialled.toStdString(), regions, {})), static_cast<int>(kind));
}

void TestEmergencyGuard::takesTheFloorListForEmergencyEverywhere_data()
{
    QTest::addColumn<QByteArray>("dialled");
    for (const char *number : {"112", "911", "999", "000", "08",  "110", "118", "119", "120", "122", "100", "101",
                               "102", "103", "108", "111", "113", "117", "190", "191", "192", "193", "997", "998"})
        QTest::newRow(number) << QByteArray(number);
}

void TestEmergencyGuard::takesTheFloorListForEmergencyEverywhere()
{
    QFETCH(QByteArray, dialled);
    for (const char *region : {"", "CN", "DE", "US", "BR", "AU", "XX"}) {
        const Regions regions{region, region};
        QVERIFY(classifyDialled(dialled.toStdString(), regions, {}) == DialKind::Emergency);
        QVERIFY(!normaliseDialled(dialled.toStdString(), regions));
    }
}

void TestEmergencyGuard::believesTheListOfTheSim()
{
    const Regions regions{"DE", "DE"};
    const std::vector<std::string> sim{"1717", "0700-110 110"};
    QVERIFY(classifyDialled("1717", regions, {}) == DialKind::Short);
    QVERIFY(classifyDialled("1717", regions, sim) == DialKind::Emergency);
    QVERIFY(classifyDialled("0700110110", regions, sim) == DialKind::Emergency);
    QVERIFY(classifyDialled("17171", regions, sim) == DialKind::Short);
    QVERIFY(classifyDialled("171", regions, sim) == DialKind::Short);
}

void TestEmergencyGuard::neverTakesAFullInternationalNumberForAnEmergency()
{
    const std::vector<std::string> sim{"112", "1125550123"};
    for (const char *region : {"US", "CN", "DE", "IN", "AU", "GB"}) {
        for (const char *number : {"+1125550123", "+911125550123", "+1105550123", "+9115550123", "+9990123456"})
            QVERIFY(classifyDialled(number, {region, region}, sim) != DialKind::Emergency);
    }
}

void TestEmergencyGuard::isInEmergencyModeForAnHourAfterTheCall()
{
    EmergencyGuard guard;
    QVERIFY(!guard.inEmergencyMode(at(0s)));
    guard.emergencyCallStarted(at(10s));
    QVERIFY(guard.inEmergencyMode(at(10s)));
    guard.emergencyCallEnded(at(100s));
    QVERIFY(guard.inEmergencyMode(at(100s + 60min - 1us)));
    QVERIFY(!guard.inEmergencyMode(at(100s + 60min)));
}

void TestEmergencyGuard::isInEmergencyModeAsLongAsTheCallLasts()
{
    EmergencyGuard guard;
    guard.emergencyCallStarted(at(0s));
    QVERIFY(guard.inEmergencyMode(at(5h)));
    guard.emergencyCallEnded(at(5h));
    QVERIFY(guard.inEmergencyMode(at(5h + 59min)));
}

void TestEmergencyGuard::startsTheHourAgainWithTheNextCall()
{
    EmergencyGuard guard;
    guard.emergencyCallStarted(at(0s));
    guard.emergencyCallEnded(at(60s));
    guard.emergencyCallStarted(at(30min));
    guard.emergencyCallEnded(at(31min));
    QVERIFY(guard.inEmergencyMode(at(90min)));
    QVERIFY(!guard.inEmergencyMode(at(91min)));
}

QTEST_APPLESS_MAIN(TestEmergencyGuard)
#include "tst_emergencyguard.moc"
