import QtQuick
import QtTest
import Ringlift.Model
import Ringlift.Test
import Ringlift.Ui

TestCase {
    id: testCase

    property var phone: null

    function show(story) {
        testCase.phone = phoneComponent.createObject(testCase);
        testCase.phone.tell(story);
        const page = createTemporaryObject(pageComponent, testCase, {
            changes: testCase.phone.phone.identityChanges,
            rules: testCase.phone.phone.numberRules,
            history: testCase.phone.phone.history
        });
        spy.target = page;
        waitForRendering(page);
        return page;
    }
    function test_saysOfTheNewestCallThatItMoved() {
        compare(findChild(show("history"), "outcome").text, "Moved to the Internet");
    }
    function test_callsBack() {
        const page = show("history");
        spy.signalName = "callRequested";
        mouseClick(findChild(page, "callBack"));
        compare(spy.signalArguments[0][0], "+4915550123456");
    }
    function test_confirmsAVerifiedContactOnlyByAComparison() {
        const page = show("history");
        const changes = testCase.phone.phone.identityChanges;
        const row = findChild(page, "identity-+8613800138001");
        verify(row.visible);
        verify(!findChild(row, "confirmIdentity").visible);
        findChild(row, "compareCodes").clicked();
        verify(changes.comparing);
        changes.onPinChangeOver("+8613800138001");
        verify(!row.visible);
    }
    function test_offersARuleForEachNumber() {
        const page = show("stayedbywish");
        const button = findChild(page, "ruleButton");
        verify(!findChild(page, "rule").visible);
        mouseClick(button);
        const rule = findChild(page, "rule");
        verify(rule.visible);
        spy.target = testCase.phone.phone.numberRules;
        spy.signalName = "setRequested";
        spy.clear();
        rule.chosen(NumberRules.Ask);
        compare(spy.signalArguments[0][0], "+8613900139001");
    }
    function test_asksToDeleteOnlyWhatIsThere() {
        verify(!findChild(show("emptyhistory"), "clearHistory").visible);
        const page = show("history");
        spy.signalName = "clearRequested";
        spy.clear();
        mouseClick(findChild(page, "clearHistory"));
        compare(spy.count, 1);
        compare(testCase.phone.phone.history.count, 5);
    }

    height: 640
    name: "HistoryPage"
    visible: true
    when: windowShown
    width: 360

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

        HistoryPage {
            height: 640
            width: 360
        }
    }
}
