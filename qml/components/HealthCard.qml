import QtQuick
import Ringlift.Ui

/// Leads to the page that says whether a call would be caught.
Card {
    id: card

    signal opened

    Heading {
        text: qsTr("Ready for calls")
        width: parent.width
    }
    AppText {
        text: qsTr("Would this phone catch a call right now? See what is in order, and what is missing.")
        width: parent.width
    }
    AppButton {
        objectName: "openHealth"
        text: qsTr("See for yourself")

        onClicked: card.opened()
    }
}
