import QtQuick
import Ringlift.Ui

/// A button of words.
Pressable {
    id: control

    enum Kind {
        Primary,
        Quiet,
        Danger
    }

    property int kind: AppButton.Quiet

    readonly property color fill: !enabled ? "transparent" : kind === AppButton.Primary ? Theme.accent : kind === AppButton.Danger ? Theme.dangerFill : Theme.raised
    readonly property color ink: !enabled ? Theme.quietText : kind === AppButton.Primary ? Theme.accentInk : kind === AppButton.Danger ? Theme.dangerInk : Theme.text

    bottomPadding: Theme.small + 2
    leftPadding: Theme.large
    opacity: 1
    rightPadding: Theme.large
    topPadding: Theme.small + 2

    background: Rectangle {
        border.color: Theme.outline
        border.width: control.enabled ? 0 : 1
        color: control.kind === AppButton.Quiet && (control.down || control.hovered) ? Theme.pressed : control.fill
        opacity: control.kind !== AppButton.Quiet && (control.down || control.hovered) ? 0.88 : 1
        radius: Theme.radius
    }
    contentItem: Text {
        color: control.ink
        font.bold: true
        font.pixelSize: Theme.bodySize
        horizontalAlignment: Text.AlignHCenter
        text: control.text
        textFormat: Text.PlainText
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.Wrap
    }
}
