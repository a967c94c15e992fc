"""Cache purges."""


def run(context):
    api, report, base = context.client.cache.invalidation, context.report, context.url_endpoint
    purge = api.create(url=f"{base}/a.jpg")
    report.equal("a purge is pending", api.get(purge.request_id), {"status": "Pending"})
    report.equal("a purge completes", api.get(purge.request_id), {"status": "Completed"})
    report.matches("a wildcard", api.create(url=f"{base}/a/b/*").request_id, r"^[0-9a-f]{24}$")
    report.refused("a URL elsewhere", lambda: api.create(url="https://example.com/a.jpg"), 400, message="not valid for cache purging")
    report.refused("a request that is none", lambda: api.get("none"), 400, message="No request found")
