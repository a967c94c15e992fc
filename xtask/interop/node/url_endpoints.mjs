// URL endpoints.

import { toFile } from './imagekit.mjs';

export default async function ({ client, report, urlEndpoint }) {
  const api = client.accounts.urlEndpoints;
  const origin = await client.accounts.origins.create({ type: 'WEB_PROXY', name: 'Proxy' });
  const [first] = await api.list();
  report.holds('the default endpoint', first, { urlPrefix: '' });
  const created = await api.create({ description: 'Shop', urlPrefix: 'shop', origins: [origin.id], urlRewriter: { type: 'CLOUDINARY' } });
  report.holds('create', created, { description: 'Shop', urlPrefix: 'shop', origins: [origin.id], urlRewriter: { type: 'CLOUDINARY', preserveAssetDeliveryTypes: false } });
  report.equal('get', await api.get(created.id), created);
  report.equal('list', (await api.list()).map((endpoint) => endpoint.id), [first.id, created.id]);
  await client.files.upload({ file: await toFile(Buffer.from('shop'), 'x'), fileName: 'e.txt', folder: '/endpoints', useUniqueFileName: false });
  report.equal('it delivers', await (await fetch(`${urlEndpoint}/shop/endpoints/e.txt`)).text(), 'shop');
  await report.refused('an origin in use', client.accounts.origins.delete(origin.id), { status: 400 });
  for (const type of ['IMGIX', 'AKAMAI']) {
    const updated = await api.update(created.id, { description: 'New', urlPrefix: 'store', urlRewriter: { type } });
    report.holds(`update with ${type}`, updated, { id: created.id, description: 'New', urlPrefix: 'store', origins: [], urlRewriter: { type } });
  }
  await report.refused('no description', api.create({ urlPrefix: 'x' }), { status: 400, message: /description is required/ });
  await report.refused('the prefix of the default', api.create({ description: 'x', urlPrefix: '' }), { status: 400, message: /urlPrefix cannot be empty/ });
  await report.refused('a prefix that is taken', api.create({ description: 'x', urlPrefix: 'store' }), { status: 400 });
  await report.refused('an unknown origin', api.create({ description: 'x', urlPrefix: 'y', origins: ['none'] }), { status: 400, message: /Origin does not exist/ });
  await report.refused('deleting the default', api.delete(first.id), { status: 400, message: /Default URL-endpoint cannot be deleted/ });
  report.equal('delete', await api.delete(created.id), null);
  await report.refused('a deleted one is gone', api.get(created.id), { status: 404, message: /URL-endpoint not found/ });
  await report.refused('update of a deleted one', api.update(created.id, { description: 'x', urlPrefix: 'y' }), { status: 404 });
  await client.accounts.origins.delete(origin.id);
}
