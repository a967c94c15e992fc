// Metadata of files, by id and by URL.

import { png } from './image.mjs';
import { toFile } from './imagekit.mjs';

export default async function ({ client, report, urlEndpoint }) {
  const bytes = png(64, 48);
  const file = await client.files.upload({ file: await toFile(bytes, 'x.png'), fileName: 'm.png', folder: '/metadata', useUniqueFileName: false });
  const metadata = await client.files.metadata.get(file.fileId);
  report.holds('get', metadata, { width: 64, height: 48, size: bytes.length, format: 'png', hasColorProfile: false, hasTransparency: false, exif: {} });
  report.matches('pHash', metadata.pHash, /^[0-9a-f]{16}$/);
  report.equal('get of a URL', await client.files.metadata.getFromURL({ url: `${urlEndpoint}/metadata/m.png` }), metadata);
  report.holds('get of a transformed URL', await client.files.metadata.getFromURL({ url: `${urlEndpoint}/tr:w-32,f-png/metadata/m.png` }), { width: 32, height: 24 });
  report.holds('get of a transformed query', await client.files.metadata.getFromURL({ url: `${urlEndpoint}/metadata/m.png?tr=h-12` }), { width: 16, height: 12 });
  report.equal('a URL of ik.imagekit.io', await client.files.metadata.getFromURL({ url: 'https://ik.imagekit.io/demo/metadata/m.png' }), metadata);
  await report.refused('a URL elsewhere', client.files.metadata.getFromURL({ url: 'https://example.com/a.jpg' }),
    { status: 400, message: /The url should be accessible using your ImageKit.io account/ });
  await report.refused('a URL of nothing', client.files.metadata.getFromURL({ url: `${urlEndpoint}/metadata/none.png` }),
    { status: 404, message: /does not exist or is inaccessible/ });
  await report.refused('no URL', client.files.metadata.getFromURL({}), { status: 400 });
  await report.refused('metadata of no file', client.files.metadata.get('0'.repeat(24)), { status: 404, message: /does not exist or is inaccessible/ });
  const broken = await client.files.upload({ file: await toFile(bytes.subarray(0, 20), 'x.png'), fileName: 'broken.png', folder: '/metadata' });
  await report.refused('a broken image', client.files.metadata.get(broken.fileId), { status: 400, message: /corrupt or invalid/ });
}
