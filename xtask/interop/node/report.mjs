// Counts checks and prints those that fail.

import { isDeepStrictEqual, inspect } from 'node:util';

const show = (value) => inspect(value, { depth: 6, breakLength: Infinity, maxStringLength: 300 });

export class Report {
  constructor() {
    this.passed = 0;
    this.failed = 0;
    this.resource = '';
  }

  pass() {
    this.passed += 1;
  }

  fail(name, expected, seen) {
    this.failed += 1;
    console.log(`FAIL ${this.resource}: ${name}\n     expected ${expected}\n     seen     ${seen}`);
  }

  // The two values are deeply equal.
  equal(name, seen, expected) {
    if (isDeepStrictEqual(seen, expected)) return this.pass();
    this.fail(name, show(expected), show(seen));
  }

  // The object holds these fields; others do not matter.
  holds(name, seen, expected) {
    const held = Object.fromEntries(Object.keys(expected).map((key) => [key, seen?.[key]]));
    this.equal(name, held, expected);
  }

  // The text matches the pattern.
  matches(name, seen, pattern) {
    if (typeof seen === 'string' && pattern.test(seen)) return this.pass();
    this.fail(name, `text like ${pattern}`, show(seen));
  }

  // The promise fails with an error of this status, class name and message.
  async refused(name, promise, { status, error, message, body }) {
    let result;
    try {
      result = await promise;
    } catch (thrown) {
      const wrong = [];
      if (status !== undefined && thrown.status !== status) wrong.push(`status ${thrown.status}`);
      if (error && thrown.constructor.name !== error) wrong.push(thrown.constructor.name);
      if (message && !message.test(thrown.error?.message ?? thrown.message)) wrong.push(thrown.message);
      for (const [key, value] of Object.entries(body ?? {})) {
        if (!isDeepStrictEqual(thrown.error?.[key], value)) wrong.push(`${key}: ${show(thrown.error?.[key])}`);
      }
      if (wrong.length === 0) return this.pass();
      return this.fail(name, show({ status, error, message, body }), `${wrong.join(', ')} (${thrown})`);
    }
    this.fail(name, show({ status, error, message, body }), `success: ${show(result)}`);
  }
}
