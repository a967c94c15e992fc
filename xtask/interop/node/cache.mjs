// Cache purges.

export default async function ({ client, report, urlEndpoint }) {
  const { invalidation } = client.cache;
  const purge = await invalidation.create({ url: `${urlEndpoint}/a.jpg` });
  report.matches('create', purge.requestId, /^[0-9a-f]{24}$/);
  report.equal('a purge is pending', await invalidation.get(purge.requestId), { status: 'Pending' });
  report.equal('a purge completes', await invalidation.get(purge.requestId), { status: 'Completed' });
  report.matches('a wildcard', (await invalidation.create({ url: `${urlEndpoint}/a/b/*` })).requestId, /^[0-9a-f]{24}$/);
  const invalid = { status: 400, message: /The URL is not valid for cache purging/ };
  await report.refused('a URL elsewhere', invalidation.create({ url: 'https://example.com/a.jpg' }), invalid);
  await report.refused('a wildcard for everything', invalidation.create({ url: `${urlEndpoint}/*` }), invalid);
  await report.refused('no URL', invalidation.create({}), { status: 400 });
  await report.refused('a request that is none', invalidation.get('none'), { status: 400, message: /No request found for this requestId/ });
}
