#include "tests/qml/windowitems.h"

#include <QQuickItem>
#include <QQuickWindow>

#include <algorithm>

namespace ringlift::test {

namespace {

void collect(QQuickItem *item, QList<QQuickItem *> &items)
{
    if (!item->isVisible())
        return;
    items.append(item);
    for (QQuickItem *const child : item->childItems())
        collect(child, items);
}

} // namespace

QList<QQuickItem *> visibleItems(const QQuickWindow *window)
{
    QList<QQuickItem *> items;
    collect(window->contentItem(), items);
    return items;
}

QList<QQuickItem *> controls(const QQuickWindow *window)
{
    QList<QQuickItem *> found = visibleItems(window);
    found.removeIf([](const QQuickItem *item) {
        return !item->isEnabled() || !(item->inherits("QQuickAbstractButton") || item->inherits("QQuickTextInput"));
    });
    return found;
}

QQuickItem *itemNamed(const QQuickWindow *window, const QString &objectName)
{
    const QList<QQuickItem *> items = visibleItems(window);
    const auto found = std::find_if(items.begin(), items.end(),
                                    [&objectName](const QQuickItem *item) { return item->objectName() == objectName; });
    return found == items.end() ? nullptr : *found;
}

void scrollTo(QQuickItem *item)
{
    constexpr qreal kMargin = 16;
    QQuickItem *area = item;
    while (area != nullptr && !area->inherits("QQuickFlickable"))
        area = area->parentItem();
    if (area == nullptr)
        return;
    auto *const content = area->property("contentItem").value<QQuickItem *>();
    const qreal last = area->property("contentHeight").toReal() - area->height();
    const qreal top = item->mapToItem(content, QPointF()).y() - kMargin;
    area->setProperty("contentY", std::clamp<qreal>(top, 0, std::max<qreal>(last, 0)));
}

QByteArray nameOf(const QQuickItem *item)
{
    return item->metaObject()->className() + QByteArray(" ") + item->objectName().toUtf8() + ' ' +
           item->property("text").toString().toUtf8();
}

} // namespace ringlift::test
