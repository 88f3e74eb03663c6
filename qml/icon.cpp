#include "qml/icon.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace ringlift::ui {

namespace {

constexpr qreal kUsualSize = 24;

QByteArray drawing(const QString &name, const QColor &color)
{
    QFile file(QStringLiteral(":/qt/qml/Ringlift/Ui/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().replace("currentColor", color.name(QColor::HexRgb).toLatin1());
}

} // namespace

Icon::Icon(QQuickItem *parent) : QQuickPaintedItem(parent)
{
    setSize(kUsualSize);
}

void Icon::setName(const QString &name)
{
    if (m_name == name)
        return;
    m_name = name;
    update();
    Q_EMIT nameChanged();
}

void Icon::setColor(const QColor &color)
{
    if (m_color == color)
        return;
    m_color = color;
    update();
    Q_EMIT colorChanged();
}

void Icon::setSize(qreal size)
{
    if (implicitWidth() == size)
        return;
    setImplicitSize(size, size);
    update();
    Q_EMIT sizeChanged();
}

void Icon::paint(QPainter *painter)
{
    QSvgRenderer renderer(drawing(m_name, m_color));
    painter->setRenderHint(QPainter::Antialiasing);
    renderer.render(painter, boundingRect());
}

} // namespace ringlift::ui
