import QtQuick
import QtTest
import Ringlift.Test
import Ringlift.Ui

TestCase {
    id: testCase

    function show(story) {
        const phone = phoneComponent.createObject(testCase);
        phone.tell(story ?? "incoming");
        spy.target = phone.phone.calls;
        const page = createTemporaryObject(pageComponent, testCase, {
            calls: phone.phone.calls
        });
        page.forceActiveFocus();
        waitForRendering(page);
        return page;
    }
    function test_saysWhoCallsAndOnWhichNetwork() {
        const page = show();
        compare(findChild(page, "peer").text, "+49 15550 123456");
        compare(findChild(page, "carrier").text, "Internet, encrypted");
    }
    function test_answersAndDeclines_data() {
        return [
            {
                tag: "answer",
                signalName: "answerRequested"
            },
            {
                tag: "decline",
                signalName: "declineRequested"
            }
        ];
    }
    function test_answersAndDeclines(data) {
        const page = show();
        spy.signalName = data.signalName;
        spy.clear();
        mouseClick(findChild(page, data.tag));
        compare(spy.count, 1);
    }
    function test_asksWhetherTheCallMayMoveWhileThePhoneRings() {
        const page = show("askingin");
        compare(findChild(page, "carrier").text, "Phone network");
        verify(findChild(page, "moveQuestion").visible);
        spy.signalName = "moveAllowed";
        spy.clear();
        mouseClick(findChild(page, "allowMove"));
        compare(spy.count, 1);
        spy.signalName = "answerRequested";
        spy.clear();
        mouseClick(findChild(page, "answer"));
        compare(spy.count, 1);
        verify(!findChild(show(), "moveQuestion").visible);
    }
    function test_answersFromTheKeyboardAtOnce() {
        show();
        spy.signalName = "answerRequested";
        spy.clear();
        keyClick(Qt.Key_Return);
        compare(spy.count, 1);
    }

    height: 640
    name: "IncomingPage"
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

        IncomingPage {
            focus: true
            height: 640
            width: 360
        }
    }
}
