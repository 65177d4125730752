"""A running `baton serve` (and, where wanted, a simulated carrier or SIPp) for end-to-end tests. Standard library only.

Whatever the programs print and every event of the journal wakes those who wait: System.until looks again then, and only then."""
import http.cookiejar
import json
import os
import random
import re
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

TREE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
BATON = os.environ.get("BATON", os.path.join(TREE, "build", "baton"))


def probe(what, seconds, ready):
    """Asks again and again, for what tells nobody when it changes: a port that opens, a readiness page."""
    end = time.monotonic() + seconds
    while not (value := ready()):
        check(time.monotonic() < end, f"not within {seconds} s: {what}")
        time.sleep(0.05)
    return value


def check(condition, what):
    if not condition:
        raise AssertionError(what)


def children(pid):
    """Direct children that are alive."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as f:
                    rest = f.read().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(rest[1]) == pid and rest[0] != "Z":
                found.append(int(name))
    return found


def gone(pids, seconds=10):
    """Waits until these processes have ended, children of ours or not."""
    end = time.monotonic() + seconds
    for pid in pids:
        try:
            fd = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        try:
            check(select.select([fd], [], [], max(0, end - time.monotonic()))[0], f"process {pid} lives on")
        finally:
            os.close(fd)


class Output:
    """Lines that a process prints, as they come."""

    def __init__(self, system, name, command, **options):
        self.name, self.lines, self.system = name, [], system
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", **options)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            with self.system.changed:
                self.lines.append(line)
                self.system.changed.notify_all()
        with self.system.changed:
            self.system.changed.notify_all()

    def match(self, pattern):
        check(self.process.poll() is None, f"{self.name} has ended")
        return next((m for m in (re.search(pattern, line) for line in self.lines) if m), None)


class System:
    """One data folder; serve can be started, killed and started again on it."""

    def __init__(self, ip="127.0.0.1"):
        self.dir = tempfile.mkdtemp(prefix="baton-e2e-")
        self.data = os.path.join(self.dir, "data")
        self.ip = ip
        self.changed = threading.Condition()
        self.carrier_port = self.free_port(ip)
        self.sip_port = self.free_port(ip)
        self.serve = self.phone = None
        self.outputs = []
        self.others = []
        self.password = self.token = self.url = None
        self.http = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        for p in [self.serve, self.phone, *self.others]:
            if p and p.poll() is None:
                p.terminate()
                try:
                    p.wait(15)
                except subprocess.TimeoutExpired:
                    p.kill()
                    p.wait()
        if kind:
            for out in self.outputs:
                sys.stderr.write(f"--- {out.name}\n" + "".join(out.lines)[-3000:])
            self._dump_turns()
        shutil.rmtree(self.dir, ignore_errors=True)

    def _dump_turns(self):
        try:
            for t in self.rows("SELECT * FROM turn ORDER BY call_id, seq"):
                sys.stderr.write(f"{t['call_id'][-4:]} {t['at_ms'] / 1000:6.1f} {t['speaker']}: {t['topic']}: {t['text']}{' (cut off)' if t['interrupted'] else ''}\n")
        except sqlite3.Error:
            pass  # there is no database yet

    def until(self, what, seconds, ready):
        """Calls ready() whenever something has happened, until it gives something true; fails with `what` after so many seconds."""
        end = time.monotonic() + seconds
        with self.changed:
            while not (value := ready()):
                left = end - time.monotonic()
                check(left > 0, f"not within {seconds} s: {what}")
                self.changed.wait(left)
        return value

    @staticmethod
    def free_port(ip="127.0.0.1", taken=set()):
        """A port that is free for UDP and TCP, given once: for programs that cannot tell which they took. It lies below those that the system gives
        to whoever connects, which may be taken a moment later."""
        while True:
            port = random.randrange(20000, 30000)
            if port in taken:
                continue
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp:
                try:
                    udp.bind((ip, port))
                    tcp.bind((ip, port))
                except OSError:
                    continue
            taken.add(port)
            return port

    # --- processes ---

    @staticmethod
    def media_ports(taken=set()):
        """A range of its own for each program: what a far end sends on when its call is over must not reach another call."""
        first = 30000 + (os.getpid() * 16 + len(taken)) % 250 * 40
        taken.add(first)
        return first, first + 38

    def start(self, *options, speech=True):
        """speech: True waits for ears and voice, "voice" for a voice without ears, False for neither."""
        first, last = self.media_ports()
        command = [BATON, "serve", "--data", self.data, "--http-port", "0", "--sip-port", str(self.sip_port), "--sip-ip", self.ip, "--rtp-ip", self.ip, "--rtp-min", str(first), "--rtp-max", str(last),
                   "--trunk-uri",
                   f"sip:{self.ip}:{self.carrier_port}", "--gate-hours-from-min", "0", "--gate-hours-to-min", "1440", "--log", "info", *options]
        if speech is not True:
            command += ["--workers-ears", "0", "--workers-voice", "1" if speech == "voice" else "0"]
        out = Output(self, "serve", command)
        self.serve = out.process
        self.outputs.append(out)
        self.url = self.until("the server is ready", 30, lambda: out.match(r"is ready: (http://[0-9.]+:\d+)/")).group(1)
        if not self.token:
            self.password = self.until("the password is told", 5, lambda: out.match(r"with the password (\S+)")).group(1)
            self.api("POST", "/api/v1/login", {"login": "admin", "password": self.password}, want=200)
            self.token = self.api("POST", "/api/v1/tokens", {"label": "tests", "role": "admin"}, want=201)["token"]
        threading.Thread(target=self._listen, args=(self.url,), daemon=True).start()
        if speech is True:
            probe("ears and voice are ready", 60, lambda: self.status("/readyz") == 200)
        if speech == "voice":
            probe("the voice is ready", 60, lambda: b'baton_speech_ready{side="voice"} 1' in self.request("GET", "/metrics")[1])

    def _listen(self, url):
        """Each event of the journal wakes those who wait."""
        request = urllib.request.Request(url + "/api/v1/events", headers={"Authorization": f"Bearer {self.token}"})
        try:
            with urllib.request.urlopen(request) as stream:
                for line in stream:
                    if line.startswith(b"id:"):
                        with self.changed:
                            self.changed.notify_all()
        except OSError:
            pass  # the server is gone, or was killed

    def start_phone(self, people, *options):
        """The simulated carrier with these people (a path or YAML text)."""
        if "\n" in people:
            path = os.path.join(self.dir, "people.yaml")
            with open(path, "w") as f:
                f.write(people)
            people = path
        first, last = self.media_ports()
        out = Output(self, "phone", [BATON, "phone", "--json", "--people", people, "--sip-port", str(self.carrier_port), "--sip-ip", self.ip, "--rtp-ip", self.ip, "--rtp-min", str(first), "--rtp-max",
                                     str(last), "--target", f"sip:{self.ip}:{self.sip_port}", *options])
        self.phone = out.process
        self.phone_lines = out.lines
        self.outputs.append(out)
        self.until("the carrier is ready", 60, lambda: self.told("ready"))

    def told(self, event, **fields):
        """What the simulated carrier told of this kind."""
        found = []
        for line in list(self.phone_lines):
            try:
                ev = json.loads(line)
            except ValueError:
                continue
            if ev.get("event") == event and all(ev.get(k) == v for k, v in fields.items()):
                found.append(ev)
        return found

    @staticmethod
    def listens(port, ip="127.0.0.1"):
        """Waits until a program has this port."""
        def taken():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
                try:
                    s.bind((ip, port))
                except OSError:
                    return True
            return False
        probe(f"port {port} is open", 10, taken)

    def kill(self):
        """kill -9, and the workers that must go with it."""
        workers = children(self.serve.pid)
        self.serve.send_signal(signal.SIGKILL)
        self.serve.wait()
        return workers

    # --- the API ---

    def request(self, method, path, body=None, headers=None):
        data = json.dumps(body).encode() if body is not None else None
        req = urllib.request.Request(self.url + path, data=data, method=method, headers={"Content-Type": "application/json", "Origin": self.url, **(headers or {})})
        if self.token:
            req.add_header("Authorization", f"Bearer {self.token}")
        try:
            with self.http.open(req, timeout=20) as r:
                return r.status, r.read()
        except urllib.error.HTTPError as e:
            return e.code, e.read()

    def status(self, path):
        return self.request("GET", path)[0]

    def api(self, method, path, body=None, want=None, headers=None):
        status, text = self.request(method, path, body, headers)
        check(status == want if want else status < 300, f"{method} {path}: {status} {text[:300]}")
        return json.loads(text) if text else None

    def lead(self, phone, **fields):
        body = {"phone": phone, "name": "Test Person", "source": "demo_request", "consent": {"text": "Call me.", "source": "web form", "ip": "127.0.0.1"}, **fields}
        return self.api("POST", "/api/v1/leads", body, want=202)

    # --- the database, read only ---

    def rows(self, sql, *args):
        with sqlite3.connect(f"file:{self.data}/baton.db?mode=ro", uri=True, timeout=10) as db:
            db.row_factory = sqlite3.Row
            return [dict(r) for r in db.execute(sql, args)]

    def journal(self, kind, call_id=None):
        """Events whose kind begins so, in order."""
        rows = self.rows("SELECT * FROM event WHERE kind LIKE ? ORDER BY seq", kind + "%")
        return [{**r, "data": json.loads(r["data"] or "{}")} for r in rows if call_id in (None, r["call_id"])]

    def ended_call(self, phone, seconds=60, nth=1):
        def found():
            rows = self.rows("SELECT * FROM call WHERE phone = ? AND state = 'ended' ORDER BY started_at", phone)
            return rows[nth - 1] if len(rows) >= nth else None
        return self.until(f"call {nth} of {phone} has ended", seconds, found)
