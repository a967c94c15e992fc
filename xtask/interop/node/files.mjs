// Files: details, updates, copies, moves, renames, deletion.

import { png } from './image.mjs';
import { toFile } from './imagekit.mjs';

export default async function ({ client, report, urlEndpoint }) {
  const upload = async (path, options) => {
    const [, folder, fileName] = /^(.*)\/([^/]+)$/.exec(path);
    return client.files.upload({ file: await toFile(png(20, 10), 'x.png'), fileName, folder, useUniqueFileName: false, ...options });
  };
  const names = async (path) => (await client.assets.list({ path })).map((item) => item.name).sort();
  const uploaded = await upload('/files/a.png', { tags: ['one', 'two'] });
  const id = uploaded.fileId;

  const details = await client.files.get(id);
  report.holds('details', details, {
    fileId: id, type: 'file', name: 'a.png', filePath: '/files/a.png', tags: ['one', 'two'], AITags: null, customCoordinates: null, isPrivateFile: false,
    isPublished: true, fileType: 'image', mime: 'image/png', width: 20, height: 10, size: uploaded.size, hasAlpha: false, customMetadata: {},
    versionInfo: { id, name: 'Version 1' },
  });
  report.matches('createdAt', details.createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  report.matches('url', details.url, new RegExp(`^${urlEndpoint}/files/a\\.png\\?updatedAt=\\d+$`));
  report.equal('the url delivers the file', (await fetch(details.url)).headers.get('content-type'), 'image/png');
  report.equal('the thumbnail works', (await fetch(details.thumbnail)).status, 200);

  // Updates.
  const updated = await client.files.update(id, { tags: ['new'], customCoordinates: '1,2,3,4', description: 'Text' });
  report.holds('update', updated, { fileId: id, tags: ['new'], customCoordinates: '1,2,3,4', description: 'Text' });
  report.holds('an update stays', await client.files.get(id), { tags: ['new'], customCoordinates: '1,2,3,4', description: 'Text' });
  report.equal('updatedAt moves on', updated.updatedAt > details.updatedAt, true);
  report.holds('null unsets', await client.files.update(id, { tags: null, customCoordinates: null }), { tags: null, customCoordinates: null, description: 'Text' });
  report.holds('an empty description is none', await client.files.update(id, { description: '' }), { description: undefined });
  const tagged = await client.files.update(id, { extensions: [{ name: 'aws-auto-tagging', minConfidence: 70, maxTags: 3 }] });
  report.equal('extensionStatus', tagged.extensionStatus, { 'aws-auto-tagging': 'success' });
  report.equal('AI tags', tagged.AITags.length, 3);
  const fewer = await client.files.update(id, { removeAITags: [tagged.AITags[0].name] });
  report.equal('removeAITags', fewer.AITags.map((tag) => tag.name), tagged.AITags.slice(1).map((tag) => tag.name));
  report.holds('removeAITags: all', await client.files.update(id, { removeAITags: 'all' }), { AITags: null });
  report.holds('unpublish', await client.files.update(id, { publish: { isPublished: false } }), { isPublished: false });
  report.equal('an unpublished file is not delivered', (await fetch(`${urlEndpoint}/files/a.png`)).status, 404);
  report.holds('publish', await client.files.update(id, { publish: { isPublished: true, includeFileVersions: true } }), { isPublished: true });
  report.equal('a published file is delivered', (await fetch(`${urlEndpoint}/files/a.png`)).status, 200);
  await report.refused('publish with details', client.files.update(id, { publish: { isPublished: true }, tags: ['x'] }), { status: 400 });
  await report.refused('coordinates that are none', client.files.update(id, { customCoordinates: 'x' }), { status: 400 });
  await report.refused('tags over 500 characters', client.files.update(id, { tags: ['x'.repeat(501)] }), { status: 400 });
  await report.refused('metadata of no field', client.files.update(id, { customMetadata: { none: 1 } }), { status: 400, message: /Invalid custom metadata/ });

  // Copies.
  await client.files.copy({ sourceFilePath: '/files/a.png', destinationPath: '/files/copied/' });
  report.equal('copy', await names('/files/copied'), ['a.png']);
  report.equal('a copy leaves the source', (await client.files.get(id)).filePath, '/files/a.png');
  await upload('/files/a.png');
  await client.files.copy({ sourceFilePath: '/files/a.png', destinationPath: '/files/versions', includeFileVersions: true });
  const [withVersions] = await client.assets.list({ path: '/files/versions' });
  report.equal('copy with versions', (await client.files.versions.list(withVersions.fileId)).length, 2);
  await client.files.copy({ sourceFilePath: '/files/a.png', destinationPath: '/files/copied' });
  const [appended] = await client.assets.list({ path: '/files/copied' });
  report.equal('a copy over a file is its version', appended.versionInfo.name, 'Version 2');
  await report.refused('copy of nothing', client.files.copy({ sourceFilePath: '/files/none.png', destinationPath: '/x' }),
    { status: 404, error: 'NotFoundError', body: { reason: 'SOURCE_FILE_MISSING' } });
  await report.refused('copy to where it is', client.files.copy({ sourceFilePath: '/files/a.png', destinationPath: '/files' }),
    { status: 400, body: { reason: 'SAME_SOURCE_AND_DESTINATION' } });
  await report.refused('copy without a destination', client.files.copy({ sourceFilePath: '/files/a.png' }), { status: 400, body: { reason: 'MISSING_PARAMETER' } });

  // Moves.
  const mover = await upload('/files/move.png');
  await client.files.move({ sourceFilePath: '/files/move.png', destinationPath: '/files/moved' });
  report.holds('move keeps the id', await client.files.get(mover.fileId), { filePath: '/files/moved/move.png' });
  report.equal('move leaves nothing', (await names('/files')).includes('move.png'), false);
  await report.refused('move of nothing', client.files.move({ sourceFilePath: '/files/move.png', destinationPath: '/x' }),
    { status: 404, body: { reason: 'SOURCE_FILE_MISSING' } });
  await report.refused('move to where it is', client.files.move({ sourceFilePath: '/files/moved/move.png', destinationPath: '/files/moved/' }),
    { status: 400, body: { reason: 'SAME_SOURCE_AND_DESTINATION' } });

  // Renames.
  report.equal('rename', await client.files.rename({ filePath: '/files/moved/move.png', newFileName: 'été 1.png' }), {});
  report.holds('rename keeps letters of all languages', await client.files.get(mover.fileId), { name: 'été_1.png', filePath: '/files/moved/été_1.png' });
  report.equal('a name in the url is encoded and delivers', (await fetch((await client.files.get(mover.fileId)).url)).status, 200);
  const renamed = await client.files.rename({ filePath: '/files/moved/été_1.png', newFileName: 'b.png', purgeCache: true });
  report.matches('rename with a purge', renamed.purgeRequestId, /^[0-9a-f]{24}$/);
  report.holds('the purge is known', await client.cache.invalidation.get(renamed.purgeRequestId), { status: 'Pending' });
  await upload('/files/moved/taken.png');
  await report.refused('rename to a name that is taken', client.files.rename({ filePath: '/files/moved/b.png', newFileName: 'taken.png' }),
    { status: 409, error: 'ConflictError', body: { reason: 'FILE_ALREADY_EXISTS' } });
  await report.refused('rename to the same name', client.files.rename({ filePath: '/files/moved/b.png', newFileName: 'b.png' }),
    { status: 400, body: { reason: 'SAME_OLD_AND_NEW_NAME' } });
  await report.refused('rename of nothing', client.files.rename({ filePath: '/files/none.png', newFileName: 'x.png' }),
    { status: 404, body: { reason: 'FILE_MISSING' } });
  await report.refused('rename without a name', client.files.rename({ filePath: '/files/a.png' }), { status: 400, body: { reason: 'MISSING_PARAMETER' } });

  // Deletion.
  report.equal('delete', await client.files.delete(id), null);
  await report.refused('a deleted file is gone', client.files.get(id), { status: 404, message: /The requested file does not exist/ });
  await report.refused('delete twice', client.files.delete(id), { status: 404, message: /The requested file does not exist/ });
  report.equal('its versions are gone', await client.assets.list({ path: '/files', type: 'file-version' }), []);
  report.equal('it is not delivered', (await fetch(`${urlEndpoint}/files/a.png`)).status, 404);
  await report.refused('an id that is none', client.files.get('nonsense'), { status: 400, message: /invalid fileId parameter/ });
}
