"""A mail server with python3-aiosmtpd: prints its port, then each message that it takes as a line of JSON.

    smtp_server.py [--tls CERT KEY] [--starttls CERT KEY] [--login USER PASSWORD] [--refuse-first]
"""
import asyncio
import base64
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

arguments = sys.argv[1:]


def option(name, count):
    return arguments[arguments.index(name) + 1:][:count] if name in arguments else None


def context(files):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(*files)
    return made


class Handler:
    refusals = 1 if "--refuse-first" in arguments else 0

    async def handle_DATA(self, server, session, envelope):
        if self.refusals:
            self.refusals -= 1
            return "451 later"
        print(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": tls is not None or session.ssl is not None,
            "login": bool(session.authenticated),
            "data": base64.b64encode(envelope.original_content).decode(),
        }), flush=True)
        return "250 taken"


def allow(server, session, envelope, mechanism, data):
    return AuthResult(success=[data.login.decode(), data.password.decode()] == login, handled=False)


login = option("--login", 2)
starttls = option("--starttls", 2)
tls = option("--tls", 2)
handler = Handler()


async def serve():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(
            handler, hostname="mail.test", loop=loop,
            tls_context=context(starttls) if starttls else None, require_starttls=starttls is not None,
            authenticator=allow if login else None, auth_required=login is not None, auth_require_tls=tls is None and login is not None),
        "127.0.0.1", 0, ssl=context(tls) if tls else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve())
