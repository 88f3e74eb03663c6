#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace ringlift::plmn::at {

enum class SmsAlphabet { SevenBit, Octets, Ucs2 };

/// User data: a text, or a part of one.
struct SmsBody {
    /// TP-DCS: alphabet and class.
    std::uint8_t coding = 0;
    /// data begins with a header, such as that of concatenation.
    bool hasHeader = false;
    /// TP-UDL: septets or octets, with the header.
    std::uint8_t length = 0;
    Bytes data;
    bool operator==(const SmsBody &) const = default;
};

/// Which part of a long text a body is; counted from 1.
struct SmsPart {
    int reference = 0;
    int count = 1;
    int number = 1;
    bool operator==(const SmsPart &) const = default;
};

/// From a phone to the service centre.
struct SmsSubmit {
    /// Digits, after a plus when international.
    std::string destination;
    std::uint8_t protocol = 0;
    SmsBody body;
    bool operator==(const SmsSubmit &) const = default;
};

/// When the service centre took a message, in UTC.
struct SmsTime {
    int year = 0; ///< of the century
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    bool operator==(const SmsTime &) const = default;
};

/// From the service centre to a phone.
struct SmsDeliver {
    /// As destination, or a name of up to 11 characters.
    std::string originator;
    std::uint8_t protocol = 0;
    SmsTime time;
    SmsBody body;
    bool operator==(const SmsDeliver &) const = default;
};

/// Short messages as transport protocol data units (3GPP TS 23.040, 9.2). Texts are UTF-8.
class SmsCodec
{
public:
    static constexpr std::size_t kMaxUserData = 140;
    static constexpr std::size_t kMaxParts = 20;

    static Bytes encode(const SmsSubmit &message);
    static Bytes encode(const SmsDeliver &message);
    static Result<SmsSubmit> decodeSubmit(ByteView tpdu);
    static Result<SmsDeliver> decodeDeliver(ByteView tpdu);

    /// In the 7-bit alphabet where that has every character, else in UCS-2; a text of several parts carries the
    /// reference. Empty when it would take more than kMaxParts.
    static std::vector<SmsBody> split(std::string_view text, std::uint8_t reference);
    /// Without a header; octets that are no text come as "?".
    static std::string textOf(const SmsBody &body);
    static SmsPart partOf(const SmsBody &body);
    /// Of a TP-DCS (3GPP TS 23.038, 4).
    static SmsAlphabet alphabetOf(std::uint8_t coding);
};

} // namespace ringlift::plmn::at
