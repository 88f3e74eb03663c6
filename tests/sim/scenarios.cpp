#include "tests/sim/scenarios.h"

#include "tests/sim/world.h"

#include <QTest>

namespace ringlift::sim {

void ScenarioTest::movesACallThatIsAnsweredInTheApp()
{
}

} // namespace ringlift::sim
