#include "server/configvalue.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using namespace std::chrono_literals;

namespace {

/// What a rule makes of a text: its value as printed, or "!" and the error.
template<typename Rule> std::string reading(const Rule &rule, const std::string &text)
{
    const auto value = rule.parse(text);
    return value ? rule.print(*value) : "! " + value.error().message;
}

constexpr DurationRule kDuration{10ms, 24h};
constexpr SizeRule kSize{1024, 1024 * 1024};
constexpr CountRule<std::uint32_t> kCount{2, 100};
const ListRule<EndpointRule, Endpoint> kEndpoints{{}, 1, 2};

using Read = std::function<std::string(const std::string &)>;

} // namespace

Q_DECLARE_METATYPE(Read)

class TestConfigValue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndPrintsTheSame_data();
    void readsAndPrintsTheSame();
    void refusesWithTheReason_data();
    void refusesWithTheReason();
};

void TestConfigValue::readsAndPrintsTheSame_data()
{
    QTest::addColumn<Read>("read");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("printed");
    const auto row = [](const char *name, auto rule, const char *text, const char *printed) {
        QTest::newRow(name) << Read([rule](const std::string &value) { return reading(rule, value); })
                            << std::string(text) << std::string(printed);
    };
    row("seconds", kDuration, "5s", "5s");
    row("the largest unit", kDuration, "120s", "2m");
    row("a day", kDuration, "24h", "1d");
    row("milliseconds", kDuration, "1500ms", "1500ms");
    row("nothing at all", DurationRule{0ms, 1s}, "0s", "0us");
    row("bytes", kSize, "16384", "16KiB");
    row("odd bytes", kSize, "1025", "1025");
    row("a mebibyte", kSize, "1 MiB", "1MiB");
    row("a count", kCount, "100", "100");
    row("yes", SwitchRule(), "true", "yes");
    row("no", SwitchRule(), "no", "no");
    row("a bucket", BucketRule(), "6 + 1/10s", "6 + 1/10s");
    row("a tight bucket", BucketRule(), "40+1/50ms", "40 + 1/50ms");
    row("a window", WindowRule(), "300 / 24h", "300/1d");
    row("a closed window", WindowRule(), "0/1h", "0/1h");
    row("endpoints", kEndpoints, "127.0.0.1:0, [::1]:7443", "127.0.0.1:0, [::1]:7443");
    row("a host name", NameRule(), "calls.example.org", "calls.example.org");
    row("an address", NameRule(), "fe80::1", "fe80::1");
    row("a number", NumberRule(), "+4915550123456", "+4915550123456");
    row("no number", NumberRule(), "", "");
    row("an empty list", ListRule<CountRule<int>, int>{{1, 999}, 0, 3}, "", "");
    row("a list", ListRule<CountRule<int>, int>{{1, 999}, 0, 3}, "49,86", "49, 86");
    row("no path", PathRule(), "", "");
    row("console", OtpRouteRule(), "console", "console");
    row("a relay", TurnUrlRule(), "turn:relay.example.org:3478?transport=udp",
        "turn:relay.example.org:3478?transport=udp");
}

void TestConfigValue::readsAndPrintsTheSame()
{
    QFETCH(const Read, read);
    QFETCH(const std::string, text);
    QFETCH(const std::string, printed);
    QCOMPARE(read(text), printed);
    QCOMPARE(read(printed), printed);
}

void TestConfigValue::refusesWithTheReason_data()
{
    QTest::addColumn<Read>("read");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("reason");
    const auto row = [](const char *name, auto rule, const char *text, const char *reason) {
        QTest::newRow(name) << Read([rule](const std::string &value) { return reading(rule, value); })
                            << std::string(text) << std::string(reason);
    };
    row("no unit", kDuration, "5", "is not a duration");
    row("an unknown unit", kDuration, "5y", "is not a duration");
    row("a negative duration", kDuration, "-5s", "is not a duration");
    row("a fraction", kDuration, "1.5s", "is not a duration");
    row("no duration", kDuration, "", "is not a duration");
    row("too short", kDuration, "9ms", "must be between 10ms and 1d");
    row("too long", kDuration, "25h", "must be between 10ms and 1d");
    row("beyond any number", kDuration, "99999999999999999999s", "is not a duration");
    row("beyond the clock", kDuration, "9999999999999d", "is not a duration");
    row("a huge size", kSize, "99999999999MiB", "is not a number of bytes");
    row("too small", kSize, "1KB", "is not a number of bytes");
    row("below the range", kSize, "1023", "must be between 1KiB and 1MiB");
    row("no count", kCount, "many", "is not a whole number");
    row("a sign", kCount, "+5", "is not a whole number");
    row("count too low", kCount, "1", "must be between 2 and 100");
    row("count too high", kCount, "4294967298", "must be between 2 and 100");
    row("neither yes nor no", SwitchRule(), "maybe", "must be yes or no");
    row("a bucket without refill", BucketRule(), "6", "must look like");
    row("a bucket that refills by two", BucketRule(), "6 + 2/10s", "must look like");
    row("an empty bucket", BucketRule(), "0 + 1/10s", "must be between 1");
    row("a bucket that never refills", BucketRule(), "6 + 1/0s", "must be between 1ms");
    row("a window without time", WindowRule(), "300", "must look like");
    row("a name where an address belongs", kEndpoints, "localhost:7443", "must be ADDRESS:PORT");
    row("no port", kEndpoints, "127.0.0.1", "must be ADDRESS:PORT");
    row("IPv6 without brackets", kEndpoints, "::1:7443", "must be ADDRESS:PORT");
    row("a port too high", kEndpoints, "127.0.0.1:65536", "has a port that is not between 0 and 65535");
    row("no endpoint", kEndpoints, "", "takes 1 to 2 values");
    row("too many endpoints", kEndpoints, "127.0.0.1:1,127.0.0.1:2,127.0.0.1:3", "takes 1 to 2 values");
    row("half an address", NameRule(), "[::1", "must be a host name");
    row("a national number", NumberRule(), "015550123456", "must be + and 7 to 15 digits");
    row("OpenSSL syntax in a name", NameRule(), "a,DNS:b", "must be a host name");
    row("a relative path", PathRule(), "etc/x", "must be an absolute path");
    row("an unknown route", OtpRouteRule(), "pigeon", "must be spool or console");
    row("no relay", TurnUrlRule(), "stun:example.org", "must be a turn:");
}

void TestConfigValue::refusesWithTheReason()
{
    QFETCH(const Read, read);
    QFETCH(const std::string, text);
    QFETCH(const std::string, reason);
    const std::string result = read(text);
    QVERIFY2(result.starts_with("! ") && result.find(reason) != std::string::npos, result.c_str());
}

QTEST_APPLESS_MAIN(TestConfigValue)
#include "tst_configvalue.moc"
