"""Single sign-on by OpenID Connect: a city's or the ministry's accounts in place of passwords."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlsplit

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from bot.errors import AskAgain
from bot.sign_in.single_sign_on import Known, Leaving

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]  # never none, never HS
TIMEOUT_S = 6
LEEWAY_S = 60
UNREACHABLE = "單一登入服務目前連不上，沒有登入。請稍後再試，或改用密碼登入。"
REFUSED = "單一登入沒有完成，沒有登入。請從頭再試一次；一直不行時，請告訴管理者。"
NO_MAIL = "單一登入服務沒有提供已確認的電子郵件，沒有登入。請告訴管理者。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One identity provider.

    Args:
        issuer: its address, as its tokens name it.
        redirect_uri: our page that it sends people back to; it must be entered there.
        makes_viewers: whether somebody whom it knows and we do not gets an account that may look.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    makes_viewers: bool = False

    def leave(self) -> Leaving:
        """Where to send somebody who wants in.

        Raises:
            AskAgain: the provider cannot be reached.
        """
        endpoints = self._endpoints()
        nonce, verifier = generate_token(32), generate_token(64)
        with self._client() as client:
            url, state = client.create_authorization_url(
                endpoints["authorization_endpoint"], nonce=nonce, code_verifier=verifier
            )
        return Leaving(url=url, brings={"state": state, "nonce": nonce, "verifier": verifier})

    def meet(self, brings: Mapping[str, str], came: Mapping[str, str], now: datetime) -> Known:
        """Who came back.

        Args:
            brings: what was kept when they left.
            came: what the address holds that they came back by.

        Raises:
            AskAgain: forged, refused, over, or the provider cannot be reached.
        """
        if not brings.get("state") or came.get("state") != brings["state"] or not came.get("code"):
            raise AskAgain(REFUSED)
        endpoints = self._endpoints()
        try:
            with self._client() as client:
                token = client.fetch_token(
                    endpoints["token_endpoint"],
                    code=came["code"],
                    code_verifier=brings["verifier"],
                    timeout=TIMEOUT_S,
                )
            keys = _fetch(endpoints["jwks_uri"])
        except OAuthError as err:
            raise AskAgain(REFUSED) from err
        except (requests.RequestException, ValueError) as err:
            raise AskAgain(UNREACHABLE) from err
        return self._known(self._claims(token, keys, brings["nonce"], now))

    def _claims(
        self, token: Mapping[str, Any], keys: dict[str, Any], nonce: str, now: datetime
    ) -> dict[str, Any]:
        rules = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        known = cast(KeySetSerialization, keys)  # what is none is refused by what reads it
        try:
            found = jwt.decode(
                str(token.get("id_token", "")), KeySet.import_key_set(known), algorithms=ALGORITHMS
            )
            rules.validate(found.claims)
        except (JoseError, ValueError, KeyError, TypeError) as err:
            raise AskAgain(REFUSED) from err
        if found.claims.get("azp", self.client_id) != self.client_id:
            raise AskAgain(REFUSED)
        return dict(found.claims)

    def _known(self, claims: Mapping[str, Any]) -> Known:
        mail, subject = claims.get("email"), claims.get("sub")
        if not isinstance(mail, str) or not isinstance(subject, str) or not subject:
            raise AskAgain(NO_MAIL)
        if claims.get("email_verified", True) is not True:
            raise AskAgain(NO_MAIL)
        named = hashlib.sha256(f"{self.issuer} {subject}".encode()).hexdigest()
        return Known(mail=mail.strip().lower(), subject=named)

    def _client(self) -> OAuth2Session:
        return OAuth2Session(
            self.client_id,
            self.client_secret,
            scope="openid email",
            redirect_uri=self.redirect_uri,
            code_challenge_method="S256",
        )

    def _endpoints(self) -> dict[str, Any]:
        """What the provider says of itself; it must be the one that was set."""
        try:
            found = _fetch(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        except (requests.RequestException, ValueError) as err:
            raise AskAgain(UNREACHABLE) from err
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        is_whole = all(urlsplit(str(found.get(name, ""))).hostname for name in names)
        if found.get("issuer") != self.issuer or not is_whole:
            raise AskAgain(UNREACHABLE)
        return found


def _fetch(url: str) -> dict[str, Any]:
    answer = requests.get(url, timeout=TIMEOUT_S, allow_redirects=False)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found
