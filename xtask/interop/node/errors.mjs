// Errors, retries and timeouts.

import { ImageKit, toFile } from './imagekit.mjs';

export default async function ({ client, report, options }) {
  const faulty = (fault) => ({ headers: { 'x-emulator-fault': fault } });
  const list = (fault, rest) => client.assets.list({}, { ...faulty(fault), ...rest });

  await report.refused('400', client.assets.list({ limit: 0 }), { status: 400, error: 'BadRequestError' });
  const anonymous = client.assets.list({}, { headers: { authorization: null } });
  await report.refused('401', anonymous, { status: 401, error: 'AuthenticationError', message: /does not contain private API key/ });
  const other = new ImageKit({ ...options, privateKey: 'private_other' });
  await report.refused('403', other.assets.list(), { status: 403, error: 'PermissionDeniedError', message: /cannot be authenticated/ });
  await report.refused('403 of an upload', other.files.upload({ file: await toFile(Buffer.from('x'), 'x'), fileName: 'x' }), { status: 403, error: 'PermissionDeniedError' });
  await report.refused('404', client.files.get('0'.repeat(24)), { status: 404, error: 'NotFoundError' });
  await report.refused('404 of a path', client.get('/v1/nothing'), { status: 404, error: 'NotFoundError' });
  for (const [status, error] of [[409, 'ConflictError'], [422, 'UnprocessableEntityError'], [429, 'RateLimitError'], [500, 'InternalServerError'], [503, 'InternalServerError']]) {
    await report.refused(`an injected ${status}`, list(`${status}`), { status, error });
  }
  await report.refused('the text of an error', list('503; body=out of order'), { status: 503, message: /out of order/ });
  await list('429; reset=1500').catch((error) => {
    const header = (name) => error.headers.get(`x-ratelimit-${name}`);
    report.equal('headers of a 429', [header('limit') > 0, header('reset'), header('interval') > 0], [true, '1500', true]);
    report.matches('message of a 429', error.error?.message, /rate limit/i);
  });
  const { response } = await client.assets.list({ limit: 1 }).withResponse();
  report.equal('rate limit headers', ['limit', 'reset', 'interval'].map((name) => /^\d+$/.test(response.headers.get(`x-ratelimit-${name}`))), [true, true, true]);
  report.matches('a request id', response.headers.get('x-ik-requestid'), /^[0-9a-f-]{36}$/);
  report.matches('content type', response.headers.get('content-type'), /^application\/json/);

  // A fault in the first attempt only.
  const attempts = [];
  const once = (fault, rest) =>
    new ImageKit({
      ...options, maxRetries: 2, ...rest,
      fetch: (url, init) => {
        const first = init.headers.get('x-stainless-retry-count') === '0';
        if (first) init.headers.set('x-emulator-fault', fault);
        attempts.push(first);
        return fetch(url, init);
      },
    });
  for (const fault of ['503; retry-after-ms=10', '429; retry-after-ms=10', '409; retry-after-ms=10', '408; retry-after-ms=10', 'drop', 'drop-after']) {
    attempts.length = 0;
    report.equal(`a retry after ${fault}`, [Array.isArray(await once(fault).assets.list({ limit: 1 })), attempts.length], [true, 2]);
  }
  attempts.length = 0;
  await report.refused('no retry after 404', once('404').assets.list(), { status: 404 });
  report.equal('one attempt', attempts.length, 1);
  attempts.length = 0;
  const name = 'applied-twice.txt';
  await once('drop-after').files.upload({ file: await toFile(Buffer.from('x'), 'x'), fileName: name, folder: '/errors', useUniqueFileName: false });
  const [file] = await client.assets.list({ path: '/errors' });
  report.equal('a retried upload that was applied has two versions', file.versionInfo.name, 'Version 2');

  await report.refused('a connection that ends', list('drop'), { error: 'APIConnectionError' });
  await report.refused('a response that comes too late', list('delay=3000', { timeout: 100 }), { error: 'APIConnectionTimeoutError' });
  const abort = new AbortController();
  const aborted = list('delay=3000', { signal: abort.signal });
  setTimeout(() => abort.abort(), 50);
  await report.refused('a call that is aborted', aborted, { error: 'APIUserAbortError' });
  report.equal('a delay that is short enough', Array.isArray(await list('delay=50', { timeout: 10_000 })), true);
  await report.refused('a fault that is none', list('slowly'), { status: 400, message: /x-emulator-fault/ });
}
