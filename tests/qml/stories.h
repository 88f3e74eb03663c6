#pragma once

#include "app/phone.h"

#include <QByteArray>
#include <QList>

namespace ringlift::test {

/// A moment in the life of a phone, as the engine would tell it.
struct Story {
    QByteArray name;
    /// What Main.qml calls the scene.
    QString scene;
    /// Which page of the shell is open.
    int page = 0;
    void (*tell)(app::Phone &phone);
    /// What a picture is to show, where the page is longer than the window.
    QString lookAt = {};
};

/// One story for every page and every state that looks different.
const QList<Story> &stories();

/// The handle of the call in the stories.
inline constexpr call::CallHandle kCall{7};

call::CallInfo outgoingCall();
call::CallInfo movedCall();
call::CallInfo incomingCall();
call::CallRecord pastCall(CallDirection direction, std::string peer, bool moved, call::StayReason stay);
void makeReady(app::Phone &phone);

} // namespace ringlift::test
