// Many requests at once, and a large file.

import { toFile } from './imagekit.mjs';

const MIB = 1024 * 1024;

export default async function ({ client, report }) {
  const numbers = Array.from({ length: 200 }, (_, index) => index);
  const uploads = await Promise.all(numbers.map(async (number) =>
    client.files.upload({ file: await toFile(Buffer.from(`file ${number}`), 'x'), fileName: `${number}.txt`, folder: '/load', useUniqueFileName: false })));
  report.equal('200 uploads at once have 200 ids', new Set(uploads.map((file) => file.fileId)).size, 200);
  report.equal('200 uploads at once are all there', (await client.assets.list({ path: '/load' })).length, 200);
  const details = await Promise.all(uploads.map((file) => client.files.get(file.fileId)));
  report.equal('200 requests at once', details.map((file) => file.name), numbers.map((number) => `${number}.txt`));
  await Promise.all(uploads.slice(0, 50).map((file, index) => client.files.update(file.fileId, { tags: [`tag ${index}`] })));
  report.equal('50 updates at once', (await client.assets.list({ path: '/load', searchQuery: 'tags EXISTS' })).length, 50);

  // 64 MiB that are never in memory at once on this side.
  const part = Buffer.alloc(MIB, 1);
  const file = new File(Array(64).fill(part), 'large.bin');
  const large = await client.files.upload({ file, fileName: 'large.bin', folder: '/load' });
  report.equal('a large upload', [large.size, large.fileType], [64 * MIB, 'non-image']);
  await client.folders.delete({ folderPath: '/load' });
}
