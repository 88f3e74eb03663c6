#pragma once

#include "core/engine/callengine.h"
#include "core/media/audioframe.h"

#include <QTimer>

#include <atomic>
#include <deque>
#include <map>

/// Ports that do what a test tells them.
namespace ringlift::tests {

class TestStore : public ports::AppStore
{
public:
    std::optional<Bytes> value(const std::string &table, const std::string &key) const override
    {
        const auto entry = m_records.find({table, key});
        return entry == m_records.end() ? std::nullopt : std::optional(entry->second);
    }
    bool setValue(const std::string &table, const std::string &key, ByteView value) override
    {
        if (!full)
            m_records[{table, key}] = copyOf(value);
        return !full;
    }
    bool removeValue(const std::string &table, const std::string &key) override
    {
        if (!full)
            m_records.erase({table, key});
        return !full;
    }
    void settle() override { ++settled; }
    std::vector<std::string> keys(const std::string &table) const override
    {
        std::vector<std::string> keys;
        for (const auto &[place, value] : m_records) {
            if (place.first == table)
                keys.push_back(place.second);
        }
        return keys;
    }

    bool full = false; // the disk refuses
    int settled = 0;

private:
    std::map<std::pair<std::string, std::string>, Bytes> m_records;
};

class TestSecrets : public ports::SecretStore
{
public:
    void read(const QString &key, ReadDone done) override
    {
        later([this, key, done = std::move(done)] {
            if (failure)
                return done(std::nullopt, failure);
            const auto secret = secrets.find(key);
            if (secret == secrets.end())
                return done(std::nullopt, ports::SecretFailure::NotFound);
            done(secret->second, std::nullopt);
        });
    }
    void write(const QString &key, const Bytes &secret, WriteDone done) override
    {
        later([this, key, secret, done = std::move(done)] {
            if (!writeFailure)
                secrets[key] = secret;
            done(writeFailure);
        });
    }
    void remove(const QString &key, WriteDone done) override
    {
        later([this, key, done = std::move(done)] {
            secrets.erase(key);
            done(std::nullopt);
        });
    }

    std::map<QString, Bytes> secrets;
    std::optional<ports::SecretFailure> failure;
    std::optional<ports::SecretFailure> writeFailure;

private:
    void later(std::function<void()> work)
    {
        QMetaObject::invokeMethod(this, std::move(work), Qt::QueuedConnection);
    }
};

class TestLine : public ports::CellularLine
{
public:
    void dial(int sim, const std::string &number) override
    {
        LineCall call;
        call.id = LineCallId{++m_last};
        call.sim = sim;
        call.number = Redacted(number);
        calls[call.id] = call;
        dialled.push_back(number);
        Q_EMIT dialling(call);
    }
    void answer(LineCallId id) override { set(id, LegState::Active); }
    void hangUp(LineCallId id) override
    {
        hungUp.push_back(id);
        if (!isSlow)
            set(id, LegState::Ended, LegEnd::LocalHangUp);
    }
    void sendDigits(LineCallId, const std::string &digits) override { digitsSent += digits; }
    bool canEndCalls() const override { return true; }
    Duration hangUpNoticeBound() const override { return std::chrono::milliseconds(500); }

    LineCallId ring(const std::string &number)
    {
        LineCall call;
        call.id = LineCallId{++m_last};
        call.direction = CallDirection::Incoming;
        call.state = LegState::Ringing;
        call.number = Redacted(number);
        call.international = true;
        calls[call.id] = call;
        Q_EMIT incoming(call);
        return call.id;
    }
    void set(LineCallId id, LegState state, LegEnd end = LegEnd::NotEnded)
    {
        LineCall &call = calls[id];
        call.state = state;
        call.end = end;
        const LineCall now = call;
        if (state == LegState::Ended)
            calls.erase(id);
        if (state == LegState::Ended)
            Q_EMIT ended(now);
        else
            Q_EMIT changed(now);
    }

