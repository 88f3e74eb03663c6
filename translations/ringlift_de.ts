<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>CallBar</name>
    <message>
        <source>Back to the call with %1</source>
        <translation>Zurück zum Gespräch mit %1</translation>
    </message>
</context>
<context>
    <name>CallControls</name>
    <message>
        <source>Unmute</source>
        <translation>Ton an</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Hide keypad</source>
        <translation>Tasten zu</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Stay on phone</source>
        <translation>Im Telefonnetz</translation>
    </message>
    <message>
        <source>Keeps this call on the phone network</source>
        <translation>Lässt diesen Anruf im Telefonnetz</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Auflegen</translation>
    </message>
    <message>
        <source>Call again by phone network</source>
        <translation>Über das Telefonnetz neu anrufen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>CallDetails</name>
    <message>
        <source>The other side is muted.</source>
        <translation>Die Gegenseite ist stummgeschaltet.</translation>
    </message>
    <message>
        <source>Internet calls with this number are no longer paused.</source>
        <translation>Internetanrufe mit dieser Nummer ruhen nicht mehr.</translation>
    </message>
    <message>
        <source>Show the code</source>
        <translation>Code zeigen</translation>
    </message>
    <message>
        <source>Move calls with this number …</source>
        <translation>Anrufe mit dieser Nummer wechseln …</translation>
    </message>
    <message>
        <source>This call moved to the Internet, encrypted from phone to phone.</source>
        <translation>Dieser Anruf läuft jetzt über das Internet, von Telefon zu Telefon verschlüsselt.</translation>
    </message>
</context>
<context>
    <name>CallHeader</name>
    <message>
        <source>%1 · %2</source>
        <comment>duration, quality of the connection</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>CallPage</name>
    <message>
        <source>Show the other pages</source>
        <translation>Die anderen Seiten zeigen</translation>
    </message>
    <message>
        <source>The other side pressed %1</source>
        <translation>Die Gegenseite hat %1 gedrückt</translation>
    </message>
</context>
<context>
    <name>CallText</name>
    <message>
        <source>Reconnecting…</source>
        <translation>Verbindung wird wiederhergestellt&#xa0;…</translation>
    </message>
    <message>
        <source>Held by the other side</source>
        <translation>Von der Gegenseite gehalten</translation>
    </message>
    <message>
        <source>Phone network</source>
        <translation>Telefonnetz</translation>
    </message>
    <message>
        <source>Internet, encrypted</source>
        <translation>Internet, verschlüsselt</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>The Internet connection is interrupted. Ringlift is restoring it.</source>
        <translation>Die Internetverbindung ist unterbrochen. Ringlift stellt sie wieder her.</translation>
    </message>
    <message>
        <source>Both phones use Ringlift, so the call moved to the Internet, encrypted from phone to phone.</source>
        <translation>Beide Telefone nutzen Ringlift, daher läuft der Anruf jetzt über das Internet, verschlüsselt von Telefon zu Telefon.</translation>
    </message>
    <message>
        <source>Both phones use Ringlift. The call is encrypted from phone to phone.</source>
        <translation>Beide Telefone nutzen Ringlift. Der Anruf ist von Telefon zu Telefon verschlüsselt.</translation>
    </message>
    <message>
        <source>No microphone or loudspeaker is found. Connect one to hear and be heard.</source>
        <translation>Mikrofon oder Lautsprecher fehlt. Schließ eines an, um zu hören und gehört zu werden.</translation>
    </message>
    <message>
        <source>Poor connection</source>
        <translation>Schlechte Verbindung</translation>
    </message>
    <message>
        <source>Fair connection</source>
        <translation>Mäßige Verbindung</translation>
    </message>
    <message>
        <source>Good connection</source>
        <translation>Gute Verbindung</translation>
    </message>
</context>
<context>
    <name>CompareSheet</name>
    <message>
        <source>Code for %1</source>
        <translation>Code für %1</translation>
    </message>
    <message>
        <source>Compare codes with %1</source>
        <translation>Codes mit %1 vergleichen</translation>
    </message>
    <message>
        <source>The other side has not confirmed this phone yet. Read these digits to each other and compare them with those that the other phone shows.</source>
        <translation>Die Gegenseite hat dieses Telefon noch nicht bestätigt. Lest euch diese Ziffern gegenseitig vor und vergleicht sie mit denen, die das andere Telefon zeigt.</translation>
    </message>
    <message>
        <source>Meet, or call each other over the phone network, and compare this code with the one that the other phone shows.</source>
        <translation>Trefft euch oder ruft euch über das Telefonnetz an und vergleicht diesen Code mit dem, den das andere Telefon zeigt.</translation>
    </message>
    <message>
        <source>This may not be the phone of the person you know. Internet calls with this number stay paused. Call over the phone network.</source>
        <translation>Das ist vielleicht nicht das Telefon der Person, die du kennst. Internetanrufe mit dieser Nummer ruhen weiter. Ruf über das Telefonnetz an.</translation>
    </message>
    <message>
        <source>They are the same</source>
        <translation>Sie sind gleich</translation>
    </message>
    <message>
        <source>They differ</source>
        <translation>Sie sind verschieden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>DialKey</name>
    <message>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Raute</translation>
    </message>
</context>
<context>
    <name>DialPage</name>
    <message>
        <source>Register</source>
        <translation>Registrieren</translation>
    </message>
    <message>
        <source>Your number is not registered, so all calls stay on the phone network.</source>
        <translation>Deine Nummer ist nicht registriert, daher bleiben alle Anrufe im Telefonnetz.</translation>
    </message>
    <message>
        <source>Confirm the number</source>
        <translation>Nummer bestätigen</translation>
    </message>
    <message>
        <source>Enter a number</source>
        <translation>Nummer eingeben</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anrufen</translation>
    </message>
    <message>
        <source>Delete the last digit</source>
        <translation>Letzte Ziffer löschen</translation>
    </message>
    <message>
        <source>Recent calls</source>
        <translation>Letzte Anrufe</translation>
    </message>
    <message>
        <source>SIM for this call</source>
        <translation>SIM für diesen Anruf</translation>
    </message>
</context>
<context>
    <name>DialText</name>
    <message>
        <source>The phone could not place this call. Check the number and the network, and try again.</source>
        <translation>Das Telefon konnte diesen Anruf nicht aufbauen. Prüfe Nummer und Netz und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>This device cannot call emergency services. Use a phone.</source>
        <translation>Dieses Gerät kann keinen Notruf absetzen. Nimm ein Telefon.</translation>
    </message>
    <message>
        <source>This link holds no phone number that can be dialled.</source>
        <translation>Dieser Link enthält keine Telefonnummer, die sich wählen lässt.</translation>
    </message>
    <message>
        <source>SIM %1</source>
        <translation>SIM %1</translation>
    </message>
    <message>
        <source>SIM %1 · …%2</source>
        <comment>ordinal, last digits of its number</comment>
        <translation>SIM %1 · …%2</translation>
    </message>
