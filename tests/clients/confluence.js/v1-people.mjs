// Accounts, and what they watch and like.

import { equal, holds } from './calls.mjs';

export async function reading(one, two, site) {
  await one.call('users.getCurrentUser', () => ({ expand: ['operations', 'personalSpace'] }), (user) => {
    site.ada = user.accountId;
  });
  await one.call('users.getAnonymousUser', () => ({}), (user) => equal(user.type, 'anonymous'));
  await one.call('users.getUser', () => ({ accountId: site.ada }), (user) => equal(user.displayName, 'Ada Lind'));
  await one.call('users.getBulkUserLookup', () => ({ accountId: [site.ada, site.leeId] }), ({ results }) => holds(results.length >= 1, results));
  await one.call('users.getGroupMembershipsForUser', () => ({ accountId: site.ada }), ({ results }) => holds(results.length > 0, results));
  await one.call('users.getPrivacyUnsafeUserEmail', () => ({ accountId: site.ada }), ({ email }) => equal(email, 'ada@example.org'));
  await one.call('users.getPrivacyUnsafeUserEmailBulk', () => ({ accountId: [site.ada] }));
  const property = () => ({ userId: site.ada, key: 'tide' });
  await one.call('userProperties.createUserProperty', () => ({ ...property(), value: { height: 3 } }));
  await one.call('userProperties.getUserProperties', () => ({ userId: site.ada }));
  await one.call('userProperties.getUserProperty', property);
  await one.call('userProperties.updateUserProperty', () => ({ ...property(), value: { height: 4 } }));
  await one.call('userProperties.deleteUserProperty', property);
}

export async function watching(one, two, site) {
  const content = () => ({ contentId: site.page });
  await one.call('contentWatches.addContentWatcher', content);
  await one.call('contentWatches.getContentWatchStatus', content, ({ watching: yes }) => equal(yes, true));
  await one.call('contentWatches.getWatchesForPage', () => ({ id: site.page }), ({ results }) => holds(results.length >= 1, results));
  await one.call('contentWatches.removeContentWatcher', content);
  await one.call('contentWatches.getContentWatchStatus', content, ({ watching: yes }) => equal(yes, false));
  const space = () => ({ spaceKey: site.key });
  await one.call('contentWatches.addSpaceWatcher', space);
  await one.call('contentWatches.isWatchingSpace', space, ({ watching: yes }) => equal(yes, true));
  await one.call('contentWatches.getWatchersForSpace', space, ({ results }) => holds(results.length >= 1, results));
  await one.call('contentWatches.getWatchesForSpace', () => ({ id: site.page }));
  await one.call('contentWatches.removeSpaceWatch', space);
  const label = () => ({ labelName: 'boats' });
  await one.call('contentWatches.addLabelWatcher', label);
  await one.call('contentWatches.isWatchingLabel', label, ({ watching: yes }) => equal(yes, true));
  await one.call('contentWatches.removeLabelWatcher', label);
  await one.call('analytics.getViews', content);
  await one.call('analytics.getViewers', content);
}

export async function relations(one, two, site) {
  const favourite = () => ({
    relationName: 'favourite', sourceType: 'user', sourceKey: site.ada, targetType: 'content', targetKey: site.page,
  });
  await one.call('relation.createRelationship', favourite);
  await one.call('relation.getRelationship', favourite);
  await one.call('relation.findTargetFromSource', favourite);
  await one.call('relation.findSourcesForTarget', favourite);
  await one.call('relation.deleteRelationship', favourite);
}
