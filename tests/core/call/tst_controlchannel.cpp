#include "core/call/controlchannel.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint kStart{100s};

std::vector<ControlMessage> sent(ControlChannel &channel)
{
    std::vector<ControlMessage> messages;
    while (const auto bytes = channel.poll())
        messages.push_back(*decodeControl(*bytes));
    return messages;
}

using Messages = std::vector<ControlMessage>;

} // namespace

class ControlChannelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersBodiesAboveThoseOfTheHandOver();
    void repeatsABodyEveryTenthOfASecondUntilItsAck();
    void givesABodyUpAfterTwoSeconds();
    void sendsReportsOnce();
    void refusesMoreThanCanWait();
    void tellsARepeatedBodyOnceButConfirmsItEachTime();
    void tellsBodiesOfDifferentTypesWithTheSameId();
    void forgetsTheOldestIdsFirst();
    void doesNotConfirmTheReadinessToHandOver();
    void takesTheAnswerForTheConfirmation_data();
    void takesTheAnswerForTheConfirmation();
    void keepsAskingWhenTheAnswerIsForAnotherId();
    void isNotSilencedByAnAckOfItsReadiness();
    void stopsRepeatingATypeOnDemand();
    void answersAPing();
    void measuresTheRoundTripOfThePingThatWasAnswered();
    void ignoresAPongNobodyAskedFor();
};

void ControlChannelTest::numbersBodiesAboveThoseOfTheHandOver()
{
    ControlChannel channel;
    QCOMPARE(channel.nextId(), ControlChannel::kFirstId);
    QCOMPARE(channel.nextId(), ControlChannel::kFirstId + 1);
}

void ControlChannelTest::repeatsABodyEveryTenthOfASecondUntilItsAck()
{
    ControlChannel channel;
    QVERIFY(channel.send(kStart, Alerting{1}));
    QVERIFY(sent(channel) == Messages{Alerting{1}});
    QCOMPARE(channel.nextTimeout(), std::optional(kStart + 100ms));
    channel.handleTimeout(kStart + 99ms);
    QVERIFY(sent(channel).empty());
    channel.handleTimeout(kStart + 100ms);
    QVERIFY(sent(channel) == Messages{Alerting{1}});
    QCOMPARE(channel.nextTimeout(), std::optional(kStart + 200ms));
    QVERIFY(!channel.idle());

    QVERIFY(!channel.received(kStart + 150ms, Ack{typeOf(Alerting{}), 1}).has_value());
    QVERIFY(channel.idle());
    QVERIFY(!channel.nextTimeout().has_value());
    channel.handleTimeout(kStart + 200ms);
    QVERIFY(sent(channel).empty());
}

void ControlChannelTest::givesABodyUpAfterTwoSeconds()
{
    ControlChannel channel;
    QVERIFY(channel.send(kStart, Bye{1, ByeReason::User}));
    std::size_t copies = sent(channel).size();
    for (TimePoint now = kStart; const auto due = channel.nextTimeout();) {
        now = *due;
        QVERIFY(now <= kStart + 2s);
        channel.handleTimeout(now);
        copies += sent(channel).size();
    }
    QCOMPARE(copies, std::size_t(20));
    const auto givenUp = channel.takeGivenUp();
    QVERIFY(givenUp.has_value());
    QVERIFY(*givenUp == ControlMessage(Bye{1, ByeReason::User}));
    QVERIFY(!channel.takeGivenUp().has_value());
    QVERIFY(channel.idle());
}

void ControlChannelTest::sendsReportsOnce()
{
    ControlChannel channel;
    QVERIFY(channel.send(kStart, Report{}));
    QCOMPARE(sent(channel).size(), std::size_t(1));
    QVERIFY(channel.idle());
    QVERIFY(!channel.nextTimeout().has_value());
}

void ControlChannelTest::refusesMoreThanCanWait()
{
    ControlChannelConfig config;
    config.maxPending = 2;
    ControlChannel channel(config);
    QVERIFY(channel.send(kStart, Dtmf{1, '1', 100}));
    QVERIFY(channel.send(kStart, Dtmf{2, '2', 100}));
    QVERIFY(!channel.send(kStart, Dtmf{3, '3', 100}));
    QVERIFY(channel.send(kStart, Dtmf{2, '2', 100})); // waits already
    QVERIFY(channel.send(kStart, Report{}));
    channel.received(kStart, Ack{typeOf(Dtmf{}), 1});
    QVERIFY(channel.send(kStart, Dtmf{3, '3', 100}));
}

void ControlChannelTest::tellsARepeatedBodyOnceButConfirmsItEachTime()
{
    ControlChannel channel;
    QVERIFY(channel.received(kStart, Answered{5}) == ControlMessage(Answered{5}));
    QVERIFY(!channel.received(kStart + 100ms, Answered{5}).has_value());
    const Ack ack{typeOf(Answered{}), 5};
    QVERIFY(sent(channel) == (Messages{ack, ack}));
}

void ControlChannelTest::tellsBodiesOfDifferentTypesWithTheSameId()
{
    ControlChannel channel;
    QVERIFY(channel.received(kStart, Alerting{5}).has_value());
    QVERIFY(channel.received(kStart, Answered{5}).has_value());
    QVERIFY(channel.received(kStart, Answered{6}).has_value());
}

