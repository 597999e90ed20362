"""nginx with static files, set up to be as fast as it can: what we compare ourselves with.

It keeps a log of requests, as we do, and gathers the lines before they are written, as we do.
"""

import os
import subprocess
import time

import client
from failure import Failure, need

CONFIGURATION = """\
worker_processes 2;
worker_cpu_affinity auto;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; multi_accept on; }}
http {{
    access_log {folder}/access.log combined buffer=64k flush=1s;
    sendfile on;
    tcp_nopush on;
    tcp_nodelay on;
    keepalive_timeout 600s;
    keepalive_requests 1000000000;
    open_file_cache max=1000 inactive=600s;
    open_file_cache_valid 600s;
    server_tokens off;
    types {{ }}
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} backlog=1024;
        root {folder}/files;
{locations}
    }}
}}
"""


class Nginx:
    """nginx with some bodies by name, until the end of a `with` block.

    `bodies` maps a name to a pair of content type and bytes; `url(name)` is where it is served.
    """

    def __init__(self, scratch, bodies):
        self.folder = scratch / "nginx"
        files = self.folder / "files"
        files.mkdir(parents=True, exist_ok=True)
        # Its workers run as another user when we are root.
        for folder in (scratch, self.folder, files):
            os.chmod(folder, 0o755)
        for name, (_, content) in bodies.items():
            (files / name).write_bytes(content)
        self.port = client.free_port()
        locations = "\n".join(
            f'        location = /{name} {{ default_type "{kind}"; }}' for name, (kind, _) in bodies.items()
        )
        self.configuration = self.folder / "nginx.conf"
        self.configuration.write_text(
            CONFIGURATION.format(folder=self.folder, port=self.port, locations=locations)
        )

    def url(self, name):
        return f"http://127.0.0.1:{self.port}/{name}"

    def __enter__(self):
        command = [need("nginx", "nginx"), "-p", str(self.folder), "-e", str(self.folder / "error.log")]
        self.process = subprocess.Popen([*command, "-c", str(self.configuration)], stderr=subprocess.DEVNULL)
        for _ in range(100):
            if client.status_now(self.port, "/") is not None:
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.__exit__()
        raise Failure("nginx did not start:\n" + (self.folder / "error.log").read_text())

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
