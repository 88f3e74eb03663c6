import QtQuick
import QtTest
import Ringlift.Model
import Ringlift.Test
import Ringlift.Ui

TestCase {
    id: testCase

    property var phone: null
    property var health: null
    property var page: null

    function show(story) {
        testCase.phone = phoneComponent.createObject(testCase);
        testCase.phone.tell(story);
        testCase.health = testCase.phone.phone.health;
        const page = createTemporaryObject(pageComponent, testCase, {
            health: testCase.health
        });
        testCase.page = page;
        page.visible = false;
        page.visible = true;
        waitForRendering(page);
        return page;
    }
    function watch(target, signalName) {
        spy.clear();
        spy.target = target;
        spy.signalName = signalName;
    }
    function shows(page, name) {
        const item = findChild(page, name);
        return item.visible ? item.text : "";
    }

    function cleanup() {
        testCase.page.visible = false;
    }
    function test_saysThatACallWouldBeCaught() {
        const page = show("healthy");
        compare(shows(page, "headline"), "Your phone would catch a call now.");
        compare(shows(page, "remedy"), "");
        verify(shows(page, "meantime").startsWith("Everything is in order"));
        compare(testCase.health.checks.length, 10);
        const decision = findChild(page, "check-8");
        compare(findChild(decision, "time").text, "0.46 s");
        compare(decision.Accessible.name, "From the ring to the decision: in order");
        verify(decision.Accessible.description.includes("0.46 s"));
    }
    function test_saysWhatIsMissingAndWhatToDo() {
        const page = show("healthnoserver");
        compare(shows(page, "headline"), "Your phone would not catch a call now.");
        compare(shows(page, "advice"), "Check your Internet connection, then check again.");
        verify(shows(page, "meantime").includes("rings as always"));
    }
    function test_offersTheRemedy_data() {
        return [
            {
                tag: "healthunregistered",
                words: "Register",
                signalName: "registerRequested"
            },
            {
                tag: "healthproofdue",
                words: "Confirm the number",
                signalName: "proofRequested"
            },
            {
                tag: "healthswitchedoff",
                words: "Open the settings",
                signalName: "closed"
            }
        ];
    }
    function test_offersTheRemedy(data) {
        const page = show(data.tag);
        compare(shows(page, "remedy"), data.words);
        watch(page, data.signalName);
        mouseClick(findChild(page, "remedy"));
        compare(spy.count, 1);
    }
    function test_triesTheServerWhenAsked() {
        const page = show("healthuncertain");
        const button = findChild(page, "checkNow");
        watch(testCase.health, "askRequested");
        mouseClick(button);
        compare(spy.signalArguments[0][0], true);
        compare(button.text, "Asking the server…");
        verify(!button.enabled);
        testCase.phone.tell("healthnoserver");
        compare(button.text, "Check now");
        verify(button.enabled);
    }
    function test_saysWhyTheServerWasNotTried() {
        const page = show("healthy");
        verify(!findChild(page, "notice").visible);
        testCase.phone.tell("healthnothing");
        verify(findChild(page, "notice").visible);
        verify(shows(page, "notice").includes("a call is going on"));
    }
    function test_makesATestCall() {
        const page = show("healthy");
        const button = findChild(page, "testCall");
        verify(!findChild(page, "testResult").visible);
        watch(testCase.health, "testCallRequested");
        mouseClick(button);
        compare(spy.count, 1);
        verify(!button.enabled);
        verify(!findChild(page, "checkNow").enabled);
        testCase.phone.tell("healthtested");
        verify(button.enabled);
        verify(shows(page, "testResult").includes("sound came back after 0.19 s"));
        compare(findChild(page, "testResult").kind, NoticeCard.Note);
        testCase.phone.tell("healthtestfailed");
        compare(findChild(page, "testResult").kind, NoticeCard.Caution);
    }
    function test_isKeptTrueWhileItIsSeen() {
        const page = show("healthy");
        watch(testCase.health, "askRequested");
        testCase.health.onFactsChanged();
        compare(spy.count, 1);
        compare(spy.signalArguments[0][0], false);
        page.visible = false;
        testCase.health.onFactsChanged();
        compare(spy.count, 1);
    }
    function test_leadsBack() {
        const page = show("healthy");
        watch(page, "closed");
        mouseClick(findChild(page, "back"));
        compare(spy.count, 1);
        page.forceActiveFocus();
        keyClick(Qt.Key_Escape);
        compare(spy.count, 2);
    }

    height: 1200
    name: "HealthPage"
    visible: true
    when: windowShown
    width: 700

    SignalSpy {
        id: spy
    }
    Component {
        id: phoneComponent

        TestPhone {
        }
    }
    Component {
        id: pageComponent

        HealthPage {
            height: 1200
            width: 700
        }
    }
}