</context>
<context>
    <name>DisplayText</name>
    <message>
        <source>Unknown number</source>
        <translation>Unbekannte Nummer</translation>
    </message>
    <message>
        <source>Yesterday, %1</source>
        <translation>Gestern, %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>date, time</comment>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>FindingSentences</name>
    <message>
        <source>%1 is being asked for modems.</source>
        <translation>%1 wird nach Modems gefragt.</translation>
    </message>
    <message>
        <source>%1 cannot be asked for modems: the system&apos;s message bus is not there.</source>
        <translation>%1 kann nicht nach Modems gefragt werden: Der Nachrichtenbus des Systems ist nicht da.</translation>
    </message>
    <message>
        <source>%1 is not running.</source>
        <translation>%1 läuft nicht.</translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 antwortet nicht.</translation>
    </message>
    <message>
        <source>%1 has no modem that can make calls.</source>
        <translation>%1 hat kein Modem, mit dem man telefonieren kann.</translation>
    </message>
    <message>
        <source>%1 has a modem that can make calls.</source>
        <translation>%1 hat ein Modem, mit dem man telefonieren kann.</translation>
    </message>
</context>
<context>
    <name>HandOverChoice</name>
    <message>
        <source>When trusted</source>
        <translation>Bei Vertrauen</translation>
    </message>
    <message>
        <source>When it rings</source>
        <translation>Beim Klingeln</translation>
    </message>
    <message>
        <source>When answered</source>
        <translation>Beim Abheben</translation>
    </message>
    <message>
        <source>Move calls to this person</source>
        <translation>Anrufe an diese Person verlegen</translation>
    </message>
    <message>
        <source>As soon as it rings at a phone that has proven itself, else when the call is answered.</source>
        <translation>Sobald es bei einem Telefon klingelt, das sich schon ausgewiesen hat, sonst beim Abheben.</translation>
    </message>
</context>
<context>
    <name>HealthCard</name>
    <message>
        <source>Ready for calls</source>
        <translation>Bereit für Anrufe</translation>
    </message>
    <message>
        <source>Would this phone catch a call right now? See what is in order, and what is missing.</source>
        <translation>Würde dieses Telefon jetzt einen Anruf abfangen? Sieh nach, was in Ordnung ist und was fehlt.</translation>
    </message>
    <message>
        <source>See for yourself</source>
        <translation>Nachsehen</translation>
    </message>
</context>
<context>
    <name>HealthPage</name>
    <message>
        <source>Back to the settings</source>
        <translation>Zurück zu den Einstellungen</translation>
    </message>
    <message>
        <source>Ready for calls</source>
        <translation>Bereit für Anrufe</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt&#xa0;…</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>What was checked</source>
        <translation>Was geprüft wurde</translation>
    </message>
    <message>
        <source>Test call</source>
        <translation>Testanruf</translation>
    </message>
    <message>
        <source>Calls a test partner of your server over the Internet and listens whether sound comes back. Your phone line and your microphone are not used.</source>
        <translation>Ruft über das Internet einen Testpartner deines Servers an und hört, ob Ton zurückkommt. Telefonleitung und Mikrofon werden nicht benutzt.</translation>
    </message>
    <message>
        <source>Calling…</source>
        <translation>Anruf wird aufgebaut&#xa0;…</translation>
    </message>
    <message>
        <source>Make a test call</source>
        <translation>Testanruf machen</translation>
    </message>
