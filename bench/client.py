"""A small HTTP client for setting up a measure; the load itself comes from wrk."""

import http.client
import socket
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from failure import Failure


@dataclass
class Answer:
    url: str
    status: int
    headers: list
    body: bytes
    seconds: float

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name), None)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def on(connection, method, url, headers=None, body=None):
    """One request on an open connection, timed on this side."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    begun = time.perf_counter()
    connection.request(method, target, body=body, headers=headers or {})
    response = connection.getresponse()
    content = response.read()
    return Answer(url, response.status, response.getheaders(), content, time.perf_counter() - begun)


def connect(url):
    return http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)


def send(method, url, headers=None, body=None):
    connection = connect(url)
    try:
        return on(connection, method, url, headers, body)
    except OSError as error:
        raise Failure(f"{method} {url}: {error}") from error
    finally:
        connection.close()


def get(url, headers=None):
    """GET that follows redirects within the server, since a page's address may gain its title."""
    for _ in range(5):
        answer = send("GET", url, headers)
        if answer.status not in (301, 302, 303, 307, 308):
            return answer
        url = urljoin(url, answer.header("location"))
    raise Failure(f"{url}: too many redirects")


def cookies(answer):
    """What a browser would send back."""
    pairs = (value.split(";")[0] for key, value in answer.headers if key.lower() == "set-cookie")
    return "; ".join(pairs)


def status_now(port, path):
    """The status of a path at this moment, or None while nobody listens."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as stream:
            stream.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
            line = stream.makefile("rb").readline().split()
            return int(line[1]) if len(line) > 1 else None
    except OSError:
        return None
