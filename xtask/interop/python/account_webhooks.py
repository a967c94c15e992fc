"""Webhooks of the account, and the operation that does nothing."""


def run(context):
    client, report, api = context.client, context.report, context.client.accounts.webhooks
    url = "http://127.0.0.1:9/hook"
    created = api.create(endpoint=url, events=["file.created"], enabled=False)
    report.holds("create", created, endpoint=url, events=["file.created"], enabled=False)
    report.matches("its secret", created.secret, r"^whsec_.+")
    report.equal("get", api.get(created.id) == created, True)
    report.equal("list", [webhook.id for webhook in api.list()], [created.id])
    updated = api.update(created.id, events=["file.deleted", "file.updated"], endpoint=f"{url}2")
    report.holds("update", updated, endpoint=f"{url}2", events=["file.deleted", "file.updated"], enabled=False, secret=created.secret)
    report.equal("an update stays", api.get(created.id) == updated, True)
    report.refused("an endpoint that is taken", lambda: api.create(endpoint=f"{url}2", events=["file.created"]), 400)
    report.refused("an event that is none", lambda: api.create(endpoint=url, events=["nothing"]), 400)
    report.refused("an endpoint that is none", lambda: api.create(endpoint="ftp://x", events=["file.created"]), 400)
    others = [api.create(endpoint=f"{url}{number}", events=["file.created"], enabled=False) for number in (3, 4)]
    report.refused("a fourth webhook", lambda: api.create(endpoint=f"{url}5", events=["file.created"]), 400, message="maximum of 3")
    for webhook in [created, *others]:
        report.equal("delete", api.delete(webhook.id), None)
    report.refused("a deleted one is gone", lambda: api.get(created.id), 404, "NotFoundError")
    report.equal("the dummy operation", client.dummy.create(), None)
