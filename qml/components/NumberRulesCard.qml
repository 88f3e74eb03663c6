pragma ComponentBehavior: Bound

import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// The numbers that have a rule of their own.
Card {
    id: card

    required property NumberRules rules

    Heading {
        text: qsTr("Numbers with their own rule")
        width: parent.width
    }
    AppText {
        color: Theme.quietText
        font.pixelSize: Theme.captionSize
        objectName: "noRules"
        text: qsTr("None yet. You find the rule of a number beside its calls in the history.")
        visible: card.rules.entries.length === 0
        width: parent.width
    }
    Repeater {
        model: card.rules.entries

        NumberRuleRow {
            id: entry

            required property var modelData

            label: modelData.title
            number: modelData.number
            objectName: "rule-" + modelData.number
            rules: card.rules
            width: card.width - 2 * card.padding
        }
    }
    AppText {
        color: Theme.quietText
        font.pixelSize: Theme.captionSize
        text: qsTr("Always: without asking, and over any connection, but not on mobile data while roaming if you excluded that above.")
        width: parent.width
    }
}
