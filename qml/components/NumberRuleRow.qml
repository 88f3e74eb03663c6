import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// Whether calls with one number move.
ChoiceRow {
    id: row

    required property NumberRules rules
    required property string number

    choices: [
        {
            value: NumberRules.AsSet,
            name: qsTr("As set", "as the settings say, for all numbers")
        },
        {
            value: NumberRules.Always,
            name: qsTr("Always", "calls with this number move")
        },
        {
            value: NumberRules.Never,
            name: qsTr("Never", "calls with this number move")
        },
        {
            value: NumberRules.Ask,
            name: qsTr("Ask me", "whether this call is to move")
        }
    ]
    current: row.rules.rules[row.number] ?? NumberRules.AsSet
    label: qsTr("Move calls with this number")

    onChosen: value => row.rules.set(row.number, value)
}
