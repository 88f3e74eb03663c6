#pragma once

#include <QObject>

namespace ringlift::sim {

/// Directed stories: every rule of protocol.md 5.2 and every case of mission.md section 5 that can exist here.
class ScenarioTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // movingscenarios.cpp
    void movesACallThatIsAnsweredInTheApp();
    void sendsNothingInADayOfIdlenessAndThenMovesACall();
    void keepsTheLegOfAFirstContactUntilTheAnswer();
    void releasesTheLegOfAKnownPeerWhileItRings();
    void movesACallHoweverItIsDialled_data();
    void movesACallHoweverItIsDialled();
    void movesACallHoweverItsNumberIsShown_data();
    void movesACallHoweverItsNumberIsShown();
    void movesBothOfTwoCallersAtOnce();
    void keepsOneOfTwoCrossingDials();
    void liftsOneOfTwoCrossingDialsOnly();
    void movesACallAlthoughTheServerClockIsWrong();
    void movesACallWhileTheCalleeRoams();
    void survivesABlackoutOfTwoAndAHalfSeconds();
    void carriesACallWhoseLegTheNetworkLoses();
    void staysMovedWhileAnotherPhoneCalls();
    void endsBothLegsWhenTheCallerGivesUp();
    void opensEveryPacketOfTheWindowOnce();

    // cellularscenarios.cpp
    void staysCellularWhenVoicemailAnswersFirst();
    void staysCellularWhenForwarded();
    void staysCellularWhenAnsweredOutsideTheApp();
    void staysCellularWhenTheUserChoosesSo();
    void staysCellularForAHiddenCaller();
    void staysCellularForASpoofedCaller();
    void staysCellularForAnUnknownCallerWithoutPin();
    void staysCellularWithASwappedSim();
    void staysCellularWhenThePinHasChanged();
    void staysCellularWithoutDataAtTheCaller();
    void staysCellularWhenNothingComesBackFromTheServer_data();
    void staysCellularWhenNothingComesBackFromTheServer();
    void staysCellularWhenTheServerIsKilled_data();
    void staysCellularWhenTheServerIsKilled();
    void staysCellularWithAHostileServer_data();
    void staysCellularWithAHostileServer();
    void tellsTheServerNothingOfWhatIsNoOrdinaryNumber_data();
    void tellsTheServerNothingOfWhatIsNoOrdinaryNumber();
    void tellsTheServerNothingAfterAnEmergencyCall_data();
    void tellsTheServerNothingAfterAnEmergencyCall();
    void matchesNobodyWithAFormerOwner();
    void matchesNobodyWithASprayer();
    void matchesNobodyWithARingOfLongAgo();

    // twosims.cpp
    void movesACallOfEitherSlot_data();
    void movesACallOfEitherSlot();
    void staysCellularWithTheOtherSim_data();
    void staysCellularWithTheOtherSim();

    // locks.cpp
    void losesANumberThatIsRegisteredElsewhere_data();
    void losesANumberThatIsRegisteredElsewhere();
    void keepsANumberThatIsLocked();
    void isFrozenUntilThePinIsShown();

    // byhand.cpp
    void callsByHand();
    void callsNobodyByHandWhoDoesNotAccept_data();
    void callsNobodyByHandWhoDoesNotAccept();
    void showsNoStrangerWhoCallsByHand();
    void endsACallByHandWhosePathDies();

    // wayback.cpp
    void redialsByItselfWhenThePathDiesBeforeTheAnswer();
    void letsTheRedialOfACallThatNobodyAnsweredRing();
    void offersARedialWhenThePathDiesAfterTheAnswer();
    void redialsByItselfInACallWhenToldTo();
    void redialsWhenAKilledAppComesBack();
    void neverRedialsWhatAPersonEnded();
    void redialsWhenTheLegWasNotThePeers();
    void answersByPhoneWhenTheHandOverDoesNotCome();
    void answersByPhoneWhenTheLineIgnoresTheHangUp();
    void offersARedialAfterRingingInVain();
    void offersNothingRightAfterARedial();

    // waitingscenarios.cpp
    void holdsAMovedCallWhileASecondIsSpoken();
    void holdsAMovedCallWhileTheModemCarriesAnother();
    void holdsAMovedCallDuringAnEmergencyCall();
    void keepsTheSecondCallOnThePhoneWhileTheModemCarriesTheFirst();

    // wishes.cpp
    void keepsACallWhereAWishForbidsIt_data();
    void keepsACallWhereAWishForbidsIt();
    void keepsACallWhoseNumberOnlyTheMatchTells();
    void movesACallThatItsUserAllows_data();
    void movesACallThatItsUserAllows();
    void keepsACallThatNobodyAllows_data();
    void keepsACallThatNobodyAllows();
    void keepsTheLegOfAKnownPeerUntilItsUserAllows();
    void keepsACallWhenTheWifiIsLeftBeforeItMoves();
};

} // namespace ringlift::sim
