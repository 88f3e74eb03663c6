#include "server/log.h"

#include <QTest>

#include <type_traits>

using namespace ringlift;
using namespace ringlift::server;
using namespace std::chrono_literals;

// What came over the wire cannot be logged.
static_assert(!std::is_constructible_v<LogValue, std::string>);
static_assert(!std::is_constructible_v<LogValue, std::string_view>);
static_assert(!std::is_constructible_v<LogValue, const char *>);
static_assert(!std::is_constructible_v<LogName, std::string>);
static_assert(!std::is_constructible_v<LogName, const char *>);

class TestLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesOneLineOfJson();
    void showsFourBytesOfAnId();
};

void TestLog::writesOneLineOfJson()
{
    const std::string line = logLine("2026-01-01T00:00:00Z", "tested",
                                     {{"count", Count{3}},
                                      {"took", Duration(1500ms)},
                                      {"code", ErrorCode{-5}},
                                      {"reason", Error{"a \"quoted\"\nreason"}}});
    QCOMPARE(line, "{\"code\":-5,\"count\":3,\"event\":\"tested\",\"reason\":\"a \\\"quoted\\\"\\nreason\","
                   "\"time\":\"2026-01-01T00:00:00Z\",\"took\":1.5}");
}

void TestLog::showsFourBytesOfAnId()
{
    CallId call;
    AccountId account;
    for (std::size_t i = 0; i < 16; ++i) {
        call.bytes[i] = static_cast<std::uint8_t>(i);
        account.bytes[i] = static_cast<std::uint8_t>(0xf0 + i);
    }
    const std::string line = logLine("t", "x", {{"call", CallIdPrefix(call)}, {"account", AccountPrefix(account)}});
    QVERIFY(line.find("\"call\":\"00010203\"") != std::string::npos);
    QVERIFY(line.find("\"account\":\"f0f1f2f3\"") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestLog)
#include "tst_log.moc"
