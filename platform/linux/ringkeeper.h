#pragma once

#include "platform/linux/dialerprofile.h"

#include <QDBusConnection>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>

class QSocketNotifier;

namespace ringlift::modem {

/// The process that silences the ordinary dialer for the app, outlives it, and never leaves a phone mute: it restores
/// the ring when the app says so, has gone, or says nothing for too long. It obeys words, each a line, and answers each
/// with one: hold (held, mute where the user wants silence, or failed), ring (in the dialer's place, where its ring was
/// or may have been swallowed, or no dialer is there; one that has not rung yet still does) and free (neither).
class RingKeeper : public QObject
{
    Q_OBJECT

public:
    /// The decision may take 4 s, which the app watches; this is for an app that does not.
    static constexpr std::chrono::milliseconds kFence{5000};
    /// How long it rings for an app that cannot say when the call ends.
    static constexpr std::chrono::seconds kLastRing{10};

    /// Speaks with the app at this socket.
    explicit RingKeeper(int socket, std::chrono::milliseconds fence = kFence, QObject *parent = nullptr);
    ~RingKeeper() override;

    /// Says ready, or off and why; then finished() follows.
    void start();

Q_SIGNALS:
    void finished();

private Q_SLOTS:
    void onFeedbackEnded(uint id, uint reason);
    void onBusGone();

private:
    void onReadable();
    void onAppGone();
    void onFence();
    void obey(const QByteArray &word);
    void hold();
    void letGo();
    unsigned countEvents();
    bool hasSwallowed();
    void ring(std::chrono::seconds limit);
    void hush();
    void finish();
    void say(const QByteArray &word);
    QString fault();

    const int m_socket;
    const std::chrono::milliseconds m_patience;
    QDBusConnection m_bus;
    DialerProfile m_profile;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_fence;
    QTimer m_last;
    QTimer m_again;
    QByteArray m_read;
    unsigned m_ring = 0;
    std::chrono::seconds m_limit{0};
    int m_retries = 0;
    unsigned m_before = 0;    // events until the last hold; 0: not known
    bool m_swallowed = false; // a ring of the dialer since the last hold, or perhaps
    bool m_held = false;
    bool m_appGone = false;
};

/// What the process does that was started as the keeper, with the app at its standard input.
int keepRing(std::chrono::milliseconds fence = RingKeeper::kFence);
/// What a unit's stop hook does: whatever was left silent sounds again. The exit status.
int restoreRing();

} // namespace ringlift::modem
