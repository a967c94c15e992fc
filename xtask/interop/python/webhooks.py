"""Events that the emulator posts, verified by `webhooks.unwrap`."""

import http.server
import threading

from fetching import fetch
from image import png


# A video without content.
VIDEO = b"\0\0\0\x14ftypisom\0\0\0\0mp42"

EVENTS = [
    "file.created", "file.updated", "file.deleted", "file-version.created", "file-version.deleted", "upload.pre-transform.success",
    "upload.pre-transform.error", "upload.post-transform.success", "upload.post-transform.error", "video.transformation.accepted",
    "video.transformation.error",
]


class Receiver:
    """Keeps what it receives."""

    def __init__(self):
        received, arrived = [], threading.Condition()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()
                with arrived:
                    received.append((self.path, {key.lower(): value for key, value in self.headers.items()}, body))
                    arrived.notify_all()

            def log_message(self, *_):
                pass

        self._received, self._arrived = received, arrived
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def next(self, holds):
        """The first message that the predicate holds for, now or later."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: any(holds(*message) for message in self._received), 15):
                raise TimeoutError("no such message")
            return next(message for message in self._received if holds(*message))

    def close(self):
        self._server.shutdown()
        self._server.server_close()


def run(context):
    client, report, folder = context.client, context.report, f"{context.folder}/webhooks"
    receiver = Receiver()
    webhook = client.accounts.webhooks.create(endpoint=f"{receiver.url}/all", events=EVENTS)

    def event(kind):
        _, headers, body = receiver.next(lambda path, _, body: path == "/all" and f'"{kind}"' in body)
        unwrapped = client.webhooks.unwrap(body, headers=headers, key=webhook.secret)
        report.equal(f"{kind} is verified", unwrapped.type, kind)
        report.equal(f"{kind} is as the package's types say", type(unwrapped).model_validate_json(body).type, kind)
        return unwrapped, headers, body

    def upload(name, **options):
        return client.files.upload(file=png(9, 9), file_name=name, folder=folder, use_unique_file_name=False, **options)

    file = upload("w.png")
    created, headers, body = event("file.created")
    report.holds("file.created", created.data, fileId=file.file_id, filePath=f"{folder}/w.png", width=9)
    report.equal("its type", type(created).__name__, "FileCreateEvent")
    report.equal("unsafe_unwrap", client.webhooks.unsafe_unwrap(body) == created, True)
    report.refused("another body", lambda: client.webhooks.unwrap(body + " ", headers=headers, key=webhook.secret), error="WebhookVerificationError")
    report.refused("another secret", lambda: client.webhooks.unwrap(body, headers=headers, key="whsec_other"), error="WebhookVerificationError")
    client.files.update(file.file_id, tags=["new"])
    report.equal("file.updated", event("file.updated")[0].data.tags, ["new"])
    upload("w.png")
    report.equal("file-version.created", event("file-version.created")[0].data.file_id, file.file_id)
    client.files.versions.delete(file.version_info.id, file_id=file.file_id)
    report.equal("file-version.deleted", event("file-version.deleted")[0].data.version_id, file.version_info.id)
    client.files.delete(file.file_id)
    report.equal("file.deleted", event("file.deleted")[0].data.file_id, file.file_id)
    upload("t.png", transformation={"pre": "w-5", "post": [{"type": "transformation", "value": "w-3"}]})
    report.equal("upload.pre-transform.success", event("upload.pre-transform.success")[0].request.transformation, "w-5")
    report.equal("upload.post-transform.success", event("upload.post-transform.success")[0].request.transformation.value, "w-3")
    report.refused("a pre-transformation that fails", lambda: upload("e.png", transformation={"pre": "w-none"}), 400)
    failed = event("upload.pre-transform.error")[0]
    report.equal("upload.pre-transform.error", [failed.data.name, failed.data.path], ["e.png", f"{folder}/e.png"])
    upload("p.png", transformation={"post": [{"type": "transformation", "value": "w-1,,"}]})
    report.equal("upload.post-transform.error", event("upload.post-transform.error")[0].data.name, "p.png")
    client.files.upload(file=VIDEO, file_name="v.mp4", folder=folder, use_unique_file_name=False)
    report.equal("a transformed video", fetch(f"{context.url_endpoint}{folder}/v.mp4?tr=w-10")[0], 501)
    report.matches("video.transformation.accepted", event("video.transformation.accepted")[0].data.asset.url, r"/v\.mp4$")
    report.matches("video.transformation.error", event("video.transformation.error")[0].data.transformation.error.reason, ".")
    client.accounts.webhooks.delete(webhook.id)
    receiver.close()
