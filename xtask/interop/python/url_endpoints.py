"""URL endpoints."""

from fetching import fetch


def run(context):
    client, report, api = context.client, context.report, context.client.accounts.url_endpoints
    origin = client.accounts.origins.create(type="WEB_PROXY", name="Proxy")
    prefix = context.prefix.lower()
    created = api.create(description="Shop", url_prefix=prefix, origins=[origin.id], url_rewriter={"type": "CLOUDINARY"})
    report.holds("create", created, description="Shop", urlPrefix=prefix, origins=[origin.id], urlRewriter={"type": "CLOUDINARY", "preserveAssetDeliveryTypes": False})
    report.equal("get", api.get(created.id) == created, True)
    report.equal("list", [endpoint.url_prefix for endpoint in api.list()], ["", prefix])
    client.files.upload(file=b"shop", file_name="e.txt", folder=context.folder, use_unique_file_name=False)
    report.equal("it delivers", fetch(f"{context.url_endpoint}/{prefix}{context.folder}/e.txt")[2], b"shop")
    report.refused("an origin in use", lambda: client.accounts.origins.delete(origin.id), 400)
    for kind in ["IMGIX", "AKAMAI"]:
        report.holds(f"update with {kind}", api.update(created.id, description="New", url_prefix=prefix, url_rewriter={"type": kind}), description="New", origins=[], urlRewriter={"type": kind})
    report.refused("a prefix that is taken", lambda: api.create(description="x", url_prefix=prefix), 400)
    report.equal("delete", api.delete(created.id), None)
    report.refused("a deleted one is gone", lambda: api.get(created.id), 404, message="URL-endpoint not found")
    client.accounts.origins.delete(origin.id)
