#pragma once

#include <QString>

namespace ringlift::modem {

/// Whether the ordinary dialer (GNOME Calls) may be heard: its profile in the settings of feedbackd. What the user had
/// chosen lies in a file while it is otherwise. Every call blocks: for a process of its own (RingKeeper).
class DialerProfile
{
public:
    enum class Silence {
        Made,    // by us: restore() undoes it
        Chosen,  // by the user, whose choice stays
        Refused, // the dialer is as loud as before
    };

    /// folder: where the user's choice is kept; it survives a restart of the machine, as the settings do.
    explicit DialerProfile(QString folder = defaultFolder());
    static QString defaultFolder();

    /// Empty, or why there is no such setting here.
    QString fault() const;
    Silence silence();
    /// Whether silence() was called and not undone, perhaps by a process that is gone.
    bool isHeld() const;
    /// As the user wants it, and nothing if it is so already. False: not done, and isHeld() as before.
    bool restore();

private:
    const QString m_folder;
    const QString m_file;
};

} // namespace ringlift::modem
