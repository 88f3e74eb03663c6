#include "app/mainwindow.h"

#include "app/phone.h"
#include "core/base/log.h"

#include <QFontDatabase>
#include <QGuiApplication>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QtQml/qqmlextensionplugin.h>

Q_IMPORT_QML_PLUGIN(Ringlift_ModelPlugin)
Q_IMPORT_QML_PLUGIN(Ringlift_UiPlugin)

namespace ringlift::app {

namespace {

constexpr auto kMainUrl = "qrc:/qt/qml/Ringlift/Ui/Main.qml";

/// The first of these that is installed writes Latin letters; any font on the system helps out with others.
void chooseFont()
{
    const QStringList preferred{QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("Noto Sans CJK SC"),
        QStringLiteral("Cantarell"), QStringLiteral("DejaVu Sans")};
    const QStringList installed = QFontDatabase::families();
    QStringList families;
    for (const QString &family : preferred) {
        if (installed.contains(family))
            families.append(family);
    }
    if (families.isEmpty())
        return;
    QFont font = QGuiApplication::font();
    font.setFamilies(families);
    QGuiApplication::setFont(font);
}

} // namespace

MainWindow::MainWindow(Phone &phone, const GuiOptions &options, QObject *parent)
    : QObject(parent), m_phone(phone), m_options(options)
{
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    chooseFont();
    SettingsController *const settings = phone.settings();
    useLanguage(options.language.isEmpty() ? settings->language() : options.language);
    if (options.theme != GuiOptions::Theme::AsSet)
        settings->overrideAppearance(
            options.theme == GuiOptions::Theme::Dark ? SettingsController::Dark : SettingsController::Light);
    connect(settings, &SettingsController::languageChosen, this, &MainWindow::useLanguage);
    m_engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
}

MainWindow::~MainWindow() = default;

Result<void> MainWindow::show()
{
    m_engine.setInitialProperties({{QStringLiteral("phone"), QVariant::fromValue(&m_phone)},
        {QStringLiteral("width"), m_options.size.width()}, {QStringLiteral("height"), m_options.size.height()},
        {QStringLiteral("title"), m_options.title}, {QStringLiteral("background"), m_options.background},
        {QStringLiteral("visible"), !m_options.background}});
    m_engine.load(QUrl(QString::fromLatin1(kMainUrl)));
    if (window() == nullptr)
        return failure("the user interface could not be loaded");
    connect(window(), SIGNAL(sceneChanged()), this, SLOT(onSceneChanged())); // a property of QML
    return {};
}

QQuickWindow *MainWindow::window() const
{
    const QList<QObject *> roots = m_engine.rootObjects();
    return roots.isEmpty() ? nullptr : qobject_cast<QQuickWindow *>(roots.constFirst());
}

Result<void> MainWindow::saveScreenshot(const QString &fileName) const
{
    if (window() == nullptr)
        return failure("there is no window yet");
    if (!window()->grabWindow().save(fileName, "PNG"))
        return failure("the picture could not be written");
    return {};
}

void MainWindow::present()
{
    if (window() == nullptr)
        return;
    window()->setVisible(true);
    if (window()->windowStates().testFlag(Qt::WindowMinimized))
        window()->setWindowStates(window()->windowStates() & ~Qt::WindowMinimized);
    window()->raise();
    window()->requestActivate();
}

void MainWindow::callAttention()
{
    if (window() == nullptr)
        return;
    present();
    window()->alert(0);
}

void MainWindow::useLanguage(const QString &language)
{
    m_translation.use(language);
    m_engine.retranslate();
    m_phone.retranslate();
}

void MainWindow::onSceneChanged()
{
    Q_EMIT sceneChanged(window()->property("scene").toString());
}

} // namespace ringlift::app
