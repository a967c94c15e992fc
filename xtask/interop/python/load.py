"""Many requests at once."""

import asyncio
import concurrent.futures


def run(context):
    client, report, folder = context.client, context.report, f"{context.folder}/load"
    inner = client._inner
    numbers = range(200)

    def each(call, items):
        """Calls for all items at once."""
        if context.kind.is_async:
            async def gather():
                return await asyncio.gather(*(call(item) for item in items))

            return context.kind.loop.run_until_complete(gather())
        with concurrent.futures.ThreadPoolExecutor(200) as pool:
            return list(pool.map(call, items))

    uploads = each(lambda number: inner.files.upload(file=b"file %d" % number, file_name=f"{number}.txt", folder=folder, use_unique_file_name=False), numbers)
    report.equal("200 uploads at once have 200 ids", len({file.file_id for file in uploads}), 200)
    report.equal("200 uploads at once are all there", len(client.assets.list(path=folder)), 200)
    details = each(lambda file: inner.files.get(file.file_id), uploads)
    report.equal("200 requests at once", [file.name for file in details], [f"{number}.txt" for number in numbers])
    client.folders.delete(folder_path=folder)
