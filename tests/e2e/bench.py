"""Benches over real programs; one JSON object a line."""

import argparse
import json
from statistics import median
import subprocess
import sys
from pathlib import Path

from hookbench import hook
import killmatrix
from returning import MOST_SECONDS, Returns
from ringlift.events import now_us
from ringlift.internet import Internet
from ringlift.process import Process
from ringlift.pulse import PulseAudio
from ringlift.rig import ALICE, BOB, Rig
from ringlift.sound import RATE, find_marks, marks_every, tone, write_wav
from ringlift.trace import STEPS, CallTrace
from ringlift.world import World

# Calls follow each other faster than people would call.
_MANY = "10000 + 1/1ms"
PATIENT_SERVER = {"offer_rate": _MANY, "arrival_rate": _MANY, "match_rate": _MANY}
MARK_EVERY = 0.331  # seconds; no multiple of a frame, so that marks fall on all places in it
MARKS_PER_CALL = 30


def summary(values):
    """Median, 95th percentile and range, in milliseconds."""
    ordered = sorted(values)
    return {"n": len(ordered), "median_ms": round(median(ordered), 1),
            "p95_ms": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 1),
            "min_ms": round(ordered[0], 1), "max_ms": round(ordered[-1], 1)}


def put(**fields):
    print(json.dumps(fields), flush=True)


def talk(rig, caller, callee, number):
    """Dials, answers, and returns once both hear the Internet leg; the call's trace."""
    trace = CallTrace(rig.network, caller, callee)
    trace.note("caller", "dial", caller.dial(number))
    callee.wait_ring(trace.since(callee))
    trace.note("callee", "answer", now_us())
    callee.ask("answer")
    for phone in (caller, callee):
        phone.wait(10, trace.since(phone), event="audio", leg="ip", capturing=True)
    caller.wait(10, trace.since(caller), event="milestone", name="released")
    rig.network.wait_leg(BOB.msisdn, "ended", trace.network_since)
    return trace


def hang_up(trace, caller, callee):
    caller.hang_up()
    for phone in (caller, callee):
        phone.wait_end(trace.since(phone))


def setup(rig, calls):
    """Set-up times step by step, with phones that are still logged in (warm) and with phones that have to connect (cold). Both
    hum, so that the first audio after the answer is heard."""
    hum = rig.folder / "hum.wav"
    write_wav(hum, tone(300, 10))
    rig.start_server(PATIENT_SERVER)
    rig.start_network()
    phones = {}
    for name, sim in (("alice", ALICE), ("bob", BOB)):
        phones[name] = rig.start_phone(name, sim, arguments=["--audio", "file", "--mic", hum])
        phones[name].register(sim.msisdn, rig.server.spool)
    for connection in ("warm", "cold"):
        taken = {name: [] for name, _, _ in STEPS}
        for _ in range(calls):
            if connection == "cold":
                for phone in phones.values():
                    phone.quit()
                    phone.start()
            trace = talk(rig, phones["alice"], phones["bob"], BOB.msisdn)
            for phone in phones.values():
                phone.wait(10, trace.since(phone), event="firstaudio", leg="ip")
            hang_up(trace, *phones.values())
            for name, value in trace.steps_ms().items():
                taken[name].append(value)
        for name, values in taken.items():
            if values:
                put(bench="setup", connection=connection, step=name, **summary(values))


