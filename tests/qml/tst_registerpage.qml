import QtQuick
import QtTest
import Ringlift.Test
import Ringlift.Ui

TestCase {
    id: testCase

    property var phone: null

    function show(story) {
        testCase.phone = phoneComponent.createObject(testCase);
        testCase.phone.tell(story);
        spy.target = testCase.phone.phone.registration;
        const page = createTemporaryObject(pageComponent, testCase, {
            registration: testCase.phone.phone.registration
        });
        page.forceActiveFocus();
        waitForRendering(page);
        return page;
    }
    function type(text) {
        for (const letter of text)
            keyClick(letter);
    }
    function test_asksInTheOrderOfTheRegistration_data() {
        return [
            {
                tag: "number",
                form: "numberForm",
                input: "+4915550123456",
                signalName: "registerRequested"
            },
            {
                tag: "code",
                form: "codeForm",
                input: "123456",
                signalName: "verifyRequested"
            },
            {
                tag: "pin",
                form: "pinForm",
                input: "2468",
                signalName: "unlockRequested"
            }
        ];
    }
    function test_asksInTheOrderOfTheRegistration(data) {
        const page = show(data.tag);
        const form = findChild(page, data.form);
        verify(form.visible);
        const submit = findChild(form, "submit");
        verify(!submit.enabled);
        spy.signalName = data.signalName;
        spy.clear();
        type(data.input);
        verify(submit.enabled);
        mouseClick(submit);
        compare(spy.signalArguments[0][0], data.input);
    }
    function test_submitsWithTheReturnKey() {
        show("code");
        spy.signalName = "verifyRequested";
        spy.clear();
        type("12345");
        keyClick(Qt.Key_Return);
        compare(spy.count, 0);
        type("6");
        keyClick(Qt.Key_Return);
        compare(spy.count, 1);
    }
    function test_saysWhatIsWrong() {
        const page = show("code");
        const problem = findChild(findChild(page, "codeForm"), "problem");
        verify(problem.visible);
        verify(problem.text.startsWith("This code is not right."));
        verify(!findChild(findChild(show("number"), "numberForm"), "problem").visible);
    }
    function test_goesBackToTheNumber() {
        const page = show("code");
        mouseClick(findChild(findChild(page, "codeForm"), "second"));
        verify(findChild(page, "numberForm").visible);
    }
    function test_mayWait() {
        const page = show("number");
        spy.target = page;
        spy.signalName = "postponed";
        spy.clear();
        mouseClick(findChild(findChild(page, "numberForm"), "second"));
        compare(spy.count, 1);
    }

    height: 700
    name: "RegisterPage"
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

        RegisterPage {
            focus: true
            height: 700
            width: 360
        }
    }
}
