"""Somebody who has signed in at a node's console, as a browser without script asks for its pages."""

import html
import http.client
import re
import socket
import ssl
import time
import urllib.parse

PATIENCE_SECONDS = 60


def unchecked():
    """The node's certificate is of an authority that was made for this run."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def cookies(headers):
    return "; ".join(value.split(";")[0] for key, value in headers if key.lower() == "set-cookie")


class Answer:
    """One answer: how long its first byte took, its head and its body."""

    def __init__(self, seconds, status, headers, body):
        self.seconds, self.status, self.headers, self.body = seconds, status, headers, body

    @property
    def text(self):
        return self.body.decode()

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name), None)


class Visitor:
    """A session at a console."""

    def __init__(self, address, path):
        """Signs in by a one-time link: it is asked for once more, as a form."""
        self.host, port = address.split("//")[-1].split("/")[0].rsplit(":", 1)
        self.port, self.tls, self.cookie = int(port), unchecked(), ""
        page = self.get(path)
        self.cookie = cookies(page.headers)
        signed = self.send("/sign-in/link", dict(self.hidden(page.text)))
        self.cookie = cookies(signed.headers)
        if not self.cookie:
            raise RuntimeError("the one-time link did not sign in")

    def get(self, path):
        return self.ask("GET", path)

    def send(self, path, fields):
        body = urllib.parse.urlencode(fields)
        return self.ask("POST", path, {"Content-Type": "application/x-www-form-urlencoded"}, body)

    def ask(self, method, path, headers=None, body=None):
        """A request with a connection of its own, whose making counts."""
        wire = http.client.HTTPSConnection(self.host, self.port, timeout=PATIENCE_SECONDS, context=self.tls)
        try:
            began = time.monotonic()
            wire.request(method, path, body=body, headers={"Cookie": self.cookie, **(headers or {})})
            answer = wire.getresponse()
            first = time.monotonic() - began
            return Answer(first, answer.status, answer.getheaders(), answer.read())
        finally:
            wire.close()

    def fill(self, path, action, fields):
        """Fills a form of a page in; gives what was answered to it."""
        for form in re.findall(r"<form.*?</form>", self.get(path).text, re.S):
            if f'action="{action}"' in form:
                return self.send(action, {**dict(self.hidden(form)), **fields})
        raise RuntimeError(f"no form for {action} on {path}")

    def follow(self, text):
        """The event stream of a page: a connection whose head has been asked for."""
        live = re.search(r'data-live="([^"]*)"', text)
        if live is None:
            raise RuntimeError("nothing changes by itself on this page")
        wire = self.tls.wrap_socket(socket.create_connection((self.host, self.port), timeout=PATIENCE_SECONDS))
        wire.sendall(f"GET {html.unescape(live.group(1))}&marks= HTTP/1.1\r\nHost: console\r\n"
                     f"Cookie: {self.cookie}\r\n\r\n".encode())
        return wire

    def menu(self):
        """Where the menu leads."""
        side = re.search(r'<nav class="side".*?</nav>', self.get("/").text, re.S)
        if side is None:
            raise RuntimeError("the start page has no menu")
        return [html.unescape(path) for path in re.findall(r'<li[^>]*>\s*<a[^>]*href="([^"]*)"', side.group(0))]

    @staticmethod
    def hidden(text):
        found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', text)
        return [(name, html.unescape(value)) for name, value in found]
