#include "app/headlessserver.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace ringlift::app {

using namespace Qt::StringLiterals;
using engine::CallEngine;
using engine::StartState;

namespace {

constexpr int kExitFine = 0;
constexpr int kExitCannotStart = 3;

QString nameOf(AudioKind kind)
{
    switch (kind) {
    case AudioKind::Devices: return u"qt"_s;
    case AudioKind::Files: return u"file"_s;
    case AudioKind::None: break;
    }
    return u"none"_s;
}

} // namespace

HeadlessServer::HeadlessServer(const AppOptions &options, Composition &composition, Writer writer, QObject *parent)
    : QObject(parent),
      m_options(options),
      m_composition(composition),
      m_writer(std::move(writer)),
      m_events(new HeadlessEvents(composition)),
      m_line{{u"state"_s, options.line.kind() == "manual"_L1 ? u"up"_s : u"away"_s}}
{
    CallEngine &engine = composition.engine();
    connect(m_events, &HeadlessEvents::happened, this, &HeadlessServer::onEvent);
    connect(&engine, &CallEngine::startChanged, this, &HeadlessServer::onStartChanged);
    connect(&engine, &CallEngine::settingsChanged, this, [this](const call::CallSettings &settings) { m_settings = settings; });
    connect(&engine, &CallEngine::historyLoaded, this,
        [this](const QList<engine::HistoryEntry> &entries) { m_history = entries; });
    connect(&engine, &CallEngine::historyAdded, this, &HeadlessServer::onHistory);
    connect(&engine, &CallEngine::shutDownDone, this, [this] {
        write(HeadlessEvents::stamped({{u"event"_s, u"stopped"_s}}));
        Q_EMIT finished(kExitFine);
    });
}

HeadlessServer::~HeadlessServer()
{
    m_events->disconnect(this);
    m_events->deleteLater();
}

void HeadlessServer::start()
{
    onEngine([](CallEngine &engine) { engine.start(); });
}

void HeadlessServer::onEngine(std::function<void(CallEngine &engine)> work)
{
    CallEngine *const engine = &m_composition.engine();
    QMetaObject::invokeMethod(engine, [engine, work = std::move(work)] { work(*engine); }, Qt::QueuedConnection);
}

void HeadlessServer::onStartChanged(StartState state)
{
    switch (state) {
    case StartState::Starting: return;
    case StartState::Ready:
        m_started = true;
        return tellReady();
    case StartState::SecretsLocked:
        return failStart(u"secrets_locked"_s, u"The device's secret is there, but cannot be read: unlock the keyring."_s);
    case StartState::NoSecretStore:
        return failStart(u"no_secret_store"_s,
            u"There is no keyring for the device's secret. --insecure-key-file PATH keeps it in a plain file."_s);
    case StartState::StoreBroken:
        return failStart(u"store_broken"_s, u"The store for this phone's records or secrets does not work."_s);
    }
}

void HeadlessServer::tellReady()
{
    if (!m_started || m_ready || m_line["state"_L1] != "up"_L1)
        return;
    m_ready = true;
    write(HeadlessEvents::stamped({{u"event"_s, u"ready"_s},
                                   {u"pid"_s, QCoreApplication::applicationPid()},
                                   {u"line"_s, m_options.line.kind()},
                                   {u"audio"_s, nameOf(m_options.audio)},
                                   {u"registered"_s, m_registered}}));
}

void HeadlessServer::failStart(const QString &code, const QString &error)
{
    write(HeadlessEvents::stamped({{u"event"_s, u"error"_s}, {u"code"_s, code}, {u"error"_s, error}}));
    Q_EMIT finished(kExitCannotStart);
}

void HeadlessServer::onEvent(const QJsonObject &event)
{
    const QString name = event["event"_L1].toString();
    if (name == "call"_L1)
        m_calls[event["call"_L1].toString()] = event;
    else if (name == "end"_L1)
        m_calls.erase(event["call"_L1].toString());
    else if (name == "identity"_L1 && event["waits"_L1].toBool())
        m_identities[event["peer"_L1].toString()] = event;
    else if (name == "identity"_L1)
        m_identities.erase(event["peer"_L1].toString());
    else if (name == "contact"_L1 && event["known"_L1].toBool())
        m_contacts[event["peer"_L1].toString()] = event;
    else if (name == "contact"_L1)
        m_contacts.erase(event["peer"_L1].toString());
    else if (name == "registration"_L1)
        onRegistration(event);
    else if (name == "account"_L1)
        m_account = event;
    else if (name == "server"_L1)
        m_online = event["online"_L1].toBool();
    else if (name == "line"_L1)
        m_line = event;
    else if (name == "network"_L1)
        m_network = event;
    else if (name == "contact_rule"_L1)
        onContactRule(event);
    const bool isOfOthers = event.contains("call"_L1) || event.contains("peer"_L1);
    if (!m_options.echo || !isOfOthers)
        write(event);
    if (name == "line"_L1)
        tellReady();
    else if (name == "incoming"_L1)
        ring(event["call"_L1].toString());
}

void HeadlessServer::onRegistration(const QJsonObject &event)
{
    m_registration = event;
    if (event["state"_L1] == "registered"_L1)
        m_registered = true;
    else if (event["state"_L1] == "none"_L1 || event["fault"_L1] == "replaced_elsewhere"_L1)
        m_registered = false;
}

void HeadlessServer::onContactRule(const QJsonObject &event)
{
    const QString peer = event["peer"_L1].toString();
    if (event["rule"_L1].isString())
        m_contactRules[peer] = event["rule"_L1].toString();
    else
        m_contactRules.erase(peer);
}

/// Our ring is the event that went out; or the window, which says so itself.
void HeadlessServer::ring(const QString &name)
{
    if (!m_options.headless)
        return;
    if (const auto call = callFromName(name); call)
        onEngine([call = *call](CallEngine &engine) { engine.ringShown(call); });
}

void HeadlessServer::onHistory(const engine::HistoryEntry &entry)
{
    m_history.append(entry);
    if (m_history.size() > kMaxHistoryLimit)
        m_history.removeFirst();
}

void HeadlessServer::write(const QJsonObject &object)
{
    m_writer(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace ringlift::app
