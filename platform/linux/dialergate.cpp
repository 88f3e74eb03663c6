#include "platform/linux/dialergate.h"

#include "core/base/log.h"
#include "platform/linux/dbusvalues.h"
#include "platform/linux/modemline.h"

#include <QDBusConnectionInterface>
#include <QTimer>

#include <utility>

namespace ringlift::modem {

using namespace Qt::StringLiterals;

namespace {

const QString kRing = u"ring"_s;
const QString kSilent = u"silent"_s;

} // namespace

DialerGate::DialerGate(QDBusConnection bus, DialerGateConfig config, QObject *parent)
    : QObject(parent), m_bus(std::move(bus)), m_config(config)
{
    registerBusTypes();
}

DialerGate::~DialerGate()
{
    for (const Question &question : m_questions)
        reply(question, Answer::Ring);
    if (m_isExported)
        m_bus.unregisterObject(QString::fromLatin1(kPath));
    if (m_isNamed)
        m_bus.unregisterService(QString::fromLatin1(kName));
}

void DialerGate::follow(ModemLine &line)
{
    m_line = &line;
    connect(&line, &ModemLine::ringHoldAsked, this, &DialerGate::onHold);
    connect(&line, &ModemLine::ended, this, &DialerGate::onEnded);
    m_rings.follow(line);
    // Others hear of a new call later than we do, and hold its ring then.
    connect(&m_rings, &HeldRings::changed, this, &DialerGate::settle, Qt::QueuedConnection);
}

bool DialerGate::start()
{
    if (!m_bus.isConnected())
        return false;
    m_isExported = m_bus.registerObject(QString::fromLatin1(kPath), this,
                                        QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals |
                                            QDBusConnection::ExportAllProperties);
    if (m_isExported) {
        const auto owned = m_bus.interface()->registerService(QString::fromLatin1(kName));
        m_isNamed = owned.isValid() && owned.value() == QDBusConnectionInterface::ServiceRegistered;
    }
    if (!m_isNamed)
        qCInfo(lcLine) << "another program of this session answers dialers";
    return m_isNamed;
}

QString DialerGate::Ask(const QDBusObjectPath &call)
{
    Question question{message(), call.path(), QDeadlineTimer(m_config.patience), std::nullopt};
    const auto answer = m_questions.size() < kMaxQuestions ? answerTo(question) : Answer::Ring;
    if (answer)
        return *answer == Answer::Ring ? kRing : kSilent;
    setDelayedReply(true);
    m_questions.push_back(std::move(question));
    QTimer::singleShot(m_config.patience, Qt::PreciseTimer, this, &DialerGate::settle);
    return {};
}

/// Nothing: it has to wait.
std::optional<DialerGate::Answer> DialerGate::answerTo(Question &question)
{
    if (const auto call = m_line->callNamed(question.name))
        question.call = call;
    if (!question.call)
        return question.patience.hasExpired() ? std::optional(Answer::Ring) : std::nullopt;
    if (!m_rings.holds(*question.call))
        return Answer::Ring;
    if (const auto fence = m_fences.find(*question.call); fence != m_fences.end() && !fence->second.hasExpired())
        return std::nullopt;
    // Long decided: the app rings for a call that goes to the Internet.
    m_silenced[*question.call] = question.name;
    return Answer::Silent;
}

void DialerGate::reply(const Question &question, Answer answer)
{
    m_bus.send(question.asked.createReply(answer == Answer::Ring ? kRing : kSilent));
}

void DialerGate::onHold(const LineCall &call, bool hold)
{
    if (!hold || !m_fences.try_emplace(call.id, m_config.fence, Qt::PreciseTimer).second)
        return;
    QTimer::singleShot(m_config.fence, Qt::PreciseTimer, this, &DialerGate::settle);
}

void DialerGate::onEnded(const LineCall &call)
{
    std::erase_if(m_questions, [&](const Question &question) {
        const bool isOver = question.call == call.id;
        if (isOver)
            reply(question, Answer::Silent);
        return isOver;
    });
    m_fences.erase(call.id);
    m_silenced.erase(call.id);
}

void DialerGate::settle()
{
    std::erase_if(m_questions, [this](Question &question) {
        const auto answer = answerTo(question);
        if (answer)
            reply(question, *answer);
        return answer.has_value();
    });
    tellWhoRingsAfterAll();
}

void DialerGate::tellWhoRingsAfterAll()
{
    std::erase_if(m_silenced, [this](const auto &silenced) {
        const auto &[call, name] = silenced;
        const bool rings = m_rings.rings(call);
        if (rings)
            Q_EMIT Ring(QDBusObjectPath(name));
        return rings;
    });
}

} // namespace ringlift::modem