</context>
<context>
    <name>HealthRow</name>
    <message>
        <source>%1: %2</source>
        <comment>what was checked, what came of it</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>HealthSentences</name>
    <message>
        <source>Ringlift sees the calls of this phone.</source>
        <translation>Ringlift sieht die Anrufe dieses Telefons.</translation>
    </message>
    <message>
        <source>Ringlift is still looking for the modem.</source>
        <translation>Ringlift sucht noch das Modem.</translation>
    </message>
    <message>
        <source>Wait a moment, then check again.</source>
        <translation>Warte einen Moment und prüfe dann erneut.</translation>
    </message>
    <message>
        <source>The services of this device cannot be reached.</source>
        <translation>Die Dienste dieses Geräts sind nicht erreichbar.</translation>
    </message>
    <message>
        <source>Restart this device.</source>
        <translation>Starte dieses Gerät neu.</translation>
    </message>
    <message>
        <source>The phone service of this device is not running.</source>
        <translation>Der Telefondienst dieses Geräts läuft nicht.</translation>
    </message>
    <message>
        <source>Install or start ModemManager or oFono, or restart this device.</source>
        <translation>Installiere oder starte ModemManager oder oFono, oder starte dieses Gerät neu.</translation>
    </message>
    <message>
        <source>The phone service of this device does not answer.</source>
        <translation>Der Telefondienst dieses Geräts antwortet nicht.</translation>
    </message>
    <message>
        <source>There is no modem that can make calls.</source>
        <translation>Es gibt kein Modem, das telefonieren kann.</translation>
    </message>
    <message>
        <source>Switch the modem on, or connect one.</source>
        <translation>Schalte das Modem ein oder schließe eines an.</translation>
    </message>
    <message>
        <source>This phone is not on the phone network.</source>
        <translation>Dieses Telefon ist nicht im Telefonnetz.</translation>
    </message>
    <message>
        <source>Switch off flight mode, and go where there is reception.</source>
        <translation>Schalte den Flugmodus aus und gehe dorthin, wo Empfang ist.</translation>
    </message>
    <message>
        <source>Ringlift may end the phone call when it has moved to the Internet.</source>
        <translation>Ringlift darf den Telefonanruf beenden, wenn er ins Internet gewechselt ist.</translation>
    </message>
    <message>
        <source>Ringlift may not end calls here, so your own calls stay on the phone network.</source>
        <translation>Ringlift darf hier keine Anrufe beenden, deshalb bleiben deine eigenen Anrufe im Telefonnetz.</translation>
    </message>
    <message>
        <source>Allow Ringlift to manage calls in the settings of this device.</source>
        <translation>Erlaube Ringlift in den Einstellungen dieses Geräts, Anrufe zu verwalten.</translation>
    </message>
    <message>
        <source>The SIM card is in its place.</source>
        <translation>Die SIM-Karte ist an ihrem Platz.</translation>
    </message>
    <message>
        <source>There is no SIM card that can be read.</source>
        <translation>Es gibt keine SIM-Karte, die gelesen werden kann.</translation>
    </message>
    <message>
        <source>Insert your SIM card, and unlock it if it asks for its PIN.</source>
        <translation>Lege deine SIM-Karte ein und entsperre sie, wenn sie nach ihrer PIN fragt.</translation>
    </message>
    <message>
        <source>The SIM card in this phone is another one than you registered.</source>
        <translation>In diesem Telefon steckt eine andere SIM-Karte, als du registriert hast.</translation>
    </message>
    <message>
        <source>Insert the registered card, or delete the registration and register this one.</source>
        <translation>Lege die registrierte Karte ein, oder lösche die Registrierung und registriere diese.</translation>
    </message>
    <message>
        <source>Your number is registered.</source>
        <translation>Deine Nummer ist registriert.</translation>
    </message>
    <message>
        <source>Your number is not registered.</source>
        <translation>Deine Nummer ist nicht registriert.</translation>
    </message>
    <message>
        <source>Register it once, so that calls find you.</source>
        <translation>Registriere sie einmal, damit Anrufe dich finden.</translation>
    </message>
    <message>
        <source>The server no longer knows this phone; the number may be registered on another.</source>
        <translation>Der Server kennt dieses Telefon nicht mehr; vielleicht ist die Nummer auf einem anderen registriert.</translation>
    </message>
    <message>
        <source>Register it again on this phone.</source>
        <translation>Registriere sie auf diesem Telefon erneut.</translation>
    </message>
    <message>
        <source>The server has accepted this phone.</source>
        <translation>Der Server hat dieses Telefon akzeptiert.</translation>
    </message>
    <message>
        <source>The server has not been asked about this phone yet.</source>
        <translation>Der Server wurde noch nicht nach diesem Telefon gefragt.</translation>
    </message>
    <message>
        <source>Your number was registered with another SIM card. To protect it from theft, calls stay on the phone network for a while.</source>
        <translation>Deine Nummer wurde mit einer anderen SIM-Karte registriert. Zum Schutz vor Diebstahl bleiben Anrufe eine Weile im Telefonnetz.</translation>
    </message>
    <message>
        <source>Wait. This ends by itself.</source>
        <translation>Warte. Das endet von selbst.</translation>
    </message>
    <message>
        <source>The server wants to know again that this number is yours.</source>
        <translation>Der Server will noch einmal wissen, dass diese Nummer dir gehört.</translation>
    </message>
    <message>
        <source>Confirm the number.</source>
        <translation>Bestätige die Nummer.</translation>
    </message>
    <message>
        <source>The server let this phone in.</source>
        <translation>Der Server hat dieses Telefon eingelassen.</translation>
    </message>
    <message>
        <source>The server cannot be reached.</source>
        <translation>Der Server ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>Check your Internet connection, then check again.</source>
        <translation>Prüfe deine Internetverbindung und dann noch einmal hier.</translation>
    </message>
    <message>
        <source>The server could not prove that it is the right one. Nothing was sent to it.</source>
        <translation>Der Server konnte nicht nachweisen, dass er der richtige ist. Es wurde nichts an ihn gesendet.</translation>
    </message>
    <message>
        <source>Try another Internet connection, and ask the people who run the server.</source>
        <translation>Versuche es mit einer anderen Internetverbindung und frage die Betreiber des Servers.</translation>
    </message>
    <message>
        <source>The server turned the connection away.</source>
        <translation>Der Server hat die Verbindung abgewiesen.</translation>
    </message>
    <message>
        <source>Check again in a few minutes.</source>
        <translation>Prüfe in ein paar Minuten noch einmal.</translation>
    </message>
    <message>
        <source>The server broke the connection off.</source>
        <translation>Der Server hat die Verbindung abgebrochen.</translation>
    </message>
    <message>
        <source>The server did not let this phone in.</source>
        <translation>Der Server hat dieses Telefon nicht eingelassen.</translation>
    </message>
    <message>
        <source>Check again. If it stays so, register your number again.</source>
        <translation>Prüfe noch einmal. Bleibt es so, registriere deine Nummer neu.</translation>
    </message>
    <message>
        <source>The server has not been tried since Ringlift was started.</source>
        <translation>Seit dem Start von Ringlift wurde der Server noch nicht angesprochen.</translation>
    </message>
    <message>
        <source>By your settings, calls may move over this connection.</source>
        <translation>Nach deinen Einstellungen dürfen Anrufe über diese Verbindung wechseln.</translation>
    </message>
    <message>
        <source>Moving calls is switched off.</source>
        <translation>Der Wechsel ins Internet ist ausgeschaltet.</translation>
    </message>
    <message>
        <source>Switch it on in the settings.</source>
        <translation>Schalte ihn in den Einstellungen ein.</translation>
    </message>
    <message>
        <source>You move calls on Wi-Fi only, and this phone is on mobile data.</source>
        <translation>Deine Anrufe wechseln nur im WLAN, und dieses Telefon nutzt mobile Daten.</translation>
    </message>
    <message>
        <source>Connect to a Wi-Fi, or allow other connections in the settings.</source>
        <translation>Verbinde dich mit einem WLAN, oder erlaube in den Einstellungen andere Verbindungen.</translation>
    </message>
    <message>
        <source>You move calls on free data only, and this connection may cost money.</source>
        <translation>Anrufe wechseln bei dir nur über kostenlose Daten, und diese Verbindung kann Geld kosten.</translation>
    </message>
    <message>
        <source>You do not move calls on mobile data while roaming, and this phone roams.</source>
        <translation>Deine Anrufe wechseln beim Roaming nicht über mobile Daten, und dieses Telefon ist im Roaming.</translation>
    </message>
    <message>
        <source>Connect to a Wi-Fi, or allow roaming in the settings.</source>
        <translation>Verbinde dich mit einem WLAN, oder erlaube in den Einstellungen Roaming.</translation>
    </message>
    <message>
        <source>There is no Internet connection.</source>
        <translation>Es gibt keine Internetverbindung.</translation>
    </message>
    <message>
        <source>Connect to a Wi-Fi, or switch on mobile data.</source>
        <translation>Verbinde dich mit einem WLAN, oder schalte mobile Daten ein.</translation>
    </message>
    <message>
        <source>This device does not tell what connection it has.</source>
        <translation>Dieses Gerät teilt nicht mit, welche Verbindung es hat.</translation>
    </message>
    <message>
        <source>This phone is on Wi-Fi.</source>
        <translation>Dieses Telefon ist im WLAN.</translation>
    </message>
    <message>
        <source>This device is on a cable connection.</source>
        <translation>Dieses Gerät hat eine Kabelverbindung.</translation>
    </message>
    <message>
        <source>This phone is on mobile data.</source>
        <translation>Dieses Telefon nutzt mobile Daten.</translation>
    </message>
    <message>
        <source>No call has come since Ringlift was started.</source>
        <translation>Seit dem Start von Ringlift kam noch kein Anruf.</translation>
    </message>
    <message>
        <source>The last call that rang was found on the server.</source>
        <translation>Der letzte Anruf, der geklingelt hat, wurde auf dem Server gefunden.</translation>
    </message>
    <message>
        <source>Calls of this phone</source>
        <translation>Anrufe dieses Telefons</translation>
    </message>
    <message>
        <source>Permission</source>
        <translation>Erlaubnis</translation>
    </message>
    <message>
        <source>SIM card</source>
        <translation>SIM-Karte</translation>
    </message>
    <message>
        <source>Registration</source>
        <translation>Registrierung</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>Stand beim Server</translation>
    </message>
    <message>
        <source>Your settings</source>
        <translation>Deine Einstellungen</translation>
    </message>
    <message>
        <source>Internet connection</source>
        <translation>Internetverbindung</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>From the ring to the decision</source>
        <translation>Vom Klingeln bis zur Entscheidung</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>in Ordnung</translation>
    </message>
    <message>
        <source>to be looked at</source>
        <translation>zu beachten</translation>
    </message>
    <message>
        <source>not in order</source>
        <translation>nicht in Ordnung</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>The last call rang before it was decided whether it moves.</source>
        <translation>Der letzte Anruf klingelte, bevor entschieden war, ob er wechselt.</translation>
    </message>
    <message>
        <source>When the last call rang, the server could not be asked.</source>
        <translation>Als der letzte Anruf klingelte, konnte der Server nicht gefragt werden.</translation>
    </message>
    <message>
        <source>Your number has been registered since %1.</source>
        <translation>Deine Nummer ist seit %1 registriert.</translation>
    </message>
    <message>
        <source>The last call that rang stayed on the phone network, and that was decided in time.</source>
        <translation>Der letzte Anruf, der geklingelt hat, blieb im Telefonnetz, und das war rechtzeitig entschieden.</translation>
    </message>
    <message>
        <source>The server was not tried, because a call is going on.</source>
        <translation>Der Server wurde nicht angesprochen, weil gerade ein Anruf läuft.</translation>
    </message>
    <message>
        <source>The server was not tried, because your number is not registered.</source>
        <translation>Der Server wurde nicht angesprochen, weil deine Nummer nicht registriert ist.</translation>
    </message>
    <message>
        <source>Calls would reach this device now.</source>
        <translation>Anrufe würden dieses Gerät jetzt erreichen.</translation>
    </message>
    <message>
        <source>Your phone would catch a call now.</source>
        <translation>Dein Telefon würde jetzt einen Anruf abfangen.</translation>
    </message>
    <message>
        <source>Perhaps calls would reach this device now.</source>
        <translation>Vielleicht würden Anrufe dieses Gerät jetzt erreichen.</translation>
    </message>
    <message>
        <source>Perhaps your phone would catch a call now.</source>
        <translation>Vielleicht würde dein Telefon jetzt einen Anruf abfangen.</translation>
    </message>
    <message>
        <source>Calls would not reach this device now.</source>
        <translation>Anrufe würden dieses Gerät jetzt nicht erreichen.</translation>
    </message>
    <message>
        <source>Your phone would not catch a call now.</source>
        <translation>Dein Telefon würde jetzt keinen Anruf abfangen.</translation>
    </message>
    <message>
        <source>Everything is in order.</source>
        <translation>Alles ist in Ordnung.</translation>
    </message>
    <message>
        <source>Everything is in order: calls with others who have Ringlift move to the Internet.</source>
        <translation>Alles ist in Ordnung: Anrufe von anderen, die Ringlift haben, wechseln ins Internet.</translation>
    </message>
    <message>
        <source>In any case your phone rings as always, and you can talk over the phone network.</source>
        <translation>Auf jeden Fall klingelt dein Telefon wie immer, und du kannst über das Telefonnetz sprechen.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Ring of the phone app</source>
        <translation>Klingeln der Telefon-App</translation>
    </message>
    <message>
        <source>good to know</source>
        <translation>gut zu wissen</translation>
    </message>
    <message>
        <source>It is being found out whether it can wait for the decision.</source>
        <translation>Es wird herausgefunden, ob es auf die Entscheidung warten kann.</translation>
    </message>
    <message>
        <source>It waits until it is decided whether the call moves.</source>
        <translation>Es wartet, bis entschieden ist, ob der Anruf wechselt.</translation>
    </message>
    <message>
        <source>It cannot wait here, so the phone may ring shortly before the call moves.</source>
        <translation>Es kann hier nicht warten, daher klingelt das Telefon womöglich kurz, bevor der Anruf wechselt.</translation>
    </message>
    <message>
        <source>Check it now.</source>
        <translation>Prüfe es jetzt.</translation>
    </message>
    <message>
        <source>A better Internet connection helps. Check now to try this one.</source>
        <translation>Eine bessere Internetverbindung hilft. Prüfe jetzt, um diese zu testen.</translation>
    </message>
    <message>
        <source>The test call worked. It was answered over the Internet after %1, and sound came back after %2.</source>
        <translation>Der Testanruf hat geklappt. Er wurde nach %1 über das Internet angenommen, und der Ton kam nach %2 zurück.</translation>
    </message>
    <message>
        <source>The test call was answered, but no sound came back.</source>
        <translation>Der Testanruf wurde angenommen, aber es kam kein Ton zurück.</translation>
    </message>
    <message>
        <source>The test call was not answered; another phone may be testing now. Try again in a minute.</source>
        <translation>Der Testanruf wurde nicht angenommen; vielleicht testet gerade ein anderes Telefon. Versuche es in einer Minute noch einmal.</translation>
    </message>
    <message>
        <source>No way was found through this Internet connection. Try another one, such as a Wi-Fi.</source>
        <translation>Über diese Internetverbindung wurde kein Weg gefunden. Versuche es mit einer anderen, etwa einem WLAN.</translation>
    </message>
    <message>
        <source>Whoever answered could not prove to be the server&apos;s test partner. Ask the people who run the server.</source>
        <translation>Wer angenommen hat, konnte nicht nachweisen, der Testpartner des Servers zu sein. Frage die Betreiber des Servers.</translation>
    </message>
    <message>
        <source>Your server offers no test calls now.</source>
        <translation>Dein Server bietet gerade keine Testanrufe an.</translation>
    </message>
    <message>
        <source>The server allows only a few test calls in an hour. Try again later.</source>
        <translation>Der Server erlaubt nur wenige Testanrufe in der Stunde. Versuche es später noch einmal.</translation>
    </message>
    <message>
        <source>There was no test call, because a call is going on.</source>
        <translation>Es gab keinen Testanruf, weil gerade ein Anruf läuft.</translation>
    </message>
    <message>
        <source>There are no test calls for an hour after an emergency call.</source>
        <translation>Nach einem Notruf gibt es eine Stunde lang keine Testanrufe.</translation>
    </message>
    <message>
        <source>The test call was ended for a call of yours.</source>
        <translation>Der Testanruf wurde für einen deiner Anrufe beendet.</translation>
    </message>
