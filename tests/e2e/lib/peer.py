"""The far ends of a call for end-to-end tests: SIPp or baresip for the signalling, an RTP stream of our own for the voice. Everything waits for events. Standard
library only."""
import collections
import json
import os
import random
import re
import socket
import struct
import subprocess
import threading
import time
import wave

from system import BATON, TREE, check, probe

FRAME, FRAME_S = 160, 0.02
SILENCE = b"\xff" * FRAME
READY, SAY, PCM = 1, 4, 5  # frames of src/speech/frame.h
VOICED = 100  # mean level of a frame that somebody speaks in


def ulaw_level(byte):
    b = ~byte & 0xFF
    return (((b & 0x0F) << 3) + 0x84 << ((b & 0x70) >> 4)) - 0x84


def ulaw(sample):
    """G.711 mu-law of a sample of 16 bits."""
    sign, level = (0x80, -sample) if sample < 0 else (0, sample)
    level = min(level, 32635) + 0x84
    exponent = level.bit_length() - 8
    return ~(sign | exponent << 4 | level >> exponent + 3 & 0x0F) & 0xFF


LEVELS = [ulaw_level(b) for b in range(256)]


def voiced(payload):
    return sum(LEVELS[b] for b in payload) > VOICED * len(payload)


class Voice:
    """What people say, rendered by a worker of the product: frames of mu-law."""

    def __init__(self, models=os.path.expanduser(os.environ.get("XDG_CACHE_HOME", "~/.cache") + "/baton/models")):
        self.end, theirs = socket.socketpair()
        with theirs:
            self.worker = subprocess.Popen([os.path.join(os.path.dirname(BATON), "baton-speech"), "voice", "--models", models], close_fds=False,
                                           preexec_fn=lambda: (os.dup2(theirs.fileno(), 3), os.set_inheritable(3, True)), stderr=subprocess.DEVNULL)
        self.end.settimeout(60)
        self._frame(READY)

    def _frame(self, kind):
        def take(n):
            data = b""
            while len(data) < n:
                more = self.end.recv(n - len(data))
                check(more, "the voice has ended")
                data += more
            return data
        frame = take(struct.unpack("<I", take(4))[0])
        check(frame[0] == kind, f"the voice said {frame[:20]}")
        return frame[5:]

    def pcm(self, text, voice="flite:slt"):
        """Samples of 16 bit at 8 kHz."""
        body = voice.encode() + b"\0" + text.encode() + b"\0"
        self.end.sendall(struct.pack("<IBI", len(body) + 5, SAY, 1) + body)
        return self._frame(PCM)

    def frames(self, text, voice="flite:slt"):
        coded = bytes(ulaw(s) for (s,) in struct.iter_unpack("<h", self.pcm(text, voice)))
        return [coded[i:i + FRAME].ljust(FRAME, b"\xff") for i in range(0, len(coded), FRAME)]

    def close(self):
        self.end.close()
        self.worker.kill()
        self.worker.wait()


