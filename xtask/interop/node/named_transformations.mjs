// Named transformations, and their use in URLs.

import { png, size } from './image.mjs';
import { toFile } from './imagekit.mjs';

export default async function ({ client, report, urlEndpoint }) {
  const named = client.namedTransformations;
  await client.files.upload({ file: await toFile(png(80, 40), 'x.png'), fileName: 'n.png', folder: '/named', useUniqueFileName: false });
  const deliver = (name) => fetch(`${urlEndpoint}/tr:n-${name}/named/n.png`);
  const created = await named.create({ name: 'half', transformation: 'w-40,f-png' });
  report.holds('create', created, { name: 'half', transformation: 'w-40,f-png', enabled: true });
  report.equal('get', await named.get(created.id), created);
  report.equal('list', await named.list(), [created]);
  report.equal('its use', size(Buffer.from(await (await deliver('half')).arrayBuffer())), [40, 20]);
  report.holds('update', await named.update(created.id, { transformation: 'w-20,f-png' }), { id: created.id, name: 'half', transformation: 'w-20,f-png', enabled: true });
  report.equal('an update is used', size(Buffer.from(await (await deliver('half')).arrayBuffer())), [20, 10]);
  report.holds('rename', await named.update(created.id, { name: 'quarter' }), { name: 'quarter' });
  report.equal('the old name is gone', (await deliver('half')).status >= 400, true);
  report.holds('disable', await named.update(created.id, { enabled: false }), { enabled: false });
  report.equal('a disabled one is refused', (await deliver('quarter')).status >= 400, true);
  await report.refused('a name that is taken', named.create({ name: 'quarter', transformation: 'w-1' }), { status: 400 });
  await report.refused('a name with a space', named.create({ name: 'a b', transformation: 'w-1' }), { status: 400 });
  await report.refused('no transformation', named.create({ name: 'x' }), { status: 400 });
  report.equal('delete', await named.delete(created.id), null);
  await report.refused('a deleted one is gone', named.get(created.id), { status: 404 });
  await report.refused('update of a deleted one', named.update(created.id, { enabled: true }), { status: 404 });
  report.equal('the list is empty', await named.list(), []);
}
