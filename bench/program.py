"""How Narthex is called. All that depends on its command line and its routes is in this file."""

import base64
import json
import os
import re
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode, urljoin

import client
from failure import Failure, need

ROOT = Path(__file__).resolve().parent.parent
BUILD = ["cargo", "build", "--release", "--locked", "-p", "narthex", "-p", "narthex-bench-site", "--bins"]
DECIDE = ["cargo", "bench", "--locked", "-p", "narthex-access", "--bench", "decide"]

# The command lines. The generator makes a whole site in an empty data folder and prints one JSON
# object on standard output:
#   {"admin":  {"email", "token"},              a site administrator
#    "reader": {"email", "token", "password"},  an account that sees the page
#    "page":   {"id", "space"},                 a page of about 6 KB that anonymous sees too
#    "small":  "KEY", "large": "KEY"}           spaces of 10 and of --large-space pages
def generate_command(binary, data, pages, large_space):
    return [binary, "--data", data, "--pages", str(pages), "--large-space", str(large_space)]


def serve_command(binary, data, address):
    return [binary, "serve", "--data", data, "--listen", address]


# The routes.
READY = "/readyz"
LOG_IN = "/login"
LOG_IN_FIELDS = ("email", "password")
SWITCH = "/wiki/rest/knowledge-base/1.0/permissions/space/unlicensedview"


def html_path(site):
    return f"/wiki/spaces/{site['page']['space']}/pages/{site['page']['id']}"


def json_path(site):
    return f"/wiki/api/v2/pages/{site['page']['id']}?body-format=storage"


def switch_body(key, enabled):
    return json.dumps({"enablePermission": enabled, "spaceKey": key}).encode()


def by_token(person):
    pair = f"{person['email']}:{person['token']}".encode()
    return {"Authorization": "Basic " + base64.b64encode(pair).decode()}


def by_session(base, person):
    """Logs in as a browser does, hidden fields of the form included, and gives the cookie."""
    form = client.get(urljoin(base, LOG_IN))
    fields = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form.body.decode()))
    fields.update(zip(LOG_IN_FIELDS, (person["email"], person["password"])))
    answer = client.send(
        "POST", urljoin(base, LOG_IN), body=urlencode(fields).encode(),
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": base.rstrip("/"),
            "Cookie": client.cookies(form),
        },
    )
    cookie = client.cookies(answer)
    if answer.status >= 400 or not cookie:
        raise Failure(f"Logging in at {LOG_IN} was answered {answer.status} without a session.")
    return {"Cookie": cookie}


class Program:
    """The built programs, and a folder for what they leave behind."""

    def __init__(self, scratch, build):
        self.scratch = scratch
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        self.target = Path(os.environ.get("CARGO_TARGET_DIR") or cache / "narthex" / "target")
        self.environment = os.environ | {"CARGO_TARGET_DIR": str(self.target)}
        self.build = build
        self.built = False

    def binary(self, name):
        if self.build and not self.built:
            need("cargo", "cargo")
            if subprocess.run(BUILD, cwd=ROOT, env=self.environment).returncode != 0:
                raise Failure("The programs don't build; the compiler says why above.")
            self.built = True
        path = self.target / "release" / name
        if not path.exists():
            raise Failure(f"{path} is not there. Leave out --no-build, or build it.")
        return str(path)

    def site(self, data, pages, large_space=10):
        """A generated site: its folder, and what the generator said about it."""
        folder = Path(data) if data else Path(tempfile.mkdtemp(prefix="site.", dir=self.scratch))
        # Beside the data folder, not in it: the program owns what is inside.
        note = folder.with_name(folder.name + ".bench-site.json")
        if not note.exists():
            command = generate_command(self.binary("narthex-bench-site"), str(folder), pages, large_space)
            made = subprocess.run(command, stdout=subprocess.PIPE, text=True)
            if made.returncode != 0:
                raise Failure(f"{command[0]} ended with {made.returncode}.")
            note.write_text(json.dumps({"pages": pages, "large_space": large_space} | json.loads(made.stdout)))
        site = json.loads(note.read_text())
        if (site["pages"], site["large_space"]) != (pages, large_space):
            raise Failure(
                f"{folder} holds a site of {site['pages']} pages with a largest space of "
                f"{site['large_space']}; name another folder, or remove it and {note.name}."
            )
        return str(folder), site

    def serve(self, data):
        return Server(self, data)


class Server:
    """One `narthex serve`, from the moment it is started until the end of a `with` block."""

    def __init__(self, program, data):
        self.port = client.free_port()
        self.base = f"http://127.0.0.1:{self.port}/"
        self.log = tempfile.NamedTemporaryFile(dir=program.scratch, prefix="serve.", suffix=".log")
        command = serve_command(program.binary("narthex"), data, f"127.0.0.1:{self.port}")
        self.started = time.perf_counter()
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def wait_for(self, path, seconds=60):
        """Waits until a path is answered 200; gives the seconds since the start."""
        while time.perf_counter() - self.started < seconds:
            if self.process.poll() is not None:
                raise Failure(f"narthex serve ended with {self.process.returncode}:\n{self.tail()}")
            if client.status_now(self.port, path) == 200:
                return time.perf_counter() - self.started
            time.sleep(0.0005)
        raise Failure(f"{path} was not answered 200 within {seconds} s:\n{self.tail()}")

    def memory(self):
        """Resident memory in bytes (VmRSS)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)[1]) * 1024

    def tail(self):
        return "\n".join(Path(self.log.name).read_text(errors="replace").splitlines()[-20:])
