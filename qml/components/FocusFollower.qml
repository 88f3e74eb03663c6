import QtQuick
import Ringlift.Ui

/// Scrolls an area so that what has the keyboard's focus can be seen.
Item {
    id: follower

    required property Flickable area

    readonly property Item focused: Window.activeFocusItem

    function holds(item) {
        for (let ancestor = item; ancestor; ancestor = ancestor.parent) {
            if (ancestor === follower.area.contentItem)
                return true;
        }
        return false;
    }
    function follow() {
        const area = follower.area;
        if (!follower.focused || !follower.holds(follower.focused))
            return;
        const top = follower.focused.mapToItem(area.contentItem, 0, 0).y - Theme.medium;
        const bottom = top + follower.focused.height + 2 * Theme.medium;
        if (bottom > area.contentY + area.height)
            area.contentY = Math.min(bottom - area.height, Math.max(area.originY + area.contentHeight - area.height, area.originY));
        if (top < area.contentY)
            area.contentY = Math.max(top, area.originY);
    }

    onFocusedChanged: follower.follow()
}
