// Origins of every type. Secrets are not shown.

const origins = {
  S3: [{ bucket: 'b', accessKey: 'AKIA', secretKey: 'shh' }, { bucket: 'b', prefix: '' }],
  S3_COMPATIBLE: [{ bucket: 'b', accessKey: 'AKIA', secretKey: 'shh', endpoint: 'https://s3.example.com' }, { bucket: 'b', prefix: '', endpoint: 'https://s3.example.com', s3ForcePathStyle: false }],
  CLOUDINARY_BACKUP: [{ bucket: 'b', accessKey: 'AKIA', secretKey: 'shh', prefix: 'p' }, { bucket: 'b', prefix: 'p' }],
  WEB_FOLDER: [{ baseUrl: 'https://example.com/images', forwardHostHeaderToOrigin: true }, { baseUrl: 'https://example.com/images', forwardHostHeaderToOrigin: true }],
  WEB_PROXY: [{}, {}],
  GCS: [{ bucket: 'b', clientEmail: 'a@example.com', privateKey: 'shh' }, { bucket: 'b', prefix: '', clientEmail: 'a@example.com' }],
  AZURE_BLOB: [{ accountName: 'a', container: 'c', sasToken: 'shh' }, { accountName: 'a', container: 'c', prefix: '' }],
  AKENEO_PIM: [{ baseUrl: 'https://akeneo.example.com', clientId: 'i', clientSecret: 'shh', username: 'u', password: 'shh' }, { baseUrl: 'https://akeneo.example.com' }],
};

export default async function ({ client, report }) {
  const api = client.accounts.origins;
  const ids = [];
  for (const [type, [input, shown]] of Object.entries(origins)) {
    const name = `Origin ${type.replaceAll('_', ' ')}`;
    const created = await api.create({ type, name, ...input });
    ids.push(created.id);
    report.equal(`create ${type}`, created, { id: created.id, type, name, includeCanonicalHeader: false, ...shown });
    report.equal(`get ${type}`, await api.get(created.id), created);
    report.holds(`update ${type}`, await api.update(created.id, { type, name: 'New name', includeCanonicalHeader: true, ...input }),
      { id: created.id, type, name: 'New name', includeCanonicalHeader: true });
    report.holds(`an update of ${type} stays`, await api.get(created.id), { name: 'New name' });
  }
  report.equal('list', (await api.list()).map((origin) => origin.id), ids);
  report.equal('no secret is shown', JSON.stringify(await api.list()).includes('shh'), false);
  await report.refused('a type that is none', api.create({ type: 'FTP', name: 'x' }), { status: 400, message: /Invalid origin type/ });
  await report.refused('no bucket', api.create({ type: 'S3', name: 'x', accessKey: 'a', secretKey: 'b' }), { status: 400 });
  await report.refused('a base URL that is none', api.create({ type: 'WEB_FOLDER', name: 'x', baseUrl: 'nowhere' }), { status: 400 });
  await report.refused('an unknown origin', api.get('none'), { status: 404, message: /Origin not found/ });
  await report.refused('update of an unknown origin', api.update('none', { type: 'WEB_PROXY', name: 'x' }), { status: 404 });
  for (const id of ids) report.equal('delete', await api.delete(id), null);
  report.equal('all are gone', await api.list(), []);
  await report.refused('delete twice', api.delete(ids[0]), { status: 404 });
}
