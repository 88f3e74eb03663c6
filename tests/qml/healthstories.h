#pragma once

#include "tests/qml/stories.h"

namespace ringlift::test {

/// What the page of the hook health shows: all well, something uncertain, something missing.
QList<Story> healthStories();

} // namespace ringlift::test
