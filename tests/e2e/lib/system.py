"""A running `baton serve` (and, where wanted, a simulated carrier or sipp) for end-to-end tests. Standard library only."""
import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

TREE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
BATON = os.environ.get("BATON", os.path.join(TREE, "build", "baton"))


def free_port(kind=socket.SOCK_DGRAM):
    with socket.socket(socket.AF_INET, kind) as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def until(what, seconds, ready):
    """Calls ready() until it gives something true; fails with `what` after so many seconds."""
    end = time.monotonic() + seconds
    while True:
        value = ready()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.05)


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


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as f:
            return f.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class System:
    """One data folder; serve can be started, killed and started again on it."""

    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix="baton-e2e-")
        self.data = os.path.join(self.dir, "data")
        self.log = os.path.join(self.dir, "serve.log")
        self.carrier_port = free_port()
        self.sip_port = free_port()
        self.serve = None
        self.phone = None
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
            for name in os.listdir(self.dir):
                if name.endswith(".log"):
                    with open(os.path.join(self.dir, name), errors="replace") as f:
                        sys.stderr.write(f"--- {name}\n" + f.read()[-2000:])
        shutil.rmtree(self.dir, ignore_errors=True)

    # --- processes ---

    def start(self, *options, speech=True):
        command = [BATON, "serve", "--data", self.data, "--http-port", "0", "--sip-port", str(self.sip_port), "--trunk-uri", f"sip:127.0.0.1:{self.carrier_port}",
                   "--gate-hours-from-min", "0", "--gate-hours-to-min", "1440", "--log", "info", *options]
        if not speech:
            command += ["--workers-ears", "0", "--workers-voice", "0"]
        with open(self.log, "a") as out:
            mark = out.tell()
            self.serve = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        line = until("the server is ready", 30, lambda: self.log_match(r"is ready: (http://[0-9.]+:\d+)/", mark))
        self.url = line.group(1)
        first = self.log_match(r"with the password (\S+)", 0)
        if not self.token:
            self.password = first.group(1)
            self.api("POST", "/api/v1/login", {"login": "admin", "password": self.password}, want=200)
            self.token = self.api("POST", "/api/v1/tokens", {"label": "tests", "role": "admin"}, want=201)["token"]
        if speech:
            until("ears and voice are ready", 60, lambda: self.status("/readyz") == 200)

    def log_match(self, pattern, since):
        check(self.serve.poll() is None, "serve has ended")
        with open(self.log, errors="replace") as f:
            f.seek(since)
            return re.search(pattern, f.read())

    def start_phone(self, people, *options):
        """The simulated carrier with these people (a path or YAML text)."""
        if "\n" in people:
            path = os.path.join(self.dir, "people.yaml")
            with open(path, "w") as f:
                f.write(people)
            people = path
        self.phone_log = os.path.join(self.dir, "phone.log")
        with open(self.phone_log, "w") as out:
            self.phone = subprocess.Popen([BATON, "phone", "--json", "--people", people, "--sip-port", str(self.carrier_port), "--target", f"sip:127.0.0.1:{self.sip_port}", *options],
                                          stdout=out, stderr=subprocess.STDOUT)
        until("the carrier is ready", 60, lambda: self.told("ready"))

    def told(self, event, **fields):
        """What the simulated carrier told of this kind."""
        found = []
        for line in open(self.phone_log, errors="replace"):
            try:
                ev = json.loads(line)
            except ValueError:
                continue
            if ev.get("event") == event and all(ev.get(k) == v for k, v in fields.items()):
                found.append(ev)
        return found

    def start_sipp(self, scenario, *options):
        path = os.path.join(TREE, "tests", "e2e", "sipp", scenario + ".xml")
        log = os.path.join(self.dir, f"sipp-{scenario}.log")
        with open(log, "w") as out:
            p = subprocess.Popen(["sipp", "-sf", path, "-i", "127.0.0.1", "-p", str(self.carrier_port), "-m", "1", "-nostdin", "-timeout", "60", *options], stdout=out,
                                 stderr=subprocess.STDOUT, cwd=self.dir)
        self.others.append(p)
        until("sipp listens", 10, lambda: self._udp_taken(self.carrier_port))
        return p

    @staticmethod
    def _udp_taken(port):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            try:
                s.bind(("127.0.0.1", port))
            except OSError:
                return True
        return False

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

    def ended_call(self, phone, seconds=60, nth=1):
        def found():
            rows = self.rows("SELECT * FROM call WHERE phone = ? AND state = 'ended' ORDER BY started_at", phone)
            return rows[nth - 1] if len(rows) >= nth else None
        return until(f"call {nth} of {phone} has ended", seconds, found)
