pragma Singleton

import QtQuick

/// Colours, sizes and durations by what they mean.
QtObject {
    id: theme

    readonly property SystemPalette system: SystemPalette {}
    readonly property bool systemDark: theme.system.window.hslLightness < 0.5
    property bool dark: theme.systemDark

    // Surfaces and words
    readonly property color window: dark ? "#0f1317" : "#f5f6f8"
    readonly property color surface: dark ? "#191f25" : "#ffffff"
    readonly property color raised: dark ? "#242c34" : "#eceff3"
    readonly property color pressed: dark ? "#313b45" : "#dde2e8"
    readonly property color outline: dark ? "#323c46" : "#dfe3e8"
    readonly property color controlOutline: dark ? "#7d8a97" : "#7b8794"
    readonly property color text: dark ? "#eef2f5" : "#141a21"
    readonly property color quietText: dark ? "#a3b0bb" : "#556270"
    readonly property color scrim: dark ? "#b3000000" : "#80101820"

    // Meanings
    readonly property color accent: dark ? "#6fb7ff" : "#1560c0"
    readonly property color accentInk: dark ? "#062036" : "#ffffff"
    readonly property color accentSurface: dark ? "#16304a" : "#e3eefb"
    readonly property color internet: dark ? "#5fd3b4" : "#0b6e5a"
    readonly property color internetSurface: dark ? "#11352d" : "#dff3ed"
    readonly property color cellular: dark ? "#c3ccd5" : "#46525f"
    readonly property color cellularSurface: dark ? "#28313a" : "#e6eaef"
    readonly property color call: dark ? "#2fa866" : "#157f45"
    readonly property color callInk: dark ? "#04170c" : "#ffffff"
    readonly property color danger: dark ? "#ff8a80" : "#b3261e"
    readonly property color dangerFill: dark ? "#d13438" : "#b3261e"
    readonly property color dangerInk: "#ffffff"
    readonly property color dangerSurface: dark ? "#3b1c1a" : "#fbe9e7"
    readonly property color warning: dark ? "#f0c36a" : "#7a5200"
    readonly property color warningSurface: dark ? "#382c12" : "#fdf1d7"
    readonly property color focus: accent

    // Sizes
    readonly property int tiny: 4
    readonly property int small: 8
    readonly property int medium: 16
    readonly property int large: 24
    readonly property int huge: 40
    readonly property int touch: 48
    readonly property int radius: 14
    readonly property int focusWidth: 2
    readonly property int compactWidth: 720
    readonly property int columnWidth: 440
    readonly property int readingWidth: 680
    readonly property int railWidth: 224

    // Letters
    readonly property int captionSize: 13
    readonly property int bodySize: 15
    readonly property int titleSize: 20
    readonly property int headlineSize: 28
    readonly property int displaySize: 34

    readonly property int quick: 120
    readonly property int calm: 1600
    readonly property real disabledOpacity: 0.45
}
