// The second version of the API.

import { equal, holds } from './calls.mjs';
import * as comments from './v2-comments.mjs';
import * as content from './v2-content.mjs';
import * as spaces from './v2-spaces.mjs';

export const chapters = [
  spaces.reading, content.pages, content.blogPosts, content.attachments, content.folders, content.properties,
  comments.footer, comments.inline, content.around, content.versions, content.tasks, content.labels, people,
  spaces.administering,
];

/** Accounts. */
async function people(one, two, site) {
  site.ada = (await one.call('users.getCurrentUser')).accountId;
  await two.call('user.createBulkUserLookup', () => ({ body: { accountIds: [site.ada] } }), (answer) => {
    equal(answer.results.map((user) => user.accountId), [site.ada]);
  });
  await two.call('user.checkAccessByEmail', () => ({ body: { emails: [site.lee] } }));
  await two.call('content.convertContentIdsToContentTypes', () => ({ body: { contentIds: [site.page, site.post] } }), (answer) => {
    holds(answer.results[site.page] === 'page', answer);
  });
}
