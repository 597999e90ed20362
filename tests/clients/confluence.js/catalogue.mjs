// What the client has and what the server serves, each read from the source: the client's own
// files, and the server's description.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const FUNCTION = /export async function (\w+)\(client.*?\n\}/gs;

/** Method and path, whatever its parameters are called. */
export function key(method, path) {
  return `${method} ${path.replaceAll(/\$?\{[^}]*\}/g, '{}')}`;
}

/** The client's operations of a version: `group.function` to method and path. */
export async function operationsOf(dist, version) {
  const operations = new Map();
  const folder = join(dist, version, 'api');
  for (const file of await readdir(folder)) {
    if (!file.endsWith('.js') || file === 'index.js') continue;
    const source = await readFile(join(folder, file), 'utf8');
    for (const [text, name] of source.matchAll(FUNCTION)) {
      const url = text.match(/url: [`'](.*?)[`'],/)[1];
      const method = text.match(/method: '(\w+)'/)[1];
      operations.set(`${file.replace('.js', '')}.${name}`, key(method, url));
    }
  }
  return operations;
}

/** What the server says that it serves. */
export async function servedBy(url) {
  const answer = await fetch(`${url}/openapi.json`);
  const { paths } = await answer.json();
  const served = new Set();
  for (const [path, methods] of Object.entries(paths)) {
    for (const method of Object.keys(methods)) served.add(key(method.toUpperCase(), path));
  }
  return served;
}
