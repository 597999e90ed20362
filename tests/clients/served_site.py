"""A site that the program has made and serves, with the people whom the stories are about."""

import base64
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

# Who is there: variable, e-mail address, name, access, further arguments.
PEOPLE = [
    ("LEE", "lee@example.org", "Lee Wren", "confluence", ["--group", "writers"]),
    ("UNA", "una@example.org", "Una Day", "none", []),
]


class ServedSite:
    """One `narthex serve`, from `with` to the end of its block."""

    def __init__(self, program, folder, host=None):
        self.program = program
        self.folder = folder
        self.data = folder / "data"
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self.here = f"http://127.0.0.1:{self.port}"
        self.url = f"http://{host}" if host else self.here
        self.tokens = {}
        self.accounts = {}
        self.space = None
        self.process = None
        self.log = folder / "serve.log"

    def __enter__(self):
        self.tokens["ADA"] = ("ada@example.org", self._run("init", "--email", "ada@example.org", "--name", "Ada Lind"))
        self._run("group", "create", "--name", "writers")
        for who, email, name, access, more in PEOPLE:
            self._run("account", "add", "--email", email, "--name", name, "--access", access, *more)
            self.tokens[who] = (email, self._run("token", "create", "--email", email, "--label", "clients"))
        listen = ["serve", "--listen", f"127.0.0.1:{self.port}", "--base-url", self.url]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(self.program), *listen], env=self._environment(),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )
        self._wait()
        # Made by Ada, so that she administers it.
        self.space = self._send("ADA", "POST", "/wiki/rest/api/space", {"key": "DOCS", "name": "Documents"})
        for who in ("ADA", "LEE"):
            self.accounts[who] = self._send(who, "GET", "/wiki/rest/api/user/current")["accountId"]
        return self

    def __exit__(self, *_):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def environment(self):
        """What a story is told: where the site is, and who can talk to it."""
        told = {"NARTHEX_URL": self.url, "NARTHEX_HERE": self.here, "DOCS_ID": str(self.space["id"])}
        for who, (email, token) in self.tokens.items():
            told |= {f"{who}_EMAIL": email, f"{who}_TOKEN": token}
        told |= {f"{who}_ACCOUNT": account for who, account in self.accounts.items()}
        return told

    def log_tail(self):
        """The last lines of the server's log."""
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join(["-- the server's last words", *lines[-25:]])

    def _environment(self):
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        return kept | {"NARTHEX_DATA": str(self.data)}

    def _run(self, *arguments):
        done = subprocess.run(
            [str(self.program), *arguments], env=self._environment(), capture_output=True, text=True,
        )
        if done.returncode != 0:
            raise RuntimeError(f"narthex {' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout.strip()

    def _send(self, who, method, path, body=None):
        pair = base64.b64encode(":".join(self.tokens[who]).encode()).decode()
        headers = {"Authorization": f"Basic {pair}", "Content-Type": "application/json"}
        body = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.here + path, body, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def _wait(self):
        begun = time.monotonic()
        while time.monotonic() - begun < 30:
            if self.process.poll() is not None:
                raise RuntimeError(f"narthex serve ended with {self.process.returncode}\n{self.log_tail()}")
            try:
                with urllib.request.urlopen(f"{self.here}/readyz", timeout=2) as answer:
                    if json.load(answer)["ready"]:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        raise RuntimeError(f"the server isn't ready in time\n{self.log_tail()}")
