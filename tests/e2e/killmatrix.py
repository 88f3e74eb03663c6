"""The kill matrix: calls between real modems, each with one fault at one of its steps."""

from concurrent.futures import ThreadPoolExecutor
import json
import queue
import sys

from matrixcases import PHASES, all_cases
from matrixcourse import Course
from matrixfaults import Fault, faults
from ringlift.internet import Internet
from ringlift.world import World

WORLDS = 2
FULL = 250


def sample(count):
    """So many, spread evenly over all; the same ones each time."""
    cases = all_cases()
    return [cases[len(cases) * i // count] for i in range(count)]


class _Worlds:
    """One world per worker, made anew when a case has left it in disorder."""

    def __init__(self, build, count):
        self._build = build
        self._internet = Internet()
        self._made = 0
        self._free = queue.SimpleQueue()
        for _ in range(count):
            self._free.put(None)

    def run(self, case):
        world = self._free.get()
        try:
            if world is None:
                self._made += 1
                world = World(self._build, self._internet, self._made, with_bystander=True).__enter__()
                world.acquaint()
            fault = faults()[case.fault] if case.special is None else Fault(case.fault)
            verdict = Course(world, case, fault).run()
            self._free.put(world)
            return verdict
        except BaseException:
            self._free.put(None)
            if world is not None:
                world.__exit__(*sys.exc_info())
            raise

    def close(self):
        while not self._free.empty():
            world = self._free.get()
            if world is not None:
                world.__exit__(None, None, None)


def run(build, cases, put, worlds=WORLDS):
    """[(case, verdict or the error of a case that could not be judged)] in the order of cases; put(**fields) for each."""
    free = _Worlds(build, worlds)

    def judge(case):
        try:
            verdict = free.run(case)
        except Exception as error:  # told of this case; the others go on
            put(case=case.name, fault=case.fault, phase=case.phase, outcome="ERROR", error=str(error))
            return case, error
        put(case=case.name, fault=case.fault, phase=case.phase, outcome=verdict.outcome, lost=verdict.lost,
            wrong_match=verdict.wrong_match, emergency_submitted=verdict.emergency_submitted,
            both_legs_audio=verdict.both_legs_audio, placed_again=verdict.placed_again, gap_ms=verdict.gap_ms, remarks=verdict.remarks)
        return case, verdict

    with ThreadPoolExecutor(worlds) as workers:
        try:
            return list(workers.map(judge, cases))
        finally:
            free.close()  # before the threads end that its programs live with


def table(results):
    """Rows of text: faults down, phases across."""
    def word(result):
        if isinstance(result, Exception):
            return "ERROR"
        marks = [name for name, bad in (("WRONG", result.wrong_match), ("112!", result.emergency_submitted),
                                        ("BOTH", result.both_legs_audio), ("AGAIN", result.placed_again)) if bad]
        return " ".join([result.outcome, *marks])

    cells = {(case.fault, case.phase): word(result) for case, result in results}
    phases = [phase for phase in PHASES if any(key[1] == phase for key in cells)]
    rows = list(dict.fromkeys(case.fault for case, _ in results if case.special is None))
    if rows:
        yield f"{'':24}" + "".join(f"{phase:>11}" for phase in phases)
    for row in rows:
        yield f"{row:24}" + "".join(f"{cells.get((row, phase), ''):>11}" for phase in phases)
    for case, result in results:
        if case.special is not None:
            yield f"{case.fault + ': ' + case.phase:64}{word(result)}"


def summary(results):
    judged = [result for _, result in results if not isinstance(result, Exception)]
    return {"cases": len(judged), "lost": sum(v.lost for v in judged), "wrong_matches": sum(v.wrong_match for v in judged),
            "emergency_submitted": sum(v.emergency_submitted for v in judged)}


def is_good(results):
    return all(not isinstance(result, Exception) and result.is_good for _, result in results)


def main(build, count):
    cases = all_cases() if count is None else sample(count)
    results = run(build, cases, lambda **fields: print(json.dumps(fields), flush=True))
    print(*table(results), sep="\n")
    figures = summary(results)
    print(json.dumps(figures), flush=True)
    enough = count is not None or figures["cases"] >= FULL
    return 0 if is_good(results) and enough else 1
