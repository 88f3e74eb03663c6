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

    function test_takesAPassphraseThatIsLongEnough() {
        const page = show(false, "This device has no keyring.");
        page.takesPassphrase = true;
        page.shortestPassphrase = 8;
        page.forceActiveFocus();
        waitForRendering(page);
        verify(!findChild(page, "tryAgain").visible);
        chosen.target = page;
        for (const letter of "longenough")
            keyClick(letter);
        mouseClick(findChild(findChild(page, "passphraseForm"), "submit"));
        compare(chosen.signalArguments[0][0], "longenough");
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
    SignalSpy {
        id: chosen

        signalName: "passphraseChosen"
    }
    Component {
        id: pageComponent

        StartPage {
            height: 640
            width: 360
        }
    }
}
