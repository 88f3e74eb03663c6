#pragma once

#include <QObject>
#include <QTimer>

namespace ringlift::app {

class MainWindow;

/// Keeps a picture of every scene the window shows, numbered in their order.
class ScenePhotographer : public QObject
{
    Q_OBJECT

public:
    static constexpr int kMaxPictures = 200;

    ScenePhotographer(MainWindow &window, QString folder, QObject *parent = nullptr);

private:
    void take();

    MainWindow &m_window;
    const QString m_folder;
    QString m_scene;
    QTimer m_settling;
    int m_pictures = 0;
};

} // namespace ringlift::app
