#include "platform/linux/ringkeeper.h"

#include "core/base/log.h"

#include <QCoreApplication>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusReply>
#include <QSocketNotifier>

#include <cerrno>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace ringlift::modem {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kPatience = 2000;
/// The dialer rings meanwhile.
constexpr int kCountPatience = 300;
constexpr auto kRetry = 1s;
constexpr auto kAgain = 50ms;
constexpr int kMaxRetries = 3;
constexpr unsigned kNoFeedback = 0xffff'ffff;
constexpr qsizetype kMaxWord = 64;

const QString kService = u"org.sigxcpu.Feedback"_s;
const QString kPath = u"/org/sigxcpu/Feedback"_s;
const QString kDialer = u"org.gnome.Calls"_s;

QDBusMessage feedbackCall(const QString &method, const QVariantList &arguments)
{
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kService, method);
    call.setArguments(arguments);
    return call;
}

} // namespace

RingKeeper::RingKeeper(int socket, std::chrono::milliseconds fence, QObject *parent)
    : QObject(parent),
      m_socket(socket),
      m_patience(fence),
      m_bus(QDBusConnection::sessionBus()),
      m_notifier(std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Read)),
      m_fence(this),
      m_last(this),
      m_again(this)
{
    m_fence.setSingleShot(true);
    m_last.setSingleShot(true);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &RingKeeper::onReadable);
    connect(&m_fence, &QTimer::timeout, this, &RingKeeper::onFence);
    connect(&m_last, &QTimer::timeout, this, &RingKeeper::finish);
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, [this] { ring(m_limit); });
}

RingKeeper::~RingKeeper() = default;

void RingKeeper::start()
{
    m_bus.connect({}, u"/org/freedesktop/DBus/Local"_s, u"org.freedesktop.DBus.Local"_s, u"Disconnected"_s, this,
                  SLOT(onBusGone()));
    m_swallowed = m_profile.isHeld();
    m_profile.restore();
    const QString why = fault();
    if (why.isEmpty())
        return say("ready");
    say("off " + why.toUtf8());
    m_notifier->setEnabled(false);
    Q_EMIT finished();
}

QString RingKeeper::fault()
{
    if (!m_bus.isConnected())
        return u"there is no session bus"_s;
    const bool listens =
        m_bus.connect(kService, kPath, kService, u"FeedbackEnded"_s, this, SLOT(onFeedbackEnded(uint, uint)));
    const bool isThere = listens && (m_bus.interface()->isServiceRegistered(kService) ||
                                     m_bus.interface()->activatableServiceNames().value().contains(kService));
    return isThere ? m_profile.fault() : u"feedbackd is not installed"_s;
}

void RingKeeper::onReadable()
{
    char buffer[256];
    const ssize_t count = recv(m_socket, buffer, sizeof buffer, 0);
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (count <= 0)
        return onAppGone();
    m_read.append(buffer, count);
    for (qsizetype end = m_read.indexOf('\n'); end >= 0; end = m_read.indexOf('\n')) {
        const QByteArray word = m_read.left(end);
        m_read.remove(0, end + 1);
        obey(word);
    }
    if (m_read.size() > kMaxWord)
        onAppGone();
}

void RingKeeper::obey(const QByteArray &word)
{
    if (word == "hold")
        return hold();
    letGo();
    if (word == "ring")
        ring(0s);
    else
        hush();
    say(word);
}

void RingKeeper::hold()
{
    hush();
    m_before = countEvents();
    const DialerProfile::Silence silence = m_profile.silence();
    m_held = m_swallowed = silence == DialerProfile::Silence::Made;
    if (m_held)
        m_fence.start(m_patience);
    say(m_held ? "held" : silence == DialerProfile::Silence::Chosen ? "mute" : "failed");
}

void RingKeeper::letGo()
{
    m_fence.stop();
    if (!std::exchange(m_held, false))
        return;
    if (m_profile.restore()) {
        m_swallowed = hasSwallowed();
        return;
    }
    m_held = true;
    m_fence.start(kRetry);
}

/// feedbackd numbers its events, whoever has them, and says so of one that nobody hears.
unsigned RingKeeper::countEvents()
{
    const QVariantList event{u"org.ringlift.Ringlift"_s, u"x-ringlift-count"_s, QVariantMap(), 0};
    const QDBusReply<uint> id = m_bus.call(feedbackCall(u"TriggerFeedback"_s, event), QDBus::Block, kCountPatience);
    return id.isValid() ? id.value() : 0;
}

/// No event since the hold: the dialer has not rung yet, and is heard when it does.
bool RingKeeper::hasSwallowed()
{
    return m_before == 0 || countEvents() != m_before + 1 || !m_bus.interface()->isServiceRegistered(kDialer);
}

void RingKeeper::onFence()
{
    letGo();
    ring(kLastRing);
    say("fence");
}

/// The call may still ring, and its dialer has been told that it does not.
void RingKeeper::onAppGone()
{
    m_notifier->setEnabled(false);
    m_appGone = true;
    const bool wasHeld = m_held;
    letGo();
    if (wasHeld)
        ring(kLastRing);
    if (m_ring == 0 && !m_held)
        return finish();
    m_last.start(kLastRing);
}

void RingKeeper::ring(std::chrono::seconds limit)
{
    m_limit = limit;
    if (!m_swallowed || m_ring != 0)
        return;
    const QVariantList call{kDialer, u"phone-incoming-call"_s, QVariantMap(), int(limit.count())};
    const QDBusReply<uint> id = m_bus.call(feedbackCall(u"TriggerFeedback"_s, call), QDBus::Block, kPatience);
    if (!id.isValid())
        qCWarning(lcLine) << "the phone could not be made to ring:" << id.error().name();
    m_ring = id.isValid() ? id.value() : 0;
}

void RingKeeper::hush()
{
    m_retries = 0;
    m_again.stop();
    if (const unsigned id = std::exchange(m_ring, 0); id != 0)
        m_bus.call(feedbackCall(u"EndFeedback"_s, {id}), QDBus::Block, kPatience);
}

void RingKeeper::onFeedbackEnded(uint id, uint reason)
{
    if (m_ring == 0 || id != m_ring)
        return;
    m_ring = 0;
    // Silent still, where the settings have not reached the daemon yet.
    if (reason == kNoFeedback && ++m_retries <= kMaxRetries)
        m_again.start(kAgain);
    else if (m_appGone)
        finish();
}

/// Nothing rings any more.
void RingKeeper::onBusGone()
{
    m_ring = 0;
    m_again.stop();
    if (m_appGone)
        finish();
}

void RingKeeper::finish()
{
    hush();
    Q_EMIT finished();
}

void RingKeeper::say(const QByteArray &word)
{
    const QByteArray line = word + '\n';
    send(m_socket, line.constData(), std::size_t(line.size()), MSG_NOSIGNAL);
}

int keepRing(std::chrono::milliseconds fence)
{
    // They are meant for the app, whose end is the word to end.
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        std::signal(signal, SIG_IGN);
    RingKeeper keeper(STDIN_FILENO, fence);
    QObject::connect(&keeper, &RingKeeper::finished, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    keeper.start();
    return QCoreApplication::exec();
}

int restoreRing()
{
    return DialerProfile().restore() ? 0 : 1;
}

} // namespace ringlift::modem