class Rtp:
    """One end of an RTP stream, mu-law: sends from the first packet that comes, silence when there is nothing to say."""

    def __init__(self, ip="127.0.0.1"):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        while True:  # an even port, as RTP has them
            self.sock.bind((ip, 0))
            self.port = self.sock.getsockname()[1]
            if self.port % 2 == 0:
                break
            self.sock.close()
            self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.remote = None
        self.seq, self.ts, self.ssrc = random.randrange(1 << 15), random.randrange(1 << 31), random.randrange(1 << 32)
        self.queue = collections.deque()   # (payload type, payload, marker, timestamp or None)
        self.changed = threading.Condition()
        self.received = self.voiced = self.quiet = 0   # packets; with a voice in them; without, in a row
        self.mute = self.closed = False
        self.pacer = threading.Thread(target=self._send, daemon=True)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        while not self.closed:
            try:
                data, source = self.sock.recvfrom(2048)
            except OSError:
                return
            with self.changed:
                self.received += 1
                if len(data) == 12 + FRAME and voiced(data[12:]):
                    self.voiced += 1
                    self.quiet = 0
                else:
                    self.quiet += 1
                if self.remote is None:
                    self.remote = source
                    self.pacer.start()
                self.changed.notify_all()

    def _send(self):
        due = time.monotonic()
        while not self.closed:
            with self.changed:
                pt, payload, marker, ts = self.queue.popleft() if self.queue else (0, SILENCE, False, None)
                if not self.queue:
                    self.changed.notify_all()
                mute = self.mute
            head = struct.pack("!BBHII", 0x80, pt | (0x80 if marker else 0), self.seq & 0xFFFF, (self.ts if ts is None else ts) & 0xFFFFFFFF, self.ssrc)
            self.seq += 1
            self.ts += FRAME
            if not mute:
                try:
                    self.sock.sendto(head + payload, self.remote)
                except OSError:
                    return
            due += FRAME_S
            time.sleep(max(0, due - time.monotonic()))

    def wait(self, what, seconds, ready):
        with self.changed:
            check(self.changed.wait_for(ready, seconds), f"not within {seconds} s: {what}")

    def hears_voice(self, seconds=20, frames=10):
        """Waits until so many further frames with a voice were received."""
        goal = self.voiced + frames
        self.wait("a voice", seconds, lambda: self.voiced >= goal)

    def hears_silence(self, seconds=30, frames=60):
        """Waits for so many frames without a voice, from now on."""
        with self.changed:
            self.quiet = 0
        self.wait("silence after the voice", seconds, lambda: self.quiet >= frames)

    def hears_nothing(self, seconds=10):
        """Waits until no packet has come for 300 ms: those on their way have arrived."""
        end = time.monotonic() + seconds
        with self.changed:
            while True:
                before = self.received
                if not self.changed.wait_for(lambda: self.received != before, 0.3):
                    return
                check(time.monotonic() < end, f"packets still come after {seconds} s")

    def say(self, frames):
        with self.changed:
            self.queue.extend((0, f, False, None) for f in frames)

    def said(self, seconds=30):
        self.wait("everything is said", seconds, lambda: not self.queue)

    def press(self, digit):
        """An RFC 4733 event of 100 ms, its end sent three times."""
        code, ts = "0123456789*#ABCD".index(digit), self.ts
        with self.changed:
            for k in range(1, 8):
                end = 0x80 if k > 5 else 0
                self.queue.append((101, struct.pack("!BBH", code, end | 10, min(k, 5) * FRAME), k == 1, ts))

    def die(self):
        """Sends nothing any more, as a line that is cut."""
        self.mute = True

    def close(self):
        self.closed = True
        self.sock.close()


def answers(s, line, frames, what, goes_on, seconds=60):
    """Says this once we are silent, and once more if we ask again because we misheard; then we go on."""
    def asked():
        return len(s.rows("SELECT 1 FROM turn WHERE speaker = 'ai' AND text LIKE '%?'"))

    line.hears_silence()
    before = asked()
    line.say(frames)
    s.until(f"{what}, or it is asked again", seconds, lambda: goes_on() or asked() > before)
    if not goes_on():
        line.hears_silence()
        line.say(frames)
        s.until(what, seconds, goes_on)


