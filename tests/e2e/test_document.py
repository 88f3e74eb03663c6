"""app/HEADLESS.md names what the sources produce, all of it and nothing else."""

from pathlib import Path
import re
import unittest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "app" / "HEADLESS.md").read_text()


def sources(folder, pattern="*.cpp"):
    return "\n".join(path.read_text() for path in sorted((ROOT / folder).rglob(pattern)))


def section(title):
    """The text below a heading, up to the next one of its rank."""
    return re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)[1]


def rows(text):
    """The names in the first column of the tables."""
    cells = re.findall(r"^\| (`[^|]*`) \|", text, re.M)
    return {name for cell in cells for name in re.findall(r"`([a-z_]+)`", cell)}


def listed(label):
    """The names of a paragraph that begins with this label."""
    return set(re.findall(r"`([a-z_0-9]+)`", re.search(rf"^`{label}`:(.*?)\n\n", PAGE, re.M | re.S)[1]))


class Document(unittest.TestCase):
    def check(self, documented, produced):
        self.assertTrue(produced)
        self.assertEqual(sorted(documented - produced), [], "documented, but nothing produces it")
        self.assertEqual(sorted(produced - documented), [], "not documented")

    def test_names_every_command(self):
        forms = re.findall(r'Form\{"([a-z_]+)"', (ROOT / "app" / "headlesscommand.cpp").read_text())
        self.check(rows(section("Commands")) - {"cmd"}, set(forms))

    def test_names_every_event(self):
        app = sources("app")
        told = re.findall(r'\btell(?:Of)?\(u"([a-z_]+)"_s', app) + re.findall(r'u"event"_s, u"([a-z_]+)"_s', app)
        table = section("Events").split("\n### ")[0]
        self.check(rows(table) - {"event"}, set(told))

    def test_names_every_fault(self):
        core = sources("core") + sources("core", "*.h")
        told = re.findall(r'\b(?:Fault\{|fault\(|faultNoticed\(QByteArrayLiteral\()"([a-z_0-9]+)"', core)
        for first, second in re.findall(r'\bfault\([^()"]*\? "([a-z_]+)" : "([a-z_]+)"\)', core):
            told += [first, second]
        told += re.findall(r'return "(invariant_[a-z0-9]+)"', core)
        self.check(listed("fault.name"), set(told))

    def test_names_every_state_of_the_ring(self):
        names = re.findall(r'RingHoldState::\w+:\s*return "([a-z_]+)"', (ROOT / "core" / "engine" / "hooknames.cpp").read_text())
        self.check(listed("ring.state") - {"reason"}, set(names))

    def test_names_every_outcome_of_a_test_call(self):
        names = re.findall(r'TestOutcome::\w+:\s*return "([a-z_]+)"', (ROOT / "core" / "engine" / "hooknames.cpp").read_text())
        self.check(listed("test_call.outcome"), set(names))

    def test_names_every_reason_to_stay(self):
        names = dict(re.findall(r'StayReason::(\w+):\s*return "([a-z_]+)"',
                                (ROOT / "core" / "engine" / "callnames.cpp").read_text()))
        given = set(re.findall(r"\bStayReason::(\w+)", sources("core/call")))
        self.check(listed("why"), {names[reason] for reason in given})