def latency(rig, calls):
    """Mouth to ear of calls over PulseAudio; and, beside them, the way from the app's loudspeaker to its microphone. By
    difference: each mark's delay less the median of the loop beside the same call."""
    marks, positions = marks_every(MARK_EVERY, MARKS_PER_CALL)
    wav = rig.folder / "marks.wav"
    write_wav(wav, marks)
    pulse = PulseAudio(rig.folder, ["alice", "bob", "loop"])
    rig.on_exit(pulse.close)
    rig.start_server(PATIENT_SERVER)
    rig.start_network()
    phones = {}
    for name, sim in (("alice", ALICE), ("bob", BOB)):
        phones[name] = rig.start_phone(name, sim, arguments=pulse.devices(name), env=pulse.env)
        phones[name].register(sim.msisdn, rig.server.spool)
    whole, loop, apart, playout = [], [], [], []
    for _ in range(calls):
        trace = talk(rig, phones["alice"], phones["bob"], BOB.msisdn)
        beside = Process("loop", [rig.programs.audioloop, "loop_feed", "loop_mic", MARKS_PER_CALL],
                         rig.folder / "loop.log", env=pulse.env)
        heard = mouth_to_ear(pulse, wav, positions)
        beside.wait(30)
        looped = [event["loop_us"] / 1000 for event in beside.events.all(event="mark")]
        whole += heard
        loop += looped
        apart += [delay - median(looped) for delay in heard]
        playout += [event["playout_delay_ms"] for event in phones["bob"].events.all(trace.since(phones["bob"]), event="figures")]
        hang_up(trace, *phones.values())
    put(bench="latency", what="mouth to ear", **summary(whole))
    put(bench="latency", what="PulseAudio loop apart", **summary(loop))
    put(bench="latency", what="without PulseAudio, by difference", **summary(apart))
    if playout:
        put(bench="latency", what="jitter buffer, as the app tells it", **summary(playout))


def mouth_to_ear(pulse, wav, positions):
    """Speaks the marks into Alice's microphone; for each, when Bob's loudspeaker had it less when the microphone had it."""
    mouth = pulse.record("alice_feed.monitor", latency_ms=5).wait_running()
    ear = pulse.record("bob_spk.monitor", latency_ms=5).wait_running()
    player = pulse.speak("alice", wav)
    player.wait(60)
    times = []
    for recorder in (mouth, ear):
        recorder.stop()
        start = recorder.start_us
        times.append([start + 1_000_000 * place / RATE for place in find_marks(recorder.samples())])
    if len(times[0]) != len(positions):
        raise AssertionError(f"{len(times[0])} of {len(positions)} marks were spoken")
    delays = []
    for said in times[0]:
        heard = next((t for t in times[1] if 0 <= t - said < 1_000_000 * MARK_EVERY), None)
        if heard is not None:
            delays.append((heard - said) / 1000)
    if len(delays) < 0.9 * len(positions):
        raise AssertionError(f"only {len(delays)} of {len(positions)} marks were heard")
    return delays


def sim(build, seeds):
    """Seeds a second of the simulation."""
    run = subprocess.run([Path(build) / "tests" / "sim" / "ringlift-sim", "--seeds", f"1:{seeds}", "--json"], check=True,
                         capture_output=True, text=True)
    figures = json.loads(run.stdout.splitlines()[-1])
    put(bench="sim", seeds_per_second=round(figures["seeds"] / figures["real_s"], 1),
        virtual_seconds_per_second=round(figures["virtual_s"] / figures["real_s"]), **figures)


def returning(build, calls):
    """Calls that move and lose the Internet: seconds from the cut until both hear each other by phone."""
    taken = []
    with World(build, Internet()) as world:
        returns = Returns(world)
        for call in range(1, calls + 1):
            taken.append(round(returns.run(), 2))
            put(bench="return", call=call, seconds=taken[-1])
    ordered = sorted(taken)
    within = sum(seconds <= MOST_SECONDS for seconds in taken)
    put(n=calls, ok=within, p50=ordered[len(ordered) // 2], p95=ordered[-(-len(ordered) * 95 // 100) - 1], max=ordered[-1])
    return 0 if within == calls else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=("setup", "latency", "sim", "hook", "return", "kill-matrix"))
    parser.add_argument("--build", required=True, help="folder of the build")
    parser.add_argument("--calls", type=int, help="how many calls (setup: 30, latency: 3, hook: 200, return: 20, kill-matrix: every case); sim: seeds (2000)")
    options = parser.parse_args()
    if options.name == "sim":
        sim(options.build, options.calls or 2000)
        return 0
    if options.name == "return":
        return returning(options.build, options.calls or 20)
    if options.name == "kill-matrix":
        return killmatrix.main(options.build, options.calls)
    with Rig(options.build) as rig:
        if options.name == "setup":
            setup(rig, options.calls or 30)
        elif options.name == "hook":
            hook(rig, options.calls or 200, PATIENT_SERVER, put)
        else:
            latency(rig, options.calls or 3)
    return 0


if __name__ == "__main__":
    sys.exit(main())
