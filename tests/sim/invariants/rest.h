#pragma once

#include "tests/sim/invariants.h"

namespace ringlift::sim {

/// I11: what the server and the phones keep stays within their limits.
class MemoryIsBounded final : public Invariant
{
public:
    explicit MemoryIsBounded(World &world) : Invariant(world, "I11 memory is bounded") { }

private:
    void settled() override;

    TimePoint m_next;
};

/// The phones' own guards (core/call/callguard.h) object to nothing that sound rules decide.
class GuardsAreSilent final : public Invariant
{
public:
    explicit GuardsAreSilent(World &world) : Invariant(world, "no guard objects") { }

private:
    void phoneOutput(const SimPhone &phone, const call::PhoneOutput &output) override;
};

/// Liveness: when the last fault has ended, every call reaches a stable state; and what can move, moves.
class CallsSettle final : public Invariant
{
public:
    explicit CallsSettle(World &world) : Invariant(world, "every call settles") { }
    void faultsLongOver() override;

private:
    void ended() override;
};

/// When everybody has hung up, nothing is left: no call, no leg, no socket, no sound, no journal.
class AllComesToRest final : public Invariant
{
public:
    explicit AllComesToRest(World &world) : Invariant(world, "all comes to rest") { }

private:
    void ended() override;
};

} // namespace ringlift::sim
