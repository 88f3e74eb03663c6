import QtQuick
import Ringlift.Model
import Ringlift.Ui

/// Who is on the line, what the call does now, and which network carries it.
Column {
    id: header

    required property call call
    property bool ringing: false
    property bool pictured: true
    /// Kept free on both sides of the name, for what stands beside it.
    property int sideRoom: 0

    spacing: Theme.small + Theme.tiny

    Avatar {
        anchors.horizontalCenter: parent.horizontalCenter
        calling: header.ringing
        diameter: header.ringing ? 104 : 76
        visible: header.pictured
    }
    Heading {
        anchors.horizontalCenter: parent.horizontalCenter
        font.pixelSize: Theme.headlineSize - 2
        fontSizeMode: Text.HorizontalFit
        horizontalAlignment: Text.AlignHCenter
        minimumPixelSize: Theme.bodySize
        objectName: "peer"
        text: header.call.number
        topPadding: header.ringing ? Theme.large : 0
        width: parent.width - 2 * header.sideRoom
        wrapMode: Text.NoWrap
    }
    AppText {
        color: header.call.reconnecting ? Theme.warning : Theme.quietText
        font.pixelSize: Theme.bodySize + 2
        horizontalAlignment: Text.AlignHCenter
        objectName: "status"
        text: header.call.quality === "" ? header.call.status : qsTr("%1 · %2", "duration, quality of the connection").arg(header.call.status).arg(header.call.quality)
        width: parent.width
    }
    CarrierBadge {
        anchors.horizontalCenter: parent.horizontalCenter
        internet: header.call.onInternet
        objectName: "carrier"
        text: header.call.carrier
    }
}
