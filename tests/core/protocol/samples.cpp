#include "tests/core/protocol/samples.h"

namespace ringlift::protocol {

namespace {

Msisdn number(std::string_view e164)
{
    return *Msisdn::fromE164(e164);
}

template<std::size_t N> ByteArray<N> filled(std::uint8_t byte)
{
    ByteArray<N> bytes;
    bytes.fill(byte);
    return bytes;
}

template<typename Id> Id idOf(std::uint8_t byte)
{
    return Id{filled<Id::kSize>(byte)};
}

// Base64url of bytes that are all alike.
std::string zeroId() // 16 x 0x00
{
    return std::string(22, 'A');
}

std::string fullId() // 16 x 0xff
{
    return std::string(21, '_') + 'w';
}

std::string zeroKey() // 32 x 0x00
{
    return std::string(43, 'A');
}

std::string fullKey() // 32 x 0xff
{
    return std::string(42, '_') + '8';
}

std::string zeroSig() // 64 x 0x00
{
    return std::string(86, 'A');
}

std::string zeroCard() // 140 x 0x00
{
    return std::string(187, 'A');
}

std::string fullNoise() // 48 x 0xff
{
    return std::string(64, '_');
}

constexpr std::string_view kTurn = R"({"urls":["turn:relay.example:3478","turns:relay.example:5349"],)"
                                   R"("username":"1700000000:00","password":"cGFzcw==","ttl":120})";
constexpr std::string_view kNoTurn = R"({"urls":[],"username":"","password":"","ttl":0})";

const CallId kCall = idOf<CallId>(0);
const ArriveId kArrive = idOf<ArriveId>(0xFF);
const SimHandle kHandle = idOf<SimHandle>(0xFF);

Msisdn anna()
{
    return number("+8613800138000");
}

Msisdn bob()
{
    return number("+4915550123456");
}

Imsi imsi()
{
    return *Imsi::fromDigits("460001234567890");
}

TurnCredentials relay()
{
    return {{"turn:relay.example:3478", "turns:relay.example:5349"}, "1700000000:00", "cGFzcw==", 120};
}

void addRegistration(std::vector<Sample> &rows)
{
    const SessionId session = idOf<SessionId>(0);
    rows.push_back({"register.begin with an IMSI", RegisterBegin{anna(), imsi(), {}, "linux"},
                    R"({"type":"register.begin","msisdn":"+8613800138000","imsi":"460001234567890","idcard":")" +
                        zeroCard() + R"(","platform":"linux"})"});
    rows.push_back({"register.begin with a handle", RegisterBegin{anna(), kHandle, {}, "android"},
                    R"({"type":"register.begin","msisdn":"+8613800138000","sim_handle":")" + fullId() +
                        R"(","idcard":")" + zeroCard() + R"(","platform":"android"})"});
    rows.push_back({"register.begin of a desktop", RegisterBegin{bob(), {}, {}, "linux", AccountKind::Manual},
                    R"({"type":"register.begin","msisdn":"+4915550123456","idcard":")" + zeroCard() +
                        R"(","platform":"linux","kind":"manual"})"});
    rows.push_back({"register.sent", RegisterSent{session, 300, 60, 6},
                    R"({"type":"register.sent","session_id":")" + zeroId() +
                        R"(","expires_in":300,"resend_after":60,"code_len":6})"});
    rows.push_back({"register.verify", RegisterVerify{session, "012345", {}},
                    R"({"type":"register.verify","session_id":")" + zeroId() + R"(","code":"012345","sig":")" +
                        zeroSig() + R"("})"});
    rows.push_back(
        {"register.done", RegisterDone{idOf<AccountId>(0xFF), filled<32>(0xFF)},
         R"({"type":"register.done","account_id":")" + fullId() + R"(","server_pk":")" + fullKey() + R"("})"});
    rows.push_back(
        {"register.unlock", RegisterUnlock{session, filled<32>(0xFF)},
         R"({"type":"register.unlock","session_id":")" + zeroId() + R"(","pin_proof":")" + fullKey() + R"("})"});
    rows.push_back({"reglock.set", ReglockSet{filled<32>(0xFF), {}},
                    R"({"type":"reglock.set","pin_proof":")" + fullKey() + R"(","sig":")" + zeroSig() + R"("})"});
    rows.push_back({"reglock.set that clears", ReglockSet{std::nullopt, {}},
                    R"({"type":"reglock.set","pin_proof":null,"sig":")" + zeroSig() + R"("})"});
    rows.push_back({"account.delete", AccountDelete{}, R"({"type":"account.delete","sig":")" + zeroSig() + R"("})"});
    rows.push_back({"account.done", AccountDone{"reglock.set"}, R"({"type":"account.done","re":"reglock.set"})"});
}

