"""Operations on several files at once."""

from image import png


def run(context):
    client, report, folder = context.client, context.report, f"{context.folder}/bulk"

    def upload(name, **options):
        return client.files.upload(file=png(5, 5), file_name=name, folder=folder, use_unique_file_name=False, **options)

    a, b = upload("a.png", tags=["old"]), upload("b.png")
    ids, absent, bulk = [a.file_id, b.file_id], "0" * 24, client.files.bulk
    report.equal("add_tags", bulk.add_tags(file_ids=ids, tags=["t", "old"]), {"successfullyUpdatedFileIds": ids})
    report.equal("tags were added once", [client.files.get(one).tags for one in ids], [["old", "t"], ["t", "old"]])
    report.equal("remove_tags", bulk.remove_tags(file_ids=ids, tags=["old"]), {"successfullyUpdatedFileIds": ids})
    report.equal("tags were removed", [client.files.get(one).tags for one in ids], [["t"], ["t"]])
    tagged = client.files.update(a.file_id, extensions=[{"name": "google-auto-tagging", "minConfidence": 50, "maxTags": 5}])
    report.equal("remove_ai_tags", bulk.remove_ai_tags(file_ids=ids, ai_tags=[tagged.ai_tags[0].name]), {"successfullyUpdatedFileIds": ids})
    report.equal("AI tags were removed", len(client.files.get(a.file_id).ai_tags), len(tagged.ai_tags) - 1)
    report.refused("add_tags: a file is missing", lambda: bulk.add_tags(file_ids=[a.file_id, absent], tags=["x"]), 404, missingFileIds=[absent])
    report.refused("add_tags: 51 files", lambda: bulk.add_tags(file_ids=[a.file_id] * 51, tags=["x"]), 400, message="maximum of 50")
    report.refused("remove_tags: no files", lambda: bulk.remove_tags(file_ids=[], tags=["x"]), 400, message="fileIds is empty")
    report.refused("delete: a file is missing", lambda: bulk.delete(file_ids=[a.file_id, absent]), 404, missingFileIds=[absent])
    report.refused("delete: 101 files", lambda: bulk.delete(file_ids=[a.file_id] * 101), 400, message="100 items")
    report.equal("delete", bulk.delete(file_ids=ids), {"successfullyDeletedFileIds": ids})
    report.equal("they are gone", client.assets.list(path=folder), [])
