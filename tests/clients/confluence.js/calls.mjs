// Calls through the client: each is checked by the client's own schema, and counted.

import { isDeepStrictEqual } from 'node:util';

/** Fails with both values. */
export function equal(found, expected) {
  if (!isDeepStrictEqual(found, expected)) {
    throw new Error(`found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
  }
}

/** Fails with what it is about. */
export function holds(condition, about) {
  if (!condition) throw new Error(typeof about === 'string' ? about : JSON.stringify(about));
}

/** The calls of one version of the API. */
export class Calls {
  constructor(version, client, operations, served) {
    Object.assign(this, { version, client, operations, served });
    this.done = new Set();
    this.failed = [];
    this.waiting = new Set();
  }

  /** Whether an operation is served. */
  serves(name) {
    return this.served.has(this.operations.get(name));
  }

  /** What is about something that can't be made yet waits: all operations whose path has this. */
  wait(path) {
    for (const operation of this.operations.values()) {
      if (operation.includes(path) && this.served.has(operation)) this.waiting.add(operation);
    }
    console.log(`waits  ${this.version} ${path}: it can't be made yet`);
  }

  /**
   * Calls an operation by its name, `group.function`. The parameters are made when they are needed;
   * `check` looks at the answer. An operation that isn't served is passed over: that the page of
   * operations says so is another test's business. Whatever fails, the story goes on.
   */
  async call(name, parameters = () => undefined, check = () => {}) {
    const operation = this.operations.get(name);
    if (!operation) throw new Error(`${this.version} has no ${name}`);
    if (!this.served.has(operation)) return undefined;
    const [group, called] = name.split('.');
    try {
      const answer = await this.client[group][called](parameters());
      check(answer);
      this.done.add(operation);
      console.log(`ok     ${this.version} ${name}`);
      return answer;
    } catch (error) {
      this.failed.push(name);
      console.log(`FAILED ${this.version} ${name} (${operation})`);
      console.log(told(error));
      return undefined;
    }
  }

  /** What is served, is in the client, and was never answered well. */
  missed() {
    const missed = [];
    for (const [name, operation] of this.operations) {
      const counts = this.served.has(operation) && !this.waiting.has(operation);
      if (counts && !this.done.has(operation)) missed.push(`${this.version} ${name}: ${operation}`);
    }
    return missed;
  }
}

/** An error with what the schema has against the answer. */
function told(error) {
  const issues = error.cause?.issues?.map((issue) => `  ${issue.path.join('.')}: ${issue.message} ${nested(issue)}`);
  const body = typeof error.body === 'string' ? `\n  ${error.body.slice(0, 1500)}` : '';
  return `  ${error.message.slice(0, 600)}${issues ? `\n${issues.join('\n')}` : ''}${body}`;
}

/** The first complaint of each branch of a union. */
function nested(issue) {
  if (issue.code !== 'invalid_union') return '';
  return issue.errors.map((branch) => branch.map((one) => `${one.path.join('.')}: ${one.message}`).join(', ')).join(' | ');
}
