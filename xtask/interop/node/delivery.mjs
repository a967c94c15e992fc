// URLs of `helper.buildSrc`, fetched.

import { png, size } from './image.mjs';
import { ImageKit, toFile } from './imagekit.mjs';

export default async function ({ client, report, urlEndpoint, options }) {
  const upload = async (fileName, rest) =>
    client.files.upload({ file: await toFile(png(100, 50), 'x.png'), fileName, folder: '/delivery', useUniqueFileName: false, ...rest });
  await upload('a.png');
  await upload('private.png', { isPrivateFile: true });
  await upload('logo.png', { folder: '/delivery/logos' });
  const src = '/delivery/a.png';
  const build = (rest) => client.helper.buildSrc({ urlEndpoint, src, ...rest });
  const get = async (rest) => {
    const response = await fetch(build(rest));
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, type: response.headers.get('content-type'), bytes };
  };
  const sized = async (name, rest, expected) => {
    const { status, type, bytes } = await get(rest);
    if (type !== 'image/png') return report.equal(name, [status, type, bytes.toString().slice(0, 200)], [200, 'image/png', '...']);
    report.equal(name, size(bytes), expected);
  };

  report.equal('the file', (await get({})).bytes.equals(png(100, 50)), true);
  for (const transformationPosition of ['path', 'query']) {
    await sized(`width, in the ${transformationPosition}`, { transformation: [{ width: 50, format: 'png' }], transformationPosition }, [50, 25]);
  }
  const sizes = [
    ['height', [{ height: 10 }], [20, 10]],
    ['a share', [{ width: 0.5 }], [50, 25]],
    ['aspect ratio', [{ width: 40, aspectRatio: '1-1' }], [40, 40]],
    ['crop force', [{ width: 30, height: 30, crop: 'force' }], [30, 30]],
    ['crop at_max', [{ width: 30, height: 30, crop: 'at_max' }], [30, 15]],
    ['crop at_least', [{ width: 30, height: 30, crop: 'at_least' }], [60, 30]],
    ['pad_resize', [{ width: 30, height: 30, cropMode: 'pad_resize', background: 'FF0000' }], [30, 30]],
    ['extract', [{ width: 20, height: 20, cropMode: 'extract', x: 5, y: 5 }], [20, 20]],
    ['focus', [{ width: 20, height: 20, focus: 'top_left' }], [20, 20]],
    ['rotation', [{ rotation: 90 }], [50, 100]],
    ['border', [{ border: '5_FF0000' }], [110, 60]],
    ['dpr', [{ width: 20, dpr: 2 }], [40, 20]],
    ['chained steps', [{ width: 80 }, { rotation: 90 }, { width: 10 }], [10, 20]],
    ['effects', [{ blur: 3, grayscale: true, sharpen: 5, contrastStretch: true, opacity: 50, flip: 'h' }], [100, 50]],
    ['radius', [{ radius: 'max' }], [100, 50]],
    ['trim', [{ raw: 'w-100' }, { raw: 'h-20' }], [40, 20]],
    ['an image layer', [{ overlay: { type: 'image', input: 'delivery/logos/logo.png', transformation: [{ width: 10 }], position: { x: 5, y: 'N5' } } }], [100, 50]],
    ['a text layer', [{ overlay: { type: 'text', text: 'Été & more', transformation: [{ fontSize: 12, fontColor: 'FFFFFF' }] } }], [100, 50]],
    ['a colour layer', [{ overlay: { type: 'solidColor', color: '00FF00', transformation: [{ width: 10, height: 10 }] } }], [100, 50]],
    ['metadata kept, progressive, lossless', [{ width: 60, metadata: true, progressive: true, colorProfile: true }], [60, 30]],
  ];
  for (const [name, transformation, expected] of sizes) {
    await sized(name, { transformation: [...transformation, { format: 'png' }] }, expected);
  }
  for (const [format, type] of [['jpg', 'image/jpeg'], ['webp', 'image/webp'], ['png', 'image/png']]) {
    report.equal(`format ${format}`, (await get({ transformation: [{ width: 10, format }] })).type, type);
  }
  report.equal('original', (await get({ transformation: [{ original: true }] })).bytes.equals(png(100, 50)), true);
  const automatic = await fetch(build({ transformation: [{ width: 10, format: 'auto' }] }), { headers: { accept: 'image/webp' } });
  report.equal('format auto by Accept', automatic.headers.get('content-type'), 'image/webp');
  report.equal('the transformation string', client.helper.buildTransformationString([{ width: 300, height: 200 }, { rotation: 90 }]), 'w-300,h-200:rt-90');
  const default_image = await fetch(client.helper.buildSrc({ urlEndpoint, src: '/delivery/none.png', transformation: [{ defaultImage: '/delivery/a.png' }] }));
  report.equal('the default image', default_image.status, 200);
  report.equal('a file that is not there', (await fetch(`${urlEndpoint}/delivery/none.png`)).status, 404);
  report.equal('a value out of range', (await get({ transformation: [{ quality: 500, format: 'jpg' }] })).status, 400);

  // Signatures.
  const status = async (url) => (await fetch(url)).status;
  const signed = build({ src: '/delivery/private.png', signed: true });
  report.equal('a private file', await status(build({ src: '/delivery/private.png' })), 401);
  report.equal('a private file, signed', await status(signed), 200);
  report.equal('signed, with an expiry', await status(build({ src: '/delivery/private.png', signed: true, expiresIn: 60 })), 200);
  for (const transformationPosition of ['path', 'query']) {
    const url = build({ src: '/delivery/private.png', signed: true, expiresIn: 60, transformationPosition, transformation: [{ width: 30 }], queryParameters: { v: 'é 1' } });
    report.equal(`signed, with a transformation in the ${transformationPosition}`, await status(url), 200);
    report.equal(`a signature is for its transformation in the ${transformationPosition}`, await status(url.replace('w-30', 'w-40')), 401);
  }
  report.equal('a wrong signature', await status(signed.replace(/.$/, (last) => (last === '0' ? '1' : '0'))), 401);
  const late = build({ src: '/delivery/private.png', signed: true, expiresIn: 60 });
  report.equal('another expiry', await status(late.replace(/ik-t=\d+/, 'ik-t=1600000000')), 401);
  const other = new ImageKit({ ...options, privateKey: 'private_other' });
  report.equal('the signature of another key', await status(other.helper.buildSrc({ urlEndpoint, src, signed: true })), 401);
  await upload('naïve file.png');
  const [spaced] = await client.assets.list({ path: '/delivery', searchQuery: 'name : "na"' });
  await client.files.rename({ filePath: spaced.filePath, newFileName: 'naïve.png' });
  report.equal('signed, with letters that are encoded', await status(build({ src: '/delivery/naïve.png', signed: true })), 200);

  // Caching.
  const whole = await fetch(build({}));
  const again = await fetch(build({}), { headers: { 'if-none-match': whole.headers.get('etag') } });
  report.equal('If-None-Match', again.status, 304);
  const part = await fetch(build({}), { headers: { range: 'bytes=0-9' } });
  report.equal('a range', [part.status, (await part.arrayBuffer()).byteLength], [206, 10]);
}