    bool isSlow = false; // hang-ups take effect when the test says so
    std::map<LineCallId, LineCall> calls;
    std::vector<std::string> dialled;
    std::vector<LineCallId> hungUp;
    std::string digitsSent;

private:
    std::uint32_t m_last = 0;
};

class TestNetwork : public ports::NetworkState
{
public:
    NetworkInfo info() const override { return known; }
    bool isSettled() const override { return settled; }
    void settle()
    {
        settled = true;
        Q_EMIT changed();
    }

    NetworkInfo known;
    bool settled = true;
};

class TestSims : public ports::SimCard
{
public:
    std::vector<SimInfo> sims() const override { return known; }

    std::vector<SimInfo> known;
};

class TestSignalling : public ports::Signalling
{
public:
    void open() override { ++opened; }
    void close() override { ++closed; }
    void send(const std::string &text) override { sent.push_back(text); }

    int opened = 0;
    int closed = 0;
    std::vector<std::string> sent;
};

/// One end of a wire; what is sent at one end arrives at the other.
class TestSocket : public ports::DatagramSocket
{
public:
    explicit TestSocket(std::uint16_t port) : m_port(port) { sockets()[port] = this; }
    ~TestSocket() override { sockets().erase(m_port); }

    std::vector<ice::TransportAddress> open() override { return {address()}; }
    void close() override { m_closed = true; }
    void send(const ice::TransportAddress &to, ByteView datagram) override
    {
        const auto other = sockets().find(to.port);
        if (!m_closed && other != sockets().end())
            other->second->deliver(address(), datagram);
    }
    void deliver(const ice::TransportAddress &from, ByteView datagram)
    {
        // Not from inside send(): a network never answers before the call that asks returns.
        QMetaObject::invokeMethod(
            this,
            [this, from, bytes = copyOf(datagram)] {
                if (!m_closed)
                    Q_EMIT received(from, bytes);
            },
            Qt::QueuedConnection);
    }
    ice::TransportAddress address() const { return {Redacted(std::string("127.0.0.1")), m_port}; }

private:
    static std::map<std::uint16_t, TestSocket *> &sockets()
    {
        static std::map<std::uint16_t, TestSocket *> all;
        return all;
    }

    const std::uint16_t m_port;
    bool m_closed = false;
};

/// What happened to the devices of one test; they live on media threads.
struct AudioLog
{
    std::atomic<int> opened{0};
    std::atomic<int> captures{0};
    std::atomic<int> stopped{0};
    std::atomic<int> audible{0}; // frames played
    std::atomic<bool> missing{false}; // no device opens
    std::atomic<bool> vanished{false};
    std::atomic<int> superseded{0}; // so many of those that were opened
};

/// Takes a frame each time it is asked for room, and gives a tone.
class TestAudio : public ports::AudioDevice
{
public:
    explicit TestAudio(AudioLog &log) : m_log(log) { }

    bool start(bool capture) override
    {
        if (m_log.missing)
            return false;
        m_number = ++m_log.opened;
        m_since = monotonicNow();
        return !capture || startCapture();
    }
    bool startCapture() override
    {
        ++m_log.captures;
        m_capturing = true;
        return true;
    }
    void stop() override { ++m_log.stopped; }
    bool read(std::span<std::int16_t, kFrameSamples> frame) override
    {
        if (!m_capturing || m_read >= due())
            return false;
        ++m_read;
        for (std::size_t i = 0; i < frame.size(); ++i)
            frame[i] = i % 48 < 24 ? std::int16_t{8000} : std::int16_t{-8000};
        return true;
    }
    int writableFrames() override { return due() - m_written; }
    void write(std::span<const std::int16_t, kFrameSamples> frame) override
    {
        ++m_written;
        if (media::isAudible(frame))
            ++m_log.audible;
    }
    Duration latency() const override { return {}; }
    bool broken() const override { return m_log.vanished; }
    bool superseded() override { return m_number <= m_log.superseded; }

private:
    int due() const { return static_cast<int>((monotonicNow() - m_since) / media::kTick) + 1; }

    AudioLog &m_log;
    TimePoint m_since;
    int m_number = 0;
    bool m_capturing = false;
    int m_read = 0;
    int m_written = 0;
};

} // namespace ringlift::tests
