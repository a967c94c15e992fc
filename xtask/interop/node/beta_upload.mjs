// Uploads by version 2, with the key and with a token.

import { createHmac } from 'node:crypto';
import { png } from './image.mjs';
import { toFile } from './imagekit.mjs';

const encode = (value) => Buffer.from(value).toString('base64url');

function jwt(payload, privateKey, publicKey) {
  const now = Math.floor(Date.now() / 1000);
  const head = encode(JSON.stringify({ alg: 'HS256', typ: 'JWT', kid: publicKey }));
  const body = encode(JSON.stringify({ iat: now, exp: now + 600, ...payload }));
  const signature = createHmac('sha256', privateKey).update(`${head}.${body}`).digest('base64url');
  return `${head}.${body}.${signature}`;
}

export default async function ({ client, report, privateKey, publicKey }) {
  const bytes = png(7, 6);
  const anonymous = { headers: { authorization: null } };
  const file = () => toFile(bytes, 'x.png');
  const options = { fileName: 'beta.png', folder: '/beta', useUniqueFileName: false, tags: ['a', 'b'], responseFields: ['tags'] };
  const uploaded = await client.beta.v2.files.upload({ file: await file(), ...options });
  report.holds('with the key', uploaded, { filePath: '/beta/beta.png', width: 7, height: 6, tags: ['a', 'b'] });

  const form = { fileName: 'token.png', folder: '/beta', useUniqueFileName: false };
  const claims = { fileName: 'token.png', folder: '/beta', useUniqueFileName: 'false' };
  const token = jwt(claims, privateKey, publicKey);
  const upload = async (fields, by) => client.beta.v2.files.upload({ file: await file(), ...fields, token: by }, anonymous);
  report.holds('with a token', await upload(form, token), { filePath: '/beta/token.png' });
  await report.refused('a token is good once', upload(form, token), { status: 400 });
  await report.refused('another form than in the token', upload({ ...form, fileName: 'other.png' }, jwt(claims, privateKey, publicKey)), { status: 400, message: /payload/ });
  await report.refused('the key of another', upload(form, jwt(claims, 'private_other', publicKey)), { status: 400 });
  const late = Math.floor(Date.now() / 1000) - 100;
  await report.refused('an expired token', upload(form, jwt({ ...claims, iat: late - 10, exp: late }, privateKey, publicKey)), { status: 400, message: /expired/ });
  await report.refused('a token and the key', client.beta.v2.files.upload({ file: await file(), ...form, token: jwt(claims, privateKey, publicKey) }),
    { status: 400, message: /both token and basic auth/ });
  await report.refused('neither', upload(form, undefined), { status: 400 });
}
