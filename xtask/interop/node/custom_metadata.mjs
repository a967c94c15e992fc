// Custom metadata: fields of every type, and values that do or do not fit them.

import { toFile } from './imagekit.mjs';

const schemas = {
  Text: { type: 'Text', minLength: 2, maxLength: 5 },
  Textarea: { type: 'Textarea', maxLength: 100 },
  Number: { type: 'Number', minValue: -1.5, maxValue: 10 },
  Date: { type: 'Date', minValue: '2024-01-01T00:00:00.000Z', maxValue: '2024-12-31T00:00:00.000Z' },
  Boolean: { type: 'Boolean' },
  SingleSelect: { type: 'SingleSelect', selectOptions: ['small', 4, true] },
  MultiSelect: { type: 'MultiSelect', selectOptions: ['a', 'b', 30, false] },
};
const good = { Text: 'abc', Textarea: 'line\nline', Number: -1.5, Date: '2024-05-01T10:00:00.000Z', Boolean: false, SingleSelect: 4, MultiSelect: ['a', 30] };
const bad = {
  Text: ['a', 'abcdef', 5], Textarea: ['x'.repeat(101)], Number: ['5', 11, -2], Date: ['yesterday', '2025-01-01T00:00:00.000Z', 5],
  Boolean: ['true', 1], SingleSelect: ['large', 5, ['small']], MultiSelect: [['c'], 'a', [true]],
};

export default async function ({ client, report }) {
  const fields = client.customMetadataFields;
  const ids = {};
  for (const [type, schema] of Object.entries(schemas)) {
    const field = await fields.create({ name: `cm_${type}`, label: `Label ${type}`, schema, description: `About ${type}` });
    ids[type] = field.id;
    report.holds(`create ${type}`, field, { name: `cm_${type}`, label: `Label ${type}`, schema, description: `About ${type}` });
  }
  report.matches('the id of a field', ids.Text, /^[0-9a-f]{24}$/);
  const own = async (query) => (await fields.list(query)).filter((field) => field.name.startsWith('cm_'));
  report.equal('list', (await own()).map((field) => field.name), Object.keys(schemas).map((type) => `cm_${type}`));
  report.equal('list by folder', (await own({ folderPath: '/' })).length, 7);

  // Values.
  const file = await client.files.upload({
    file: await toFile(Buffer.from('x'), 'x'), fileName: 'cm.txt', folder: '/custom', useUniqueFileName: false,
    customMetadata: { cm_Text: 'abc', cm_Number: 3 }, responseFields: ['customMetadata'],
  });
  report.equal('values of an upload', file.customMetadata, { cm_Text: 'abc', cm_Number: 3 });
  for (const [type, value] of Object.entries(good)) {
    const updated = await client.files.update(file.fileId, { customMetadata: { [`cm_${type}`]: value } });
    report.equal(`a value of ${type}`, updated.customMetadata[`cm_${type}`], value);
  }
  for (const [type, values] of Object.entries(bad)) {
    for (const value of values) {
      const name = `cm_${type}`;
      await report.refused(`${type} refuses ${JSON.stringify(value).slice(0, 30)}`, client.files.update(file.fileId, { customMetadata: { [name]: value } }),
        { status: 400, message: /Invalid custom metadata/ });
    }
  }
  report.equal('refused values change nothing', (await client.files.get(file.fileId)).customMetadata,
    Object.fromEntries(Object.entries(good).map(([type, value]) => [`cm_${type}`, value])));
  await client.files.update(file.fileId, { customMetadata: { cm_Text: null } });
  report.equal('null unsets one', 'cm_Text' in (await client.files.get(file.fileId)).customMetadata, false);
  await report.refused('an upload with a value that does not fit',
    client.files.upload({ file: await toFile(Buffer.from('x'), 'x'), fileName: 'x', customMetadata: { cm_Number: 'x' } }), { status: 400, message: /Invalid custom metadata/ });

  // Definitions.
  const create = (schema, rest) => fields.create({ name: 'cm_bad', label: 'Bad', schema, ...rest });
  const invalid = { status: 400, message: /Invalid field object/ };
  await report.refused('a type that is none', create({ type: 'Colour' }), invalid);
  await report.refused('a select without options', create({ type: 'SingleSelect' }), invalid);
  await report.refused('a required field without default', create({ type: 'Text', isValueRequired: true }), invalid);
  await report.refused('a default that does not fit', create({ type: 'Number', defaultValue: 'x' }), invalid);
  await report.refused('options of a text', create({ type: 'Text', selectOptions: ['a'] }), invalid);
  await report.refused('a range upside down', create({ type: 'Number', minValue: 5, maxValue: 1 }), invalid);
  await report.refused('lengths of a number', create({ type: 'Number', minLength: 1 }), invalid);
  await report.refused('a long description', create({ type: 'Text' }, { description: 'x'.repeat(501) }), invalid);
  await report.refused('no schema', create(undefined), invalid);
  await report.refused('no label', create({ type: 'Text' }, { label: undefined }), invalid);
  await report.refused('a name that is taken', create({ type: 'Text' }, { name: 'cm_Text' }), { status: 400, message: /A custom metadata field with this name already exists/ });
  await report.refused('a label that is taken', create({ type: 'Text' }, { label: 'Label Text' }), { status: 400, message: /label already exists/ });

  // Updates and deletion.
  const updated = await fields.update(ids.Text, { label: 'New label', schema: { minLength: 1, maxLength: 3 }, description: '' });
  report.holds('update', updated, { id: ids.Text, name: 'cm_Text', label: 'New label', schema: { type: 'Text', minLength: 1, maxLength: 3 }, description: undefined });
  await report.refused('new rules hold', client.files.update(file.fileId, { customMetadata: { cm_Text: 'abcd' } }), { status: 400 });
  await report.refused('update of nothing', fields.update(ids.Text, {}), { status: 400, message: /Either label or schema should be provided/ });
  await report.refused('update of no field', fields.update('0'.repeat(24), { label: 'x' }), { status: 404, message: /No such custom metadata field exists/ });
  await fields.delete(ids.Number);
  report.equal('delete', (await own()).some((field) => field.name === 'cm_Number'), false);
  report.equal('includeDeleted', (await own({ includeDeleted: true })).some((field) => field.name === 'cm_Number'), true);
  await report.refused('delete twice', fields.delete(ids.Number), { status: 404, message: /No such custom metadata field exists/ });
  await report.refused('a deleted field takes no values', client.files.update(file.fileId, { customMetadata: { cm_Number: 1 } }), { status: 400 });
  await report.refused('the name of a deleted field stays taken', create({ type: 'Text' }, { name: 'cm_Number' }), { status: 400, message: /already exists/ });
  await report.refused('an id that is none', fields.delete('x'), { status: 400, message: /invalid ID parameter/ });
}