class Sipp:
    """SIPp with a scenario of tests/e2e/sipp, one call, its media at `rtp`. A scenario tells what has happened through the pipe `told` (`echo WORD CALL-ID >> told`) and may
    wait for a nudge: a MESSAGE of the test within its call."""

    def __init__(self, system, scenario, rtp=None, ip="127.0.0.1", port=None, target=None, **keys):
        self.dir = os.path.join(system.dir, f"sipp-{scenario}-{len(system.others)}")
        os.mkdir(self.dir)
        os.mkfifo(os.path.join(self.dir, "told"))
        self.pipe = os.open(os.path.join(self.dir, "told"), os.O_RDWR)
        self.scenario, self.ip, self.port, self.rtp = scenario, ip, port or system.free_port(ip), rtp
        command = ["sipp", "-sf", os.path.join(TREE, "tests", "e2e", "sipp", scenario + ".xml"), "-i", ip, "-p", str(self.port), "-m", "1", "-nostdin", "-timeout", "100", "-mp", str(system.free_port(ip) & ~1),
                   "-timeout_error", "-trace_err", "-trace_msg", "-message_file", "messages.log", "-error_file", "errors.log"]
        for key, value in {"rtp": str(rtp.port if rtp else 9), **keys}.items():
            command += ["-key", key, value]
        with open(os.path.join(self.dir, "screen.log"), "w") as out:
            self.process = subprocess.Popen(command + ([target] if target else []), cwd=self.dir, stdout=out, stderr=subprocess.STDOUT)
        system.others.append(self.process)
        if target is None:
            system.listens(self.port, ip)
        self.heard = b""
        self.call_id = None

    def told(self, word, seconds=60):
        """Waits until the scenario has told this."""
        end = time.monotonic() + seconds
        pattern = re.compile(rb"^" + word.encode() + rb" (\S+)\n", re.M)
        timer = threading.Timer(seconds, lambda: os.write(self.pipe, b"!late\n"))
        timer.start()
        try:
            while not (found := pattern.search(self.heard)):
                check(time.monotonic() < end and self.process.poll() in (None, 0), f"SIPp ({self.scenario}) never told: {word}\n{self.errors()}")
                self.heard += os.read(self.pipe, 4096)
        finally:
            timer.cancel()
        self.call_id = found.group(1).decode()

    def nudge(self):
        text = (f"MESSAGE sip:sipp@{self.ip}:{self.port} SIP/2.0\r\nVia: SIP/2.0/UDP {self.ip}:9;branch=z9hG4bK{random.randrange(1 << 40)}\r\nFrom: <sip:test@{self.ip}>;tag=test\r\n"
                f"To: <sip:sipp@{self.ip}>\r\nCall-ID: {self.call_id}\r\nCSeq: {random.randrange(1, 1 << 20)} MESSAGE\r\nContent-Length: 0\r\n\r\n")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.sendto(text.encode(), (self.ip, self.port))

    def _file(self, name):
        try:
            with open(os.path.join(self.dir, name), errors="replace") as f:
                return f.read()
        except OSError:
            return ""

    def errors(self):
        return f"exit {self.process.poll()} " + (self._file("errors.log") or self._file("screen.log"))[-1500:] + self.messages()[-3000:]

    def messages(self):
        return self._file("messages.log")

    def content(self, seconds=40):
        """SIPp ends by itself and found nothing wrong."""
        check(self.process.wait(seconds) == 0, f"SIPp ({self.scenario}) is not content: {self.errors()}")


class Baresip:
    """baresip as a telephone that picks up by itself: its microphone is a file, its keys are pressed through its control port."""

    CONFIG = """module_path /usr/lib/baresip/modules
module g711.so
module aubridge.so
module aufile.so
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:{control}
audio_source aufile,{dir}/speech.wav
audio_player aubridge,x
audio_alert aubridge,y
sip_listen {ip}:{port}
rtp_ports 40000-40100
"""

    def __init__(self, system, ip, speech, account):
        """account: name, password and server that were made for a closer's telephone."""
        self.dir = os.path.join(system.dir, "baresip")
        os.mkdir(self.dir)
        port, control = system.free_port(ip), system.free_port()
        with open(os.path.join(self.dir, "config"), "w") as f:
            f.write(self.CONFIG.format(control=control, dir=self.dir, ip=ip, port=port))
        with open(os.path.join(self.dir, "accounts"), "w") as f:
            f.write(f"<sip:{account['user']}@{account['server']}>;auth_pass={account['password']};regint=60;answermode=auto\n")
        with wave.open(os.path.join(self.dir, "speech.wav"), "wb") as w:
            w.setparams((1, 2, 8000, 0, "NONE", ""))
            w.writeframes(speech)
        with open(os.path.join(self.dir, "screen.log"), "w") as out:
            self.process = subprocess.Popen(["baresip", "-f", self.dir], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
        system.others.append(self.process)
        system.listens(port, ip)
        self.told = ""
        self.control = probe("baresip can be asked", 10, lambda: self._connect(control))

    @staticmethod
    def _connect(port):
        try:
            return socket.create_connection(("127.0.0.1", port))
        except OSError:
            return None

    def command(self, name, params=""):
        """A command of baresip's menu, as netstring of JSON."""
        text = json.dumps({"command": name, "params": params})
        self.control.sendall(f"{len(text)}:{text},".encode())

    def press(self, digit):
        self.command("sndcode", digit)

    def event(self, kind, seconds=30):
        """Waits until baresip tells this."""
        self.control.settimeout(seconds)
        while kind not in self.told:
            more = self.control.recv(4096).decode(errors="replace")
            check(more, f"baresip has ended before: {kind}")
            self.told += more
