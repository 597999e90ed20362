// Spaces, groups, the audit log, settings.

import { equal, holds } from './calls.mjs';

export async function spaces(one, two, site) {
  await one.call('space.createSpace', () => ({ key: 'ONE', name: 'One', description: { plain: { value: 'The first', representation: 'plain' } } }), ({ key }) => equal(key, 'ONE'));
  await one.call('space.createPrivateSpace', () => ({ key: 'MINE', name: 'Mine' }), ({ key }) => equal(key, 'MINE'));
  await one.call('space.updateSpace', () => ({ spaceKey: 'ONE', name: 'Number one' }), ({ name }) => equal(name, 'Number one'));
  let permission;
  await one.call('spacePermissions.addPermissionToSpace', () => ({
    spaceKey: 'ONE', subject: { type: 'group', identifier: site.writers }, operation: { key: 'read', target: 'space' },
  }), ({ id }) => {
    permission = id;
  });
  await one.call('spacePermissions.removePermission', () => ({ spaceKey: 'ONE', id: permission }));
  await one.call('spaceSettings.getSpaceSettings', () => ({ spaceKey: 'ONE' }));
  await one.call('spaceSettings.updateSpaceSettings', () => ({ spaceKey: 'ONE', routeOverrideEnabled: false }));
}

export async function groups(one, two, site) {
  await one.call('group.getGroups', () => ({ limit: 50 }), ({ results }) => holds(results.some((group) => group.name === 'writers'), results));
  let made;
  await one.call('group.createGroup', () => ({ name: 'sailors' }), ({ id }) => {
    made = id;
  });
  await one.call('group.getGroupByGroupId', () => ({ id: made }), ({ name }) => equal(name, 'sailors'));
  await one.call('group.addUserToGroupByGroupId', () => ({ groupId: made, accountId: site.leeId }));
  await one.call('group.getGroupMembersByGroupId', () => ({ groupId: made, shouldReturnTotalSize: true }), ({ results }) => equal(results.length, 1));
  await one.call('group.removeMemberFromGroupByGroupId', () => ({ groupId: made, accountId: site.leeId }));
  await one.call('group.removeGroupById', () => ({ id: made }));
}

export async function audit(one) {
  await one.call('audit.getAuditRecords', () => ({ limit: 3 }), ({ results }) => equal(results.length, 3));
  await one.call('audit.getAuditRecordsForTimePeriod', () => ({ number: 1, units: 'DAYS', limit: 3 }), ({ results }) => equal(results.length, 3));
  await one.call('audit.exportAuditRecords', () => ({ format: 'csv' }));
  await one.call('audit.createAuditRecord', () => ({ remoteAddress: '127.0.0.1', summary: 'By hand', category: 'Test' }));
  await one.call('audit.setRetentionPeriod', () => ({ number: 2, units: 'YEARS' }));
  await one.call('audit.getRetentionPeriod', () => undefined, ({ units }) => equal(units, 'YEARS'));
}

export async function settings(one) {
  await one.call('settings.getSystemInfo');
}
