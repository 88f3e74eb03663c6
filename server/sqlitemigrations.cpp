#include "server/sqlitemigrations.h"

#include <array>

namespace ringlift::server {

namespace {

// protocol.md 3.2: tags and days, no number, no IMSI, no time of day but the end of a quarantine.
constexpr const char *kFirst = R"(
CREATE TABLE account (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    num_tag BLOB NOT NULL CHECK (length(num_tag) = 32),
    imsi_tag BLOB CHECK (length(imsi_tag) = 32),
    kind TEXT NOT NULL CHECK (kind IN ('sim', 'manual')),
    sim_handle BLOB CHECK (length(sim_handle) = 16),
    idcard BLOB NOT NULL CHECK (length(idcard) = 140),
    tag_key_id INTEGER NOT NULL,
    created_day INTEGER NOT NULL,
    verified_day INTEGER NOT NULL,
    last_seen_day INTEGER NOT NULL,
    reglock TEXT,
    flags INTEGER NOT NULL,
    quarantine_until_hour INTEGER NOT NULL,
    pin_tries_used INTEGER NOT NULL,
    pin_tries_day INTEGER NOT NULL,
    UNIQUE (num_tag, kind)
) WITHOUT ROWID)";

constexpr std::array<const char *, 1> kMigrations{kFirst};

} // namespace

std::span<const char *const> sqliteMigrations()
{
    return kMigrations;
}

} // namespace ringlift::server
