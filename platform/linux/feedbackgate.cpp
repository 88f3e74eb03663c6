#include "platform/linux/feedbackgate.h"

#include "core/base/log.h"
#include "platform/linux/keeperprocess.h"
#include "platform/linux/modemline.h"

#include <QSocketNotifier>

#include <cerrno>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ringlift::modem {

using namespace Qt::StringLiterals;
using ports::RingHoldState;

namespace {

constexpr int kMaxDeaths = 3;
constexpr qsizetype kMaxLine = 4096;

} // namespace

FeedbackGate::FeedbackGate(FeedbackGateConfig config, QObject *parent)
    : QObject(parent), m_config(std::move(config)), m_fence(this)
{
    m_fence.setSingleShot(true);
    connect(&m_fence, &QTimer::timeout, this, [this] {
        m_late = true;
        settle();
    });
}

/// The keeper sees it, and restores the ring.
FeedbackGate::~FeedbackGate()
{
    closeKeeper();
}

void FeedbackGate::follow(ModemLine &line)
{
    m_rings.follow(line);
    connect(&m_rings, &HeldRings::changed, this, &FeedbackGate::settle);
    const auto tell = [this, &line] { line.setRingHold(m_hold); };
    connect(this, &FeedbackGate::holdChanged, &line, tell);
    tell();
}

void FeedbackGate::start()
{
    if (m_keeper != 0)
        return;
    const auto keeper = startKeeper(m_config.program, m_config.arguments);
    if (!keeper)
        return turnOff(u"the keeper of the ring cannot be started"_s);
    m_keeper = keeper->process;
    m_socket = keeper->socket;
    m_notifier = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &FeedbackGate::onReadable);
}

/// One dialer, one setting: where one call has to ring, none is held.
void FeedbackGate::settle()
{
    if (!m_rings.holdsAny())
        m_late = false;
    const Want want = m_rings.ringsAny() ? Want::Ring : m_rings.holdsAny() && !m_late ? Want::Hold : Want::Free;
    if (m_hold.state != RingHoldState::Ready || want == m_asked)
        return;
    m_asked = want;
    if (want == Want::Hold)
        m_fence.start(std::chrono::ceil<std::chrono::milliseconds>(m_config.fence));
    else
        m_fence.stop();
    const QByteArray word = want == Want::Hold ? "hold\n" : want == Want::Ring ? "ring\n" : "free\n";
    // A keeper that takes no more restores the ring by itself.
    if (send(m_socket, word.constData(), std::size_t(word.size()), MSG_NOSIGNAL | MSG_DONTWAIT) != word.size())
        qCWarning(lcLine) << "the keeper of the ring does not listen";
}

void FeedbackGate::onReadable()
{
    char buffer[512];
    const ssize_t count = recv(m_socket, buffer, sizeof buffer, MSG_DONTWAIT);
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    m_read.append(buffer, std::max<ssize_t>(count, 0));
    if (count <= 0 || m_read.size() > kMaxLine)
        return onKeeperGone();
    for (qsizetype end = m_read.indexOf('\n'); end >= 0; end = m_read.indexOf('\n')) {
        const QByteArray line = m_read.left(end);
        m_read.remove(0, end + 1);
        onLine(line);
    }
}

void FeedbackGate::onLine(const QByteArray &line)
{
    if (line.startsWith("off "))
        return turnOff(QString::fromUtf8(line.mid(4)));
    if (line == "ready") {
        qCInfo(lcLine) << "the dialer's ring waits for the decision";
        setHold({RingHoldState::Ready, {}});
        settle();
    }
    Q_EMIT answered(QString::fromUtf8(line));
}

/// The next one restores what it left silent, and knows that the dialer's ring was swallowed.
void FeedbackGate::onKeeperGone()
{
    closeKeeper();
    if (m_hold.state == RingHoldState::Off)
        return;
    qCWarning(lcLine) << "the keeper of the ring has gone";
    setHold({RingHoldState::Pending, {}});
    m_asked = Want::Free;
    m_fence.stop();
    m_late = true;
    if (++m_deaths > kMaxDeaths)
        return turnOff(u"the keeper of the ring ends again and again"_s);
    start();
}

void FeedbackGate::closeKeeper()
{
    m_notifier.reset();
    m_read.clear();
    if (m_socket >= 0)
        close(std::exchange(m_socket, -1));
    // It has ended, or does soon; then it is init's.
    if (m_keeper > 0)
        waitpid(std::exchange(m_keeper, 0), nullptr, WNOHANG);
}

void FeedbackGate::turnOff(const QString &why)
{
    qCInfo(lcLine).noquote() << "the dialer's ring cannot be held:" << why;
    setHold({RingHoldState::Off, why.toStdString()});
}

void FeedbackGate::setHold(ports::RingHold hold)
{
    m_hold = std::move(hold);
    Q_EMIT holdChanged();
}

} // namespace ringlift::modem
