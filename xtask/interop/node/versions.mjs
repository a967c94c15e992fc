// Versions of a file.

import { png } from './image.mjs';
import { toFile } from './imagekit.mjs';

export default async function ({ client, report }) {
  const upload = async (width) =>
    client.files.upload({ file: await toFile(png(width, 10), 'x.png'), fileName: 'v.png', folder: '/versions', useUniqueFileName: false });
  const [one, two, three] = [await upload(11), await upload(12), await upload(13)];
  const fileId = one.fileId;
  report.equal('uploads over a file are its versions', [two.fileId, three.fileId], [fileId, fileId]);

  const list = await client.files.versions.list(fileId);
  report.equal('list', list.map((item) => [item.type, item.versionInfo.name, item.width]),
    [['file', 'Version 3', 13], ['file-version', 'Version 2', 12], ['file-version', 'Version 1', 11]]);
  report.matches('the url of an older version', list[1].url, /ik-obj-version=/);
  const delivered = Buffer.from(await (await fetch(list[1].url)).arrayBuffer());
  report.equal('the url of an older version delivers it', delivered.readUInt32BE(16), 12);

  const versionId = two.versionInfo.id;
  report.holds('get', await client.files.versions.get(versionId, { fileId }), { fileId, type: 'file-version', versionInfo: { id: versionId, name: 'Version 2' }, width: 12 });
  const restored = await client.files.versions.restore(versionId, { fileId });
  report.holds('restore', restored, { fileId, type: 'file', versionInfo: { id: versionId, name: 'Version 2' } });
  report.holds('a restored version is current', await client.files.get(fileId), { width: 12, versionInfo: { id: versionId, name: 'Version 2' } });
  report.equal('restoring makes no version', (await client.files.versions.list(fileId)).length, 3);

  await report.refused('the current version cannot be deleted', client.files.versions.delete(versionId, { fileId }),
    { status: 400, message: /You cannot delete current version of a file/ });
  await client.files.versions.delete(one.versionInfo.id, { fileId });
  report.equal('delete', (await client.files.versions.list(fileId)).map((item) => item.versionInfo.name), ['Version 2', 'Version 3']);
  await report.refused('a deleted version is gone', client.files.versions.get(one.versionInfo.id, { fileId }), { status: 404, message: /file version does not exist/ });
  await report.refused('delete twice', client.files.versions.delete(one.versionInfo.id, { fileId }), { status: 404, message: /asset does not exist/ });
  await report.refused('restore of nothing', client.files.versions.restore('0'.repeat(24), { fileId }), { status: 404 });
  await report.refused('a version id that is none', client.files.versions.get('x', { fileId }), { status: 400, message: /invalid versionId parameter/ });
  await report.refused('versions of no file', client.files.versions.list('0'.repeat(24)), { status: 404, message: /The requested file does not exist/ });

  await client.files.update(fileId, { publish: { isPublished: false, includeFileVersions: true } });
  report.equal('unpublish with versions', (await client.files.versions.list(fileId)).map((item) => item.isPublished), [false, false]);
}
