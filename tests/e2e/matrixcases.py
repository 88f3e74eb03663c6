"""The cases of the kill matrix."""

from dataclasses import dataclass

from matrixfaults import faults
from matrixspecials import specials

# name: (who tells of it, what it tells, callee answers before it)
PHASES = {
    "idle": None,
    "dialled": ("caller", {"event": "leg", "leg": "cellular", "state": "dialling"}, False),
    "accepted": ("caller", {"event": "milestone", "name": "offer_accepted"}, False),
    "ringing": ("switch", {"event": "leg", "state": "ringing"}, False),
    "matched": ("callee", {"event": "milestone", "name": "matched"}, False),
    "keys": ("caller", {"event": "milestone", "name": "keys"}, False),
    "path": ("caller", {"event": "milestone", "name": "path_proven"}, False),
    "alerting": ("caller", {"event": "milestone", "name": "peer_alerting"}, False),
    "let go": ("caller", {"event": "milestone", "name": "released"}, False),  # of a known caller, before the answer
    "answered": ("callee", {"event": "milestone", "name": "answered"}, True),
    "releasing": ("caller", {"event": "milestone", "name": "releasing"}, True),
    "released": ("caller", {"event": "milestone", "name": "released"}, True),
    "talking": ("caller", {"event": "firstaudio", "leg": "ip"}, True),  # and two seconds more
    "leaving": ("caller", {"event": "firstaudio", "leg": "ip"}, True),  # and then the caller hangs up
}
LATE = ("answered", "releasing", "released", "talking")
TALK_SECONDS = 2.0
_ALL = tuple(PHASES)
_WITH_LEG = ("dialled", "ringing", "matched", "alerting", "answered", "talking")
_AT = {
    "server killed": _ALL, "server frozen": _ALL, "server out of reach": _ALL,
    "SIM out, caller": _WITH_LEG + ("let go",), "SIM out, callee": _WITH_LEG + ("let go",),
    "no coverage, caller": _WITH_LEG, "no coverage, callee": _WITH_LEG,
    "second caller, caller": ("dialled", "ringing", "alerting", "answered", "released", "talking"),
    "second caller with Ringlift": ("idle", "dialled", "ringing", "matched", "alerting", "answered", "released", "talking"),
    "call for help, caller": ("idle", "dialled", "ringing", "matched", "alerting", "answered", "talking", "leaving"),
    "call for help, callee": ("idle", "ringing", "alerting", "answered", "talking"),
}


@dataclass(frozen=True)
class Case:
    """One call. special: what the phone network makes of it (matrixspecials), in place of a fault at a phase."""
    fault: str
    phase: str
    special: object = None

    @property
    def name(self):
        return f"{self.fault} @ {self.phase}"


def all_cases():
    at_phases = [Case(fault, phase) for fault in faults() for phase in PHASES if phase in _AT.get(fault, _ALL)]
    return at_phases + [Case(special.name, special.variant, special) for special in specials()]