</context>
<context>
    <name>HistoryList</name>
    <message>
        <source>Past calls</source>
        <translation>Vergangene Anrufe</translation>
    </message>
    <message>
        <source>Your calls will be listed here, with the network that carried each of them and why.</source>
        <translation>Hier stehen später deine Anrufe: über welches Netz sie liefen und warum.</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Delete the history</source>
        <translation>Verlauf löschen</translation>
    </message>
</context>
<context>
    <name>HistoryRow</name>
    <message>
        <source>Call %1</source>
        <translation>%1 anrufen</translation>
    </message>
    <message>
        <source>Whether calls with %1 move</source>
        <translation>Ob Anrufe mit %1 wechseln</translation>
    </message>
</context>
<context>
    <name>HistoryText</name>
    <message>
        <source>Moved to the Internet</source>
        <translation>Ins Internet gewechselt</translation>
    </message>
    <message>
        <source>Stayed on the phone network</source>
        <translation>Im Telefonnetz geblieben</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>Verpasst</translation>
    </message>
</context>
<context>
    <name>IdentityActions</name>
    <message>
        <source>Compare codes</source>
        <translation>Codes vergleichen</translation>
    </message>
    <message>
        <source>Confirm the new phone</source>
        <translation>Neues Telefon bestätigen</translation>
    </message>
</context>
<context>
    <name>IncomingPage</name>
    <message>
        <source>Incoming call from %1</source>
        <translation>Anruf von %1</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>This call moved to the Internet, encrypted from phone to phone.</source>
        <translation>Dieser Anruf läuft jetzt über das Internet, von Telefon zu Telefon verschlüsselt.</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Hang up and close?</source>
        <translation>Auflegen und schließen?</translation>
    </message>
    <message>
        <source>A call is going on. It ends when you close Ringlift.</source>
        <translation>Es läuft ein Gespräch. Es endet, wenn du Ringlift schließt.</translation>
    </message>
    <message>
        <source>Hang up and close</source>
        <translation>Auflegen und schließen</translation>
    </message>
    <message>
        <source>Delete the history?</source>
        <translation>Verlauf löschen?</translation>
    </message>
    <message>
        <source>The list of your calls is deleted from this device.</source>
        <translation>Die Liste deiner Anrufe wird von diesem Gerät gelöscht.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete the registration?</source>
        <translation>Registrierung löschen?</translation>
    </message>
    <message>
        <source>The server forgets this phone. All calls stay on the phone network until you register again.</source>
        <translation>Der Server vergisst dieses Telefon. Alle Anrufe bleiben im Telefonnetz, bis du dich wieder registrierst.</translation>
    </message>
