"""Saved extensions, and their use."""

from image import png


def run(context):
    client, report, saved = context.client, context.report, context.client.saved_extensions
    config = {"name": "google-auto-tagging", "minConfidence": 75, "maxTags": 2}
    created = saved.create(name="Tagger", description="Tags products", config=config)
    report.holds("create", created, name="Tagger", description="Tags products", config=config)
    report.equal("get", saved.get(created.id) == created, True)
    report.equal("list", created.id in [extension.id for extension in saved.list()], True)
    report.holds("update", saved.update(created.id, name="Other"), id=created.id, name="Other", config=config)
    file = client.files.upload(file=png(5, 5), file_name="saved.png", extensions=[{"name": "saved-extension", "id": created.id}])
    report.equal("an upload with a saved extension", [file.extension_status.to_dict(), len(file.ai_tags)], [{"google-auto-tagging": "success"}, 2])
    tasks = [{"type": "select_tags", "instruction": "Which colour?", "vocabulary": ["red", "blue"]}]
    report.equal("ai-tasks", client.files.update(file.file_id, extensions=[{"name": "ai-tasks", "tasks": tasks}]).tags, ["red"])
    report.refused("a configuration that is none", lambda: saved.create(name="x", description="x", config={"name": "none"}), 400, message="Invalid extension configuration")
    report.equal("delete", saved.delete(created.id), None)
    report.refused("a deleted one is gone", lambda: saved.get(created.id), 404)
    report.refused("its use is refused", lambda: client.files.update(file.file_id, extensions=[{"name": "saved-extension", "id": created.id}]), 400)
