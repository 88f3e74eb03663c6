import QtQuick
import QtTest
import Ringlift.Test
import Ringlift.Ui

TestCase {
    id: testCase

    property var phone: null

    function show(registered, compact) {
        testCase.phone = phoneComponent.createObject(testCase);
        testCase.phone.tell("history");
        spy.target = testCase.phone.phone.dialling;
        spy.signalName = "dialRequested";
        spy.clear();
        const page = createTemporaryObject(pageComponent, testCase, {
            compact: compact,
            dialling: testCase.phone.phone.dialling,
            changes: testCase.phone.phone.identityChanges,
            rules: testCase.phone.phone.numberRules,
            history: testCase.phone.phone.history,
            notice: Qt.binding(() => testCase.phone.phone.registration.notice),
            proofDue: Qt.binding(() => testCase.phone.phone.registration.proofDue),
            registered: registered,
            width: compact ? 360 : 760
        });
        page.forceActiveFocus();
        waitForRendering(page);
        return page;
    }
    function test_dialsWhatIsTappedOnTheKeys() {
        const page = show(true, true);
        for (const key of "10086")
            mouseClick(findChild(page, "key" + key));
        compare(findChild(page, "dialled").text, "10086");
        mouseClick(findChild(page, "dial"));
        compare(spy.signalArguments[0][0], "10086");
        compare(findChild(page, "dialled").text, "Enter a number");
    }
    function test_dialsWhatIsTypedOnTheKeyboard() {
        const page = show(true, true);
        keyClick("1");
        keyClick("1");
        keyClick("2");
        keyClick(Qt.Key_Backspace);
        keyClick("0");
        compare(findChild(page, "dialled").text, "110");
        keyClick(Qt.Key_Return);
        compare(spy.signalArguments[0][0], "110");
    }
    function test_givesAPlusWhenZeroIsHeld() {
        const page = show(true, true);
        const zero = findChild(page, "key0");
        mousePress(zero);
        tryCompare(testCase.phone.phone.dialling, "number", "+");
        mouseRelease(zero);
        compare(testCase.phone.phone.dialling.number, "+");
    }
    function test_groupsAWholeNumber() {
        const page = show(true, true);
        testCase.phone.phone.dialling.number = "+8613800138000";
        compare(findChild(page, "dialled").text, "+86 138 0013 8000");
    }
    function test_explainsARefusal() {
        const page = show(true, true);
        verify(!findChild(page, "refusal").visible);
        testCase.phone.tell("refused");
        verify(findChild(page, "refusal").visible);
    }
    function test_remindsOfTheRegistration() {
        verify(!findChild(show(true, true), "unregistered").visible);
        const page = show(false, true);
        const notice = findChild(page, "unregistered");
        verify(notice.visible);
        spy.target = page;
        spy.signalName = "registerRequested";
        notice.acted();
        compare(spy.count, 1);
    }
    function test_asksForAnotherProofOfTheNumber() {
        const page = show(true, true);
        const notice = findChild(page, "standing");
        verify(!notice.visible);
        testCase.phone.tell("proofdue");
        verify(notice.visible);
        verify(notice.text.startsWith("Confirm again that this number is yours."));
        compare(notice.action, "Confirm the number");
        spy.target = page;
        spy.signalName = "proofRequested";
        spy.clear();
        notice.acted();
        compare(spy.count, 1);
    }
    function test_saysHowLongCallsStayAfterAChangeOfTheSim() {
        const page = show(true, true);
        testCase.phone.tell("quarantined");
        const notice = findChild(page, "standing");
        verify(notice.visible);
        verify(notice.text.endsWith("calls stay on the phone network for a day."));
        compare(notice.action, "");
    }
    function test_offersTheChoiceOfTwoSims() {
        const page = show(true, true);
        const choice = findChild(page, "sims");
        verify(!choice.visible);
        testCase.phone.tell("twosims");
        verify(choice.visible);
        compare(choice.choices.length, 2);
        choice.chosen(1);
        mouseClick(findChild(page, "dial"));
        compare(spy.signalArguments[0][1], 1);
    }
    function test_showsRecentCallsWhereThereIsRoom() {
        const page = show(true, false);
        spy.target = page;
        spy.signalName = "callRequested";
        mouseClick(findChild(page, "callBack"));
        compare(spy.signalArguments[0][0], "+4915550123456");
        verify(!findChild(show(true, true), "recentCalls").visible);
    }

    height: 640
    name: "DialPage"
    visible: true
    when: windowShown
    width: 760

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

        DialPage {
            focus: true
            height: 640
        }
    }
}
