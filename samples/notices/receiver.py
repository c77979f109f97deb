"""A receiver of webhooks that refuses what is not signed, and tells of each notice once: receiver.py SECRET-FILE PORT"""
import base64
import hashlib
import hmac
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

secret = base64.b64decode(open(sys.argv[1]).readline().strip().removeprefix("whsec_"))
seen = set()


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        name, sent = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        signature = base64.b64encode(hmac.digest(secret, f"{name}.{sent}.".encode() + body, hashlib.sha256)).decode()
        good = any(hmac.compare_digest(s, "v1," + signature) for s in self.headers["webhook-signature"].split())
        if not good or abs(time.time() - int(sent)) > 300:
            self.send_response(401)
        else:
            if name not in seen:
                print(json.loads(body)["data"]["subject"], flush=True)
            seen.add(name)
            self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


HTTPServer(("127.0.0.1", int(sys.argv[2])), Receiver).serve_forever()
