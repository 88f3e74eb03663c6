#pragma once

#include "app/composition.h"
#include "app/headlessjson.h"

#include <map>
#include <set>

namespace ringlift::app {

/// Turns what happens on the call thread into events of the headless interface, with the moment at which it happened.
/// Lives on the call thread.
class HeadlessEvents : public QObject
{
    Q_OBJECT

public:
    /// composition outlives it. Moves itself to the call thread.
    explicit HeadlessEvents(Composition &composition);

    /// An event without t_us, which is put in here.
    static QJsonObject stamped(QJsonObject event, TimePoint at = monotonicNow());

Q_SIGNALS:
    void happened(const QJsonObject &event);

private:
    void watchEngine(engine::CallEngine &engine);
    void watchCalls(engine::CallEngine &engine);
    void watchWishes(engine::CallEngine &engine);
    void watchHealth(engine::CallEngine &engine);
    void watchLine(fake::FakePhone &phone);
    void watchModem(modem::TelephonyChoice &modem);
    void watchHandset(fake::Handset &handset);
    void tell(const QString &name, QJsonObject fields, TimePoint at = monotonicNow());
    void tellOf(const QString &name, call::CallHandle call, QJsonObject fields, TimePoint at = monotonicNow());
    void onCall(const call::CallInfo &info);
    void onIncoming(call::CallHandle call);
    void tellLegs(const call::CallInfo &info, const call::CallInfo &before);
    void tellSteps(const call::CallInfo &info, const call::CallInfo &before);
    void onAudio(call::CallHandle call, const QString &leg, bool playing, QJsonObject fields);
    void pollPlayStart();

    std::shared_ptr<fake::FileAudio> m_files;
    std::map<call::CallHandle, call::CallInfo> m_calls;
    /// The ring of a call dialled by hand comes before the call itself.
    std::set<call::CallHandle> m_ringsToTell;
    /// The call whose cellular leg speaks, or spoke last.
    std::optional<call::CallHandle> m_onCellular;
    struct Sounding { call::CallHandle call; QString leg; };
    std::optional<Sounding> m_sounding;
    std::optional<TimePoint> m_toldPlayStart;
    QTimer m_filePoll;
};

} // namespace ringlift::app
