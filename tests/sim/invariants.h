#pragma once

#include "tests/sim/stage.h"

namespace ringlift::sim {

class World;

/// One rule of protocol.md 5.4, or what the simulation itself promises.
class Invariant : public Witness
{
public:
    Invariant(World &world, std::string_view name) : m_world(world), m_name(name) { }

    /// The last fault has ended 20 virtual seconds ago, or everybody is about to hang up.
    virtual void faultsLongOver() { }

protected:
    World &world() const { return m_world; }
    TimePoint now() const;
    void violated(std::string what) const;

private:
    World &m_world;
    std::string_view m_name;
};

/// All of them, watching one world.
class Invariants
{
public:
    explicit Invariants(World &world);

    void faultsEnded();
    void beforeFinish();

private:
    void checkSettled();

    World &m_world;
    std::vector<std::unique_ptr<Invariant>> m_all;
    std::optional<TimePoint> m_faultsEnded;
};

} // namespace ringlift::sim
