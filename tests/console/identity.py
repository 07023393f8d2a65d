"""A small identity provider on loopback, as OpenID Connect asks for: real codes, keys, tokens."""

import base64
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Flask, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from werkzeug.serving import make_server

CLIENT, SECRET = "bell", "the provider's secret"


@dataclass
class Identity:
    """The provider: who is signed in there, and what its tokens say falsely if a test wants."""

    now: datetime
    mail: str = "admin@example.tw"
    subject: str = "teacher-7"
    claims: dict[str, Any] = field(default_factory=dict)  # in place of the true ones
    header: dict[str, Any] = field(default_factory=dict)
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one"}))
    signs_with: ECKey | None = None  # another one than it publishes
    url: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def app(self) -> Flask:
        """What it serves."""
        app = Flask("identity provider of tests")
        app.add_url_rule("/.well-known/openid-configuration", "itself", self._itself)
        app.add_url_rule("/authorize", "authorize", self._authorize)
        app.add_url_rule("/token", "token", self._token, methods=["POST"])
        app.add_url_rule("/keys", "keys", lambda: jsonify(KeySet([self.key]).as_dict()))
        return app

    def _itself(self) -> ResponseReturnValue:
        return jsonify(
            issuer=self.url,
            authorization_endpoint=f"{self.url}/authorize",
            token_endpoint=f"{self.url}/token",
            jwks_uri=f"{self.url}/keys",
        )

    def _authorize(self) -> ResponseReturnValue:
        asked = request.args.to_dict()
        if asked.get("client_id") != CLIENT or asked.get("code_challenge_method") != "S256":
            return "bad request", 400
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        return redirect(f"{asked['redirect_uri']}?{back}")

    def _token(self) -> ResponseReturnValue:
        asked = self.codes.pop(request.form.get("code", ""), None)
        who = request.authorization
        if asked is None or who is None or (who.username, who.password) != (CLIENT, SECRET):
            return jsonify(error="invalid_grant"), 400
        digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        same = request.form.get("redirect_uri") == asked["redirect_uri"]
        if challenge != asked["code_challenge"] or not same:
            return jsonify(error="invalid_grant"), 400
        at = int(self.now.timestamp())
        true = {"iss": self.url, "aud": CLIENT, "sub": self.subject, "iat": at, "exp": at + 300}
        said = {**true, "nonce": asked["nonce"], "email": self.mail, "email_verified": True}
        token = jwt.encode(
            {"alg": "ES256", "kid": "one", **self.header},
            {**said, **self.claims},
            self.signs_with or self.key,
        )
        return jsonify(access_token="x", token_type="Bearer", expires_in=300, id_token=token)

    @contextmanager
    def served(self) -> Iterator["Identity"]:
        """The provider, listening."""
        server = make_server("127.0.0.1", 0, self.app(), threaded=True)
        self.url = f"http://127.0.0.1:{server.port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
