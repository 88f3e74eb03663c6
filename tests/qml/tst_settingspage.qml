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
            pinLock: testCase.phone.phone.pinLock,
            rules: testCase.phone.phone.numberRules,
            registration: testCase.phone.phone.registration,
            settings: testCase.phone.phone.settings
        });
        spy.target = testCase.phone.phone.settings;
        waitForRendering(page);
        return page;
    }
    function test_changesWhatTheUserSwitches_data() {
        return [
            {
                tag: "moveCalls"
            },
            {
                tag: "allowUnknownCallerId"
            },
            {
                tag: "redialAutomatically"
            },
            {
                tag: "contactsOnlyManual"
            },
            {
                tag: "moveWhenRoaming"
            }
        ];
    }
    function test_changesWhatTheUserSwitches(data) {
        const page = show("settings");
        const row = findChild(page, data.tag);
        const before = testCase.phone.phone.settings[data.tag];
        compare(row.checked, before);
        spy.signalName = "applyRequested";
        spy.clear();
        mouseClick(row);
        compare(spy.count, 1);
        compare(testCase.phone.phone.settings[data.tag], !before);
        testCase.phone.tell("settings"); // the engine says otherwise
        compare(row.checked, before);
    }
    function test_choosesWhenCallsMove() {
        const page = show("settings");
        const settings = testCase.phone.phone.settings;
        verify(findChild(page, "connection").text.includes("has no effect"));
        findChild(page, "moveOver").chosen(SettingsController.WifiOnly);
        compare(settings.moveOver, SettingsController.WifiOnly);
        const before = findChild(page, "promptMeaning").text;
        findChild(page, "prompt").chosen(SettingsController.AskFirst);
        compare(settings.prompt, SettingsController.AskFirst);
        verify(findChild(page, "promptMeaning").text !== before);
    }
    function test_listsTheNumbersWithARule() {
        verify(findChild(show("settings"), "noRules").visible);
        const page = show("wishes");
        verify(findChild(page, "connection").text.includes("roaming"));
        const rule = findChild(page, "rule-+4915550123456");
        compare(rule.current, NumberRules.Never);
        spy.target = testCase.phone.phone.numberRules;
        spy.signalName = "setRequested";
        spy.clear();
        rule.chosen(NumberRules.AsSet);
        compare(spy.signalArguments[0][0], "+4915550123456");
    }
    function test_saysWhoSeesTheAddress() {
        verify(findChild(show("settings"), "addressPolicy").text.includes("sees your Internet address"));
    }
    function test_choosesAppearanceAndLanguage() {
        const page = show("settings");
        findChild(page, "appearance").chosen(SettingsController.Dark);
        compare(testCase.phone.phone.settings.appearance, SettingsController.Dark);
        findChild(page, "language").chosen("zh_CN");
        compare(testCase.phone.phone.settings.language, "zh_CN");
    }
    function lockSpy(page) {
        spy.target = testCase.phone.phone.pinLock;
        spy.signalName = "lockRequested";
        spy.clear();
    }
    function test_setsAPinThatIsTypedTwice() {
        const page = show("settings");
        lockSpy();
        findChild(page, "choosePin").clicked();
        findChild(page, "newPin").text = "2580";
        findChild(page, "newPinAgain").text = "2581";
        findChild(page, "savePin").clicked();
        compare(spy.count, 0);
        verify(findChild(page, "lockProblem").visible);
        findChild(page, "newPinAgain").text = "2580";
        findChild(page, "savePin").clicked();
        compare(spy.signalArguments[0][0], "2580");
        verify(!findChild(page, "newPin").visible);
        verify(!findChild(page, "choosePin").enabled);
    }
    function test_changesAndRemovesAPin() {
        const page = show("unregistered");
        verify(!findChild(page, "pinLock").visible);
        testCase.phone.tell("pinlocked");
        verify(findChild(page, "lockDone").visible);
        compare(findChild(page, "choosePin").text, "Change the PIN");
        lockSpy();
        findChild(page, "removePin").clicked();
        compare(spy.signalArguments[0][0], "");
    }
    function test_showsTheOwnNumber() {
        verify(findChild(show("settings"), "ownNumber").text.includes("+86 138 0013 8000"));
        verify(findChild(show("unregistered"), "ownNumber").text.startsWith("Not registered."));
    }
    function test_saysThatTheRegistrationWasNotDeleted() {
        const page = show("settings");
        verify(!findChild(page, "registrationProblem").visible);
        testCase.phone.tell("undeleted");
        const problem = findChild(page, "registrationProblem");
        verify(problem.visible);
        verify(problem.text.startsWith("The registration was not deleted."));
        verify(findChild(page, "ownNumber").text.includes("+86 138 0013 8000"));
    }

    height: 1200
    name: "SettingsPage"
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

        SettingsPage {
            height: 1200
            width: 700
        }
    }
}
