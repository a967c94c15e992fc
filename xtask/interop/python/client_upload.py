"""Uploads without the key, with `helper.get_authentication_parameters`."""

import time

from image import png


def run(context):
    client, report, helper = context.client, context.report, context.client.helper

    def upload(parameters, public_key=context.public_key):
        from imagekitio import Omit  # leaves the header out

        return client.files.upload(
            file=png(5, 5), file_name="browser.png", public_key=public_key, **parameters, extra_headers={"Authorization": Omit()},
        )

    parameters = helper.get_authentication_parameters()
    uploaded = upload(parameters)
    report.holds("it is stored", client.files.get(uploaded.file_id), name=uploaded.name, width=5)
    report.refused("a token is good once", lambda: upload(parameters), 400)
    now = int(time.time())
    token = f"{context.prefix}-token"
    report.equal("a token of ours", upload(helper.get_authentication_parameters(token, now + 600)).width, 5)
    report.refused("an expiry in the past", lambda: upload(helper.get_authentication_parameters(f"{token}1", now - 5)), 400, message="expire")
    report.refused("an expiry of two hours", lambda: upload(helper.get_authentication_parameters(f"{token}2", now + 7200)), 400, message="expire")
    wrong = {**helper.get_authentication_parameters(), "signature": "0" * 40}
    report.refused("a wrong signature", lambda: upload(wrong), 400, message="invalid signature")
    report.refused("another public key", lambda: upload(helper.get_authentication_parameters(), "public_other"), 403, "PermissionDeniedError")
    report.refused("nothing at all", lambda: upload({}), 400)
