// Folders and their jobs.

import { toFile } from './imagekit.mjs';

export default async function ({ client, report }) {
  const upload = async (folder, fileName) =>
    client.files.upload({ file: await toFile(Buffer.from('x'), 'x'), fileName, folder, useUniqueFileName: false });
  const folders = async (path) => (await client.assets.list({ type: 'folder', path })).map((item) => item.name).sort();
  const files = async (path) =>
    (await client.assets.list({ searchQuery: `path : "${path}" AND type = "file"` })).map((item) => item.filePath).sort();
  const finished = async (jobId, type) => {
    report.equal(`${type} is pending`, await client.folders.job.get(jobId), { jobId, type, status: 'Pending' });
    report.equal(`${type} completes`, await client.folders.job.get(jobId), { jobId, type, status: 'Completed' });
  };

  report.equal('create', await client.folders.create({ folderName: 'new', parentFolderPath: '/folders/' }), {});
  report.equal('create makes parents', await folders('/folders'), ['new']);
  report.equal('create twice', await client.folders.create({ folderName: 'new', parentFolderPath: '/folders' }), {});
  await client.folders.create({ folderName: 'été & more', parentFolderPath: '/folders' });
  report.equal('names are cleaned', await folders('/folders'), ['new', 'été___more']);
  await report.refused('create ..', client.folders.create({ folderName: '..', parentFolderPath: '/' }), { status: 400, body: { reason: 'INVALID_FOLDER_PATH' } });
  await report.refused('create without a name', client.folders.create({ parentFolderPath: '/' }), { status: 400 });

  await upload('/folders/source', 'a.txt');
  await upload('/folders/source', 'a.txt');
  await upload('/folders/source/inner', 'b.txt');
  const copy = await client.folders.copy({ sourceFolderPath: '/folders/source', destinationPath: '/folders/copies', includeVersions: true });
  await finished(copy.jobId, 'COPY_FOLDER');
  report.equal('copy', await files('/folders/copies'), ['/folders/copies/source/a.txt', '/folders/copies/source/inner/b.txt']);
  const [copied] = await client.assets.list({ path: '/folders/copies/source' });
  report.equal('copy with versions', (await client.files.versions.list(copied.fileId)).length, 2);
  report.equal('copy leaves the source', (await files('/folders/source')).length, 2);

  const move = await client.folders.move({ sourceFolderPath: '/folders/copies/source/', destinationPath: '/folders/moved' });
  await finished(move.jobId, 'MOVE_FOLDER');
  report.equal('move', await files('/folders/moved'), ['/folders/moved/source/a.txt', '/folders/moved/source/inner/b.txt']);
  report.equal('move keeps ids', (await client.files.get(copied.fileId)).filePath, '/folders/moved/source/a.txt');
  report.equal('move leaves nothing', await folders('/folders/copies'), []);

  const rename = await client.folders.rename({ folderPath: '/folders/moved/source', newFolderName: 'renamed', purgeCache: true });
  const job = await client.folders.job.get(rename.jobId);
  report.holds('rename', job, { jobId: rename.jobId, type: 'RENAME_FOLDER', status: 'Pending' });
  report.matches('rename with a purge', job.purgeRequestId, /^[0-9a-f]{24}$/);
  report.equal('rename moves files', await files('/folders/moved'), ['/folders/moved/renamed/a.txt', '/folders/moved/renamed/inner/b.txt']);

  const call = client.folders;
  await report.refused('copy to itself', call.copy({ sourceFolderPath: '/folders/source', destinationPath: '/folders' }), { status: 400, body: { reason: 'SAME_SOURCE_AND_DESTINATION' } });
  await report.refused('copy of nothing', call.copy({ sourceFolderPath: '/folders/none', destinationPath: '/x' }), { status: 404, body: { reason: 'NO_FILES_FOLDER' } });
  await report.refused('copy of the root', call.copy({ sourceFolderPath: '/', destinationPath: '/x' }), { status: 400, body: { reason: 'SOURCE_IS_ROOT' } });
  await report.refused('move into itself', call.move({ sourceFolderPath: '/folders/source', destinationPath: '/folders/source/inner' }),
    { status: 400, message: /parent folder cannot be moved into child folder/ });
  await report.refused('move of nothing', call.move({ sourceFolderPath: '/folders/none', destinationPath: '/x' }), { status: 404, body: { reason: 'NO_FILES_FOLDER' } });
  await report.refused('rename to a name that is taken', call.rename({ folderPath: '/folders/source', newFolderName: 'moved' }), { status: 409, message: /already exists/ });
  await report.refused('rename of the root', call.rename({ folderPath: '/', newFolderName: 'x' }), { status: 400, message: /folderPath cannot be root/ });
  await report.refused('rename of nothing', call.rename({ folderPath: '/folders/none', newFolderName: 'x' }), { status: 404, message: /Source folder not found/ });
  await report.refused('rename without a path', call.rename({ newFolderName: 'x' }), { status: 400, message: /folderPath parameter is missing/ });
  await report.refused('a job that is none', call.job.get('none'), { status: 404, message: /The requested job does not exist/ });

  report.equal('delete', await client.folders.delete({ folderPath: '/folders/moved/' }), null);
  report.equal('delete removes what is below', await files('/folders/moved'), []);
  await report.refused('delete of nothing', client.folders.delete({ folderPath: '/folders/moved/' }),
    { status: 404, message: /No folder found with folderPath `\/folders\/moved\/`/, body: { reason: 'FOLDER_NOT_FOUND' } });
}
