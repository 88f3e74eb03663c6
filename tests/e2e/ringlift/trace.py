"""What happened in one call, as its two phones and the phone network told it."""

from .timeline import Timeline

# (step, from: (side, name), to: (side, name)); names are milestones, or moments that the trace adds itself.
STEPS = (
    ("dial_to_leg", ("caller", "dial"), ("network", "dialling")),
    ("dial_to_offer", ("caller", "dial"), ("caller", "offer_sent")),
    ("dial_to_accepted", ("caller", "dial"), ("caller", "offer_accepted")),
    ("ring_to_arrive", ("network", "ringing"), ("callee", "arrive_sent")),
    ("ring_to_match", ("network", "ringing"), ("callee", "matched")),
    ("match_to_keys", ("callee", "matched"), ("caller", "keys")),
    ("keys_to_path", ("caller", "keys"), ("caller", "path_proven")),
    ("path_to_alerting", ("caller", "path_proven"), ("caller", "peer_alerting")),
    ("ring_to_alerting", ("network", "ringing"), ("callee", "shown")),
    ("dial_to_alerting", ("caller", "dial"), ("caller", "peer_alerting")),
    ("answer_to_audio", ("callee", "answer"), ("caller", "audio")),
    ("answer_to_audio_at_callee", ("callee", "answer"), ("callee", "audio")),
    ("answer_to_release", ("callee", "answer"), ("caller", "released")),
    ("release_to_leg_gone", ("caller", "releasing"), ("callee", "leg_bound")),
)

_PHONE_WORDS = {
    "offer_sent": "tells the server whom it calls", "arrive_sent": "tells the server who calls",
    "offer_accepted": "the server has noted it", "arrive_accepted": "the server has noted it",
    "matched": "the server has matched the two", "keys": "keys agreed",
    "path_proven": "Internet path proven both ways", "peer_alerting": "the other phone rings",
    "answered": "answers on the Internet", "peer_answered": "the other phone was answered",
    "ho_ready": "ready to leave the phone network", "ho_ack": "agrees", "releasing": "ends its cellular leg",
    "released": "the cellular leg has ended", "leg_bound": "its cellular leg ended in step: the right caller",
    "carried_by_internet": "the Internet carries the call", "answered_by_phone": "the phone call was answered",
    "first_audio": "hears the other side", "redial": "redials", "continued_by_phone": "goes on by phone",
}
_LEG_WORDS = {"dialling": "dialling", "alerting": "ring-back", "ringing": "ringing", "active": "connected",
              "ended": "released"}


class CallTrace:
    """Begins before the dial; reads the logs of caller, callee and network from there on."""

    def __init__(self, network, caller, callee=None):
        self.network = network
        self.caller = caller
        self.callee = callee
        self._network_mark = network.events.mark()
        self._marks = {phone: phone.mark() for phone in (caller, callee) if phone is not None}
        self._moments = {}

    def note(self, side, name, t_us):
        """A moment that only the script knows, such as the dial or the answer."""
        self._moments.setdefault((side, name), t_us)

    def since(self, phone):
        return self._marks[phone]

    @property
    def network_since(self):
        return self._network_mark

    def moments(self):
        """First moment of each (side, name)."""
        found = dict(self._moments)
        for side, phone in (("caller", self.caller), ("callee", self.callee)):
            if phone is None:
                continue
            for event in phone.events.all(self._marks[phone]):
                name = {"milestone": event.get("name"), "firstaudio": "audio", "incoming": "shown"}.get(event.get("event"))
                if name is not None:
                    found.setdefault((side, name), event["t_us"])
        for event in self.network.events.all(self._network_mark, event="leg"):
            found.setdefault(("network", event["state"]), event["t_us"])
        return found

    def steps_ms(self):
        """Length of each step of STEPS that the call went through."""
        moments = self.moments()
        return {name: round((moments[end] - moments[begin]) / 1000, 1)
                for name, begin, end in STEPS if begin in moments and end in moments}

    def timeline(self, caller_name, callee_name):
        """Rows of text: three witnesses, one moment a line."""
        timeline = Timeline((caller_name, "phone network", callee_name))
        for phone, name in ((self.caller, caller_name), (self.callee, callee_name)):
            if phone is not None:
                self._add_phone(timeline, phone, name)
        for event in self.network.events.all(self._network_mark, event="leg"):
            if event["state"] in _LEG_WORDS and event["party"] == "phone":
                whose = caller_name if event["direction"] == "outgoing" else callee_name
                timeline.add(event["t_us"], "phone network", f"{whose}'s leg: {_LEG_WORDS[event['state']]}")
        return timeline.lines()

    def _add_phone(self, timeline, phone, name):
        for event in phone.events.all(self._marks[phone]):
            text = self._words(event)
            if text is not None:
                timeline.add(event["t_us"], name, text)

    @staticmethod
    def _words(event):
        kind = event.get("event")
        if kind == "milestone":
            return _PHONE_WORDS.get(event["name"])
        if kind == "incoming":
            return "rings"
        if kind == "end":
            if event["moved"]:
                return "call over; it had moved to the Internet"
            return f"call over; it stayed on the phone network ({event['why'].replace('_', ' ')})"
        return None
