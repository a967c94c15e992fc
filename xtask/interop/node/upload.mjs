// Uploads of every form of file that the package takes.

import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { png } from './image.mjs';
import { toFile } from './imagekit.mjs';

export default async function ({ client, report, urlEndpoint }) {
  const bytes = png(40, 30);
  const folder = '/upload';
  const directory = mkdtempSync(join(tmpdir(), 'interop-'));
  const path = join(directory, 'disk.png');
  writeFileSync(path, bytes);

  const whole = await client.files.upload({ file: await toFile(bytes, 'a.png'), fileName: 'buffer.png', folder, useUniqueFileName: false });
  report.holds('a buffer', whole, {
    name: 'buffer.png', filePath: '/upload/buffer.png', size: bytes.length, width: 40, height: 30, fileType: 'image',
    url: `${urlEndpoint}/upload/buffer.png`, thumbnailUrl: `${urlEndpoint}/tr:n-ik_ml_thumbnail/upload/buffer.png`, AITags: null,
  });
  report.matches('the id is 24 hexadecimal digits', whole.fileId, /^[0-9a-f]{24}$/);
  report.equal('the first version has the id of its file', whole.versionInfo, { id: whole.fileId, name: 'Version 1' });

  const forms = {
    'a stream from disk': () => createReadStream(path),
    'a File': () => new File([bytes], 'x.png', { type: 'image/png' }),
    'a response of fetch': () => fetch(whole.url),
    'a Uint8Array by toFile': () => toFile(new Uint8Array(bytes), 'x.png'),
    'a Blob by toFile': () => toFile(new Blob([bytes]), 'x.png'),
    'an async generator by toFile': () =>
      toFile((async function* () { yield bytes.subarray(0, 10); yield bytes.subarray(10); })(), 'x.png'),
    'base64 text': () => bytes.toString('base64'),
    'a data URI': () => `data:image/png;base64,${bytes.toString('base64')}`,
    'a URL of the library': () => whole.url,
  };
  let number = 0;
  for (const [name, form] of Object.entries(forms)) {
    const file = await form();
    const uploaded = await client.files.upload({ file, fileName: `form${(number += 1)}.png`, folder, useUniqueFileName: false });
    report.holds(name, uploaded, { filePath: `/upload/form${number}.png`, size: bytes.length, width: 40, height: 30 });
    const delivered = await fetch(uploaded.url);
    report.equal(`${name} is delivered as it is`, Buffer.from(await delivered.arrayBuffer()), bytes);
  }
  rmSync(directory, { recursive: true });

  const server = createServer((request, response) =>
    request.url === '/a.png' ? response.writeHead(200, { 'content-type': 'image/png' }).end(bytes) : response.writeHead(404).end());
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const local = `http://127.0.0.1:${server.address().port}`;
  report.holds('a URL of this machine', await client.files.upload({ file: `${local}/a.png`, fileName: 'local.png', folder }), { size: bytes.length, width: 40 });
  await report.refused('a URL of this machine without a file', client.files.upload({ file: `${local}/b.png`, fileName: 'b.png' }), { status: 400 });
  server.close();

  const text = await client.files.upload({ file: await toFile(Buffer.from('hello'), 'x'), fileName: 'note.txt', folder });
  report.holds('a file that is no image', text, { fileType: 'non-image', size: 5, width: undefined, thumbnailUrl: undefined });
  report.matches('a unique name by default', text.name, /^note_[A-Za-z0-9_-]+\.txt$/);
  report.matches('the same name twice is unique twice', (await client.files.upload({ file: await toFile(bytes, 'x'), fileName: 'note.txt', folder })).name, /^note_.+\.txt$/);

  await report.refused('a URL elsewhere is not fetched',
    client.files.upload({ file: 'http://192.0.2.1/a.png', fileName: 'a.png' }), { status: 400, error: 'BadRequestError' });
  await report.refused('text that is not base64', client.files.upload({ file: '%%%', fileName: 'a.png' }), { status: 400 });
  await report.refused('no file name',
    client.files.upload({ file: await toFile(bytes, 'x.png') }), { status: 400, message: /missing fileName parameter/ });
  await report.refused('no file', client.files.upload({ fileName: 'a.png' }), { status: 400, message: /missing file parameter/ });
}
