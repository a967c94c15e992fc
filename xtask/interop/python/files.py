"""Files: details, updates, copies, moves, renames, deletion."""

from fetching import fetch
from image import png


def run(context):
    client, report, folder = context.client, context.report, f"{context.folder}/files"

    def upload(name, **options):
        return client.files.upload(**{"file": png(20, 10), "file_name": name, "folder": folder, "use_unique_file_name": False, **options})

    uploaded = upload("a.png", tags=["one", "two"])
    file_id = uploaded.file_id
    details = client.files.get(file_id)
    report.holds(
        "details", details, fileId=file_id, type="file", name="a.png", filePath=f"{folder}/a.png", tags=["one", "two"], AITags=None, customCoordinates=None,
        isPrivateFile=False, isPublished=True, fileType="image", mime="image/png", width=20, height=10, size=uploaded.size, hasAlpha=False, customMetadata={},
        versionInfo={"id": file_id, "name": "Version 1"},
    )
    report.equal("the url delivers the file", fetch(details.url)[1]["content-type"], "image/png")
    report.equal("the thumbnail works", fetch(details.thumbnail)[0], 200)

    update = client.files.update
    report.holds("update", update(file_id, tags=["new"], custom_coordinates="1,2,3,4", description="Text"), tags=["new"], customCoordinates="1,2,3,4", description="Text")
    report.holds("an update stays", client.files.get(file_id), tags=["new"], customCoordinates="1,2,3,4", description="Text")
    report.equal("updated_at moves on", client.files.get(file_id).updated_at > details.updated_at, True)
    report.holds("None unsets", update(file_id, tags=None, custom_coordinates=None), tags=None, customCoordinates=None, description="Text")
    report.holds("an empty description is none", update(file_id, description=""), description=None)
    tagged = update(file_id, extensions=[{"name": "aws-auto-tagging", "minConfidence": 70, "maxTags": 3}])
    report.equal("extension_status", tagged.extension_status, {"aws-auto-tagging": "success"})
    report.equal("remove_ai_tags", len(update(file_id, remove_ai_tags=[tagged.ai_tags[0].name]).ai_tags), 2)
    report.holds("remove_ai_tags: all", update(file_id, remove_ai_tags="all"), AITags=None)
    report.holds("unpublish", update(file_id, publish={"isPublished": False}), isPublished=False)
    report.equal("an unpublished file is not delivered", fetch(f"{context.url_endpoint}{folder}/a.png")[0], 404)
    report.holds("publish", update(file_id, publish={"isPublished": True, "includeFileVersions": True}), isPublished=True)
    report.refused("coordinates that are none", lambda: update(file_id, custom_coordinates="x"), 400)
    report.refused("metadata of no field", lambda: update(file_id, custom_metadata={"none": 1}), 400, message="Invalid custom metadata")

    def names(path):
        return sorted(item.name for item in client.assets.list(path=path))

    copy, move, rename = client.files.copy, client.files.move, client.files.rename
    copy(source_file_path=f"{folder}/a.png", destination_path=f"{folder}/copied/")
    report.equal("copy", names(f"{folder}/copied"), ["a.png"])
    upload("a.png")
    copy(source_file_path=f"{folder}/a.png", destination_path=f"{folder}/versions", include_file_versions=True)
    [with_versions] = client.assets.list(path=f"{folder}/versions")
    report.equal("copy with versions", len(client.files.versions.list(with_versions.file_id)), 2)
    report.refused("copy of nothing", lambda: copy(source_file_path=f"{folder}/none", destination_path="/x"), 404, "NotFoundError", reason="SOURCE_FILE_MISSING")
    report.refused("copy to where it is", lambda: copy(source_file_path=f"{folder}/a.png", destination_path=folder), 400, reason="SAME_SOURCE_AND_DESTINATION")

    mover = upload("move.png")
    move(source_file_path=f"{folder}/move.png", destination_path=f"{folder}/moved")
    report.holds("move keeps the id", client.files.get(mover.file_id), filePath=f"{folder}/moved/move.png")
    report.equal("move leaves nothing", "move.png" in names(folder), False)
    report.refused("move of nothing", lambda: move(source_file_path=f"{folder}/move.png", destination_path="/x"), 404, reason="SOURCE_FILE_MISSING")

    report.equal("rename", rename(file_path=f"{folder}/moved/move.png", new_file_name="été 1.png"), {})
    report.holds("rename keeps letters of all languages", client.files.get(mover.file_id), name="été_1.png")
    report.equal("a name in the url is encoded and delivers", fetch(client.files.get(mover.file_id).url)[0], 200)
    purge = rename(file_path=f"{folder}/moved/été_1.png", new_file_name="b.png", purge_cache=True)
    report.matches("rename with a purge", purge.purge_request_id, r"^[0-9a-f]{24}$")
    upload("taken.png", folder=f"{folder}/moved")
    path = f"{folder}/moved/b.png"
    report.refused("rename to a name that is taken", lambda: rename(file_path=path, new_file_name="taken.png"), 409, "ConflictError", reason="FILE_ALREADY_EXISTS")
    report.refused("rename to the same name", lambda: rename(file_path=path, new_file_name="b.png"), 400, reason="SAME_OLD_AND_NEW_NAME")
    report.refused("rename of nothing", lambda: rename(file_path="/none.png", new_file_name="x.png"), 404, reason="FILE_MISSING")

    report.equal("delete", client.files.delete(file_id), None)
    report.refused("a deleted file is gone", lambda: client.files.get(file_id), 404, "NotFoundError", "The requested file does not exist")
    report.refused("delete twice", lambda: client.files.delete(file_id), 404)
    report.equal("it is not delivered", fetch(f"{context.url_endpoint}{folder}/a.png")[0], 404)
    report.refused("an id that is none", lambda: client.files.get("nonsense"), 400, "BadRequestError", "invalid fileId parameter")
