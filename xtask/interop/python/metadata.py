"""Metadata of files, by id and by URL."""

from image import png


def run(context):
    client, report, folder = context.client, context.report, f"{context.folder}/metadata"
    data = png(64, 48)
    file = client.files.upload(file=data, file_name="m.png", folder=folder, use_unique_file_name=False)
    api = client.files.metadata
    metadata = api.get(file.file_id)
    report.holds("get", metadata, width=64, height=48, size=len(data), format="png", hasColorProfile=False, hasTransparency=False, exif={})
    report.matches("p_hash", metadata.p_hash, r"^[0-9a-f]{16}$")
    url = f"{context.url_endpoint}{folder}/m.png"
    report.equal("get of a URL", api.get_from_url(url=url) == metadata, True)
    report.holds("get of a transformed URL", api.get_from_url(url=f"{url}?tr=w-32"), width=32, height=24)
    report.refused("a URL elsewhere", lambda: api.get_from_url(url="https://example.com/a.jpg"), 400, message="ImageKit.io account")
    report.refused("a URL of nothing", lambda: api.get_from_url(url=f"{url}x"), 404)
    report.refused("metadata of no file", lambda: api.get("0" * 24), 404)
