"""Fills a library, and knows what is in it."""

import base64
import json
import urllib.request

IMAGE = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="


class Library:
    """Files with two versions, folders, and settings of all kinds, enough to survive some deletions."""

    def __init__(self, url, key):
        self._url = url
        self._authorization = "Basic " + base64.b64encode(f"{key}:".encode()).decode()
        numbers = range(20)
        uploads = [self._upload(f"{number}.png", f"/fuzz/{number % 5}") for number in (*numbers, *numbers)]
        files = [upload["filePath"] for upload in uploads[:20]]
        folders = [f"/fuzz/{number}" for number in range(5)]
        jobs = [
            self._post("/v1/bulkJobs/copyFolder", sourceFolderPath=folder, destinationPath=f"/copies{folder}")["jobId"]
            for folder in folders[:2]
        ]
        purges = [self._post("/v1/files/purge", url=f"{url}/demo{path}")["requestId"] for path in files[:5]]
        text = {"schema": {"type": "Text"}}
        fields = [self._post("/v1/customMetadataFields", name=f"f{n}", label=f"F{n}", **text)["id"] for n in numbers]
        config = {"name": "ai-auto-description"}
        extensions = [
            self._post("/v1/saved-extensions", name=f"e{n}", description="x", config=config)["id"] for n in numbers
        ]
        origins = [self._post("/v1/accounts/origins", type="WEB_PROXY", name=f"o{n}")["id"] for n in numbers]
        endpoints = [
            self._post("/v1/accounts/url-endpoints", description="x", urlPrefix=f"p{n}")["id"] for n in numbers
        ]
        named = [
            self._post("/v1/named-transformations", name=f"n{n}", transformation="w-1")["id"] for n in numbers
        ]
        ids = [upload["fileId"] for upload in uploads[:20]]
        self._parameters = {
            "fileId": ids, "versionId": [upload["versionInfo"]["id"] for upload in uploads], "jobId": jobs, "requestId": purges,
        }
        self._ids = {
            "/v1/customMetadataFields": fields, "/v1/saved-extensions": extensions, "/v1/accounts/origins": origins,
            "/v1/accounts/url-endpoints": endpoints, "/v1/named-transformations": named,
        }
        # Properties of request bodies.
        self.bodies = {
            "fileIds": ids, "filePath": files, "sourceFilePath": files, "folderPath": folders, "sourceFolderPath": folders,
            "destinationPath": ["/other", "/fuzz/1", "/"], "parentFolderPath": ["/", "/fuzz"], "url": [f"{url}/demo{path}" for path in files],
        }

    def parameters(self, path):
        """The values of the parameters in a path."""
        ids = [values for prefix, values in self._ids.items() if path.startswith(prefix)]
        return {**self._parameters, **({"id": ids[0]} if ids else {})}

    def _post(self, path, **body):
        return self._send(path, json.dumps(body).encode(), "application/json")

    def _upload(self, name, folder):
        fields = {"fileName": name, "folder": folder, "useUniqueFileName": "false", "tags": "a,b", "file": IMAGE.decode()}
        part = "--x\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n"
        body = "".join(part.format(*field) for field in fields.items()) + "--x--\r\n"
        return self._send("/api/v1/files/upload", body.encode(), "multipart/form-data; boundary=x")

    def _send(self, path, body, content_type):
        headers = {"Authorization": self._authorization, "Content-Type": content_type}
        request = urllib.request.Request(self._url + path, body, headers)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=20) as response:
            return json.load(response)
