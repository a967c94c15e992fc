// Operations on several files at once.

import { toFile } from './imagekit.mjs';
import { png } from './image.mjs';

export default async function ({ client, report }) {
  const upload = async (fileName, options) =>
    client.files.upload({ file: await toFile(png(5, 5), 'x.png'), fileName, folder: '/bulk', useUniqueFileName: false, ...options });
  const [a, b] = [await upload('a.png', { tags: ['old'] }), await upload('b.png')];
  const fileIds = [a.fileId, b.fileId];
  const absent = '0'.repeat(24);
  const tags = async () => Promise.all(fileIds.map(async (id) => (await client.files.get(id)).tags));

  report.equal('add tags', await client.files.bulk.addTags({ fileIds, tags: ['t', 'old'] }), { successfullyUpdatedFileIds: fileIds });
  report.equal('tags were added once', await tags(), [['old', 't'], ['t', 'old']]);
  report.equal('remove tags', await client.files.bulk.removeTags({ fileIds, tags: ['old'] }), { successfullyUpdatedFileIds: fileIds });
  report.equal('tags were removed', await tags(), [['t'], ['t']]);
  await upload('c.png', { tags: ['x'.repeat(498)] }).then(async (c) => {
    const mixed = await client.files.bulk.addTags({ fileIds: [a.fileId, c.fileId], tags: ['more'] });
    report.equal('a file with too many tags', [mixed.successfullyUpdatedFileIds, mixed.errors?.map((error) => error.fileId)], [[a.fileId], [c.fileId]]);
  });
  const extensions = [{ name: 'google-auto-tagging', minConfidence: 50, maxTags: 5 }];
  const tagged = await client.files.update(a.fileId, { extensions });
  const AITags = [tagged.AITags[0].name];
  report.equal('remove AI tags', await client.files.bulk.removeAITags({ fileIds, AITags }), { successfullyUpdatedFileIds: fileIds });
  report.equal('AI tags were removed', (await client.files.get(a.fileId)).AITags.length, tagged.AITags.length - 1);

  for (const [name, call] of [['add', 'addTags'], ['remove', 'removeTags']]) {
    await report.refused(`${name}: a file is missing`, client.files.bulk[call]({ fileIds: [a.fileId, absent], tags: ['x'] }),
      { status: 404, body: { missingFileIds: [absent] } });
    await report.refused(`${name}: no files`, client.files.bulk[call]({ fileIds: [], tags: ['x'] }), { status: 400, message: /fileIds is empty/ });
    await report.refused(`${name}: 51 files`, client.files.bulk[call]({ fileIds: Array(51).fill(a.fileId), tags: ['x'] }), { status: 400, message: /A maximum of 50 files/ });
    await report.refused(`${name}: no tags`, client.files.bulk[call]({ fileIds }), { status: 400, message: /tags parameter is missing/ });
  }
  await report.refused('remove AI tags: none', client.files.bulk.removeAITags({ fileIds }), { status: 400, message: /AITags parameter is missing/ });

  await report.refused('delete: a file is missing', client.files.bulk.delete({ fileIds: [a.fileId, absent] }), { status: 404, body: { missingFileIds: [absent] } });
  report.equal('nothing was deleted', (await client.files.get(a.fileId)).fileId, a.fileId);
  await report.refused('delete: 101 files', client.files.bulk.delete({ fileIds: Array(101).fill(a.fileId) }), { status: 400, message: /100 items/ });
  await report.refused('delete: no ids', client.files.bulk.delete({}), { status: 400, message: /fileIds parameter is missing/ });
  await report.refused('delete: text instead of a list', client.files.bulk.delete({ fileIds: a.fileId }), { status: 400, message: /fileIds should be an Array/ });
  report.equal('delete', await client.files.bulk.delete({ fileIds }), { successfullyDeletedFileIds: fileIds });
  report.equal('they are gone', (await client.assets.list({ path: '/bulk' })).map((item) => item.name), ['c.png']);
}
