// Spaces: what they are, who may do what in them, roles.

import { equal, holds } from './calls.mjs';

export async function reading(one, two, site) {
  await one.call('group.searchGroups', () => ({ query: 'writers' }), ({ results }) => {
    site.writers = results[0].id;
  });
  const id = () => ({ id: site.space });
  await two.call('space.getSpaces', () => ({ keys: [site.key], descriptionFormat: 'plain', limit: 1 }), ({ results }) => {
    equal(results.map((space) => space.id), [site.space]);
  });
  await two.call('space.getSpaceById', () => ({ ...id(), descriptionFormat: 'view', includeOperations: true, includeProperties: true, includePermissions: true, includeRoleAssignments: true, includeLabels: true }), (space) => {
    holds(space.homepageId, space);
    site.home = space.homepageId;
  });
  await two.call('spacePermissions.getSpacePermissionsAssignments', id, ({ results }) => holds(results.length > 0, results));
  await two.call('spacePermissions.getAvailableSpacePermissions', () => ({ limit: 5 }));
  await two.call('operation.getSpaceOperations', id, ({ operations }) => holds(operations.length > 0, operations));
}

export async function administering(one, two, site) {
  await two.call('space.createSpace', () => ({ body: { key: 'TWO', name: 'Two', description: { representation: 'plain', value: 'The second' } } }), (space) => {
    equal(space.key, 'TWO');
    site.second = space.id;
  });
  const space = () => ({ spaceId: site.space });
  await two.call('spaceProperties.createSpaceProperty', () => ({ ...space(), key: 'tide', value: { height: 3 } }), (property) => {
    site.spaceProperty = property.id;
  });
  const property = () => ({ ...space(), propertyId: site.spaceProperty });
  await two.call('spaceProperties.getSpaceProperties', () => ({ ...space(), key: 'tide' }), ({ results }) => equal(results.length, 1));
  await two.call('spaceProperties.getSpacePropertyById', property, ({ value }) => equal(value, { height: 3 }));
  await two.call('spaceProperties.updateSpacePropertyById', () => ({ ...property(), key: 'tide', value: 'low', version: { number: 2 } }), ({ version }) => equal(version.number, 2));
  await two.call('spaceProperties.deleteSpacePropertyById', property);

  await two.call('spaceRoles.getSpaceRoleMode');
  let viewer;
  let spacePermissions;
  await two.call('spaceRoles.getAvailableSpaceRoles', () => ({ limit: 50 }), ({ results }) => {
    viewer = results.find((role) => /viewer/i.test(role.name)) ?? results[0];
    holds(viewer, results);
    // What no role has yet: all that the richest one has, but the last.
    const richest = results.reduce((most, role) => (role.spacePermissions.length > most.spacePermissions.length ? role : most));
    spacePermissions = richest.spacePermissions.slice(0, -1);
  });
  await two.call('spaceRoles.getSpaceRolesById', () => ({ id: viewer.id }), (role) => equal(role.id, viewer.id));
  await two.call('spaceRoles.getSpaceRoleAssignments', () => ({ id: site.space, limit: 50 }));
  await two.call('spaceRoles.setSpaceRoleAssignments', () => ({
    id: site.space, body: [{ principal: { principalType: 'USER', principalId: site.leeId }, roleId: viewer.id }],
  }));
  let made;
  await two.call('spaceRoles.createSpaceRole', () => ({ name: 'Keeper', description: 'Keeps it', spacePermissions }), (role) => {
    made = role.id;
  });
  await two.call('spaceRoles.updateSpaceRole', () => ({ id: made, name: 'Keeper of all', description: 'Keeps it', spacePermissions }));
  await two.call('spaceRoles.deleteSpaceRole', () => ({ id: made }));
  await two.call('spacePermissionTransition.listSpacePermissionCombinations');
}
