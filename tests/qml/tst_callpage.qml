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
        spy.target = testCase.phone.phone.calls;
        const page = createTemporaryObject(pageComponent, testCase, {
            calls: testCase.phone.phone.calls,
            changes: testCase.phone.phone.identityChanges,
            contacts: testCase.phone.phone.contacts,
            rules: testCase.phone.phone.numberRules
        });
        waitForRendering(page);
        return page;
    }
    function expect(signalName) {
        spy.signalName = signalName;
        spy.clear();
    }
    function test_showsWhoIsCalledAndOnWhichNetwork() {
        const page = show("calling");
        compare(findChild(page, "peer").text, "+49 15550 123456");
        compare(findChild(page, "status").text, "Ringing…");
        compare(findChild(page, "carrier").text, "Phone network");
        verify(findChild(page, "explanation").text.includes("Looking for the other phone"));
    }
    function test_showsThatTheCallMovedAndOffersTheDigits() {
        const page = show("moved");
        compare(findChild(page, "carrier").text, "Internet, encrypted");
        verify(findChild(page, "carrier").internet);
        verify(findChild(page, "sas").visible);
        compare(findChild(page, "sasDigits").text, "48 19 07");
    }
    function test_keepsTheDigitsAwayFromTheControls() {
        const page = show("moved");
        const card = findChild(page, "sas");
        const bottom = card.mapToItem(page, 0, card.height).y;
        const controls = findChild(page, "mute").mapToItem(page, 0, 0).y;
        verify(bottom + Theme.medium <= controls, bottom + " and " + controls);
        compare(findChild(page, "status").text.replace(/^[0-9:]+/, ""), " · Good connection");
    }
    function test_tellsWhetherTheDigitsAreTheSame_data() {
        return [
            {
                tag: "same",
                button: "sasSame",
                same: true
            },
            {
                tag: "different",
                button: "sasDifferent",
                same: false
            }
        ];
    }
    function test_tellsWhetherTheDigitsAreTheSame(data) {
        const page = show("moved");
        expect("sasAnswered");
        mouseClick(findChild(page, data.button));
        compare(spy.count, 1);
        compare(spy.signalArguments[0][1], data.same);
    }
    function test_showsTheKeysOfTheOtherSide() {
        const page = show("moved");
        verify(!findChild(page, "peerDigits").visible);
        testCase.phone.tell("pressed");
        verify(findChild(page, "peerDigits").visible);
        compare(findChild(page, "peerDigits").text, "The other side pressed 12#");
    }
    function test_makesAsMuchOfAMoveAsItsUserWants() {
        const page = show("moved");
        verify(findChild(page, "moveNotice").visible);
        verify(!findChild(page, "explanation").visible);
        const quiet = show("movedquietly");
        verify(!findChild(quiet, "moveNotice").visible);
        verify(!findChild(quiet, "explanation").visible);
        compare(findChild(quiet, "carrier").text, "Internet, encrypted");
    }
    function test_asksWhetherTheCallMayMove_data() {
        return [
            {
                tag: "yes",
                button: "allowMove",
                signalName: "moveAllowed"
            },
            {
                tag: "no",
                button: "keepOnPhone",
                signalName: "stayCellularRequested"
            }
        ];
    }
    function test_asksWhetherTheCallMayMove(data) {
        const page = show("asking");
        verify(findChild(page, "moveQuestion").visible);
        verify(!findChild(page, "stay").visible);
        compare(findChild(page, "carrier").text, "Phone network");
        expect(data.signalName);
        mouseClick(findChild(page, data.button));
        compare(spy.count, 1);
        verify(!findChild(show("calling"), "moveQuestion").visible);
    }
    function test_offersARuleForTheNumber() {
        const page = show("stayed");
        const rules = testCase.phone.phone.numberRules;
        verify(!findChild(page, "rule").visible);
        findChild(page, "ruleButton").clicked();
        const rule = findChild(page, "rule");
        verify(rule.visible);
        spy.target = rules;
        expect("setRequested");
        rule.chosen(NumberRules.Never);
        compare(spy.signalArguments[0][0], "+4915550123456");
        compare(rule.current, NumberRules.AsSet);
    }
    function test_hangsUp() {
        const page = show("moved");
        expect("hangUpRequested");
        mouseClick(findChild(page, "hangUp"));
        compare(spy.count, 1);
    }
    function test_mutes() {
        const page = show("moved");
        expect("muteRequested");
        mouseClick(findChild(page, "mute"));
        compare(spy.signalArguments[0][1], true);
    }
    function test_staysOnThePhoneNetworkWhileTheCallMayMove() {
        const page = show("calling");
        expect("stayCellularRequested");
        mouseClick(findChild(page, "stay"));
        compare(spy.count, 1);
        verify(!findChild(show("moved"), "stay").visible);
    }
    function test_sendsDigitsFromTheKeypadAndTheKeyboard() {
        const page = show("moved");
        expect("digitsRequested");
        mouseClick(findChild(page, "keypad"));
        mouseClick(findChild(page, "key5"));
        page.forceActiveFocus();
        keyClick("7");
        compare(spy.count, 2);
        compare(spy.signalArguments[0][1], "5");
        compare(spy.signalArguments[1][1], "7");
        compare(findChild(page, "sentDigits").text, "57");
    }
    function test_asksWhenThePersonsCallsAreToMove() {
        verify(!findChild(show("moved"), "handOver").visible);
        const page = show("known");
        const choice = findChild(page, "handOver");
        verify(choice.visible);
        verify(findChild(page, "handOverHint").visible);
        compare(choice.current, Contacts.ByTrust);
        spy.target = testCase.phone.phone.contacts;
        expect("handOverRequested");
        choice.chosen(Contacts.AtAnswer);
        compare(spy.count, 1);
        compare(spy.signalArguments[0][0], "+4915550123456");
        testCase.phone.tell("knownatanswer");
        compare(choice.current, Contacts.AtAnswer);
        verify(!findChild(page, "handOverHint").visible);
    }
    function test_asksToConfirmANewPhoneOfThePeer() {
        const page = show("stayed");
        verify(findChild(page, "identityChanged").visible);
        verify(findChild(page, "compareCodes").visible);
        spy.target = testCase.phone.phone.identityChanges;
        expect("confirmRequested");
        mouseClick(findChild(page, "confirmIdentity"));
        compare(spy.signalArguments[0][0], "+4915550123456");
        compare(spy.signalArguments[0][1], "");
        testCase.phone.phone.identityChanges.onPinChangeOver("+4915550123456");
        verify(!findChild(page, "compareCodes").visible);
        compare(findChild(page, "identityChanged").text, "Internet calls with this number are no longer paused.");
    }
    function test_comparesTheCodesOfAVerifiedContact() {
        const changes = show("comparing").changes;
        const sheet = createTemporaryObject(sheetComponent, testCase, {
            changes: changes
        });
        waitForRendering(sheet);
        spy.target = changes;
        expect("confirmRequested");
        compare(findChild(sheet, "safetyNumber").text.split(/\s/).length, 12);
        mouseClick(findChild(sheet, "codesDifferent"));
        verify(findChild(sheet, "codesDiffer").text.includes("phone network"));
        verify(!findChild(sheet, "codesSame").visible);
        mouseClick(findChild(sheet, "closeCodes"));
        verify(!changes.comparing);
        compare(spy.count, 0);
        changes.compare("+4915550123456");
        mouseClick(findChild(sheet, "codesSame"));
        compare(spy.signalArguments[0][1].length, 60);
        verify(!changes.comparing);
    }
    function test_showsTheCodeThatThePeerWantsToCompare() {
        const page = show("unconfirmed");
        const notice = findChild(page, "unconfirmed");
        verify(notice.visible);
        verify(!findChild(page, "explanation").visible);
        notice.acted();
        const sheet = createTemporaryObject(sheetComponent, testCase, {
            changes: page.changes
        });
        waitForRendering(sheet);
        verify(sheet.Accessible.name.startsWith("Code for"));
        verify(findChild(sheet, "compareHint").text.includes("not confirmed this phone yet"));
        compare(findChild(sheet, "safetyNumber").text.split(/\s/).length, 12);
        verify(!findChild(sheet, "codesSame").visible);
        verify(!findChild(sheet, "codesDifferent").visible);
        mouseClick(findChild(sheet, "closeCodes"));
        verify(!page.changes.comparing);
        verify(!findChild(show("stayed"), "unconfirmed").visible);
    }
    function test_offersToCallAgainWhenTheConnectionIsLost() {
        const page = show("lost");
        verify(!findChild(page, "hangUp").visible);
        expect("redialRequested");
        mouseClick(findChild(page, "redial"));
        compare(spy.count, 1);
        mouseClick(findChild(page, "close"));
        verify(!testCase.phone.phone.calls.active);
    }
    function test_givesWayToTheOtherPages() {
        const page = show("calling");
        spy.target = page;
        expect("minimised");
        mouseClick(findChild(page, "minimise"));
        keyClick(Qt.Key_Escape);
        compare(spy.count, 2);
    }

    height: 640
    name: "CallPage"
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
        id: sheetComponent

        CompareSheet {
            height: 640
            width: 360
        }
    }
    Component {
        id: pageComponent

        CallPage {
            focus: true
            height: 640
            width: 360
        }
    }
}
