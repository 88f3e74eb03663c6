#pragma once

#include "app/composition.h"
#include "app/headlesscommand.h"
#include "app/headlessevents.h"


#include <functional>
#include <map>

namespace ringlift::app {

/// The headless interface: commands in, replies and events out (app/HEADLESS.md). Lives on the main thread.
class HeadlessServer : public QObject
{
    Q_OBJECT

public:
    /// Writes one line, without its end.
    using Writer = std::function<void(const QByteArray &line)>;

    /// composition outlives it.
    HeadlessServer(const AppOptions &options, Composition &composition, Writer writer, QObject *parent = nullptr);
    ~HeadlessServer() override;

    void start();

public Q_SLOTS:
    void onLine(const QByteArray &line);
    void onLineTooLong();
    /// As the command "quit".
    void quit();

Q_SIGNALS:
    /// The process is to end with this status.
    void finished(int exitStatus);

private:
    using Handler = void (HeadlessServer::*)(const HeadlessCommand &command);
    using CallSlot = void (engine::CallEngine::*)(call::CallHandle call);

    static const std::map<QString, Handler> &handlers();
    static const std::map<QString, CallSlot> &callSlots();

    void doRegister(const HeadlessCommand &command);
    void doVerify(const HeadlessCommand &command);
    void doUnlock(const HeadlessCommand &command);
    void doLock(const HeadlessCommand &command);
    void doDeleteAccount(const HeadlessCommand &command);
    void doDial(const HeadlessCommand &command);
    void doCallSlot(const HeadlessCommand &command);
    void doMute(const HeadlessCommand &command);
    void doDigits(const HeadlessCommand &command);
    void doSas(const HeadlessCommand &command);
    void doConfirmPin(const HeadlessCommand &command);
    void doHandOver(const HeadlessCommand &command);
    // headlesswishes.cpp
    void doSettings(const HeadlessCommand &command);
    void doContactRule(const HeadlessCommand &command);
    void doNetwork(const HeadlessCommand &command);
    QJsonArray contactRules() const;

    void doPlay(const HeadlessCommand &command);
    void doHistory(const HeadlessCommand &command);
    void doClearHistory(const HeadlessCommand &command);
    void doNetworkChanged(const HeadlessCommand &command);
    void doHealth(const HeadlessCommand &command);
    void doTestCall(const HeadlessCommand &command);
    void doStatus(const HeadlessCommand &command);
    void doQuit(const HeadlessCommand &command);

    /// The call that a command means; where there is none the command is refused and the result empty.
    std::optional<call::CallHandle> callOf(const HeadlessCommand &command);
    /// Runs work with the engine on the call thread.
    void onEngine(std::function<void(engine::CallEngine &engine)> work);
    /// Why the identity that waits under this number cannot be confirmed so; nothing when it can.
    std::optional<CommandFault> confirmFault(const HeadlessCommand &command) const;
    void accept(const HeadlessCommand &command, QJsonObject more = {});
    void refuse(const CommandFault &fault);
    void write(const QJsonObject &object);

    void onEvent(const QJsonObject &event);
    void onRegistration(const QJsonObject &event);
    void onContactRule(const QJsonObject &event);
    void onStartChanged(engine::StartState state);
    void ring(const QString &name);
    void onHistory(const engine::HistoryEntry &entry);
    void tellReady();
    void failStart(const QString &code, const QString &error);
    QJsonObject status() const;

    const AppOptions m_options;
    Composition &m_composition;
    const Writer m_writer;
    HeadlessEvents *m_events; // on the call thread, which deletes it
    bool m_started = false;
    bool m_ready = false;
    bool m_quitting = false;
    QJsonObject m_line;
    bool m_online = false;
    QJsonObject m_registration;
    QJsonObject m_account;
    bool m_registered = false; // also while the next registration is under way
    call::CallSettings m_settings;
    std::map<QString, QJsonObject> m_calls;
    QJsonObject m_network;
    std::map<QString, QString> m_contactRules;
    std::map<QString, QJsonObject> m_identities; // that wait
    std::map<QString, QJsonObject> m_contacts;
    QList<engine::HistoryEntry> m_history; // oldest first
};

} // namespace ringlift::app
