import QtQuick
import Ringlift.Ui

/// Words on the screen, never read as markup.
Text {
    color: Theme.text
    font.pixelSize: Theme.bodySize
    lineHeight: 1.15
    textFormat: Text.PlainText
    wrapMode: Text.Wrap

    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
