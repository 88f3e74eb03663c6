import QtQuick
import QtQuick.Templates as T
import Ringlift.Ui

/// What every control that can be pressed has in common: a name, the keyboard, a size for fingers, a visible focus.
T.AbstractButton {
    id: control

    property real ringRadius: Theme.radius + Theme.focusWidth

    focusPolicy: Qt.StrongFocus
    font.pixelSize: Theme.bodySize
    hoverEnabled: true
    implicitHeight: Math.max(Theme.touch, implicitContentHeight + topPadding + bottomPadding)
    implicitWidth: Math.max(Theme.touch, implicitContentWidth + leftPadding + rightPadding)
    opacity: enabled ? 1 : Theme.disabledOpacity

    // The press action of a named Button does nothing in Qt 6.4 unless it is given.
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: control.clicked()

    Keys.onEnterPressed: control.clicked()
    Keys.onReturnPressed: control.clicked()

    FocusRing {
        ringRadius: control.ringRadius
        shown: control.visualFocus
        z: 1
    }
}
