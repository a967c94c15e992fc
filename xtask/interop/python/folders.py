"""Folders and their jobs."""


def run(context):
    client, report, folder = context.client, context.report, f"{context.folder}/folders"
    api = client.folders

    def upload(path, name):
        return client.files.upload(file=b"x", file_name=name, folder=path, use_unique_file_name=False)

    def files(path):
        return sorted(item.file_path for item in client.assets.list(search_query=f'path : "{path}" AND type = "file"'))

    def finished(job, kind):
        report.holds(f"{kind} is pending", api.job.get(job.job_id), jobId=job.job_id, type=kind, status="Pending")
        report.holds(f"{kind} completes", api.job.get(job.job_id), jobId=job.job_id, type=kind, status="Completed")

    report.equal("create", api.create(folder_name="été & more", parent_folder_path=f"{folder}/"), {})
    report.equal("names are cleaned", [item.name for item in client.assets.list(path=folder, type="folder")], ["été___more"])
    report.refused("create ..", lambda: api.create(folder_name="..", parent_folder_path="/"), 400, reason="INVALID_FOLDER_PATH")
    upload(f"{folder}/source", "a.txt")
    upload(f"{folder}/source", "a.txt")
    upload(f"{folder}/source/inner", "b.txt")
    finished(api.copy(source_folder_path=f"{folder}/source", destination_path=f"{folder}/copies", include_versions=True), "COPY_FOLDER")
    report.equal("copy", files(f"{folder}/copies"), [f"{folder}/copies/source/a.txt", f"{folder}/copies/source/inner/b.txt"])
    [copied] = client.assets.list(path=f"{folder}/copies/source")
    report.equal("copy with versions", len(client.files.versions.list(copied.file_id)), 2)
    finished(api.move(source_folder_path=f"{folder}/copies/source", destination_path=f"{folder}/moved"), "MOVE_FOLDER")
    report.equal("move keeps ids", client.files.get(copied.file_id).file_path, f"{folder}/moved/source/a.txt")
    finished(api.rename(folder_path=f"{folder}/moved/source", new_folder_name="renamed"), "RENAME_FOLDER")
    report.equal("rename", files(f"{folder}/moved"), [f"{folder}/moved/renamed/a.txt", f"{folder}/moved/renamed/inner/b.txt"])
    report.refused("copy of nothing", lambda: api.copy(source_folder_path="/none", destination_path="/x"), 404, reason="NO_FILES_FOLDER")
    report.refused("copy of the root", lambda: api.copy(source_folder_path="/", destination_path="/x"), 400, reason="SOURCE_IS_ROOT")
    report.refused("move into itself", lambda: api.move(source_folder_path=f"{folder}/source", destination_path=f"{folder}/source/inner"), 400, message="child folder")
    report.refused("rename to a name that is taken", lambda: api.rename(folder_path=f"{folder}/source", new_folder_name="moved"), 409, "ConflictError")
    report.refused("a job that is none", lambda: api.job.get("none"), 404)
    report.equal("delete", api.delete(folder_path=f"{folder}/moved"), None)
    report.equal("delete removes what is below", files(f"{folder}/moved"), [])
    report.refused("delete of nothing", lambda: api.delete(folder_path=f"{folder}/moved"), 404, reason="FOLDER_NOT_FOUND")
