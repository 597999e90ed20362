"""What a client or a step of the tests needs from a package registry, kept in the cache folder.

It is installed when it is missing or when its list has changed. Whatever can't be had is named:
nothing is left out in silence.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


class Missing(Exception):
    """Something that is needed isn't there and can't be had from here."""


def cache_folder():
    """Where packages are kept: outside the clone."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "narthex" / "clients"


class Packages:
    """The packages of one client."""

    def __init__(self, client, cache):
        self.client = client
        self.folder = cache / client.name
        self.is_python = (client / "requirements.txt").exists()
        self.lists = [client / "requirements.txt"] if self.is_python else [
            client / "package.json", client / "package-lock.json",
        ]
        self.node = None

    @property
    def title(self):
        """The client with its version, for the reader."""
        if self.is_python:
            # The package that a list is about is its first line.
            return self.lists[0].read_text().splitlines()[0].replace("==", " ")
        import json
        [(name, version)] = json.loads(self.lists[0].read_text())["dependencies"].items()
        return f"{name} {version}"

    def install(self, progress=None):
        """Installs what is missing or out of date; what it does is told to `progress`."""
        if (self.client / "story.mjs").exists():
            self.node = self._node()
        stamp = self.folder / "installed"
        wanted = self._wanted()
        if stamp.exists() and stamp.read_text() == wanted:
            return self
        print(f"Installing {self.title} and what it needs", flush=True, file=progress)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        if self.is_python:
            self._pip()
        else:
            self._npm()
        stamp.write_text(wanted)
        return self

    def command(self):
        """What plays the story."""
        if self.is_python:
            return [str(self.folder / "bin" / "python"), str(self.client / "story.py")]
        return [self.node, str(self.client / "story.mjs")]

    def environment(self, base):
        """The surroundings of the story: without what could lead it elsewhere."""
        kept = {name: base[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in base}
        kept["NARTHEX_PACKAGES"] = str(self.folder)
        if self.is_python:
            kept |= {"PYTHONPATH": str(self.client.parent), "PYTHONDONTWRITEBYTECODE": "1"}
        return kept

    def _wanted(self):
        digest = hashlib.sha256(sys.version.encode())
        for path in self.lists:
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def _pip(self):
        made = subprocess.run([sys.executable, "-m", "venv", str(self.folder)], capture_output=True, text=True)
        if made.returncode != 0:
            raise Missing(
                "Python's venv is missing (Debian: apt-get install --yes --no-install-recommends python3-venv).\n"
                + made.stderr.strip()
            )
        pip = [str(self.folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        self._run([*pip, "--requirement", str(self.lists[0])])

    def _npm(self):
        for path in self.lists:
            shutil.copy(path, self.folder)
        # `ci`: exactly what the lock names, with its hashes.
        npm = ["npm", "ci", "--prefix", str(self.folder), "--no-audit", "--no-fund", "--ignore-scripts"]
        self._run([*npm, "--loglevel=error"])

    def _node(self):
        found = subprocess.run([str(ROOT / ".ci" / "node-22")], capture_output=True, text=True)
        if found.returncode != 0:
            raise Missing(f"Node.js 22 for {self.title} can't be had:\n{found.stderr.strip()}")
        return found.stdout.strip()

    def _run(self, command):
        try:
            done = subprocess.run(command, capture_output=True, text=True)
        except FileNotFoundError:
            raise Missing(
                f"{command[0]} is missing (Debian: apt-get install --yes --no-install-recommends {command[0]})."
            ) from None
        if done.returncode != 0:
            said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-12:])
            raise Missing(
                f"{self.title} can't be installed. It takes the network, or a mirror that your pip and npm know:\n"
                f"  {' '.join(command)}\n{said}"
            )
