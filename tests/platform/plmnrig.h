#pragma once

#include "platform/fake/fakeline.h"
#include "platform/fake/fakesim.h"
#include "platform/plmn/plmnserver.h"
#include "tests/platform/waiting.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace ringlift::plmn {

inline constexpr const char *kAnna = "+8613800138000";
inline constexpr const char *kBo = "+8613900139000";

/// A virtual network on a socket of its own, with quick paging.
class PlmnRig
{
public:
    PlmnRig() { start(); }

    static PlmnServerConfig quickConfig()
    {
        PlmnServerConfig config;
        config.exchange.pagingDelay = std::chrono::milliseconds(5);
        config.exchange.pagingJitter = Duration::zero();
        config.exchange.alertDelay = std::chrono::milliseconds(1);
        config.exchange.connectDelay = std::chrono::milliseconds(1);
        config.exchange.releaseDelay = std::chrono::milliseconds(1);
        config.rejoinGrace = std::chrono::milliseconds(50);
        return config;
    }

    void start(PlmnServerConfig config = quickConfig())
    {
        m_server = std::make_unique<PlmnServer>(config);
        if (const auto listening = m_server->listen(address()); !listening)
            qFatal("%s", listening.error().message.c_str());
    }
    void stop() { m_server.reset(); }
    QString address() const { return m_folder.filePath(QStringLiteral("plmn.sock")); }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<PlmnServer> m_server;
};

/// A script's connection: asks and waits for the reply.
class Controller
{
public:
    explicit Controller(const QString &address) : m_connection(PlmnConnection::open(address, nullptr))
    {
        QObject::connect(m_connection.get(), &PlmnConnection::received, m_connection.get(), [this](const QJsonObject &message) {
            (message.contains(QStringLiteral("event")) ? m_events : m_replies).push_back(message);
        });
        QObject::connect(m_connection.get(), &PlmnConnection::closed, m_connection.get(), [this] { m_closed = true; });
        QSignalSpy opened(m_connection.get(), &PlmnConnection::opened);
        opened.wait();
    }

    QJsonObject ask(const char *command, const QJsonObject &arguments = {})
    {
        const std::size_t before = m_replies.size();
        m_connection->send({{QStringLiteral("id"), ++m_last}, {QLatin1StringView(command), arguments}});
        tests::waitUntil([&] { return m_replies.size() > before; });
        return m_replies.size() > before ? m_replies.back() : QJsonObject{};
    }
    bool command(const char *name, const QJsonObject &arguments = {})
    {
        return ask(name, arguments).value(QStringLiteral("ok")).toBool();
    }

    PlmnConnection &connection() { return *m_connection; }
    const std::vector<QJsonObject> &replies() const { return m_replies; }
    const std::vector<QJsonObject> &events() const { return m_events; }
    bool closed() const { return m_closed; }

private:
    std::unique_ptr<PlmnConnection> m_connection;
    std::vector<QJsonObject> m_replies;
    std::vector<QJsonObject> m_events;
    int m_last = 0;
    bool m_closed = false;
};

/// A fake phone with what its line and SIM told.
class TestPhone
{
public:
    TestPhone(const QString &address, const char *msisdn, const char *imsi)
        : phone(address, {fake::FakeSubscriber{msisdn, imsi, "CN", true}}), line(phone), sim(phone)
    {
        const auto remember = [this](const LineCall &call) { m_calls.push_back(call); };
        QObject::connect(&line, &ports::CellularLine::dialling, &line, remember);
        QObject::connect(&line, &ports::CellularLine::incoming, &line, remember);
        QObject::connect(&line, &ports::CellularLine::changed, &line, remember);
        QObject::connect(&line, &ports::CellularLine::ended, &line, remember);
        QObject::connect(&line, &fake::FakeLine::voiceReceived, &line,
            [this](LineCallId, VoiceSpan samples) { m_voice.emplace_back(samples.begin(), samples.end()); });
        phone.start();
    }

    bool join()
    {
        return tests::waitUntil([this] { return phone.isJoined(); });
    }
    bool reaches(LegState state)
    {
        return tests::waitUntil([&] { return !m_calls.empty() && m_calls.back().state == state; });
    }
    LineCall last() const { return m_calls.empty() ? LineCall{} : m_calls.back(); }
    const std::vector<LineCall> &calls() const { return m_calls; }
    const std::vector<std::vector<std::int16_t>> &voice() const { return m_voice; }

    fake::FakePhone phone;
    fake::FakeLine line;
    fake::FakeSim sim;

private:
    std::vector<LineCall> m_calls;
    std::vector<std::vector<std::int16_t>> m_voice;
};

} // namespace ringlift::plmn
