"""Sound as the phones speak and hear it: 48 kHz mono 16 bit, in array('h')."""

from array import array
import json
import math
from operator import mul
import subprocess
import wave

RATE = 48000


def read_wav(path):
    with wave.open(str(path), "rb") as file:
        if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (RATE, 1, 2):
            raise ValueError(f"{path} is not 48 kHz mono 16 bit")
        return array("h", file.readframes(file.getnframes()))


def write_wav(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


def tone(hertz, seconds, level=0.3):
    step = 2 * math.pi * hertz / RATE
    return array("h", (int(32767 * level * math.sin(step * i)) for i in range(int(RATE * seconds))))


def power_at(samples, hertz):
    """How much of the samples' power lies at that frequency, 0 to 1 (Goertzel)."""
    total = sum(map(mul, samples, samples))
    if total == 0:
        return 0.0
    factor = 2 * math.cos(2 * math.pi * hertz / RATE)
    last = before = 0.0
    for sample in samples:
        last, before = sample + factor * last - before, last
    return 2 * (last * last + before * before - factor * last * before) / (total * len(samples))


def hears_tone(samples, hertz, share=0.8, seconds=0.2):
    """True when some stretch of that length is mostly that tone and not silence."""
    size = int(RATE * seconds)
    for begin in range(0, len(samples) - size + 1, size):
        part = samples[begin:begin + size]
        if max(part) > 300 and power_at(part, hertz) >= share:
            return True
    return False


def intelligibility(estoi, spoken, heard):
    """What ringlift-estoi says of two WAV files: {"estoi", "delay_ms", "speech_s"}; 0 when they have no speech in common."""
    run = subprocess.run([estoi, spoken, heard], capture_output=True, text=True, timeout=120, check=False)
    if run.returncode != 0:
        return {"estoi": 0.0, "delay_ms": 0.0, "speech_s": 0.0, "error": run.stderr.strip()}
    return json.loads(run.stdout)


# ---- Marks: short sweeps whose moment can be found in a recording to a fraction of a millisecond

_MARK_SECONDS = 0.03
_DECIMATION = 4


def mark_sound():
    """A sweep from 400 to 3400 Hz with soft ends."""
    size = int(RATE * _MARK_SECONDS)
    samples = array("h")
    for i in range(size):
        t = i / RATE
        phase = 2 * math.pi * (400 * t + 3000 * t * t / (2 * _MARK_SECONDS))
        samples.append(int(16000 * math.sin(phase) * math.sin(math.pi * i / size) ** 2))
    return samples


def marks_every(seconds, count):
    """Silence with marks in it: the sound, and the positions of the marks in samples."""
    period = int(RATE * seconds)
    silence = array("h", bytes(2 * (period - int(RATE * _MARK_SECONDS))))
    sound = array("h")
    positions = []
    for _ in range(count):
        positions.append(len(sound))
        sound += mark_sound() + silence
    return sound, positions


def _thin(samples):
    """Every fourth sample, after an average over four: marks have nothing above 3.4 kHz."""
    parts = [samples[i::_DECIMATION] for i in range(_DECIMATION)]
    return [sum(group) for group in zip(*parts)]


def find_marks(samples, least=0.5, apart=0.15):
    """Where marks begin, in samples (fractions of one): peaks of the normalised cross-correlation of at least `least`."""
    pattern = _thin(mark_sound())
    signal = _thin(samples)
    size = len(pattern)
    pattern_power = math.sqrt(sum(map(mul, pattern, pattern)))
    scores = _scores(signal, pattern, pattern_power)
    found = []
    gap = int(apart * RATE / _DECIMATION)
    position = 0
    while position < len(scores):
        if scores[position] < least:
            position += 1
            continue
        window = scores[position:position + size]
        best = position + max(range(len(window)), key=window.__getitem__)
        found.append(_DECIMATION * (best + _vertex(scores, best)))
        position = best + gap
    return found


def _scores(signal, pattern, pattern_power):
    """Normalised correlation at each place; places where the signal is silent are not looked at."""
    size = len(pattern)
    scores = [0.0] * max(0, len(signal) - size + 1)
    energies = [0]
    for value in signal:
        energies.append(energies[-1] + value * value)
    quiet = size * (4 * 100) ** 2 / 4
    for position in range(len(scores)):
        energy = energies[position + size] - energies[position]
        if energy > quiet:
            product = sum(map(mul, pattern, signal[position:position + size]))
            scores[position] = product / (pattern_power * math.sqrt(energy))
    return scores


def _vertex(scores, best):
    """Offset of the parabola's top through three neighbours, -0.5 to 0.5."""
    if not 0 < best < len(scores) - 1:
        return 0.0
    left, middle, right = scores[best - 1:best + 2]
    curve = left - 2 * middle + right
    return 0.0 if curve == 0 else max(-0.5, min(0.5, (left - right) / (2 * curve)))