void addLogin(std::vector<Sample> &rows)
{
    Challenge challenge{1, filled<32>(0), filled<32>(0xFF), {}, false, std::nullopt, std::nullopt};
    const std::string start = R"({"type":"challenge","v":1,"server_nonce":")" + zeroKey() + R"(","server_pk":")" +
                              fullKey() + R"(","server_sig":")" + zeroSig() + R"(","retag":)";
    rows.push_back({"challenge", challenge, start + "false}"});
    challenge.retag = true;
    challenge.nextPk = filled<32>(0xFF);
    challenge.nextSig = Signature{};
    rows.push_back({"challenge with the next key", challenge,
                    start + R"(true,"next_pk":")" + fullKey() + R"(","next_sig":")" + zeroSig() + R"("})"});
    Auth auth{idOf<AccountId>(0), filled<32>(0xFF), {}, std::nullopt, {}};
    const std::string authStart = R"({"type":"auth","account_id":")" + zeroId() + R"(","client_nonce":")" + fullKey() +
                                  R"(","sig":")" + zeroSig() + '"';
    rows.push_back({"auth", auth, authStart + "}"});
    auth.msisdn = anna();
    auth.sim = imsi();
    rows.push_back({"auth for new tags", auth, authStart + R"(,"msisdn":"+8613800138000","imsi":"460001234567890"})"});
    rows.push_back({"welcome", Welcome{true, false, 1'700'000'000},
                    R"({"type":"welcome","reverify":true,"quarantine":false,"time":1700000000})"});
    Welcome withEcho{false, false, 1'700'000'000};
    withEcho.echoMsisdn = anna();
    withEcho.echoIdcard = IdCardBytes{};
    rows.push_back(
        {"welcome with an echo peer", withEcho,
         R"({"type":"welcome","reverify":false,"quarantine":false,"time":1700000000,"echo_msisdn":"+8613800138000","echo_idcard":")" +
             toBase64Url(IdCardBytes{}) + R"("})"});
    rows.push_back({"error", ErrorMessage{ErrorCode::Auth, "auth", {}, {}, {}, {}, {}},
                    R"({"type":"error","code":"E_AUTH","re":"auth"})"});
    rows.push_back({"error with everything", ErrorMessage{ErrorCode::Rate, "call.offer", kCall, kArrive, 7, 4, 86'400},
                    R"({"type":"error","code":"E_RATE","re":"call.offer","call_id":")" + zeroId() +
                        R"(","arrive_id":")" + fullId() + R"(","retry_after_s":7,"left":4,"remaining_s":86400})"});
}

