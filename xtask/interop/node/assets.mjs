// Lists of assets: types, paths, order, pages.

import { png } from './image.mjs';
import { toFile } from './imagekit.mjs';

export default async function ({ client, report }) {
  const upload = async (file, fileName, folder = '/assets') => {
    await client.files.upload({ file: await toFile(file, 'x'), fileName, folder, useUniqueFileName: false });
    // Times are in milliseconds, and the order of a list is by time.
    await new Promise((resolve) => setTimeout(resolve, 3));
  };
  await upload(png(30, 10), 'b.png');
  await upload(png(10, 20), 'a.png');
  await upload(Buffer.from('text'), 'c.txt');
  await upload(png(20, 30), 'b.png');
  await upload(png(5, 5), 'inner.png', '/assets/folder');
  const path = '/assets';
  const names = async (query) => (await client.assets.list({ path, ...query })).map((item) => item.name);

  report.equal('files by default, oldest first', await names({}), ['a.png', 'c.txt', 'b.png']);
  report.equal('a slash at the end of a path', (await client.assets.list({ path: '/assets/' })).length, 3);
  report.equal('type: file', await names({ type: 'file' }), ['a.png', 'c.txt', 'b.png']);
  report.equal('type: file-version', (await client.assets.list({ path, type: 'file-version' })).map((item) => [item.name, item.type, item.width]), [['b.png', 'file-version', 30]]);
  const [folder] = await client.assets.list({ path, type: 'folder' });
  report.holds('type: folder', folder, { type: 'folder', name: 'folder', folderPath: '/assets/folder', customMetadata: {} });
  report.matches('a folder has an id', folder.folderId, /^[0-9a-f]{24}$/);
  report.equal('type: all', (await names({ type: 'all' })).sort(), ['a.png', 'b.png', 'c.txt', 'folder']);
  report.equal('fileType: image', await names({ fileType: 'image' }), ['a.png', 'b.png']);
  report.equal('fileType: non-image', await names({ fileType: 'non-image' }), ['c.txt']);

  const orders = {
    ASC_NAME: ['a.png', 'b.png', 'c.txt'], DESC_NAME: ['c.txt', 'b.png', 'a.png'], DESC_CREATED: ['b.png', 'c.txt', 'a.png'],
    ASC_WIDTH: ['c.txt', 'a.png', 'b.png'], DESC_WIDTH: ['b.png', 'a.png', 'c.txt'], ASC_HEIGHT: ['c.txt', 'a.png', 'b.png'], DESC_HEIGHT: ['b.png', 'a.png', 'c.txt'],
    ASC_CREATED: ['a.png', 'c.txt', 'b.png'], ASC_UPDATED: ['a.png', 'c.txt', 'b.png'], DESC_UPDATED: ['b.png', 'c.txt', 'a.png'],
  };
  for (const [sort, expected] of Object.entries(orders)) report.equal(`sort: ${sort}`, await names({ sort }), expected);
  report.equal('sort: ASC_SIZE', (await names({ sort: 'ASC_SIZE' }))[0], 'c.txt');
  report.equal('sort: DESC_SIZE', (await names({ sort: 'DESC_SIZE' })).at(-1), 'c.txt');
  for (const sort of ['ASC_RELEVANCE', 'DESC_RELEVANCE']) report.equal(`sort: ${sort}`, (await names({ sort })).length, 3);

  report.equal('limit', await names({ limit: 2 }), ['a.png', 'c.txt']);
  report.equal('skip', await names({ skip: 2 }), ['b.png']);
  report.equal('skip beyond the end', await names({ skip: 50, limit: 1000 }), []);
  report.equal('limit and skip', await names({ limit: 1, skip: 1 }), ['c.txt']);
  report.equal('another folder', (await client.assets.list({ path: '/nowhere' })), []);
  report.equal('no query at all', Array.isArray(await client.assets.list()), true);
  await report.refused('limit 0', client.assets.list({ limit: 0 }), { status: 400, message: /Minimum value of limit parameter is 1. Value sent is 0/ });
  await report.refused('limit 1001', client.assets.list({ limit: 1001 }), { status: 400, message: /Maximum value of limit parameter is 1000. Value sent is 1001/ });
  await report.refused('skip -1', client.assets.list({ skip: -1 }),
    { status: 400, message: /The value of skip parameter should be greater than or equal to 0. Value sent is -1/ });
  await report.refused('an unknown type', client.assets.list({ type: 'none' }), { status: 400, message: /invalid value for type parameter/ });
  await report.refused('an unknown sort', client.assets.list({ sort: 'UP' }), { status: 400, message: /sort/ });
  await report.refused('an unknown fileType', client.assets.list({ fileType: 'none' }), { status: 400, message: /fileType/ });
}
