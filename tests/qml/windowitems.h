#pragma once

#include <QList>

class QQuickItem;
class QQuickWindow;

namespace ringlift::test {

/// Every item that can be seen in the window, scrolled out of view or not.
QList<QQuickItem *> visibleItems(const QQuickWindow *window);

/// Of those, what the user can operate.
QList<QQuickItem *> controls(const QQuickWindow *window);

/// The one that can be seen with this name; null when there is none.
QQuickItem *itemNamed(const QQuickWindow *window, const QString &objectName);

/// Scrolls what the item lies in, so that it stands at the top of what can be seen.
void scrollTo(QQuickItem *item);

/// What a failing test calls an item.
QByteArray nameOf(const QQuickItem *item);

} // namespace ringlift::test
