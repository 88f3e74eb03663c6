#pragma once

#include "platform/linux/heldrings.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDeadlineTimer>

#include <map>
#include <optional>
#include <vector>

namespace ringlift::modem {

struct DialerGateConfig {
    /// No answer takes longer from the time on from which a ring is held; its call is decided by then.
    std::chrono::milliseconds fence{4500};
    /// A dialer may know of a call before we do.
    std::chrono::milliseconds patience{500};
};

/// org.ringlift.Gate1 on the session bus, for dialers that ask before they ring; README.md describes it to them. An
/// answer waits as long as the ring does, and is to ring in all doubt.
class DialerGate : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.ringlift.Gate1")
    Q_PROPERTY(uint Fence READ fence CONSTANT)

public:
    static constexpr auto kName = "org.ringlift.Gate1";
    static constexpr auto kPath = "/org/ringlift/Gate1";
    static constexpr std::size_t kMaxQuestions = 16;

    explicit DialerGate(QDBusConnection bus, DialerGateConfig config = {}, QObject *parent = nullptr);
    /// Whoever waits still may ring.
    ~DialerGate() override;

    /// Before start(); the line outlives the gate.
    void follow(ModemLine &line);
    /// From now on dialers find it. False: another program of this session has the name.
    bool start();
    uint fence() const { return uint(m_config.fence.count()); }

public Q_SLOTS:
    QString Ask(const QDBusObjectPath &call);

Q_SIGNALS:
    void Ring(const QDBusObjectPath &call);

private:
    enum class Answer { Ring, Silent };
    struct Question {
        QDBusMessage asked;
        QString name; // the service's, of the call
        QDeadlineTimer patience;
        std::optional<LineCallId> call;
    };

    void onHold(const LineCall &call, bool hold);
    void onEnded(const LineCall &call);
    void settle();
    void tellWhoRingsAfterAll();
    std::optional<Answer> answerTo(Question &question);
    void reply(const Question &question, Answer answer);

    QDBusConnection m_bus;
    bool m_isExported = false;
    bool m_isNamed = false;
    const DialerGateConfig m_config;
    HeldRings m_rings;
    ModemLine *m_line = nullptr;
    std::vector<Question> m_questions;
    std::map<LineCallId, QDeadlineTimer> m_fences;
    std::map<LineCallId, QString> m_silenced; // and their names
};

} // namespace ringlift::modem
