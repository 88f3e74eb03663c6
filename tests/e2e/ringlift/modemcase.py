"""What tests share whose phones have modems."""

from .case import ALICES_TONE, BOBS_TONE, CallTestCase
from .modem import Modem
from .rig import ALICE, BOB


def as_subscriber(sim):
    return {"msisdn": sim.msisdn, "imsi": sim.imsi, "home_region": sim.region}


class ModemTestCase(CallTestCase):
    """Alice and Bob with modems of real ModemManagers."""

    subscribers = (as_subscriber(ALICE), as_subscriber(BOB))

    def environment(self, name, modem):
        """Of the phone with this modem."""
        return modem.env

    def start_modem_phone(self, name, sim, mic, mode="simtech"):
        """A phone with its modem, registered with the code that came as a short message to the modem."""
        modem = Modem(self.rig.folder / f"{name}-modem", self.network, sim.msisdn, mode)
        self.rig.on_exit(modem.close)
        phone = self.start_phone(name, mic=mic, register=False, line="modem", env=self.environment(name, modem))
        phone.events.find(lambda event: event.get("event") == "line"
                          and any(known["present"] for known in event["sims"]), 0, 20)
        self.register_by_message(phone, sim)
        return phone, modem

    def register_by_message(self, phone, sim):
        since = phone.mark()
        phone.ask("register", number=sim.msisdn)
        code = self.server.spool.wait_code(sim.msisdn)
        self.network.ask("sms", **{"from": "Ringlift", "to": sim.msisdn, "text": "Ringlift code: 000. Lunch?"})
        self.network.ask("sms", **{"from": "Ringlift", "to": sim.msisdn,
                                   "text": f"Ringlift code: {code}. Never tell it to anyone."})
        phone.wait(20, since, event="code_read")
        phone.wait(20, since, event="registration", state="registered")

    def start_both(self, mode="simtech"):
        self.alice, self.alices_modem = self.start_modem_phone("alice", ALICE, self.hum(ALICES_TONE), mode)
        self.bob, self.bobs_modem = self.start_modem_phone("bob", BOB, self.hum(BOBS_TONE), mode)
