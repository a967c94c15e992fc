"""Uploads by version 2, with the key and with a token."""

import base64
import hashlib
import hmac
import json
import time

from image import png


def jwt(payload, private_key, public_key):
    def encode(value):
        return base64.urlsafe_b64encode(value).rstrip(b"=")

    now = int(time.time())
    head = encode(json.dumps({"alg": "HS256", "typ": "JWT", "kid": public_key}).encode())
    signed = head + b"." + encode(json.dumps({"iat": now, "exp": now + 600, **payload}).encode())
    return (signed + b"." + encode(hmac.new(private_key.encode(), signed, hashlib.sha256).digest())).decode()


def run(context):
    client, report, folder = context.client, context.report, f"{context.folder}/beta"
    api = client.beta.v2.files
    uploaded = api.upload(file=png(7, 6), file_name="beta.png", folder=folder, use_unique_file_name=False, tags=["a", "b"], response_fields=["tags"])
    report.holds("with the key", uploaded, filePath=f"{folder}/beta.png", width=7, tags=["a", "b"])

    def upload(token, file_name="token.png"):
        from imagekitio import Omit  # leaves the header out

        return api.upload(file=png(7, 6), file_name=file_name, folder=folder, token=token, extra_headers={"Authorization": Omit()})

    def token(**claims):
        return jwt({"fileName": "token.png", "folder": folder, **claims}, context.private_key, context.public_key)

    once = token()
    report.matches("with a token", upload(once).file_path, f"^{folder}/token_.*png$")
    report.refused("a token is good once", lambda: upload(once), 400)
    report.refused("another form than in the token", lambda: upload(token(), "other.png"), 400, message="payload")
    report.refused("another claim than in the form", lambda: upload(token(tags="x")), 400)
    report.refused("an expired token", lambda: upload(token(iat=1600000000, exp=1600000100)), 400, message="expired")
    report.refused("the key of another", lambda: upload(jwt({"fileName": "token.png"}, "private_other", context.public_key)), 400)