void addRendezvous(std::vector<Sample> &rows)
{
    const std::string call = R"("call_id":")" + zeroId() + '"';
    const std::string arrive = R"("arrive_id":")" + fullId() + '"';
    CallOffer offer{kCall, anna(), bob(), filled<32>(0xFF), {1, 2, 3}, false};
    const std::string offerText = R"({"type":"call.offer",)" + call +
                                  R"(,"msisdn":"+8613800138000","callee":"+4915550123456","commit":")" + fullKey() +
                                  R"(","caps":"AQID")";
    rows.push_back({"call.offer", offer, offerText + "}"});
    offer.manual = true;
    rows.push_back({"call.offer by hand", offer, offerText + R"(,"manual":true})"});
    rows.push_back({"call.accepted", CallAccepted{kCall}, R"({"type":"call.accepted",)" + call + "}"});
    rows.push_back({"call.arrive with an IMSI", CallArrive{kArrive, imsi(), {}, {anna()}, Verstat::None, false},
                    R"({"type":"call.arrive",)" + arrive +
                        R"(,"sim":"460001234567890","cli":["+8613800138000"],"verstat":"none"})"});
    rows.push_back(
        {"call.arrive with a handle", CallArrive{kArrive, kHandle, bob(), {anna(), bob()}, Verstat::Passed, false},
         R"({"type":"call.arrive",)" + arrive + R"(,"sim":")" + fullId() +
             R"(","msisdn":"+4915550123456","cli":["+8613800138000","+4915550123456"],"verstat":"passed"})"});
    rows.push_back(
        {"call.arrive without caller-ID", CallArrive{kArrive, imsi(), {}, {}, Verstat::None, false},
         R"({"type":"call.arrive",)" + arrive + R"(,"sim":"460001234567890","cli":"unknown","verstat":"none"})"});
    rows.push_back(
        {"call.arrive by hand", CallArrive{kArrive, {}, {}, {anna()}, Verstat::None, true},
         R"({"type":"call.arrive",)" + arrive + R"(,"cli":["+8613800138000"],"verstat":"none","manual":true})"});
    rows.push_back({"call.waiting", CallWaiting{kArrive}, R"({"type":"call.waiting",)" + arrive + "}"});
    rows.push_back({"call.cancel of an offer", CallCancel{kCall}, R"({"type":"call.cancel",)" + call + "}"});
    rows.push_back({"call.cancel of an arrival", CallCancel{kArrive}, R"({"type":"call.cancel",)" + arrive + "}"});
    rows.push_back({"call.expired of an offer", CallExpired{kCall}, R"({"type":"call.expired",)" + call + "}"});
    rows.push_back({"call.expired of an arrival", CallExpired{kArrive}, R"({"type":"call.expired",)" + arrive + "}"});
    rows.push_back({"call.request", CallRequest{kCall, anna()},
                    R"({"type":"call.request",)" + call + R"(,"caller":"+8613800138000"})"});
    rows.push_back({"call.decline", CallDecline{kCall}, R"({"type":"call.decline",)" + call + "}"});
}

void addMatches(std::vector<Sample> &rows)
{
    const std::string call = R"("call_id":")" + zeroId() + '"';
    CallMatched matched;
    matched.callId = kCall;
    rows.push_back({"call.matched for the caller", matched,
                    R"({"type":"call.matched",)" + call + R"(,"role":"caller","peer_idcard":")" + zeroCard() +
                        R"(","turn":)" + std::string(kNoTurn) + "}"});
    matched = {kCall, kArrive, Role::Callee, {}, anna(), true, filled<32>(0xFF), Bytes{1, 2, 3}, relay()};
    rows.push_back({"call.matched for the callee", matched,
                    R"({"type":"call.matched",)" + call + R"(,"arrive_id":")" + fullId() +
                        R"(","role":"callee","peer_idcard":")" + zeroCard() +
                        R"(","caller":"+8613800138000","cli":"none","commit":")" + fullKey() +
                        R"(","caps":"AQID","turn":)" + std::string(kTurn) + "}"});
    rows.push_back({"call.turn asked", CallTurnRequest{kCall}, R"({"type":"call.turn",)" + call + "}"});
    rows.push_back({"call.turn", CallTurn{kCall, relay()},
                    R"({"type":"call.turn",)" + call + R"(,"turn":)" + std::string(kTurn) + "}"});
}

void addForwarded(std::vector<Sample> &rows)
{
    const std::string call = R"("call_id":")" + zeroId() + '"';
    rows.push_back({"call.noise1", CallNoise1{kCall, filled<48>(0xFF), {1, 2, 3}},
                    R"({"type":"call.noise1",)" + call + R"(,"m1":")" + fullNoise() + R"(","caps":"AQID"})"});
    rows.push_back({"call.noise2", CallNoise2{kCall, filled<48>(0xFF)},
                    R"({"type":"call.noise2",)" + call + R"(,"m2":")" + fullNoise() + R"("})"});
    rows.push_back(
        {"call.sealed", CallSealed{kCall, 0, {0xFB}}, R"({"type":"call.sealed",)" + call + R"(,"n":0,"box":"-w"})"});
    rows.push_back({"call.sealed with the last counter", CallSealed{kCall, UINT64_MAX, {}},
                    R"({"type":"call.sealed",)" + call + R"(,"n":18446744073709551615,"box":""})"});
    rows.push_back(
        {"call.abort", CallAbort{kCall, "ERR_COMMIT"}, R"({"type":"call.abort",)" + call + R"(,"code":"ERR_COMMIT"})"});
}

} // namespace

std::vector<Sample> samples()
{
    std::vector<Sample> rows;
    addRegistration(rows);
    addLogin(rows);
    addRendezvous(rows);
    addMatches(rows);
    addForwarded(rows);
    return rows;
}

} // namespace ringlift::protocol
