import QtQuick
import Ringlift.Ui

/// Shows where the keyboard is.
Rectangle {
    required property bool shown
    property real ringRadius: Theme.radius

    anchors.fill: parent
    anchors.margins: -Theme.focusWidth - 1
    border.color: Theme.focus
    border.width: Theme.focusWidth
    color: "transparent"
    radius: ringRadius
    visible: shown
}
