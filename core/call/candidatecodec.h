#pragma once

#include "core/base/bytes.h"
#include "core/ice/candidate.h"

#include <optional>
#include <vector>

namespace ringlift::call {

/// What travels as sealed signalling: version u8 = 1, count u8, then a candidate each: type u8, priority u32, port u16,
/// family u8 (4 or 6), address (4 or 16 bytes); zeros up to a multiple of 256 bytes, so that the size tells nothing.
inline constexpr std::size_t kMaxCandidates = 16;

/// Candidates whose address is no numeric literal, and those beyond kMaxCandidates, are left out.
Bytes encodeCandidates(const std::vector<ice::Candidate> &candidates);
/// Nothing for any other version, a wrong length, an unknown family or type, or port 0.
std::optional<std::vector<ice::Candidate>> decodeCandidates(ByteView plaintext);

} // namespace ringlift::call
