"""The mail server: one connection for a run of letters, and what its refusals mean.

smtps://  encrypted from the first byte (port 465)
starttls:// encrypted before anything is said, or not at all (port 587)
smtp://   encrypted where the server offers it (port 25); a password never goes unencrypted, except
          to this machine itself
"""

import ssl
from dataclasses import dataclass
from email.utils import parseaddr
from functools import cached_property
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPAuthenticationError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPResponseException,
)
from urllib.parse import unquote, urlsplit

from bot.errors import AddressRefused, DeliveryError, NeverWill, NotAllowed, PerhapsTaken, TryLater
from bot.mail.compose import compose
from bot.mail.letter import Letter

TIMEOUT_S = 10.0  # of each step: whoever sends has other work too
PORTS = {"smtps": 465, "starttls": 587, "smtp": 25}
HERE = ("127.0.0.1", "::1", "localhost")
SAID_MOST = 120  # characters of a server's answer that are kept


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in, and as whom."""

    scheme: str
    host: str
    port: int
    user: str
    password: str

    @classmethod
    def parse(cls, url: str) -> "Server":
        """The server that an address of the settings names; they have checked it."""
        parts = urlsplit(url)
        return cls(
            scheme=parts.scheme,
            host=parts.hostname or "",
            port=parts.port or PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )


class SmtpSender:
    """Hands letters to a mail server; used by one thread."""

    def __init__(self, url: str, sender: str, trusted: ssl.SSLContext | None = None) -> None:
        self._server = Server.parse(url)
        self._sender = sender
        self._given = trusted
        self._open: SMTP | None = None

    def send(self, letter: Letter) -> None:
        """Hand in one letter.

        Raises:
            TryLater: it was not taken, and may be another time.
            PerhapsTaken: the connection ended before the server said whether it took it.
            AddressRefused: there is no such mailbox.
            NeverWill: the server will not have this letter.
            NotAllowed: the server will have nothing from us.
        """
        mail = compose(letter, self._sender)
        try:
            smtp = self._connected()
            self._envelope(smtp, letter)
        except (SMTPException, OSError) as err:
            self.close()
            raise _meaning(err) from err
        except DeliveryError:
            self.close()  # the next letter begins with a server that expects one
            raise
        self._hand_over(smtp, mail)

    def close(self) -> None:
        """Say good-bye, where there is a connection."""
        smtp, self._open = self._open, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (SMTPException, OSError):
            smtp.close()

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        return self._given or ssl.create_default_context()

    def _connected(self) -> SMTP:
        if self._open:
            return self._open
        server = self._server
        where = server.host, server.port
        if server.scheme == "smtps":
            smtp: SMTP = SMTP_SSL(*where, timeout=TIMEOUT_S, context=self._trusted)
        else:
            smtp = SMTP(*where, timeout=TIMEOUT_S)
        self._open = smtp  # from here on somebody closes it
        smtp.ehlo_or_helo_if_needed()
        encrypted = server.scheme == "smtps"
        if server.scheme == "starttls" or (server.scheme == "smtp" and smtp.has_extn("starttls")):
            smtp.starttls(context=self._trusted)
            smtp.ehlo()
            encrypted = True
        if server.user:
            if not encrypted and server.host not in HERE:
                raise NotAllowed("the mail server offers no encryption: no password is sent")
            smtp.login(server.user, server.password)
        return smtp

    def _envelope(self, smtp: SMTP, letter: Letter) -> None:
        code, said = smtp.mail(parseaddr(self._sender)[1])
        if code != 250:
            raise _refused(code, said, NotAllowed)
        code, said = smtp.rcpt(letter.address)
        if code not in (250, 251):
            # 5.7: it is we who may not send there, the mailbox may well be good.
            of_us = code in (530, 535) or said.startswith(b"5.7")
            raise _refused(code, said, NotAllowed if of_us else AddressRefused)

    def _hand_over(self, smtp: SMTP, mail: bytes) -> None:
        try:
            code, said = smtp.data(mail)
        except SMTPResponseException as err:  # before any of it was sent
            self.close()
            raise _refused(err.smtp_code, _bytes(err.smtp_error), NeverWill) from err
        except (SMTPException, OSError) as err:
            self.close()
            raise PerhapsTaken(f"mail: {type(err).__name__} while handing it in") from err
        if code != 250:
            self.close()
            no_mailbox = said.startswith((b"5.1.1", b"5.1.6", b"5.1.10", b"5.2.1"))
            raise _refused(code, said, AddressRefused if no_mailbox else NeverWill)


def _refused(
    code: int, said: bytes, kind: type[NeverWill] | type[NotAllowed]
) -> NeverWill | NotAllowed | TryLater:
    """What a refusal means: 4xx another time, 5xx as it is called."""
    # Servers repeat the address: what they say is kept only up to it.
    words = said.decode(errors="replace").split("<")[0].split("@")[0][:SAID_MOST]
    enhanced = words.split(" ")[0] if words[:1].isdigit() else ""
    told = f"mail server: {code} {enhanced}".strip()
    return kind(told) if code >= 500 else TryLater(told)


def _meaning(err: SMTPException | OSError) -> NotAllowed | NeverWill | TryLater:
    if isinstance(err, SMTPAuthenticationError):
        return _refused(err.smtp_code, _bytes(err.smtp_error), NotAllowed)
    if isinstance(err, SMTPResponseException):
        return _refused(err.smtp_code, _bytes(err.smtp_error), NotAllowed)
    if isinstance(err, SMTPNotSupportedError | ssl.SSLCertVerificationError):
        return NotAllowed(f"mail server: {type(err).__name__}")
    return TryLater(f"mail server: {type(err).__name__}")


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()
