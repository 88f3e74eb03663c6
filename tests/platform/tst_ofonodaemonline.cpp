#include "platform/linux/modemline.h"
#include "platform/linux/ofono.h"
#include "tests/platform/ofonorig.h"

using namespace ringlift;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using plmn::kAnna;
using plmn::kBo;
using tests::waitUntil;

namespace {

constexpr const char *kAnnasImsi = "460001234567890";
constexpr const char *kBosImsi = "460009876543210";

} // namespace

/// The line on the real oFono, whose modems are those of the virtual network.
class OfonoDaemonLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void callsFromModemToModem();
    void tellsWhoHungUp();
    void readsAMessage();
    void cleanupTestCase();

private:
    std::optional<int> slotOf(const std::string &imsi) const
    {
        for (const SimInfo &sim : m_telephony->sims()) {
            if (sim.present && sim.imsi.reveal() == imsi)
                return sim.slot;
        }
        return std::nullopt;
    }
    /// The newest that was told of calls of this SIM.
    std::optional<LineCall> last(const std::string &imsi) const
    {
        for (auto call = m_told.rbegin(); call != m_told.rend(); ++call) {
            if (call->sim == slotOf(imsi))
                return *call;
        }
        return std::nullopt;
    }
    bool reaches(const std::string &imsi, LegState state)
    {
        return waitUntil([&] { return last(imsi) && last(imsi)->state == state; }, 30s);
    }

    std::unique_ptr<tests::OfonoNetwork> m_network;
    std::unique_ptr<modem::Ofono> m_telephony;
    std::unique_ptr<modem::ModemLine> m_line;
    std::vector<LineCall> m_told;
};

void OfonoDaemonLineTest::initTestCase()
{
    m_network = std::make_unique<tests::OfonoNetwork>();
    QVERIFY(m_network->start());
    m_telephony = std::make_unique<modem::Ofono>(QDBusConnection::systemBus());
    m_line = std::make_unique<modem::ModemLine>(*m_telephony);
    using Line = ports::CellularLine;
    for (const auto signal : {&Line::dialling, &Line::incoming, &Line::changed, &Line::ended})
        connect(m_line.get(), signal, this, [this](const LineCall &call) { m_told.push_back(call); });
    m_telephony->start();
    QVERIFY(waitUntil([&] { return slotOf(kAnnasImsi) && slotOf(kBosImsi); }, 60s));
    const SimInfo sim = m_telephony->sims()[std::size_t(*slotOf(kAnnasImsi))];
    QCOMPARE(sim.homeRegion, std::string("CN"));
    QCOMPARE(sim.servingRegion, std::string("CN"));
}

void OfonoDaemonLineTest::callsFromModemToModem()
{
    m_line->dial(*slotOf(kAnnasImsi), kBo);
    QVERIFY(reaches(kBosImsi, LegState::Ringing));
    QVERIFY(waitUntil([&] { return last(kBosImsi)->callerId == CallerIdPresence::Known; }));
    QCOMPARE(last(kBosImsi)->number.reveal(), std::string(kAnna));
    QCOMPARE(last(kAnnasImsi)->direction, CallDirection::Outgoing);
    m_line->answer(last(kBosImsi)->id);
    QVERIFY(reaches(kBosImsi, LegState::Active) && reaches(kAnnasImsi, LegState::Active));
    m_line->hangUp(last(kAnnasImsi)->id);
    QVERIFY(reaches(kBosImsi, LegState::Ended) && reaches(kAnnasImsi, LegState::Ended));
    QCOMPARE(last(kAnnasImsi)->end, LegEnd::LocalHangUp);
    QCOMPARE(last(kBosImsi)->end, LegEnd::RemoteHangUp);
}

void OfonoDaemonLineTest::tellsWhoHungUp()
{
    m_line->dial(*slotOf(kAnnasImsi), kBo);
    QVERIFY(reaches(kBosImsi, LegState::Ringing));
    m_line->hangUp(last(kBosImsi)->id);
    QVERIFY(reaches(kBosImsi, LegState::Ended) && reaches(kAnnasImsi, LegState::Ended));
    QCOMPARE(last(kBosImsi)->end, LegEnd::LocalHangUp);
    QCOMPARE(last(kAnnasImsi)->end, LegEnd::RemoteHangUp);
}

void OfonoDaemonLineTest::readsAMessage()
{
    QStringList texts;
    connect(m_telephony.get(), &modem::Telephony::messageRead, this, [&](const QString &text) { texts.append(text); });
    m_telephony->readMessages(true);
    const QString text = u"Ringlift code: 123456. Never tell it to anyone."_s;
    const QJsonObject message{{u"from"_s, u"Ringlift"_s}, {u"to"_s, QLatin1StringView(kBo)}, {u"text"_s, text}};
    QVERIFY(m_network->control->command("sms", message));
    QVERIFY(waitUntil([&] { return texts == QStringList{text}; }, 30s));
}

void OfonoDaemonLineTest::cleanupTestCase()
{
    m_line.reset();
    m_telephony.reset();
    m_network.reset();
}

QTEST_GUILESS_MAIN(OfonoDaemonLineTest)
#include "tst_ofonodaemonline.moc"
