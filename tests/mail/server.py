"""An SMTP server on loopback that takes mail, or refuses and breaks off where a test says so."""

import base64
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

CERTIFICATE = Path(__file__).with_name("localhost.pem")  # of this machine alone, for tests alone
BREAK_OFF = "break off"


@dataclass
class MailServer:
    """What it took, and how it is to behave."""

    offers_tls: bool = False
    password: str = ""  # of the user bell; empty: none is asked for
    # MAIL, RCPT, DATA or END (of the data) → what is said there, in place of taking it
    faults: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)  # commands, as they came
    connections: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[EmailMessage]:
        """The mails to one mailbox."""
        return [mail for recipient, mail in self.taken if recipient == address]


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server: MailServer = self.server.mail  # type: ignore[attr-defined]
        server.connections += 1
        self.recipient, self.encrypted, self.known = "", False, not server.password
        self.say("220 localhost ESMTP")
        while line := self.rfile.readline():
            said = line.decode().strip()
            server.heard.append(said)
            if not self.answer(server, said.split(" ")[0].upper(), said):
                return

    def finish(self) -> None:
        super().finish()
        self.request.close()  # where it was encrypted, the server knows only what is beneath

    def say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def answer(self, server: MailServer, verb: str, said: str) -> bool:
        """Answer one command; False ends the talk."""
        fault = server.faults.get(verb)
        if fault == BREAK_OFF:
            return False
        if fault:
            self.say(fault)
            return True
        match verb:
            case "EHLO":
                offered = ["STARTTLS"] if server.offers_tls and not self.encrypted else []
                offered += ["AUTH PLAIN"] if server.password else []
                self.say("250-localhost", *(f"250-{one}" for one in offered), "250 8BITMIME")
            case "STARTTLS":
                self.say("220 go ahead")
                self.encrypt()
            case "AUTH":
                self.log_in(server, said)
            case "RCPT":
                self.recipient = said.split("<")[1].split(">")[0]
                self.say("250 ok" if self.known else "530 5.7.0 log in first")
            case "DATA":
                self.say("354 go on")
                return self.take(server)
            case _:
                self.say("221 bye" if verb == "QUIT" else "250 ok")
        return verb != "QUIT"

    def log_in(self, server: MailServer, said: str) -> None:
        _, user, password = base64.b64decode(said.split(" ")[2]).decode().split("\0")
        self.known = (user, password) == ("bell", server.password)
        self.say("235 2.7.0 welcome" if self.known else "535 5.7.8 no")

    def take(self, server: MailServer) -> bool:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        fault = server.faults.get("END", "")
        if not fault or fault == BREAK_OFF:  # it has it, whether it says so or not
            mail = message_from_bytes(b"".join(lines), policy=default)
            assert isinstance(mail, EmailMessage)
            server.taken.append((self.recipient, mail))
        if fault == BREAK_OFF:
            return False
        self.say(fault or "250 2.0.0 taken")
        return True

    def encrypt(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        self.request = context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)
        self.encrypted = True


class _Threads(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    mail: MailServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A peer that goes away is no news."""


@contextmanager
def mail_server(**how: object) -> Iterator[MailServer]:
    """A server that listens while in it."""
    server = MailServer(**how)  # type: ignore[arg-type]
    with _Threads(("127.0.0.1", 0), _Talk) as listening:
        listening.mail = server
        server.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()
