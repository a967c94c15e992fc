// The options of an upload, and what the API says about the file afterwards.

import { png } from './image.mjs';
import { toFile } from './imagekit.mjs';

export default async function ({ client, report, url }) {
  const bytes = png(60, 40);
  const upload = async (fileName, options) =>
    client.files.upload({ file: await toFile(bytes, 'x.png'), fileName, useUniqueFileName: false, folder: '/options', ...options });

  const all = ['tags', 'customCoordinates', 'isPrivateFile', 'embeddedMetadata', 'isPublished', 'customMetadata', 'metadata', 'selectedFieldsSchema'];
  const full = await upload('full.png', {
    tags: ['red shoe', 'été', 'x-1'], customCoordinates: '10,10,20,20', description: 'Two shoes', isPrivateFile: true, responseFields: all,
  });
  report.holds('responseFields', full, {
    tags: ['red shoe', 'été', 'x-1'], customCoordinates: '10,10,20,20', isPrivateFile: true, isPublished: true, customMetadata: {}, description: 'Two shoes',
  });
  report.holds('responseFields: metadata', full.metadata, { width: 60, height: 40, format: 'png', size: bytes.length, hasTransparency: false });
  report.matches('responseFields: pHash', full.metadata?.pHash, /^[0-9a-f]{16}$/);
  report.equal('responseFields: embeddedMetadata', typeof full.embeddedMetadata, 'object');
  const bare = await upload('bare.png', {});
  report.holds('without responseFields', bare, {
    tags: undefined, customCoordinates: undefined, isPrivateFile: undefined, isPublished: undefined, customMetadata: undefined, metadata: undefined, embeddedMetadata: undefined,
  });
  report.holds('details of a full upload', await client.files.get(full.fileId), {
    tags: ['red shoe', 'été', 'x-1'], customCoordinates: '10,10,20,20', description: 'Two shoes', isPrivateFile: true, isPublished: true, type: 'file',
  });
  const draft = await upload('draft.png', { isPublished: false });
  report.holds('a draft', await client.files.get(draft.fileId), { isPublished: false });

  // Names, folders.
  report.holds('a name with reserved characters', await upload('my cat (1)#?.png', {}), { name: 'my_cat__1___.png' });
  report.holds('a folder with slashes at its ends', await upload('a.png', { folder: '/options/deep//er/' }), { filePath: '/options/deep/er/a.png' });
  const implied = await client.assets.list({ type: 'folder', path: '/options' });
  report.equal('folders appear with their files', implied.map((item) => item.folderPath), ['/options/deep']);
  await report.refused('dots in a folder', upload('a.png', { folder: '/options/../x' }), { status: 400 });

  // Overwriting.
  const first = await upload('over.png', { tags: ['one'], customCoordinates: '1,1,5,5' });
  const kept = await upload('over.png', { overwriteTags: false, responseFields: ['tags', 'customCoordinates'] });
  report.holds('overwriting keeps the id, and the tags if told so', kept, { fileId: first.fileId, tags: ['one'], customCoordinates: null });
  report.equal('overwriting makes a version', kept.versionInfo.name, 'Version 2');
  const erased = await upload('over.png', { responseFields: ['tags'] });
  report.equal('overwriting erases tags', erased.tags, null);
  await report.refused('overwriteFile: false', upload('over.png', { overwriteFile: false }), { status: 400, message: /already exists at the exact location/ });

  // Checks.
  report.holds('checks that hold', await upload('checked.png', { checks: '"file.size" < "1mb" AND "mediaMetadata.width" >= 60' }), { width: 60 });
  await report.refused('checks that do not hold', upload('no.png', { checks: '"file.size" < 10' }), { status: 400, message: /failed 'checks' validation/ });
  await report.refused('checks that cannot be parsed', upload('no.png', { checks: 'file.size <' }), { status: 400, message: /invalid syntax/ });
  report.equal('a refused upload leaves nothing', await client.assets.list({ path: '/options', searchQuery: 'name = "no.png"' }), []);

  // Transformations.
  report.holds('a pre-transformation', await upload('pre.png', { transformation: { pre: 'w-30' } }), { width: 30, height: 20 });
  report.holds('post-transformations', await upload('post.png', {
    transformation: { post: [{ type: 'transformation', value: 'w-10' }, { type: 'transformation', value: 'h-10' }] },
  }), { width: 60 });
  await report.refused('an unknown post-transformation', upload('bad.png', { transformation: { post: [{ type: 'other' }] } }),
    { status: 400, message: /transformation field is invalid/ });
  await report.refused('a thumbnail of an image', upload('bad.png', { transformation: { post: [{ type: 'thumbnail' }] } }), { status: 400, message: /incompatible/ });

  // Extensions.
  const extended = await upload('extended.png', {
    extensions: [{ name: 'google-auto-tagging', minConfidence: 80, maxTags: 2 }, { name: 'remove-bg' }, { name: 'ai-auto-description' }],
    webhookUrl: `${url}/nobody`,
  });
  report.equal('extensionStatus', extended.extensionStatus, { 'google-auto-tagging': 'success', 'remove-bg': 'pending', 'ai-auto-description': 'success' });
  report.equal('AI tags of an upload', extended.AITags?.map((tag) => tag.source), ['google-auto-tagging', 'google-auto-tagging']);
  const after = await client.files.get(extended.fileId);
  report.equal('remove-bg makes a version', after.versionInfo.name, 'Version 2');
  await report.refused('an unknown extension', upload('bad.png', { extensions: [{ name: 'none' }] }), { status: 400 });

  // Values that are refused.
  await report.refused('too many characters of tags', upload('bad.png', { tags: ['x'.repeat(501)] }), { status: 400, message: /500/ });
  await report.refused('a tag with %', upload('bad.png', { tags: ['50%'] }), { status: 400 });
  await report.refused('coordinates', upload('bad.png', { customCoordinates: '1,2' }), { status: 400, message: /customCoordinates/ });
  await report.refused('an unknown response field', upload('bad.png', { responseFields: ['nothing'] }), { status: 400 });
  await report.refused('a webhookUrl that is none', upload('bad.png', { webhookUrl: 'nowhere' }), { status: 400 });
}
