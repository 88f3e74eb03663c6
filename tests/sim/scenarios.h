#pragma once

#include <QObject>

namespace ringlift::sim {

/// Directed stories: every rule of protocol.md 5.2 and every case of mission.md section 5 that can exist here.
class ScenarioTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void movesACallThatIsAnsweredInTheApp();
};

} // namespace ringlift::sim
