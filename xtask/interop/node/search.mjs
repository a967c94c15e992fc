// `searchQuery`, every operator and field.

import { png } from './image.mjs';
import { toFile } from './imagekit.mjs';

export default async function ({ client, report }) {
  await client.customMetadataFields.create({ name: 'search_price', label: 'Search price', schema: { type: 'Number' } });
  const upload = async (file, fileName, options) =>
    client.files.upload({ file: await toFile(file, 'x'), fileName, folder: '/search', useUniqueFileName: false, ...options });
  const one = await upload(png(10, 20), 'Red-shoe.png', { tags: ['red', 'été'], customMetadata: { search_price: 5 } });
  await upload(png(300, 40), 'blue-shoe.png', { tags: ['blue', 'big shoe'], isPrivateFile: true });
  await upload(Buffer.from('x'.repeat(3000)), 'note.txt', { isPublished: false });
  await upload(png(50, 50), 'inner.png', { folder: '/search/deep/er' });
  await client.files.update(one.fileId, { extensions: [{ name: 'google-auto-tagging', minConfidence: 95, maxTags: 1 }] });
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

  const here = { 'red': 'Red-shoe.png', 'blue': 'blue-shoe.png', 'note': 'note.txt' };
  const queries = {
    'name = "Red-shoe.png"': ['red'],
    'name = "red-shoe.png"': [],
    'name : "blue"': ['blue'],
    'name HAS "SHOE"': ['red', 'blue'],
    'name NOT = "note.txt"': ['red', 'blue'],
    'name IN ["note.txt", "blue-shoe.png"]': ['blue', 'note'],
    'name NOT IN ["note.txt", "blue-shoe.png"]': ['red'],
    'tags IN ["red", "blue"]': ['red', 'blue'],
    'tags = "big shoe"': ['blue'],
    'tags = "été"': ['red'],
    'tags NOT IN ["red"]': ['blue', 'note'],
    'tags EXISTS': ['red', 'blue'],
    'tags NOT EXISTS': ['note'],
    'tags = "Emulated"': ['red'],
    'width > 100': ['blue'],
    'width >= 10 AND width < 300': ['red'],
    'height <= 20': ['red'],
    'size > 2000': ['note'],
    'size > "2kb"': ['note'],
    'format = "png"': ['red', 'blue'],
    'private = true': ['blue'],
    'published = false': ['note'],
    'transparency = false': ['red', 'blue'],
    [`id = "${one.fileId}"`]: ['red'],
    [`createdAt >= "${yesterday}"`]: ['red', 'blue', 'note'],
    'createdAt > "1d"': ['red', 'blue', 'note'],
    'updatedAt < "1h"': [],
    'createdAt < "2020-01-01T00:00:00.000Z"': [],
    'createdBy = "user@example.com"': ['red', 'blue', 'note'],
    'type = "file"': ['red', 'blue', 'note'],
    'type = "folder"': [],
    '"customMetadata.search_price" = 5': ['red'],
    '"customMetadata.search_price" > 4 AND "customMetadata.search_price" <= 5': ['red'],
    '"customMetadata.search_price" EXISTS': ['red'],
    '"customMetadata.search_price" NOT EXISTS': ['blue', 'note'],
    'tags = "red" OR tags = "blue"': ['red', 'blue'],
    '(tags = "red" OR tags = "blue") AND width > 100': ['blue'],
    '(name HAS "shoe" AND (private = true OR width = 10))': ['red', 'blue'],
    'path = "/search/"': ['red', 'blue', 'note'],
  };
  for (const [query, expected] of Object.entries(queries)) {
    const seen = await client.assets.list({ searchQuery: query, path: '/search', type: 'file' });
    report.equal(query, seen.filter((item) => item.type === 'file').map((item) => item.name), expected.map((key) => here[key]));
  }
  const below = await client.assets.list({ searchQuery: 'path : "/search/" AND type = "file"', sort: 'ASC_NAME' });
  report.equal('path : finds what is below', below.map((item) => item.name), ['Red-shoe.png', 'blue-shoe.png', 'inner.png', 'note.txt']);
  const folders = await client.assets.list({ searchQuery: 'path : "/search/" AND type = "folder"', sort: 'ASC_NAME' });
  report.equal('folders of a search', folders.map((item) => item.folderPath), ['/search/deep', '/search/deep/er']);
  const ignored = await client.assets.list({ searchQuery: 'name = "note.txt" AND path = "/search"', type: 'folder', tags: 'none', name: 'other' });
  report.equal('a search ignores type, tags and name', ignored.map((item) => item.name), ['note.txt']);

  for (const query of ['name =', 'nothing = "x"', 'name = "x', '(name = "x"', 'name = "x" AND', 'width = wide', 'tags IN []']) {
    await report.refused(`refused: ${query}`, client.assets.list({ searchQuery: query }), { status: 400, message: /searchQuery/ });
  }
}
