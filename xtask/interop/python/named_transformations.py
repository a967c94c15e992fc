"""Named transformations, and their use in URLs."""

from fetching import fetch
from image import png, size


def run(context):
    client, report, named = context.client, context.report, context.client.named_transformations
    folder, name = f"{context.folder}/named", f"{context.prefix}_half"
    client.files.upload(file=png(80, 40), file_name="n.png", folder=folder, use_unique_file_name=False)

    def deliver():
        return fetch(f"{context.url_endpoint}/tr:n-{name}{folder}/n.png")

    created = named.create(name=name, transformation="w-40,f-png")
    report.holds("create", created, name=name, transformation="w-40,f-png", enabled=True)
    report.equal("get", named.get(created.id) == created, True)
    report.equal("list", created.id in [one.id for one in named.list()], True)
    report.equal("its use", size(deliver()[2]), [40, 20])
    report.holds("update", named.update(created.id, transformation="w-20,f-png"), transformation="w-20,f-png")
    report.equal("an update is used", size(deliver()[2]), [20, 10])
    report.holds("disable", named.update(created.id, enabled=False), enabled=False)
    report.equal("a disabled one is refused", deliver()[0], 400)
    report.refused("a name that is taken", lambda: named.create(name=name, transformation="w-1"), 400)
    report.equal("delete", named.delete(created.id), None)
    report.refused("a deleted one is gone", lambda: named.get(created.id), 404)
