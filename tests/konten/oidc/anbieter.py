"""A small OpenID provider in a thread: one key, tokens as the test wants them."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, SECRET = "asskomm", "geheim"
SCHLUESSEL = rsa.generate_private_key(public_exponent=65537, key_size=2048)
FREMDER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Anbieter(ThreadingHTTPServer):
    """`person` is who signs in there; `token` changes claims, `schluessel` who signs them."""

    def __init__(self, port):
        super().__init__(("127.0.0.1", port), Anfrage)
        self.adresse = f"http://127.0.0.1:{port}"
        self.setze_zurueck()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def setze_zurueck(self):
        self.person = {"sub": "4711", "email": "kim@example.org", "email_verified": True}
        self.token, self.schluessel, self.pruefwert = {}, SCHLUESSEL, None

    def bestaetige(self, adresse):
        """Do what the person does at the provider; returns the query of the way back."""
        anfrage = {name: werte[0] for name, werte in parse_qs(urlsplit(adresse).query).items()}
        self.pruefwert = anfrage["code_challenge"]
        return anfrage, {"code": "einmal", "state": anfrage["state"]}

    def id_token(self):
        angaben = {
            "iss": self.adresse,
            "aud": CLIENT_ID,
            "sub": self.person["sub"],
            "iat": int(time.time()),
            "exp": int(time.time()) + 60,
        }
        return jwt.encode(angaben | self.token, self.schluessel, "RS256", headers={"kid": "1"})


class Anfrage(BaseHTTPRequestHandler):
    def do_GET(self):
        adresse = self.server.adresse
        match urlsplit(self.path).path:
            case "/.well-known/openid-configuration":
                self.antworte(
                    {
                        "issuer": adresse,
                        "authorization_endpoint": f"{adresse}/anmelden",
                        "token_endpoint": f"{adresse}/token",
                        "userinfo_endpoint": f"{adresse}/person",
                        "jwks_uri": f"{adresse}/schluessel",
                        "token_endpoint_auth_methods_supported": ["client_secret_post"],
                    }
                )
            case "/schluessel":
                jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(SCHLUESSEL.public_key()))
                self.antworte({"keys": [jwk | {"kid": "1", "alg": "RS256", "use": "sig"}]})
            case "/person":
                self.antworte(self.server.person)

    def do_POST(self):
        laenge = int(self.headers["Content-Length"])
        felder = {name: w[0] for name, w in parse_qs(self.rfile.read(laenge).decode()).items()}
        summe = hashlib.sha256(felder["code_verifier"].encode()).digest()
        pruefwert = base64.urlsafe_b64encode(summe).decode().rstrip("=")
        erlaubt = (felder["client_id"], felder["client_secret"]) == (CLIENT_ID, SECRET)
        if not erlaubt or pruefwert != self.server.pruefwert:
            self.antworte({"error": "invalid_grant"}, 400)
            return
        self.antworte(
            {"access_token": "a", "token_type": "Bearer", "id_token": self.server.id_token()}
        )

    def antworte(self, daten, status=200):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(daten).encode())

    def log_message(self, *args):
        pass
