// Uploads by a browser, with `helper.getAuthenticationParameters`.

import { png } from './image.mjs';

export default async function ({ client, report, url, publicKey }) {
  const upload = async (parameters, key = publicKey, headers = {}) => {
    const form = new FormData();
    form.set('file', new Blob([png(5, 5)]), 'x.png');
    form.set('fileName', 'browser.png');
    form.set('publicKey', key);
    for (const [name, value] of Object.entries(parameters)) form.set(name, String(value));
    const response = await fetch(`${url}/api/v1/files/upload`, { method: 'POST', body: form, headers });
    return { status: response.status, origin: response.headers.get('access-control-allow-origin'), body: await response.json() };
  };
  const parameters = client.helper.getAuthenticationParameters();
  const first = await upload(parameters);
  report.equal('an upload with parameters', [first.status, first.origin], [200, '*']);
  report.holds('it is stored', await client.files.get(first.body.fileId), { name: first.body.name, width: 5 });
  report.equal('a token is good once', (await upload(parameters)).status, 400);
  const now = Math.floor(Date.now() / 1000);
  report.equal('a token of ours', (await upload(client.helper.getAuthenticationParameters('my-token', now + 600))).status, 200);
  report.equal('an expiry in the past', (await upload(client.helper.getAuthenticationParameters('late', now - 5))).status, 400);
  report.equal('an expiry of two hours', (await upload(client.helper.getAuthenticationParameters('long', now + 7200))).status, 400);
  const wrong = { ...client.helper.getAuthenticationParameters(), signature: '0'.repeat(40) };
  report.matches('a wrong signature', (await upload(wrong)).body.message, /invalid signature/);
  report.equal('another public key', (await upload(client.helper.getAuthenticationParameters(), 'public_other')).status, 403);
  report.equal('nothing at all', (await upload({})).status, 400);
  const authorization = `Basic ${btoa(`${client.privateKey}:`)}`;
  report.matches('a signature and the key', (await upload(client.helper.getAuthenticationParameters(), publicKey, { authorization })).body.message, /both signature and basic auth/);
  const preflight = await fetch(`${url}/api/v1/files/upload`, { method: 'OPTIONS', headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' } });
  report.equal('a preflight request', [preflight.status, preflight.headers.get('access-control-allow-origin')], [204, '*']);
}
