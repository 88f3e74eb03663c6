pragma ComponentBehavior: Bound

import QtQuick
import Ringlift.Ui

/// The twelve keys of a phone. Holding 0 gives +.
Grid {
    id: pad

    property real keyWidth: 88
    property real keyHeight: 60
    property bool offersPlus: true

    signal keyPressed(string key)

    columnSpacing: Theme.small + Theme.tiny
    columns: 3
    rowSpacing: Theme.small + 2

    Repeater {
        model: [["1", ""], ["2", "ABC"], ["3", "DEF"], ["4", "GHI"], ["5", "JKL"], ["6", "MNO"], ["7", "PQRS"], ["8", "TUV"], ["9", "WXYZ"], ["*", ""], ["0", pad.offersPlus ? "+" : ""], ["#", ""]]

        DialKey {
            id: dialKey

            required property var modelData

            digit: dialKey.modelData[0]
            height: pad.keyHeight
            letters: dialKey.modelData[1]
            objectName: "key" + dialKey.digit
            width: pad.keyWidth

            onClicked: pad.keyPressed(dialKey.digit)
            onPressAndHold: pad.keyPressed(dialKey.digit === "0" && pad.offersPlus ? "+" : dialKey.digit)
        }
    }
}
