#pragma once

#include "tests/qml/stories.h"

namespace ringlift::test {

/// How a move is told or asked for, in each mode: where it is chosen, to the caller, and to the callee.
QList<Story> promptStories();

} // namespace ringlift::test
