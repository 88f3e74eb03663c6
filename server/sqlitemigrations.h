#pragma once

#include <span>

namespace ringlift::server {

/// The statements that lead from schema n to schema n + 1, for n = 0, 1, …; each is applied once, in a transaction.
std::span<const char *const> sqliteMigrations();

} // namespace ringlift::server