</context>
<context>
    <name>MoveQuestion</name>
    <message>
        <source>Move this call to the Internet? It is encrypted from phone to phone there.</source>
        <translation>Diesen Anruf ins Internet wechseln lassen? Dort ist er von Telefon zu Telefon verschlüsselt.</translation>
    </message>
    <message>
        <source>Keep on phone</source>
        <translation>Am Telefon lassen</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Wechseln</translation>
    </message>
</context>
<context>
    <name>MovesCard</name>
    <message>
        <source>When calls move</source>
        <translation>Wann Anrufe wechseln</translation>
    </message>
    <message>
        <source>Any</source>
        <comment>Internet connection</comment>
        <translation>Jede</translation>
    </message>
    <message>
        <source>Wi-Fi only</source>
        <translation>Nur WLAN</translation>
    </message>
    <message>
        <source>Free data only</source>
        <translation>Nur kostenlos</translation>
    </message>
    <message>
        <source>Internet connection</source>
        <translation>Internetverbindung</translation>
    </message>
    <message>
        <source>In another operator&apos;s network, such as abroad, mobile data may cost extra. Calls always move over Wi-Fi.</source>
        <translation>Im Netz eines anderen Anbieters, etwa im Ausland, können mobile Daten extra kosten. Über WLAN wechseln Anrufe immer.</translation>
    </message>
    <message>
        <source>Move calls on roaming data</source>
        <translation>Anrufe beim Daten-Roaming wechseln</translation>
    </message>
    <message>
        <source>Off</source>
        <comment>no notice</comment>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Ask first</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>When a call moves</source>
        <translation>Wenn ein Anruf wechselt</translation>
    </message>
</context>
<context>
    <name>NumberRuleRow</name>
    <message>
        <source>As set</source>
        <comment>as the settings say, for all numbers</comment>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Always</source>
        <comment>calls with this number move</comment>
        <translation>Immer</translation>
    </message>
    <message>
        <source>Never</source>
        <comment>calls with this number move</comment>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Ask me</source>
        <comment>whether this call is to move</comment>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Move calls with this number</source>
        <translation>Anrufe mit dieser Nummer wechseln</translation>
    </message>
</context>
<context>
    <name>NumberRulesCard</name>
    <message>
        <source>Numbers with their own rule</source>
        <translation>Nummern mit eigener Regel</translation>
    </message>
    <message>
        <source>None yet. You find the rule of a number beside its calls in the history.</source>
        <translation>Noch keine. Die Regel einer Nummer findest du bei ihren Anrufen im Verlauf.</translation>
    </message>
    <message>
        <source>Always: without asking, and over any connection, but not on mobile data while roaming if you excluded that above.</source>
        <translation>Immer: ohne zu fragen und über jede Verbindung, aber nicht beim Daten-Roaming, falls du das oben ausgeschlossen hast.</translation>
    </message>
</context>
<context>
    <name>OtherCalls</name>
    <message>
        <source>Show %1 · %2</source>
        <comment>number, state</comment>
        <translation>%1 zeigen · %2</translation>
    </message>
</context>
<context>
    <name>PinLockCard</name>
    <message>
        <source>PIN lock</source>
        <translation>PIN-Sperre</translation>
    </message>
    <message>
        <source>A PIN protects your number: without it nobody can register it on another phone.</source>
        <translation>Eine PIN schützt deine Nummer: Ohne sie kann niemand sie auf einem anderen Telefon registrieren.</translation>
    </message>
    <message>
        <source>With a PIN, nobody can register your number on another phone, even with your SIM card or its messages. You need it yourself when you change phones. The protection lapses when Ringlift has not been used here for a week.</source>
        <translation>Mit einer PIN kann niemand deine Nummer auf einem anderen Telefon registrieren, auch nicht mit deiner SIM-Karte oder deren Nachrichten. Du brauchst sie selbst, wenn du das Telefon wechselst. Der Schutz erlischt, wenn Ringlift hier eine Woche lang nicht benutzt wurde.</translation>
    </message>
    <message>
        <source>New PIN, at least four digits</source>
        <translation>Neue PIN, mindestens vier Ziffern</translation>
    </message>
    <message>
        <source>The same PIN again</source>
        <translation>Dieselbe PIN noch einmal</translation>
    </message>
    <message>
        <source>Save the PIN</source>
        <translation>PIN speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Einen Moment&#xa0;…</translation>
    </message>
    <message>
        <source>Change the PIN</source>
        <translation>PIN ändern</translation>
    </message>
    <message>
        <source>Set a PIN</source>
        <translation>PIN festlegen</translation>
    </message>
    <message>
        <source>Remove the PIN</source>
        <translation>PIN entfernen</translation>
    </message>
</context>
<context>
    <name>PinLockText</name>
    <message>
        <source>The server did not accept this now. The PIN is as it was. Try again in a moment.</source>
        <translation>Der Server hat das gerade nicht angenommen. Die PIN ist wie zuvor. Versuche es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The two PINs are not the same.</source>
        <translation>Die beiden PINs sind nicht gleich.</translation>
    </message>
    <message>
        <source>A PIN has at least four digits and nothing else.</source>
        <translation>Eine PIN besteht aus mindestens vier Ziffern und nichts anderem.</translation>
    </message>
    <message>
        <source>The PIN is set. Whoever registers this number elsewhere needs it. Keep it well: nobody can tell it to you.</source>
        <translation>Die PIN ist festgelegt. Wer diese Nummer anderswo registriert, braucht sie. Merke sie dir gut: Niemand kann sie dir nennen.</translation>
    </message>
    <message>
        <source>The PIN is removed.</source>
        <translation>Die PIN ist entfernt.</translation>
    </message>
</context>
<context>
    <name>RegisterForm</name>
    <message>
        <source>One moment…</source>
        <translation>Einen Moment&#xa0;…</translation>
    </message>
</context>
<context>
    <name>RegisterPage</name>
    <message>
        <source>Enter the code</source>
        <translation>Code eingeben</translation>
    </message>
    <message>
        <source>Enter your PIN</source>
        <translation>PIN eingeben</translation>
    </message>
    <message>
        <source>Your phone number</source>
        <translation>Deine Telefonnummer</translation>
    </message>
    <message>
        <source>We sent a code of six digits to %1.</source>
        <translation>Wir haben einen sechsstelligen Code an %1 geschickt.</translation>
    </message>
    <message>
        <source>This number is protected. Enter the PIN that was chosen when it was registered before.</source>
        <translation>Diese Nummer ist geschützt. Gib die PIN ein, die bei der früheren Registrierung gewählt wurde.</translation>
    </message>
    <message>
        <source>Dial as you always do. When the other phone has Ringlift too, the call moves to the Internet, encrypted from phone to phone. Register once so that calls find you.</source>
        <translation>Wähle wie immer. Hat auch das andere Telefon Ringlift, wechselt der Anruf ins Internet, verschlüsselt von Telefon zu Telefon. Registriere dich einmal, damit Anrufe dich finden.</translation>
    </message>
    <message>
        <source>Send me a code</source>
        <translation>Code schicken</translation>
    </message>
    <message>
        <source>Mobile number with country code</source>
        <translation>Mobilnummer mit Ländervorwahl</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Change the number</source>
        <translation>Nummer ändern</translation>
    </message>
    <message>
        <source>Send a new code</source>
        <translation>Neuen Code schicken</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
