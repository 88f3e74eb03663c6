"""Cases of the kill matrix that are no fault at a step: what the phone network makes of a call."""

from dataclasses import dataclass, field

from matrixfaults import STRANGER

VOICEMAIL, FORWARDED = "voicemail first", "forwarded"


def _nothing(_):
    pass


@dataclass(frozen=True)
class Special:
    """prepare and restore are called with the world; dial with the course. silent: who answers nothing. expects: as of Judge."""
    name: str
    variant: str
    dial: object
    prepare: object = _nothing
    restore: object = _nothing
    expects: str = "talk"
    silent: frozenset = field(default_factory=frozenset)


def _dial(course):
    course.dial(course.world.caller, course.world.callee.number)


def _provision(side, **fields):
    return lambda world: world.network.ask("provision", msisdn=getattr(world, side).number, **fields)


def _voicemail(after_ms, answers):
    return Special(VOICEMAIL, f"after {after_ms} ms, callee {'answers, too' if answers else 'does not answer'}", _dial,
                   _provision("callee", voicemail={"after_ms": after_ms, "tone_hz": 850}), _provision("callee", voicemail=None),
                   expects="leg", silent=frozenset() if answers else frozenset({"callee"}))


def _forwarded(kind, to_phone):
    def prepare(world):
        target = world.third.number if to_phone else world.robot
        forwarding = {kind: target, **({"no_reply_after_ms": 2000} if kind == "no_reply" else {})}
        world.network.ask("provision", msisdn=world.callee.number, forwarding=forwarding)
        if kind == "unreachable":
            world.network.ask("coverage", msisdn=world.callee.number, covered=False)

    def restore(world):
        world.network.ask("provision", msisdn=world.callee.number, forwarding=None)
        world.network.ask("coverage", msisdn=world.callee.number, covered=True)

    where = "another phone with Ringlift" if to_phone else "a number without"
    return Special(FORWARDED, f"{kind.replace('_', ' ')}, to {where}", _dial, prepare, restore, expects="leg",
                   silent=frozenset({"callee"}))


def _hidden_in_this_call(course):
    course.dial(course.world.caller, course.world.callee.number, prefix="#31#")


def _caller_id():
    yield Special("caller-ID", "hidden in this call", _hidden_in_this_call)
    yield Special("caller-ID", "always hidden", _dial, _provision("caller", hides_caller_id=True),
                  _provision("caller", hides_caller_id=False))
    for delay in (200, 500, 650, 900, 3000):
        yield Special("caller-ID", f"{delay} ms late", _dial, _provision("callee", caller_id_delay_ms=delay),
                      _provision("callee", caller_id_delay_ms=0))
    for form in ("bare", "national", "none"):
        yield Special("caller-ID", f"form {form}", _dial, _provision("callee", caller_id_form=form),
                      _provision("callee", caller_id_form="international"))


def _spoof(course):
    """Somebody rings the callee with the caller's number."""
    course.call_from_outside(course.world.callee.number, course.world.caller.number)


def _spoof_while_dialling_another(course):
    course.dial(course.world.caller, course.world.robot)
    _spoof(course)


def _spoof_beside_the_real_call(course):
    _spoof(course)
    _dial(course)


def _spoofed_while_the_other_dials(course):
    course.dial(course.world.third, course.world.callee.number)
    _dial(course)


def _spoofed():
    def shows_third(world):
        world.network.ask("provision", msisdn=world.caller.number, presented_number=world.third.number)

    def shows_own(world):
        world.network.ask("provision", msisdn=world.caller.number, presented_number=world.caller.number)

    yield Special("caller-ID spoofed", "the caller shows another's number", _dial, shows_third, shows_own)
    yield Special("caller-ID spoofed", "the caller shows the number of one who dials, too", _spoofed_while_the_other_dials,
                  shows_third, shows_own, expects="leg")
    yield Special("caller-ID spoofed", "a stranger shows the caller's number", _spoof, expects="none")
    yield Special("caller-ID spoofed", "a stranger shows it while the caller dials another", _spoof_while_dialling_another,
                  expects="leg")
    yield Special("caller-ID spoofed", "a stranger shows it beside the caller's call", _spoof_beside_the_real_call,
                  expects="leg")


def _glare(offset_ms):
    def both_dial(course):
        _dial(course)
        course.wait(offset_ms / 1000)
        course.dial(course.world.callee, course.world.caller.number, may_fail=True)
    return Special("glare", f"the callee dials {offset_ms} ms later", both_dial, expects="leg")


def _swapped(side):
    """The two SIMs have changed phones."""
    def prepare(world):
        for person in world.people:
            world.network.ask("insert_sim", modem=person.number)
        for person, other in (world.people, world.people[::-1]):
            person.modem.change_sim(other.number)

    def restore(world):
        for person in world.people:
            world.network.ask("insert_sim", modem=person.number)
        for person in world.people:
            person.modem.change_sim(person.number)

    def dial(course):
        # Whoever dials has the other's number now.
        person = getattr(course.world, side)
        course.dial(person, person.number)
    return Special("SIMs swapped between the phones", f"the {side} dials", dial, prepare, restore)


def specials():
    yield from (_voicemail(after_ms, False) for after_ms in (300, 900, 1500, 3000))
    yield from (_voicemail(after_ms, True) for after_ms in (900, 1500, 3000))
    yield from (_forwarded(kind, to_phone) for kind in ("unconditional", "no_reply", "busy", "unreachable")
                for to_phone in (True, False))
    yield from _caller_id()
    yield from _spoofed()
    yield from (_glare(offset_ms) for offset_ms in (0, 100, 300, 500, 700, 900, 1500))
    yield from (_swapped(side) for side in ("caller", "callee"))
