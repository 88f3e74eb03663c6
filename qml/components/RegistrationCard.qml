import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// The number of this phone, and the way to register or forget it.
Card {
    id: card

    required property RegistrationController registration

    signal registerRequested
    signal deleteRequested

    Heading {
        text: qsTr("This phone")
        width: parent.width
    }
    AppText {
        objectName: "ownNumber"
        text: card.registration.registered ? qsTr("Registered as %1").arg(card.registration.ownNumber) : qsTr("Not registered. All calls stay on the phone network.")
        width: parent.width
    }
    AppText {
        color: Theme.danger
        objectName: "registrationProblem"
        text: card.registration.problem
        visible: card.registration.registered && text !== ""
        width: parent.width
    }
    AppButton {
        kind: AppButton.Primary
        objectName: "register"
        text: qsTr("Register")
        visible: !card.registration.registered

        onClicked: card.registerRequested()
    }
    AppButton {
        objectName: "deleteRegistration"
        text: qsTr("Delete the registration")
        visible: card.registration.registered

        onClicked: card.deleteRequested()
    }
}
