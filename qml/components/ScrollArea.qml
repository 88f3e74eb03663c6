import QtQuick
import QtQuick.Templates as T
import Ringlift.Ui

/// A column that scrolls when it is longer than the page.
Flickable {
    id: area

    default property alias content: holder.data
    required property real columnHeight
    property int margin: Theme.medium
    property bool centred: false

    readonly property real room: Math.max(height, columnHeight + 2 * margin)

    boundsBehavior: Flickable.StopAtBounds
    clip: true
    contentHeight: room
    contentWidth: width

    T.ScrollBar.vertical: AppScrollBar {
    }

    Item {
        id: holder

        height: area.columnHeight
        width: area.width
        y: area.centred ? (area.room - area.columnHeight) / 2 : area.margin
    }
    FocusFollower {
        area: area
    }
}
