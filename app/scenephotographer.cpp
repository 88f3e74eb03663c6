#include "app/scenephotographer.h"

#include "app/mainwindow.h"
#include "core/base/log.h"

#include <QDir>
#include <QQuickWindow>

namespace ringlift::app {

namespace {

/// Until what moves on the screen has come to rest.
constexpr auto kSettlingTime = std::chrono::milliseconds(400);

} // namespace

ScenePhotographer::ScenePhotographer(MainWindow &window, QString folder, QObject *parent)
    : QObject(parent), m_window(window), m_folder(std::move(folder)),
      m_scene(window.window()->property("scene").toString())
{
    m_settling.setSingleShot(true);
    m_settling.setInterval(kSettlingTime);
    connect(&m_settling, &QTimer::timeout, this, &ScenePhotographer::take);
    connect(&window, &MainWindow::sceneChanged, this, [this](const QString &scene) {
        m_scene = scene;
        m_settling.start();
    });
    m_settling.start();
}

void ScenePhotographer::take()
{
    if (m_pictures == kMaxPictures)
        return;
    const QString name = QStringLiteral("%1-%2.png").arg(++m_pictures, 2, 10, QLatin1Char('0')).arg(m_scene);
    if (const auto saved = m_window.saveScreenshot(QDir(m_folder).filePath(name)); !saved)
        qCWarning(lcApp, "%s", saved.error().message.c_str());
}

} // namespace ringlift::app
