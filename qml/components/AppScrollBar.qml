import QtQuick
import QtQuick.Templates as T
import Ringlift.Ui

T.ScrollBar {
    id: bar

    implicitHeight: 8
    implicitWidth: 8
    padding: 2
    visible: size < 1

    Accessible.ignored: true

    contentItem: Rectangle {
        color: Theme.controlOutline
        implicitHeight: 4
        implicitWidth: 4
        opacity: bar.active ? 0.9 : 0.3
        radius: 2
    }
}
