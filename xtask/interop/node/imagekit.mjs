// The package under test, from the folder that it was installed in.

import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.INTEROP_PACKAGES, 'package.json'));

export const { default: ImageKit, toFile } = require('@imagekit/nodejs');

// The names of all methods of a client's resources, such as `files.versions.list`.
function methods(resource, path, found) {
  for (const [key, value] of Object.entries(resource)) {
    const isResource = !key.startsWith('_') && value && '_client' in Object(value);
    if (!isResource) continue;
    const inner = path ? `${path}.${key}` : key;
    for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(value))) {
      if (name !== 'constructor' && typeof value[name] === 'function') found.push([value, name, `${inner}.${name}`]);
    }
    methods(value, inner, found);
  }
  return found;
}

// Notes every method that is called, and returns the names of those that were not.
export class Coverage {
  constructor() {
    this.all = new Set();
    this.called = new Set();
  }

  watch(client) {
    for (const [resource, name, path] of methods(client, '', [])) {
      const method = resource[name];
      this.all.add(path);
      resource[name] = (...args) => {
        this.called.add(path);
        return method.apply(resource, args);
      };
    }
    return client;
  }

  missing() {
    return [...this.all].filter((path) => !this.called.has(path));
  }
}
