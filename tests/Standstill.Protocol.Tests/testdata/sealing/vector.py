#!/usr/bin/env python3
"""Writes sealed.json: a second implementation of docs/protocol/sealed-commitments.md, written from that page alone.

Needs the `cryptography` package for X25519, Ed25519, HMAC and ChaCha20-Poly1305. Sharing, HPKE and all layouts are written out here, the
field with tables of logarithms (the program under test has none). Usage: python3 vector.py > sealed.json
"""
import base64, hashlib, json, struct
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def mac(key, data):
    h = hmac.HMAC(key, hashes.SHA256())
    h.update(data)
    return h.finalize()


def extract(salt, ikm):
    return mac(salt or bytes(32), ikm)


def expand(prk, info, length):
    out, block, i = b"", b"", 1
    while len(out) < length:
        block = mac(prk, block + info + bytes([i]))
        out, i = out + block, i + 1
    return out[:length]


# GF(256) with generator 3.
EXP, LOG = [0] * 510, [0] * 256
x = 1
for i in range(255):
    EXP[i] = EXP[i + 255] = x
    LOG[x] = i
    x ^= (x << 1) ^ (0x11B if x & 0x80 else 0)
    x &= 0xFF


def times(a, b):
    return 0 if a == 0 or b == 0 else EXP[LOG[a] + LOG[b]]


def power(a, n):
    p = 1
    for _ in range(n):
        p = times(p, a)
    return p


def shares(secret, coefficients, count):
    result = []
    for point in range(1, count + 1):
        value = bytearray(secret)
        for degree, c in enumerate(coefficients, 1):
            for j in range(len(secret)):
                value[j] ^= times(c[j], power(point, degree))
        result.append(bytes(value))
    return result


KEM = b"KEM" + struct.pack(">H", 0x20)
HPKE = b"HPKE" + struct.pack(">HHH", 0x20, 1, 3)


def lextract(salt, suite, label, ikm):
    return extract(salt, b"HPKE-v1" + suite + label + ikm)


def lexpand(prk, suite, label, info, length):
    return expand(prk, struct.pack(">H", length) + b"HPKE-v1" + suite + label + info, length)


def raw(public):
    return public.public_bytes(Encoding.Raw, PublicFormat.Raw)


def hpke(recipient, material, info, aad, plaintext):
    e = X25519PrivateKey.from_private_bytes(lexpand(lextract(b"", KEM, b"dkp_prk", material), KEM, b"sk", b"", 32))
    enc = raw(e.public_key())
    dh = e.exchange(X25519PublicKey.from_public_bytes(recipient))
    shared = lexpand(lextract(b"", KEM, b"eae_prk", dh), KEM, b"shared_secret", enc + recipient, 32)
    context = b"\0" + lextract(b"", HPKE, b"psk_id_hash", b"") + lextract(b"", HPKE, b"info_hash", info)
    secret = lextract(shared, HPKE, b"secret", b"")
    key, nonce = lexpand(secret, HPKE, b"key", context, 32), lexpand(secret, HPKE, b"base_nonce", context, 12)
    return enc, ChaCha20Poly1305(key).encrypt(nonce, plaintext, aad)


def canonical(value):  # enough of RFC 8785 for ASCII names and whole numbers
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha(data):
    return hashlib.sha256(data).digest()


def vector():
    registry = sha(b"sample registry").hex()
    signer = Ed25519PrivateKey.from_private_bytes(sha(b"sample-ash"))
    names = ["sample-maple", "sample-oak", "sample-pine"]
    secrets = [sha(n.encode()) for n in names]
    keys = [raw(X25519PrivateKey.from_private_bytes(s).public_key()) for s in secrets]
    threshold = 2
    slip = canonical({
        "registry": registry, "pact": "sample-pause", "party": "sample-ash",
        "key": "ed25519:" + raw(signer.public_key()).hex(), "number": 1, "until": "2027-01-01T00:00:00.000Z",
        "commitment": "stop when all of sample-birch\nslow by 50% when \"über\" and always",
    })
    signature = signer.sign(b"standstill slip v1\n" + slip)
    content = b"\x01" + struct.pack(">H", len(slip)) + slip + signature
    content += bytes(6144 - len(content))
    blocks = [sha(b"randomness %d" % i) for i in range(threshold + len(names))]
    secret = blocks[0]
    context = b"standstill sealed commitment v1\n" + canonical({
        "pact": "sample-pause", "registry": registry, "threshold": threshold,
        "trustees": [{"key": "x25519:" + k.hex(), "trustee": n} for n, k in zip(names, keys)],
    })
    digest = sha(b"standstill seal key v1\n" + secret)
    box = ChaCha20Poly1305(expand(extract(b"", secret), b"standstill seal content v1", 32)).encrypt(bytes(12), content, context)
    listed = []
    for i, value in enumerate(shares(secret, blocks[1:threshold], len(names))):
        data = digest + bytes([i + 1])
        enc, ciphertext = hpke(keys[i], blocks[threshold + i], b"standstill seal share v1\n" + context, data, value)
        listed.append({
            "trustee": names[i], "key": "x25519:" + keys[i].hex(),
            "encapsulated": base64.b64encode(enc).decode(), "ciphertext": base64.b64encode(ciphertext).decode(),
            "digest": sha(b"standstill seal share v1\n" + data + value).hex(),
        })
    return {
        "registry": registry, "seed": sha(b"sample-ash").hex(), "slip": slip.decode(), "signature": signature.hex(),
        "secrets": [s.hex() for s in secrets], "randomness": b"".join(blocks).hex(), "key": secret.hex(),
        "shares": [v.hex() for v in shares(secret, blocks[1:threshold], len(names))],
        "body": {"pact": "sample-pause", "threshold": threshold, "keyDigest": digest.hex(), "content": base64.b64encode(box).decode(), "shares": listed},
    }


# RFC 9180, appendix A.2.1: this file's HPKE against the published ciphertext, before it is used for anything.
enc, ciphertext = hpke(
    bytes.fromhex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a"),
    bytes.fromhex("909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b"),
    bytes.fromhex("4f6465206f6e2061204772656369616e2055726e"), b"Count-0", b"Beauty is truth, truth beauty")
assert ciphertext.hex() == "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
print(json.dumps(vector(), indent=1))
