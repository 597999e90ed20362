// Every operation that the server serves and confluence.js has, through confluence.js: each answer
// is held against the client's schema of it.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { Calls } from './calls.mjs';
import { operationsOf, servedBy } from './catalogue.mjs';
import * as v1 from './v1.mjs';
import * as v2 from './v2.mjs';

const { NARTHEX_PACKAGES, NARTHEX_URL: url } = process.env;
const dist = join(NARTHEX_PACKAGES, 'node_modules', 'confluence.js', 'dist');
const { createV1Client, createV2Client } = await import(pathToFileURL(join(dist, 'index.js')));

const person = (who) => ({
  host: url,
  auth: { type: 'basic', email: process.env[`${who}_EMAIL`], apiToken: process.env[`${who}_TOKEN`] },
});
const served = await servedBy(url);
const one = new Calls('v1', createV1Client(person('ADA')), await operationsOf(dist, 'v1'), served);
const two = new Calls('v2', createV2Client(person('ADA')), await operationsOf(dist, 'v2'), served);
const site = { key: 'DOCS', space: process.env.DOCS_ID, lee: process.env.LEE_EMAIL, leeId: process.env.LEE_ACCOUNT };

for (const chapter of [...v2.chapters, ...v1.chapters]) await chapter(one, two, site);

const missed = [...one.missed(), ...two.missed()];
for (const operation of missed) console.log(`NOT DONE ${operation}`);
const waiting = one.waiting.size + two.waiting.size;
const failed = one.failed.length + two.failed.length;
console.log(`${one.done.size} operations of v1 and ${two.done.size} of v2 answered by the schema; ${failed} calls failed, ${missed.length} operations not done${waiting ? `, ${waiting} wait for what isn't served yet` : ''}`);
process.exit(failed || missed.length ? 1 : 0);
