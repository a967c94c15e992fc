// Events that the emulator posts, verified by `webhooks.unwrap`.

import { createServer } from 'node:http';
import { png } from './image.mjs';
import { toFile } from './imagekit.mjs';

// Keeps what it receives; the first request to each path is answered with 500.
async function receiver() {
  const received = [];
  const waiting = new Set();
  const failed = new Set();
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const fails = request.url === '/flaky' && !failed.has(request.url);
    failed.add(request.url);
    response.writeHead(fails ? 500 : 200).end();
    received.push({ path: request.url, headers: request.headers, body: Buffer.concat(chunks).toString(), fails });
    waiting.forEach((wake) => wake());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  // The first message that the predicate holds for, now or later.
  const next = (holds) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no such message; received ${received.map((message) => message.body.slice(0, 60))}`)), 15_000);
      const look = () => {
        const found = received.find(holds);
        if (!found) return;
        clearTimeout(timer);
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { url: `http://127.0.0.1:${server.address().port}`, received, next, close: () => server.close() };
}

export default async function ({ client, report, urlEndpoint }) {
  const hooks = await receiver();
  const events = [
    'file.created', 'file.updated', 'file.deleted', 'file-version.created', 'file-version.deleted', 'upload.pre-transform.success',
    'upload.pre-transform.error', 'upload.post-transform.success', 'upload.post-transform.error', 'video.transformation.accepted', 'video.transformation.error',
  ];
  const webhook = await client.post('/v1/accounts/webhooks', { body: { endpoint: `${hooks.url}/all`, events } });
  const flaky = await client.post('/v1/accounts/webhooks', { body: { endpoint: `${hooks.url}/flaky`, events: ['file.deleted'] } });
  report.matches('the secret of a webhook', webhook.secret, /^whsec_/);
  const key = webhook.secret;
  const event = async (type, holds = () => true) => {
    const message = await hooks.next(({ path, body }) => path === '/all' && JSON.parse(body).type === type && holds(JSON.parse(body)));
    const unwrapped = client.webhooks.unwrap(message.body, { headers: message.headers, key });
    report.equal(`${type} is verified`, unwrapped.type, type);
    return { message, unwrapped };
  };
  const upload = async (fileName, options) =>
    client.files.upload({ file: await toFile(png(9, 9), 'x.png'), fileName, folder: '/webhooks', useUniqueFileName: false, ...options });

  const file = await upload('w.png');
  const { message, unwrapped } = await event('file.created');
  report.holds('file.created', unwrapped.data, { fileId: file.fileId, filePath: '/webhooks/w.png', type: 'file', width: 9 });
  report.matches('created_at', unwrapped.created_at, /^\d{4}-\d\d-\d\dT/);
  report.equal('unsafeUnwrap', client.webhooks.unsafeUnwrap(message.body), unwrapped);
  const refuses = (name, body, headers, secret) => {
    try {
      client.webhooks.unwrap(body, { headers, key: secret });
      report.fail(name, 'an error', 'none');
    } catch {
      report.pass();
    }
  };
  refuses('another body', message.body.replace('w.png', 'v.png'), message.headers, key);
  refuses('another secret', message.body, message.headers, 'whsec_other');
  refuses('an old message', message.body, { ...message.headers, 'webhook-timestamp': '1600000000' }, key);

  await client.files.update(file.fileId, { tags: ['new'] });
  report.equal('file.updated', (await event('file.updated')).unwrapped.data.tags, ['new']);
  const second = await upload('w.png');
  report.holds('file-version.created', (await event('file-version.created')).unwrapped.data, { fileId: file.fileId });
  await client.files.versions.delete(file.fileId, { fileId: file.fileId });
  report.equal('file-version.deleted', (await event('file-version.deleted')).unwrapped.data, { fileId: file.fileId, versionId: file.versionInfo.id });
  await client.files.delete(second.fileId);
  report.equal('file.deleted', (await event('file.deleted')).unwrapped.data, { fileId: file.fileId });

  await upload('t.png', { transformation: { pre: 'w-5', post: [{ type: 'transformation', value: 'w-3' }, { type: 'transformation', value: 'w-1,,' }] } });
  const pre = (await event('upload.pre-transform.success')).unwrapped;
  report.equal('upload.pre-transform.success', [pre.request.transformation, pre.data.name], ['w-5', 't.png']);
  const post = (await event('upload.post-transform.success')).unwrapped;
  report.equal('upload.post-transform.success', [post.request.transformation, post.data.name], [{ type: 'transformation', value: 'w-3' }, 't.png']);
  report.holds('upload.post-transform.error', (await event('upload.post-transform.error')).unwrapped.data, { name: 't.png', path: '/webhooks/t.png' });
  await report.refused('a pre-transformation that fails', upload('e.png', { transformation: { pre: 'w-none' } }), { status: 400 });
  report.holds('upload.pre-transform.error', (await event('upload.pre-transform.error')).unwrapped.data, { name: 'e.png', path: '/webhooks/e.png' });
  const video = Buffer.from('0000001466747970 69736f6d 00000000 6d703432'.replaceAll(' ', ''), 'hex');
  await client.files.upload({ file: await toFile(video, 'v.mp4'), fileName: 'v.mp4', folder: '/webhooks', useUniqueFileName: false });
  report.equal('a transformed video', (await fetch(`${urlEndpoint}/webhooks/v.mp4?tr=w-10`)).status, 501);
  report.matches('video.transformation.accepted', (await event('video.transformation.accepted')).unwrapped.data.asset.url, /\/webhooks\/v\.mp4$/);
  report.equal('video.transformation.error', typeof (await event('video.transformation.error')).unwrapped.data.transformation.error.reason, 'string');
  report.equal('the URL of a post-transformation', (await fetch(post.data.url)).status, 200);

  // A receiver that fails is asked again; a webhook gets its own events only.
  const retried = await hooks.next(({ path, fails }) => path === '/flaky' && !fails);
  const first = hooks.received.find(({ path, fails }) => path === '/flaky' && fails);
  report.equal('a retry has the id of the message', retried.headers['webhook-id'], first?.headers['webhook-id']);
  report.equal('a retry is verified', client.webhooks.unwrap(retried.body, { headers: retried.headers, key: flaky.secret }).type, 'file.deleted');
  report.equal('events that were not subscribed', hooks.received.filter(({ path, body }) => path === '/flaky' && JSON.parse(body).type !== 'file.deleted'), []);

  // The result of an extension.
  await upload('x.png', { extensions: [{ name: 'remove-bg' }], webhookUrl: `${hooks.url}/extension` });
  await client.assets.list({ limit: 1 });
  const result = JSON.parse((await hooks.next(({ path }) => path === '/extension')).body);
  report.holds('webhookUrl', result, { service: 'remove-bg', status: 'SUCCESS' });
  report.holds('webhookUrl: the file', result.fileObject, { name: 'x.png', filePath: '/webhooks/x.png' });
  for (const { id } of [webhook, flaky]) await client.delete(`/v1/accounts/webhooks/${id}`);
  hooks.close();
}
