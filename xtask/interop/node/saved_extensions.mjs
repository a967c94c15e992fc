// Saved extensions, and their use.

import { png } from './image.mjs';
import { toFile } from './imagekit.mjs';

export default async function ({ client, report }) {
  const saved = client.savedExtensions;
  const config = { name: 'google-auto-tagging', minConfidence: 75, maxTags: 2 };
  const created = await saved.create({ name: 'Tagger', description: 'Tags products', config });
  report.holds('create', created, { name: 'Tagger', description: 'Tags products', config });
  report.holds('get', await saved.get(created.id), created);
  report.equal('list', (await saved.list()).map((extension) => extension.id), [created.id]);
  const updated = await saved.update(created.id, { name: 'Other', config: { ...config, maxTags: 1 } });
  report.holds('update', updated, { id: created.id, name: 'Other', description: 'Tags products', config: { ...config, maxTags: 1 } });
  const file = await client.files.upload({
    file: await toFile(png(5, 5), 'x.png'), fileName: 'saved.png', extensions: [{ name: 'saved-extension', id: created.id }],
  });
  report.equal('an upload with a saved extension', [file.extensionStatus, file.AITags.length], [{ 'google-auto-tagging': 'success' }, 1]);
  const tasks = { name: 'ai-tasks', tasks: [{ type: 'select_tags', instruction: 'Which colour?', vocabulary: ['red', 'blue'] }] };
  const task = await saved.create({ name: 'Tasks', description: 'Asks', config: tasks });
  report.equal('ai-tasks', (await client.files.update(file.fileId, { extensions: [{ name: 'saved-extension', id: task.id }] })).tags, ['red']);
  report.equal('a task of an update', (await client.files.update(file.fileId, {
    extensions: [{ name: 'ai-tasks', tasks: [{ type: 'yes_no', instruction: 'Is it?', on_yes: { add_tags: ['yes'], remove_tags: ['red'] } }] }],
  })).tags, ['yes']);
  await report.refused('a configuration that is none', saved.create({ name: 'x', description: 'x', config: { name: 'none' } }),
    { status: 400, message: /Invalid extension configuration/ });
  await report.refused('no name', saved.create({ description: 'x', config }), { status: 400 });
  await report.refused('no tasks', saved.create({ name: 'x', description: 'x', config: { name: 'ai-tasks', tasks: [] } }), { status: 400 });
  await report.refused('an id that is none', saved.get('none'), { status: 400, message: /Invalid saved extension ID/ });
  report.equal('delete', await saved.delete(created.id), null);
  await report.refused('a deleted one is gone', saved.get(created.id), { status: 404, message: /The requested saved extension does not exist/ });
  await report.refused('its use is refused', client.files.update(file.fileId, { extensions: [{ name: 'saved-extension', id: created.id }] }), { status: 400 });
  await report.refused('update of a deleted one', saved.update(created.id, { name: 'x' }), { status: 404 });
  await report.refused('delete twice', saved.delete(created.id), { status: 404 });
}
