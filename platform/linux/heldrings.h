#pragma once

#include "core/base/linecall.h"

#include <QObject>

#include <set>

namespace ringlift::modem {

class ModemLine;

/// Which rings of a line wait for the decision where calls go, and which have waited and have to be heard. None waits
/// beside another call.
class HeldRings : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The line's holdRing(), and what becomes of its calls.
    void follow(ModemLine &line);
    bool holds(LineCallId id) const { return m_held.contains(id); }
    bool holdsAny() const { return !m_held.empty(); }
    bool rings(LineCallId id) const { return m_ringing.contains(id); }
    bool ringsAny() const { return !m_ringing.empty(); }

Q_SIGNALS:
    /// Perhaps.
    void changed();

private:
    void onHold(const LineCall &call, bool hold);
    void onChange(const LineCall &call);
    void forgetAll();

    std::set<LineCallId> m_held;
    std::set<LineCallId> m_ringing;
    std::set<LineCallId> m_busy; // dialled or answered, perhaps for help
};

} // namespace ringlift::modem
