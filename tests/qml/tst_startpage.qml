import QtQuick
import QtTest
import Ringlift.Ui

TestCase {
    id: testCase

    function show(starting, problem) {
        const page = createTemporaryObject(pageComponent, testCase, {
            problem: problem,
            starting: starting
        });
        waitForRendering(page);
        return page;
    }
    function test_waitsQuietly() {
        const page = show(true, "");
        verify(!findChild(page, "tryAgain").visible);
        verify(!findChild(page, "startProblem").visible);
    }
    function test_saysWhatIsInTheWayAndTriesAgain() {
        const page = show(false, "The keyring is locked.");
        compare(findChild(page, "startProblem").text, "The keyring is locked.");
        spy.target = page;
        mouseClick(findChild(page, "tryAgain"));
        compare(spy.count, 1);
    }

    height: 640
    name: "StartPage"
    visible: true
    when: windowShown
    width: 360

    SignalSpy {
        id: spy

        signalName: "retried"
    }
    Component {
        id: pageComponent

        StartPage {
            height: 640
            width: 360
        }
    }
}
