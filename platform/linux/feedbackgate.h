#pragma once

#include "core/ports/cellularline.h"
#include "platform/linux/heldrings.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <memory>

class QSocketNotifier;

namespace ringlift::modem {

class ModemLine;

struct FeedbackGateConfig {
    /// What becomes the keeper: this program, with this to say so. See RingKeeper.
    QString program;
    QStringList arguments{QStringLiteral("--keep-ring")};
    /// A ring is silent for no longer; what is still undecided then rings in the app.
    Duration fence = std::chrono::milliseconds(4500);
};

/// Holds the ring of the ordinary dialer (GNOME Calls, whose ringer is feedbackd) while it is decided where a call
/// goes, and rings in its place when it stays. Nothing is held beside another call. The work is done by a process that
/// outlives this one; nothing here waits.
class FeedbackGate : public QObject
{
    Q_OBJECT

public:
    explicit FeedbackGate(FeedbackGateConfig config, QObject *parent = nullptr);
    ~FeedbackGate() override;

    /// The line's holdRing(), and what becomes of its calls. The line tells of the gate then.
    void follow(ModemLine &line);
    void start();
    ports::RingHold hold() const { return m_hold; }
    /// Its process; 0 where there is none.
    int keeper() const { return m_keeper; }

Q_SIGNALS:
    void holdChanged();
    /// What the keeper answered (RingKeeper).
    void answered(const QString &word);

private:
    enum class Want { Free, Hold, Ring };

    void settle();
    void onReadable();
    void onLine(const QByteArray &line);
    void onKeeperGone();
    void closeKeeper();
    void turnOff(const QString &why);
    void setHold(ports::RingHold hold);

    const FeedbackGateConfig m_config;
    ports::RingHold m_hold{ports::RingHoldState::Pending, {}};
    HeldRings m_rings;
    Want m_asked = Want::Free;
    bool m_late = false; // the fence has passed for what is held
    QTimer m_fence;
    int m_socket = -1;
    int m_keeper = 0;
    int m_deaths = 0;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QByteArray m_read;
};

} // namespace ringlift::modem
