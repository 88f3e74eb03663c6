#pragma once

#include "app/guioptions.h"
#include "app/languages.h"
#include "core/base/result.h"

#include <QQmlApplicationEngine>

class QQuickWindow;

namespace ringlift::app {

class Phone;

/// The one window of the program, loaded from QML.
class MainWindow : public QObject
{
    Q_OBJECT

public:
    /// @param phone what it shows; outlives it.
    MainWindow(Phone &phone, const GuiOptions &options, QObject *parent = nullptr);
    ~MainWindow() override;

    /// Loads and shows the window.
    Result<void> show();
    /// Null until show() succeeded.
    QQuickWindow *window() const;
    /// Writes what the window shows now as PNG.
    Result<void> saveScreenshot(const QString &fileName) const;
    /// Brings the window to the front, out of the background too.
    void present();
    /// Tells the user that a call comes in, wherever the window is.
    void callAttention();

Q_SIGNALS:
    /// What the window shows changed to another scene, such as "dial", "incoming", "call-internet".
    void sceneChanged(const QString &scene);

private:
    void useLanguage(const QString &language);
    Q_SLOT void onSceneChanged();

    Phone &m_phone;
    const GuiOptions m_options;
    Translation m_translation;
    QQmlApplicationEngine m_engine;
};

} // namespace ringlift::app
