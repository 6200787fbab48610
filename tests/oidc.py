"""An OpenID provider for tests, in a process of its own: discovery, codes with PKCE, signed tokens and their keys.

`python -m tests.oidc PORT`. Whoever is sent to its authorisation page adds `as=` (an address) and, if the
provider has not verified it, `verified=no`; a real one would ask for a password there. `wrong=` makes it answer
what a false provider might: `signature`, `nonce`, `no-nonce`, `subject`, `audience` or `no-token`.
"""

import base64
import hashlib
import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.served import free_port, wait_for

CLIENT, SECRET = "proviso-tests", "told-to-both"
FALSE_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(BaseHTTPRequestHandler):
    """The pages of the provider."""

    codes: dict[str, dict[str, str]] = {}
    tokens: dict[str, dict[str, Any]] = {}

    @property
    def issuer(self) -> str:
        return f"http://{self.headers['Host']}"

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing of every request."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        pages = {
            "/.well-known/openid-configuration": self.discovery,
            "/keys": self.keys,
            "/authorise": lambda: self.authorise(asked),
            "/me": self.me,
        }
        pages.get(address.path, lambda: self.say(404, {"error": "not_found"}))()

    def discovery(self) -> None:
        self.say(
            200,
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorise",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/me",
                "jwks_uri": f"{self.issuer}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
        )

    def keys(self) -> None:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        self.say(200, {"keys": [{**public, "kid": "1", "alg": "RS256", "use": "sig"}]})

    def authorise(self, asked: dict[str, str]) -> None:
        sound = (
            asked.get("client_id") == CLIENT
            and asked.get("response_type") == "code"
            and asked.get("code_challenge_method") == "S256"
            and "openid" in asked.get("scope", "").split()
            and asked.get("state")
        )
        if not sound:
            self.say(400, {"error": "invalid_request"})
            return
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        self.send_response(302)
        back = urlencode({"code": code, "state": asked["state"]})
        if asked.get("as") == "nobody":
            back = urlencode({"error": "access_denied", "state": asked["state"]})
        self.send_header("Location", f"{asked['redirect_uri']}?{back}")
        self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self.codes.pop(sent.get("code", ""), None)  # a code is good once
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or sent.get("client_secret") != SECRET
            or sent.get("redirect_uri") != asked["redirect_uri"]
            or proof != asked["code_challenge"]
        ):
            self.say(400, {"error": "invalid_grant"})
            return
        now = int(time.time())
        claims = {
            "sub": hashlib.sha256(asked["as"].encode()).hexdigest()[:16],
            "email": asked["as"],
            "email_verified": asked.get("verified") != "no",
        }
        more = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300}
        if "nonce" in asked:
            more["nonce"] = asked["nonce"]
        wrong = asked.get("wrong", "")
        more |= {"nonce": {"nonce": "another"}, "audience": {"aud": "another"}}.get(wrong, {})
        if wrong == "no-nonce":
            more.pop("nonce", None)
        token = secrets.token_urlsafe(16)
        self.tokens[token] = {**claims, "sub": "somebody-else"} if wrong == "subject" else claims
        key = FALSE_KEY if wrong == "signature" else KEY
        signed = {"id_token": jwt.encode({**claims, **more}, key, "RS256", headers={"kid": "1"})}
        known = {"access_token": token, "token_type": "Bearer", "expires_in": 300}
        self.say(200, known if wrong == "no-token" else {**known, **signed})

    def me(self) -> None:
        claims = self.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
        self.say(200 if claims else 401, claims or {"error": "invalid_token"})

    def say(self, status: int, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Start the provider and give its address."""
    port, log = free_port(), folder / "provider"
    with log.open("w") as output:
        command = [sys.executable, "-m", "tests.oidc", str(port)]
        root = Path(__file__).parents[1]
        with subprocess.Popen(command, cwd=root, stdout=output, stderr=output) as server:
            try:
                wait_for(port, server, log)
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()


def consent(address: str, **who: str) -> str:
    """Do what a browser does at the provider: go there as somebody and return where it leads back to."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", f"{parts.path}?{parts.query}&{urlencode(who)}")
    answer = connection.getresponse()
    assert answer.status == 302, answer.read()
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Provider).serve_forever()
