"""Uploads of every form of file that the package takes, and their options."""

import base64
import io
import pathlib
import tempfile

from fetching import fetch
from image import png


def run(context):
    client, report = context.client, context.report
    data, folder = png(40, 30), f"{context.folder}/upload"

    def upload(file_name, file=data, **options):
        return client.files.upload(**{"file": file, "file_name": file_name, "folder": folder, "use_unique_file_name": False, **options})

    whole = upload("bytes.png")
    report.holds(
        "bytes", whole, name="bytes.png", filePath=f"{folder}/bytes.png", size=len(data), width=40, height=30, fileType="image",
        url=f"{context.url_endpoint}{folder}/bytes.png", AITags=None,
    )
    report.matches("the id is 24 hexadecimal digits", whole.file_id, r"^[0-9a-f]{24}$")
    report.equal("the first version has the id of its file", whole.version_info, {"id": whole.file_id, "name": "Version 1"})
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory) / "disk.png"
        path.write_bytes(data)
        with path.open("rb") as opened:
            forms = {
                "a path": path,
                "a tuple": ("x.png", data, "image/png"),
                "a buffer": io.BytesIO(data),
                "an open file": opened,
                # Text is what has no file name.
                "base64": ("", base64.b64encode(data)),
                "a URL of the library": ("", whole.url.encode()),
            }
            if context.kind.is_async:
                del forms["an open file"], forms["a buffer"]  # httpx sends those by its blocking client only
            for number, (name, file) in enumerate(forms.items()):
                uploaded = upload(f"form{number}.png", file)
                report.holds(name, uploaded, filePath=f"{folder}/form{number}.png", size=len(data), width=40)
                report.equal(f"{name} is delivered as it is", fetch(uploaded.url)[2] == data, True)
    unique = upload("note.txt", b"hello", use_unique_file_name=True)
    report.matches("a unique name", unique.name, r"^note_.+\.txt$")
    report.holds("a file that is no image", unique, fileType="non-image", size=5, width=None)

    fields = ["tags", "customCoordinates", "isPrivateFile", "embeddedMetadata", "isPublished", "customMetadata", "metadata"]
    full = upload(
        "full.png", tags=["red shoe", "été"], custom_coordinates="10,10,20,20", description="Two shoes", is_private_file=True, response_fields=fields,
    )
    report.holds(
        "response_fields", full, tags=["red shoe", "été"], customCoordinates="10,10,20,20", isPrivateFile=True, isPublished=True, customMetadata={}, description="Two shoes",
    )
    report.holds("response_fields: metadata", full.metadata, width=40, height=30, format="png", hasTransparency=False)
    report.holds("a draft", client.files.get(upload("draft.png", is_published=False).file_id), isPublished=False)
    report.holds("a name with reserved characters", upload("my cat (1)#?.png"), name="my_cat__1___.png")
    report.holds("a folder with slashes", upload("a.png", folder=f"{folder}/deep//er/"), filePath=f"{folder}/deep/er/a.png")

    first = upload("over.png", tags=["one"])
    kept = upload("over.png", overwrite_tags=False, response_fields=["tags"])
    report.holds("overwriting keeps the id, and the tags if told so", kept, fileId=first.file_id, tags=["one"])
    report.equal("overwriting makes a version", kept.version_info.name, "Version 2")
    report.holds("overwriting erases tags", upload("over.png", response_fields=["tags"]), tags=None)
    report.refused("overwrite_file=False", lambda: upload("over.png", overwrite_file=False), 400, "BadRequestError", "already exists")
    report.holds("checks that hold", upload("checked.png", checks='"file.size" < "1mb"'), width=40)
    report.refused("checks that do not hold", lambda: upload("no.png", checks='"file.size" < 10'), 400, message="failed 'checks'")
    report.holds("a pre-transformation", upload("pre.png", transformation={"pre": "w-20"}), width=20, height=15)
    report.holds("a post-transformation", upload("post.png", transformation={"post": [{"type": "transformation", "value": "w-10"}]}), width=40)
    extensions = [{"name": "google-auto-tagging", "minConfidence": 80, "maxTags": 2}, {"name": "remove-bg"}]
    extended = upload("extended.png", extensions=extensions, webhook_url=f"{context.url}/nobody")
    report.equal("extension_status", extended.extension_status, {"google-auto-tagging": "success", "remove-bg": "pending"})
    report.equal("remove-bg makes a version", client.files.get(extended.file_id).version_info.name, "Version 2")
    # The package's own names, which it does not translate in uploads.
    extensions = [{"name": "aws-auto-tagging", "min_confidence": 95, "max_tags": 1}]
    report.equal("extensions by the package's names", len(upload("named.png", extensions=extensions).ai_tags), 1)
    report.refused("a URL elsewhere", lambda: upload("x.png", ("", b"http://192.0.2.1/a.png")), 400)
    report.refused("tags over 500 characters", lambda: upload("x.png", tags=["x" * 501]), 400)
    report.refused("coordinates", lambda: upload("x.png", custom_coordinates="1,2"), 400, message="customCoordinates")
