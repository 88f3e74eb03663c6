#pragma once

#include <QSize>
#include <QString>

namespace ringlift::app {

/// How the window starts. All of it may stay as it is here.
struct GuiOptions
{
    enum class Theme { AsSet, Light, Dark };

    QSize size{360, 640};
    QString title = QStringLiteral("Ringlift");
    /// For this run only; AsSet: what the user has set.
    Theme theme = Theme::AsSet;
    /// A code such as "de", for this run only; empty: what the user has set.
    QString language;
    /// Where looks and language are kept; empty: they are not kept.
    QString preferencesFile;
    /// What the dial pad shows at first; empty: nothing.
    QString number;
    /// The window is hidden until it is wanted, and its closing leaves the phone running.
    bool background = false;
    /// Existing folder for a PNG of every scene, "01-dial.png" and so on; empty: none.
    QString screenshotFolder;
};

} // namespace ringlift::app
