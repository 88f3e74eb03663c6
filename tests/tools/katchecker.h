#pragma once

#include "tests/tools/kattally.h"

#include <QByteArray>

namespace ringlift::kat {

/// Checks every section of a file of the form of tests/data/ringlift-v1-kat.json, whatever the number of its entries.
/// Malformed, missing and unknown things count as failures.
KatTally checkKnownAnswers(const QByteArray &json);

} // namespace ringlift::kat