</context>
<context>
    <name>RegistrationCard</name>
    <message>
        <source>This phone</source>
        <translation>Dieses Telefon</translation>
    </message>
    <message>
        <source>Registered as %1</source>
        <translation>Registriert als %1</translation>
    </message>
    <message>
        <source>Not registered. All calls stay on the phone network.</source>
        <translation>Nicht registriert. Alle Anrufe bleiben im Telefonnetz.</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Registrieren</translation>
    </message>
    <message>
        <source>Delete the registration</source>
        <translation>Registrierung löschen</translation>
    </message>
</context>
<context>
    <name>SasCard</name>
    <message>
        <source>To be sure who is on the line, read these digits to each other.</source>
        <translation>Lest euch diese Ziffern vor, um sicher zu sein, wer am Apparat ist.</translation>
    </message>
    <message>
        <source>Different</source>
        <translation>Verschieden</translation>
    </message>
    <message>
        <source>Same</source>
        <translation>Gleich</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>Emergency calls always stay on the phone network.</source>
        <translation>Notrufe bleiben immer im Telefonnetz.</translation>
    </message>
    <message>
        <source>Short service numbers always stay on the phone network.</source>
        <translation>Kurze Servicenummern bleiben immer im Telefonnetz.</translation>
    </message>
    <message>
        <source>This is a code for your operator. It always stays on the phone network.</source>
        <translation>Das ist ein Code für deinen Netzbetreiber. Er bleibt immer im Telefonnetz.</translation>
    </message>
    <message>
        <source>Digits are sent after the number, as a menu or extension needs. Such calls stay on the phone network.</source>
        <translation>Nach der Nummer werden noch Ziffern gesendet, etwa für ein Menü oder eine Durchwahl. Solche Anrufe bleiben im Telefonnetz.</translation>
    </message>
    <message>
        <source>This is not a complete phone number.</source>
        <translation>Das ist keine vollständige Telefonnummer.</translation>
    </message>
    <message>
        <source>This phone is not registered yet.</source>
        <translation>Dieses Telefon ist noch nicht registriert.</translation>
    </message>
    <message>
        <source>The server no longer knows this phone; the number may be registered on another. Register it again to move calls to the Internet.</source>
        <translation>Der Server kennt dieses Telefon nicht mehr; vielleicht ist die Nummer auf einem anderen registriert. Registriere sie erneut, um Anrufe ins Internet zu verlegen.</translation>
    </message>
    <message>
        <source>You hid your number for this call. Ringlift does not reveal it.</source>
        <translation>Du hast deine Nummer für diesen Anruf unterdrückt. Ringlift verrät sie nicht.</translation>
    </message>
    <message>
        <source>The caller hides their number.</source>
        <translation>Der Anrufer unterdrückt seine Nummer.</translation>
    </message>
    <message>
        <source>The phone network passed on no usable number of the caller.</source>
        <translation>Das Telefonnetz hat keine brauchbare Nummer des Anrufers übermittelt.</translation>
    </message>
    <message>
        <source>Moving calls is switched off in the settings.</source>
        <translation>Der Wechsel ins Internet ist in den Einstellungen ausgeschaltet.</translation>
    </message>
    <message>
        <source>This call was just placed again over the phone network.</source>
        <translation>Dieser Anruf wurde gerade über das Telefonnetz neu aufgebaut.</translation>
    </message>
    <message>
        <source>The Ringlift server could not be reached in time.</source>
        <translation>Der Ringlift-Server war nicht rechtzeitig erreichbar.</translation>
    </message>
    <message>
        <source>The server could not prove that it is the right one.</source>
        <translation>Der Server konnte nicht nachweisen, dass er der richtige ist.</translation>
    </message>
    <message>
        <source>The server did not accept this call.</source>
        <translation>Der Server hat diesen Anruf nicht angenommen.</translation>
    </message>
    <message>
        <source>The other phone did not respond through Ringlift. It may not have the app, or be offline.</source>
        <translation>Das andere Telefon hat sich nicht über Ringlift gemeldet. Vielleicht hat es die App nicht oder ist offline.</translation>
    </message>
    <message>
        <source>The other side has a new phone or SIM card. Internet calls with this number are paused until you confirm it.</source>
        <translation>Die Gegenseite hat ein neues Telefon oder eine neue SIM-Karte. Internetanrufe mit dieser Nummer ruhen, bis du das bestätigst.</translation>
    </message>
    <message>
        <source>The phone network did not say who is calling, and you have not talked to this person over the Internet before.</source>
        <translation>Das Telefonnetz hat nicht mitgeteilt, wer anruft, und du hast mit dieser Person noch nie über das Internet gesprochen.</translation>
    </message>
    <message>
        <source>The two phones could not agree on a secret key.</source>
        <translation>Die beiden Telefone konnten sich nicht auf einen geheimen Schlüssel einigen.</translation>
    </message>
    <message>
        <source>The two phones could not reach each other over the Internet.</source>
        <translation>Die beiden Telefone konnten sich über das Internet nicht erreichen.</translation>
    </message>
    <message>
        <source>The call was answered on the phone network first.</source>
        <translation>Der Anruf wurde zuerst im Telefonnetz angenommen.</translation>
    </message>
    <message>
        <source>The other side kept the call on the phone network.</source>
        <translation>Die Gegenseite hat den Anruf im Telefonnetz belassen.</translation>
    </message>
    <message>
        <source>You chose to stay on the phone network.</source>
        <translation>Du wolltest im Telefonnetz bleiben.</translation>
    </message>
    <message>
        <source>The phone did not report the state of the call, so nothing was changed.</source>
        <translation>Das Telefon hat den Zustand des Anrufs nicht gemeldet, daher wurde nichts verändert.</translation>
    </message>
    <message>
        <source>The phone call ended before it could move.</source>
        <translation>Der Anruf endete, bevor er wechseln konnte.</translation>
    </message>
    <message>
        <source>The ringing phone call did not end as expected, so nothing was changed.</source>
        <translation>Der klingelnde Anruf endete nicht wie erwartet, daher wurde nichts verändert.</translation>
    </message>
    <message>
        <source>The Internet connection broke off.</source>
        <translation>Die Internetverbindung ist abgebrochen.</translation>
    </message>
    <message>
        <source>For an hour after an emergency call, all calls stay on the phone network.</source>
        <translation>Eine Stunde lang nach einem Notruf bleiben alle Anrufe im Telefonnetz.</translation>
    </message>
    <message>
        <source>You called each other at the same moment. The other call was kept.</source>
        <translation>Ihr habt euch im selben Moment angerufen. Der andere Anruf wurde behalten.</translation>
    </message>
    <message>
        <source>The other side has to confirm your new phone first.</source>
        <translation>Die Gegenseite muss dein neues Telefon erst bestätigen.</translation>
    </message>
    <message>
        <source>Something was not as it has to be, so the call was kept on the phone network.</source>
        <translation>Etwas war nicht so, wie es sein muss. Der Anruf blieb deshalb im Telefonnetz.</translation>
    </message>
    <message>
        <source>You hung up.</source>
        <translation>Du hast aufgelegt.</translation>
    </message>
    <message>
        <source>The other side hung up.</source>
        <translation>Die Gegenseite hat aufgelegt.</translation>
    </message>
    <message>
        <source>You declined the call.</source>
        <translation>Du hast den Anruf abgelehnt.</translation>
    </message>
    <message>
        <source>The other side declined the call.</source>
        <translation>Die Gegenseite hat den Anruf abgelehnt.</translation>
    </message>
    <message>
        <source>You missed this call.</source>
        <translation>Du hast diesen Anruf verpasst.</translation>
    </message>
    <message>
        <source>Nobody answered.</source>
        <translation>Niemand hat abgenommen.</translation>
    </message>
    <message>
        <source>The line is busy.</source>
        <translation>Die Leitung ist besetzt.</translation>
    </message>
    <message>
        <source>The call could not be connected.</source>
        <translation>Der Anruf kam nicht zustande.</translation>
    </message>
    <message>
        <source>The connection was lost.</source>
        <translation>Die Verbindung ist verloren gegangen.</translation>
    </message>
    <message>
        <source>First Internet calls with this number. Compare the digits to be sure.</source>
        <translation>Erste Internetanrufe mit dieser Nummer. Vergleicht die Ziffern, um sicherzugehen.</translation>
    </message>
    <message>
        <source>The phone network confirmed that this is the right phone.</source>
        <translation>Das Telefonnetz hat bestätigt, dass es das richtige Telefon ist.</translation>
    </message>
    <message>
        <source>You verified this person.</source>
        <translation>Du hast diese Person überprüft.</translation>
    </message>
    <message>
        <source>Calling…</source>
        <translation>Anruf wird aufgebaut&#xa0;…</translation>
    </message>
    <message>
        <source>Ringing…</source>
        <translation>Es klingelt&#xa0;…</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Eingehender Anruf</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>Gehalten</translation>
    </message>
    <message>
        <source>Call ended</source>
        <translation>Anruf beendet</translation>
    </message>
    <message>
        <source>The phone does not report the state of this call.</source>
        <translation>Das Telefon meldet den Zustand dieses Anrufs nicht.</translation>
    </message>
    <message>
        <source>Contacting the server…</source>
        <translation>Der Server wird kontaktiert&#xa0;…</translation>
    </message>
    <message>
        <source>Looking for the other phone on the Internet…</source>
        <translation>Das andere Telefon wird im Internet gesucht&#xa0;…</translation>
    </message>
    <message>
        <source>Found the other phone. Agreeing on a secret key…</source>
        <translation>Das andere Telefon ist gefunden. Ein geheimer Schlüssel wird vereinbart&#xa0;…</translation>
    </message>
    <message>
        <source>Encrypted. Looking for a way between the phones…</source>
        <translation>Verschlüsselt. Ein Weg zwischen den Telefonen wird gesucht&#xa0;…</translation>
    </message>
    <message>
        <source>The Internet connection is ready.</source>
        <translation>Die Internetverbindung steht.</translation>
    </message>
    <message>
        <source>The other phone is ringing over the Internet.</source>
        <translation>Das andere Telefon klingelt über das Internet.</translation>
    </message>
    <message>
        <source>Answered over the Internet.</source>
        <translation>Über das Internet angenommen.</translation>
    </message>
    <message>
        <source>The Internet connection is closed.</source>
        <translation>Die Internetverbindung ist geschlossen.</translation>
    </message>
    <message>
        <source>This is not a mobile number. Enter it with its country code, such as +49 1555 0123456.</source>
        <translation>Das ist keine Mobilnummer. Gib sie mit Ländervorwahl ein, etwa +49 1555 0123456.</translation>
    </message>
    <message>
        <source>Emergency and service numbers cannot be registered.</source>
        <translation>Notruf- und Servicenummern lassen sich nicht registrieren.</translation>
    </message>
    <message>
        <source>The server cannot be reached. Check your Internet connection and try again.</source>
        <translation>Der Server ist nicht erreichbar. Prüfe deine Internetverbindung und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>The server could not prove that it is the right one. Nothing was sent to it.</source>
        <translation>Der Server konnte nicht nachweisen, dass er der richtige ist. Es wurde nichts an ihn gesendet.</translation>
    </message>
    <message>
        <source>The server did not accept the registration.</source>
        <translation>Der Server hat die Registrierung nicht angenommen.</translation>
    </message>
    <message>
        <source>There were too many tries for this number.</source>
        <translation>Für diese Nummer gab es zu viele Versuche.</translation>
    </message>
    <message>
        <source>This code is not right.</source>
        <translation>Dieser Code stimmt nicht.</translation>
    </message>
    <message>
        <source>This code is no longer valid. Ask for a new one.</source>
        <translation>Dieser Code gilt nicht mehr. Fordere einen neuen an.</translation>
    </message>
    <message>
        <source>This number is protected by a PIN.</source>
        <translation>Diese Nummer ist durch eine PIN geschützt.</translation>
    </message>
    <message>
        <source>There is no SIM card in this phone.</source>
        <translation>In diesem Telefon ist keine SIM-Karte.</translation>
    </message>
    <message>
        <source>The server no longer knows this phone; the number may be registered on another.</source>
        <translation>Der Server kennt dieses Telefon nicht mehr; vielleicht ist die Nummer auf einem anderen registriert.</translation>
    </message>
    <message>
        <source>Your number was registered with another SIM card. To protect it from theft, calls stay on the phone network for a day.</source>
        <translation>Deine Nummer wurde mit einer anderen SIM-Karte registriert. Zum Schutz vor Diebstahl der Nummer bleiben Anrufe einen Tag lang im Telefonnetz.</translation>
    </message>
    <message>
        <source>Confirm again that this number is yours. Until you do, calls may stay on the phone network.</source>
        <translation>Bestätige erneut, dass diese Nummer dir gehört. Bis dahin bleiben Anrufe vielleicht im Telefonnetz.</translation>
    </message>
    <message>
        <source>The registration was not deleted.</source>
        <translation>Die Registrierung wurde nicht gelöscht.</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet&#xa0;…</translation>
    </message>
    <message>
        <source>The data of Ringlift cannot be read or written. Check the free space and the permissions of its folder, and try again. Until then all calls stay on the phone network.</source>
        <translation>Die Daten von Ringlift lassen sich nicht lesen oder schreiben. Prüfe den freien Speicherplatz und die Zugriffsrechte des Ordners und versuche es noch einmal. Bis dahin bleiben alle Anrufe im Telefonnetz.</translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n second(s).</source>
        <translation>
            <numerusform>Versuche es in %n Sekunde noch einmal.</numerusform>
            <numerusform>Versuche es in %n Sekunden noch einmal.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n minute(s).</source>
        <translation>
            <numerusform>Versuche es in %n Minute noch einmal.</numerusform>
            <numerusform>Versuche es in %n Minuten noch einmal.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n hour(s).</source>
        <translation>
            <numerusform>Versuche es in %n Stunde noch einmal.</numerusform>
            <numerusform>Versuche es in %n Stunden noch einmal.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tries left.</source>
        <translation>
            <numerusform>Noch %n Versuch.</numerusform>
            <numerusform>Noch %n Versuche.</numerusform>
        </translation>
    </message>
    <message>
        <source>This device has no keyring for secrets. Choose a passphrase that protects them in a file, or set up a keyring and try again. Until then all calls stay on the phone network.</source>
        <translation>Dieses Gerät hat keinen Schlüsselbund für Geheimnisse. Wähle eine Passphrase, die sie in einer Datei schützt, oder richte einen Schlüsselbund ein und versuche es noch einmal. Bis dahin bleiben alle Anrufe im Telefonnetz.</translation>
    </message>
    <message>
        <source>The keyring that holds the secrets of this device is locked. Unlock it and try again. Until then all calls stay on the phone network.</source>
        <translation>Der Schlüsselbund mit den Geheimnissen dieses Geräts ist gesperrt. Entsperre ihn und versuche es noch einmal. Bis dahin bleiben alle Anrufe im Telefonnetz.</translation>
    </message>
    <message>
        <source>You move calls on Wi-Fi only, and this phone was on mobile data.</source>
        <translation>Anrufe wechseln bei dir nur im WLAN, und dieses Telefon nutzte mobile Daten.</translation>
    </message>
    <message>
        <source>You move calls on free data only, and this connection may cost money.</source>
        <translation>Anrufe wechseln bei dir nur über kostenlose Daten, und diese Verbindung kann Geld kosten.</translation>
    </message>
    <message>
        <source>You do not move calls on mobile data while roaming.</source>
        <translation>Beim Roaming wechseln Anrufe bei dir nicht über mobile Daten.</translation>
    </message>
    <message>
        <source>You chose never to move calls with this number.</source>
        <translation>Anrufe mit dieser Nummer sollen bei dir nie ins Internet wechseln.</translation>
    </message>
    <message>
        <source>You were asked whether to move this call, and it was answered first.</source>
        <translation>Du wurdest gefragt, ob der Anruf wechseln soll, und er wurde vorher angenommen.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>When both phones have Ringlift, calls move to an encrypted Internet connection.</source>
        <translation>Haben beide Telefone Ringlift, wechseln Anrufe auf eine verschlüsselte Internetverbindung.</translation>
    </message>
    <message>
        <source>Move calls to the Internet</source>
        <translation>Anrufe ins Internet verlegen</translation>
    </message>
    <message>
        <source>Also when the phone network does not say who is calling, as long as the server knows only one possible caller and you have talked to that person over the Internet before.</source>
        <translation>Auch wenn das Telefonnetz nicht mitteilt, wer anruft, sofern der Server nur einen möglichen Anrufer kennt und du mit dieser Person schon über das Internet gesprochen hast.</translation>
    </message>
    <message>
        <source>Move calls without caller ID</source>
        <translation>Anrufe ohne Rufnummernanzeige verlegen</translation>
    </message>
    <message>
        <source>When the Internet connection breaks during a call, call again over the phone network without asking. Your operator&apos;s usual price applies.</source>
        <translation>Bricht die Internetverbindung während eines Gesprächs ab, ohne Rückfrage über das Telefonnetz neu anrufen. Es gilt der übliche Preis deines Netzbetreibers.</translation>
    </message>
    <message>
        <source>Call again automatically</source>
        <translation>Automatisch neu anrufen</translation>
    </message>
    <message>
        <source>On a device without a SIM card, calls from people you never talked to are turned away.</source>
        <translation>Auf einem Gerät ohne SIM-Karte werden Anrufe von Leuten abgewiesen, mit denen du nie gesprochen hast.</translation>
    </message>
    <message>
        <source>Only people I know may call this computer</source>
        <translation>Nur Bekannte dürfen diesen Computer anrufen</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>System</source>
        <comment>the appearance of the system</comment>
        <translation>System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
