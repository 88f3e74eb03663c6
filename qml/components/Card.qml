import QtQuick
import Ringlift.Ui

/// A calm surface that holds what belongs together.
Rectangle {
    id: card

    default property alias content: column.data
    property alias spacing: column.spacing
    property int padding: Theme.medium

    border.color: Theme.outline
    border.width: 1
    color: Theme.surface
    implicitHeight: column.implicitHeight + 2 * padding
    implicitWidth: 320
    radius: Theme.radius + 2

    Column {
        id: column

        anchors.left: parent.left
        anchors.margins: card.padding
        anchors.right: parent.right
        anchors.top: parent.top
        spacing: Theme.medium
    }
}
