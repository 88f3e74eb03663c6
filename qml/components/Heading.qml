import QtQuick
import Ringlift.Ui

AppText {
    font.bold: true
    font.pixelSize: Theme.titleSize
    lineHeight: 1

    Accessible.role: Accessible.Heading
}
