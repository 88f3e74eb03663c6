"""A PulseAudio of our own with a loudspeaker and a microphone for each phone, both of null sinks."""

from array import array
import os
import subprocess
import threading
import time

from .events import now_us
from .process import Process
from .sound import RATE, write_wav

# Sound comes first on a busy machine; without the right to that, nice says so and goes on.
_PREFER = ["nice", "-n", "-11"]
_RAW = ["--raw", f"--rate={RATE}", "--channels=1", "--format=s16le"]


class PulseAudio:
    """Per name: the sink NAME_spk with its monitor, the source NAME_mic, and the sink NAME_feed that it listens to.

    A null sink that idles renders 2 s at a time, so that the first sound would be late: silent players keep all of them
    awake. Monitors are hidden from Qt programs, remapped sources are not.
    """

    def __init__(self, folder, names):
        self._folder = folder
        self._children = []
        self.socket = folder / "pulse.sock"
        script = folder / "pulse.pa"
        lines = [f"load-module module-native-protocol-unix auth-anonymous=1 socket={self.socket}"]
        for name in names:
            null = f"rate={RATE} channels=1 format=s16le"
            lines += [f"load-module module-null-sink sink_name={name}_spk {null} sink_properties=device.description={name}_spk",
                      f"load-module module-null-sink sink_name={name}_feed {null} sink_properties=device.description={name}_feed",
                      f"load-module module-remap-source master={name}_feed.monitor source_name={name}_mic "
                      f"source_properties=device.description={name}_mic"]
        script.write_text("\n".join(lines) + "\n")
        self.env = {**os.environ, "PULSE_SERVER": f"unix:{self.socket}", "PULSE_RUNTIME_PATH": str(folder / "pulse"),
                    "PULSE_STATE_PATH": str(folder / "pulse"), "PULSE_COOKIE": str(folder / "cookie")}
        self.env.pop("PULSE_LATENCY_MSEC", None)
        daemon = self._run("pulseaudio", ["sh", "-c", 'exec "$@" 2>&1', "sh", *_PREFER, "pulseaudio", "-n", "--daemonize=no",
                                          "--use-pid-file=no", "--exit-idle-time=-1", "--realtime=no",
                                          "--high-priority=no", "--log-level=info", "--log-target=stderr", "-F", script])
        started = daemon.events.find(lambda event: "Daemon startup complete" in event.get("text", ""), 0, 20)
        if started is None:
            self.close()
            raise AssertionError("PulseAudio did not start:\n" + "".join(e.get("text", "") for e in daemon.events.all()[-10:]))
        for name in names:
            for sink in (f"{name}_spk", f"{name}_feed"):
                self._run(f"warm {sink}", [*_PREFER, "pacat", "--playback", f"--device={sink}", "--latency-msec=10", "--volume=0",
                                           *_RAW, "/dev/zero"])

    def _run(self, name, arguments):
        child = Process(name, arguments, self._folder / "pulse.log", env=self.env)
        self._children.append(child)
        return child

    def devices(self, name):
        """Options of a phone that speaks and hears through these."""
        return ["--audio", "qt", "--audio-in", f"{name}_mic", "--audio-out", f"{name}_spk"]

    def speak(self, name, wav):
        """Plays the file into the microphone; returns at once."""
        return self._run(f"speak {name}", [*_PREFER, "paplay", f"--device={name}_feed", "--latency-msec=500", wav])

    def record(self, source, latency_ms=50):
        """Begins to record that source, such as alice_spk.monitor; low latencies only where moments matter."""
        recorder = Recorder(source, latency_ms, self.env, self._folder / "pulse.log")
        self._children.append(recorder)
        return recorder

    def close(self):
        for child in reversed(self._children):
            child.stop()


class Recorder:
    """Records a source and knows when each of its samples was there."""

    def __init__(self, source, latency_ms, env, log):
        with open(log, "ab") as errors:
            self._child = subprocess.Popen([*_PREFER, "parec", f"--device={source}", f"--latency-msec={latency_ms}", *_RAW],
                                           stdout=subprocess.PIPE, stderr=errors, stdin=subprocess.DEVNULL, env=env)
        self._bytes = bytearray()
        self._start_us = None
        self._grown = threading.Condition()
        self._thread = threading.Thread(target=self._read, name=f"record {source}", daemon=True)
        self._thread.start()

    def _read(self):
        pipe = self._child.stdout.fileno()
        while data := os.read(pipe, 65536):
            seen = now_us()
            with self._grown:
                self._bytes += data
                # The chunk that was least delayed tells best when the first sample was there.
                start = seen - len(self._bytes) // 2 * 1_000_000 / RATE
                self._start_us = start if self._start_us is None else min(start, self._start_us)
                self._grown.notify_all()

    def wait_running(self, timeout=10.0):
        with self._grown:
            if not self._grown.wait_for(lambda: len(self._bytes) > 0, timeout):
                raise AssertionError("nothing is being recorded")
        return self

    @property
    def start_us(self):
        """When the first sample was there, later by the recorder's own delay, which all recorders share."""
        with self._grown:
            return self._start_us

    def _position(self, at_us):
        return max(0, int((at_us - self._start_us) * RATE / 1_000_000))

    def between(self, begin_us, end_us, timeout=10.0):
        """What was to be heard from one moment to another, once that is recorded."""
        with self._grown:
            if not self._grown.wait_for(lambda: len(self._bytes) // 2 >= self._position(end_us), timeout):
                raise AssertionError("the recorder has stopped")
            return array("h", bytes(self._bytes[2 * self._position(begin_us):2 * self._position(end_us)]))

    def wait_sound(self, since_us, timeout=10.0, level=300):
        """The moment of the first sample since then that is louder; None when there is none in time."""
        with self._grown:
            at = self._position(since_us)
            deadline = time.monotonic() + timeout
            while True:
                heard = array("h", bytes(self._bytes[2 * at:len(self._bytes) // 2 * 2]))
                first = next((index for index, sample in enumerate(heard) if abs(sample) > level), None)
                if first is not None:
                    return self._start_us + (at + first) * 1_000_000 / RATE
                at += len(heard)
                if not self._grown.wait(deadline - time.monotonic()) and time.monotonic() >= deadline:
                    return None

    def samples(self):
        with self._grown:
            return array("h", bytes(self._bytes[:len(self._bytes) // 2 * 2]))

    def save(self, path):
        write_wav(path, self.samples())

    def stop(self):
        if self._child.poll() is None:
            self._child.terminate()
        self._child.wait()
        self._thread.join(5)
        self._child.stdout.close()
