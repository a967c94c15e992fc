"""Versions of a file."""

from fetching import fetch
from image import png, size


def run(context):
    client, report, folder = context.client, context.report, f"{context.folder}/versions"

    def upload(width):
        return client.files.upload(file=png(width, 10), file_name="v.png", folder=folder, use_unique_file_name=False)

    one, two, _ = upload(11), upload(12), upload(13)
    file_id = one.file_id
    versions = client.files.versions
    listed = versions.list(file_id)
    seen = [(item.type, item.version_info.name, item.width) for item in listed]
    report.equal("list", seen, [("file", "Version 3", 13), ("file-version", "Version 2", 12), ("file-version", "Version 1", 11)])
    report.equal("the url of an older version delivers it", size(fetch(listed[1].url)[2]), [12, 10])
    version_id = two.version_info.id
    report.holds("get", versions.get(version_id, file_id=file_id), fileId=file_id, type="file-version", width=12)
    report.holds("restore", versions.restore(version_id, file_id=file_id), type="file", versionInfo={"id": version_id, "name": "Version 2"})
    report.holds("a restored version is current", client.files.get(file_id), width=12)
    report.refused("the current version cannot be deleted", lambda: versions.delete(version_id, file_id=file_id), 400, message="current version")
    versions.delete(one.version_info.id, file_id=file_id)
    report.equal("delete", [item.version_info.name for item in versions.list(file_id)], ["Version 2", "Version 3"])
    report.refused("a deleted version is gone", lambda: versions.get(one.version_info.id, file_id=file_id), 404, message="file version does not exist")
    report.refused("a version id that is none", lambda: versions.get("x", file_id=file_id), 400, message="invalid versionId")
    report.refused("versions of no file", lambda: versions.list("0" * 24), 404)
