#pragma once

#include "core/call/callinfo.h"
#include "core/media/tonecadence.h"

#include <QObject>
#include <QTimer>

#include <optional>
#include <set>

namespace ringlift::app {

/// Decides which tone is to sound for the calls that nobody has answered yet, and tells when a ring that is seen is
/// heard as well (protocol.md 5.2 rule 2). Somebody whose call is answered unasked hears a tone of its own (rule 8),
/// and so, where its user wants that, does the user of a call that moves.
class Ringer : public QObject
{
    Q_OBJECT

public:
    explicit Ringer(QObject *parent = nullptr);

public Q_SLOTS:
    void onCallChanged(const ringlift::call::CallInfo &info);
    void onCallFinished(ringlift::call::CallHandle call);
    /// Its ring is on the screen.
    void onRingShown(ringlift::call::CallHandle call);
    void onMilestone(ringlift::call::CallHandle call, const QByteArray &name);
    /// What became of the tone that was asked for last: it sounds, or no loudspeaker is there; then seeing has to do.
    void onToneSettled();

Q_SIGNALS:
    void toneRequested(ringlift::media::Tone tone);
    void silenceRequested();
    /// Its ring is to be seen and, where there is a loudspeaker, heard.
    void ringPresented(ringlift::call::CallHandle call);

private:
    void update();
    std::optional<media::Tone> wanted() const;

    std::set<call::CallHandle> m_ringing;
    std::set<call::CallHandle> m_ringingBack; // at the other end, where no network tells of it
    std::set<call::CallHandle> m_shown;       // ringing, and not presented yet
    std::set<call::CallHandle> m_moved;       // of which a tone tells, or has told
    std::set<call::CallHandle> m_toSound;     // of these, whose tone has not been heard to its end
    QTimer m_moveHeard;
    std::optional<media::Tone> m_tone;
    bool m_settled = false;
    bool m_continued = false; // a call was, and its tone has not been heard to its end
    QTimer m_continuedOver;
};

} // namespace ringlift::app
