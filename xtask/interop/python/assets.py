"""Lists and searches."""

import time

from image import png


def run(context):
    client, report, folder = context.client, context.report, f"{context.folder}/assets"

    def upload(name, file, **options):
        client.files.upload(**{"file": file, "file_name": name, "folder": folder, "use_unique_file_name": False, **options})
        # Times are in milliseconds, and the order of a list is by time.
        time.sleep(0.003)

    upload("b.png", png(30, 10))
    upload("a.png", png(10, 20), tags=["red", "été"])
    upload("c.txt", b"text", is_private_file=True)
    upload("b.png", png(20, 30), tags=["big shoe"])
    upload("inner.png", png(5, 5), folder=f"{folder}/folder")

    def names(**query):
        return [item.name for item in client.assets.list(path=folder, **query)]

    report.equal("files by default, oldest first", names(), ["a.png", "c.txt", "b.png"])
    report.equal("type: file-version", names(type="file-version"), ["b.png"])
    report.equal("type: folder", [item.folder_path for item in client.assets.list(path=folder, type="folder")], [f"{folder}/folder"])
    report.equal("type: all", sorted(names(type="all")), ["a.png", "b.png", "c.txt", "folder"])
    report.equal("file_type: image", names(file_type="image"), ["a.png", "b.png"])
    report.equal("file_type: non-image", names(file_type="non-image"), ["c.txt"])
    orders = {
        "ASC_NAME": ["a.png", "b.png", "c.txt"], "DESC_NAME": ["c.txt", "b.png", "a.png"], "DESC_CREATED": ["b.png", "c.txt", "a.png"],
        "ASC_WIDTH": ["c.txt", "a.png", "b.png"], "DESC_HEIGHT": ["b.png", "a.png", "c.txt"], "DESC_UPDATED": ["b.png", "c.txt", "a.png"],
    }
    for sort, expected in orders.items():
        report.equal(f"sort: {sort}", names(sort=sort), expected)
    report.equal("limit and skip", names(limit=1, skip=1), ["c.txt"])
    report.equal("skip beyond the end", names(skip=50), [])
    report.refused("limit 0", lambda: names(limit=0), 400, message="Minimum value of limit parameter is 1. Value sent is 0")
    report.refused("limit 1001", lambda: names(limit=1001), 400, message="Maximum value of limit parameter is 1000")
    report.refused("skip -1", lambda: names(skip=-1), 400, message="Value sent is -1")
    queries = {
        'name = "a.png"': ["a.png"],
        'name HAS "PNG"': ["a.png", "b.png"],
        'name NOT IN ["a.png", "c.txt"]': ["b.png", "folder"],
        'tags IN ["red", "big shoe"]': ["a.png", "b.png"],
        'tags = "été"': ["a.png"],
        "tags NOT EXISTS": ["c.txt", "folder"],
        'tags NOT EXISTS AND type = "file"': ["c.txt"],
        'private = true OR (width > 10 AND format = "png")': ["c.txt", "b.png"],
        'createdAt > "1d" AND size < "1kb"': ["a.png", "c.txt", "b.png"],
    }
    for query, expected in queries.items():
        report.equal(query, names(search_query=query), expected)
    below = client.assets.list(search_query=f'path : "{folder}" AND type = "file"', sort="ASC_NAME")
    report.equal("path : finds what is below", [item.name for item in below], ["a.png", "b.png", "c.txt", "inner.png"])
    for query in ["name =", 'nothing = "x"', 'name = "x', '(name = "x"']:
        report.refused(f"refused: {query}", lambda query=query: names(search_query=query), 400, message="searchQuery")