</context>
<context>
    <name>SettingsText</name>
    <message>
        <source>System</source>
        <comment>the language of the system</comment>
        <translation>System</translation>
    </message>
    <message>
        <source>Your server has no relay, so calls run straight between the phones. The other phone sees your Internet address as soon as a call is matched, even before anyone answers.</source>
        <translation>Dein Server hat kein Relais, Anrufe laufen also direkt zwischen den Telefonen. Das andere Telefon sieht deine Internetadresse, sobald ein Anruf zugeordnet ist, noch bevor jemand annimmt.</translation>
    </message>
    <message>
        <source>The call moves without a word. The history tells it afterwards.</source>
        <translation>Der Anruf wechselt ohne Hinweis. Danach steht es im Verlauf.</translation>
    </message>
    <message>
        <source>A line on the screen tells that the call has moved.</source>
        <translation>Eine Zeile auf dem Bildschirm sagt, dass der Anruf gewechselt hat.</translation>
    </message>
    <message>
        <source>A short tone tells that the call has moved, and a line on the screen.</source>
        <translation>Ein kurzer Ton sagt, dass der Anruf gewechselt hat, und eine Zeile auf dem Bildschirm.</translation>
    </message>
    <message>
        <source>Nothing moves before you have said yes. Until then the call goes on over the phone network.</source>
        <translation>Nichts wechselt, bevor du Ja gesagt hast. Bis dahin läuft der Anruf über das Telefonnetz.</translation>
    </message>
    <message>
        <source>This device does not tell what kind of Internet connection it has, so this choice has no effect.</source>
        <translation>Dieses Gerät sagt nicht, welche Internetverbindung es hat, daher hat diese Wahl keine Wirkung.</translation>
    </message>
    <message>
        <source>There is no Internet connection now.</source>
        <translation>Es gibt gerade keine Internetverbindung.</translation>
    </message>
    <message>
        <source>Now on Wi-Fi that may cost money, such as that of another phone.</source>
        <translation>Jetzt in einem WLAN, das Geld kosten kann, etwa dem eines anderen Telefons.</translation>
    </message>
    <message>
        <source>Now on Wi-Fi.</source>
        <translation>Jetzt im WLAN.</translation>
    </message>
    <message>
        <source>Now on a cable connection that may cost money.</source>
        <translation>Jetzt über ein Kabel verbunden, was Geld kosten kann.</translation>
    </message>
    <message>
        <source>Now on a cable connection.</source>
        <translation>Jetzt über ein Kabel verbunden.</translation>
    </message>
    <message>
        <source>Now on mobile data, roaming.</source>
        <translation>Jetzt über mobile Daten verbunden, im Roaming.</translation>
    </message>
    <message>
        <source>Now on mobile data that is free.</source>
        <translation>Jetzt über kostenlose mobile Daten verbunden.</translation>
    </message>
    <message>
        <source>Now on mobile data, which may cost money.</source>
        <translation>Jetzt über mobile Daten verbunden, was Geld kosten kann.</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Dial pad</source>
        <translation>Wählfeld</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Starting…</source>
        <translation>Startet&#xa0;…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Use this passphrase</source>
        <translation>Diese Passphrase verwenden</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
</context>
<context>
    <name>StartText</name>
    <message>
        <source>This passphrase is not right.</source>
        <translation>Diese Passphrase stimmt nicht.</translation>
    </message>
    <message>
        <source>The secrets of this device are protected by your passphrase. Enter it to go on. Until then all calls stay on the phone network.</source>
        <translation>Die Geheimnisse dieses Geräts sind durch deine Passphrase geschützt. Gib sie ein, um fortzufahren. Bis dahin bleiben alle Anrufe im Telefonnetz.</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>Register</source>
        <translation>Registrieren</translation>
    </message>
    <message>
        <source>Confirm the number</source>
        <translation>Nummer bestätigen</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
</context>
</TS>