void ControlChannelTest::forgetsTheOldestIdsFirst()
{
    ControlChannelConfig config;
    config.maxRemembered = 3;
    ControlChannel channel(config);
    for (std::uint32_t id = 1; id <= 4; ++id)
        QVERIFY(channel.received(kStart, Dtmf{id, '1', 100}).has_value());
    QVERIFY(!channel.received(kStart, Dtmf{2, '1', 100}).has_value());
    QVERIFY(!channel.received(kStart, Dtmf{4, '1', 100}).has_value());
    QVERIFY(channel.received(kStart, Dtmf{1, '1', 100}).has_value());
}

void ControlChannelTest::doesNotConfirmTheReadinessToHandOver()
{
    ControlChannel channel;
    QVERIFY(channel.received(kStart, HoReady{1}) == ControlMessage(HoReady{1}));
    QVERIFY(!channel.received(kStart + 100ms, HoReady{1}).has_value());
    QVERIFY(sent(channel).empty());
}

void ControlChannelTest::takesTheAnswerForTheConfirmation_data()
{
    QTest::addColumn<std::uint32_t>("step");
    QTest::newRow("ready by agreement") << 0U;
    QTest::newRow("ready by abort") << 1U;
    QTest::newRow("agreement by commit") << 2U;
    QTest::newRow("agreement by abort") << 3U;
}

void ControlChannelTest::takesTheAnswerForTheConfirmation()
{
    QFETCH(const std::uint32_t, step);
    const std::array<std::pair<ControlMessage, ControlMessage>, 4> pairs{{
        {HoReady{8}, HoAck{8}},
        {HoReady{8}, HoAbort{8, AbortReason::NoPath}},
        {HoAck{8}, HoCommit{8, true}},
        {HoAck{8}, HoAbort{8, AbortReason::Glare}},
    }};
    const auto &[question, answer] = pairs.at(step);
    ControlChannel channel;
    QVERIFY(channel.send(kStart, question));
    QVERIFY(channel.received(kStart + 50ms, answer) == answer);
    QVERIFY(channel.idle());
    QVERIFY(sent(channel) == (Messages{question, Ack{typeOf(answer), 8}}));
}

void ControlChannelTest::keepsAskingWhenTheAnswerIsForAnotherId()
{
    ControlChannel channel;
    QVERIFY(channel.send(kStart, HoReady{8}));
    channel.received(kStart, HoAck{7});
    channel.received(kStart, HoCommit{8, true});
    QVERIFY(!channel.idle());
}

void ControlChannelTest::isNotSilencedByAnAckOfItsReadiness()
{
    ControlChannel channel;
    QVERIFY(channel.send(kStart, HoReady{8}));
    channel.received(kStart, Ack{typeOf(HoReady{}), 8});
    QVERIFY(!channel.idle());
}

void ControlChannelTest::stopsRepeatingATypeOnDemand()
{
    ControlChannel channel;
    QVERIFY(channel.send(kStart, HoReady{1}));
    QVERIFY(channel.send(kStart, HoReady{2}));
    QVERIFY(channel.send(kStart, Alerting{3}));
    sent(channel);
    channel.stop(typeOf(HoReady{}));
    channel.handleTimeout(kStart + 100ms);
    QVERIFY(sent(channel) == Messages{Alerting{3}});
    QVERIFY(!channel.takeGivenUp().has_value());
}

void ControlChannelTest::answersAPing()
{
    ControlChannel channel;
    QVERIFY(!channel.received(kStart, Ping{77}).has_value());
    QVERIFY(sent(channel) == Messages{Pong{77}});
}

void ControlChannelTest::measuresTheRoundTripOfThePingThatWasAnswered()
{
    ControlChannel channel;
    channel.ping(kStart);
    channel.ping(kStart + 1s);
    const Messages pings = sent(channel);
    QCOMPARE(pings.size(), std::size_t(2));
    QVERIFY(!channel.roundTrip().has_value());
    // Slower than the interval between two pings.
    QVERIFY(!channel.received(kStart + 1200ms, Pong{std::get<Ping>(pings[0]).token}).has_value());
    QCOMPARE(channel.roundTrip(), std::optional<Duration>(1200ms));
    channel.received(kStart + 1300ms, Pong{std::get<Ping>(pings[1]).token});
    QCOMPARE(channel.roundTrip(), std::optional<Duration>(300ms));
}

void ControlChannelTest::ignoresAPongNobodyAskedFor()
{
    ControlChannel channel;
    QVERIFY(!channel.received(kStart, Pong{0}).has_value());
    channel.ping(kStart);
    const std::uint64_t token = std::get<Ping>(sent(channel).at(0)).token;
    channel.received(kStart + 10ms, Pong{token + 1});
    QVERIFY(!channel.roundTrip().has_value());
    channel.received(kStart + 20ms, Pong{token});
    channel.received(kStart + 5s, Pong{token}); // once only
    QCOMPARE(channel.roundTrip(), std::optional<Duration>(20ms));
}

QTEST_APPLESS_MAIN(ControlChannelTest)
#include "tst_controlchannel.moc"
