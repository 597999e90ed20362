// Content: who may see it, its states and versions, search, conversion, templates, labels, moving.

import { equal, holds } from './calls.mjs';

export async function restrictions(one, two, site) {
  const id = () => ({ id: site.child });
  const reads = () => ({ operation: 'read', restrictions: { user: [{ type: 'known', accountId: site.ada }], group: [] } });
  const updates = () => ({ operation: 'update', restrictions: { user: [], group: [{ type: 'group', id: site.writers }] } });
  await one.call('contentPermissions.checkContentPermission', () => ({ ...id(), subject: { type: 'user', identifier: site.leeId }, operation: 'read' }), ({ hasPermission }) => equal(hasPermission, true));
  await one.call('contentRestrictions.addRestrictions', () => ({ ...id(), body: [reads()] }));
  await one.call('contentRestrictions.getRestrictions', () => ({ ...id(), expand: ['restrictions.user', 'restrictions.group'] }), ({ results }) => holds(results.length >= 1, results));
  await one.call('contentPermissions.checkContentPermission', () => ({ ...id(), subject: { type: 'user', identifier: site.leeId }, operation: 'read' }), ({ hasPermission }) => equal(hasPermission, false));
  await one.call('contentRestrictions.updateRestrictions', () => ({ ...id(), body: { results: [reads(), updates()] } }));
  await one.call('contentRestrictions.getRestrictionsByOperation', id, ({ read, update }) => {
    equal(read.restrictions.user.results.map((user) => user.accountId), [site.ada]);
    holds(update.restrictions.group.results.length === 1, update);
  });
  await one.call('contentRestrictions.getRestrictionsForOperation', () => ({ ...id(), operationKey: 'read' }), ({ operation }) => equal(operation, 'read'));
  const group = () => ({ ...id(), operationKey: 'read', groupId: site.writers });
  await one.call('contentRestrictions.addGroupToContentRestrictionByGroupId', group);
  await one.call('contentRestrictions.getIndividualGroupRestrictionStatusByGroupId', group);
  await one.call('contentRestrictions.removeGroupFromContentRestriction', group);
  const user = () => ({ ...id(), operationKey: 'read', accountId: site.leeId });
  await one.call('contentRestrictions.addUserToContentRestriction', user);
  await one.call('contentRestrictions.getContentRestrictionStatusForUser', user);
  await one.call('contentRestrictions.removeUserFromContentRestriction', user);
  await one.call('contentRestrictions.deleteRestrictions', id);
}

export async function states(one, two, site) {
  const id = () => ({ id: site.child });
  const draft = () => ({ name: 'In review', color: '#2684ff' });
  await one.call('contentStates.setContentState', () => ({ ...id(), status: 'current', body: draft() }), ({ contentState }) => equal(contentState.name, 'In review'));
  await one.call('contentStates.getContentState', () => ({ ...id(), status: 'current' }), ({ contentState }) => {
    equal(contentState.name, 'In review');
    site.state = contentState.id;
  });
  await one.call('contentStates.getAvailableContentStates', id);
  await one.call('contentStates.getCustomContentStates');
  await one.call('contentStates.getSpaceContentStates', () => ({ spaceKey: site.key }));
  await one.call('contentStates.getContentStateSettings', () => ({ spaceKey: site.key }));
  await one.call('contentStates.getContentsWithState', () => ({ spaceKey: site.key, 'state-id': site.state }), ({ results }) => equal(results.map((page) => page.id), [site.child]));
  await one.call('contentStates.removeContentState', () => ({ ...id(), status: 'current' }));
}

export async function versions(one, two, site) {
  await one.call('contentVersions.restoreContentVersion', () => ({ id: site.page, operationKey: 'restore', params: { versionNumber: 1, message: 'as it was', restoreTitle: false } }), (version) => holds(version.number > 2, version));
  await one.call('contentVersions.deleteContentVersion', () => ({ id: site.page, versionNumber: 1 }));
}

export async function search(one, two, site) {
  await one.call('search.searchByCQL', () => ({ cql: `type = page and space = ${site.key} and title ~ "quay"`, limit: 5, expand: ['content.version'] }), ({ results, totalSize }) => {
    equal(results.map((hit) => hit.content.id), [site.child]);
    equal(totalSize, 1);
  });
  await one.call('content.searchContentByCQL', () => ({ cql: `id = ${site.page}`, expand: ['body.storage', 'version', 'space'], limit: 1 }), ({ results }) => equal(results.map((page) => page.id), [site.page]));
  await one.call('search.searchUser', () => ({ cql: 'user.fullname ~ "Lee"' }), ({ results }) => equal(results.map((hit) => hit.user.displayName), ['Lee Wren']));
  await one.call('contentChildrenAndDescendants.getContentDescendants', () => ({ id: site.page, expand: ['page', 'comment', 'attachment'] }));
  await one.call('contentChildrenAndDescendants.getDescendantsOfType', () => ({ id: site.page, type: 'page', expand: ['version'], limit: 5 }), ({ results }) => equal(results.map((page) => page.id), [site.child]));
  await one.call('labelInfo.getAllLabelContent', () => ({ name: 'boats', type: 'page' }), ({ associatedContents }) => holds(associatedContents.results.length === 1, associatedContents));
}

export async function conversion(one, two, site) {
  const body = { value: '<p>words</p>', representation: 'storage' };
  let asked;
  await one.call('contentBody.asyncConvertContentBodyRequest', () => ({ ...body, to: 'export_view' }), ({ asyncId }) => {
    asked = asyncId;
  });
  await one.call('contentBody.asyncConvertContentBodyResponse', () => ({ id: asked }));
  await one.call('contentBody.bulkAsyncConvertContentBodyRequest', () => ({ conversionInputs: [{ to: 'view', body }] }), (list) => {
    asked = list[0].asyncId;
  });
  await one.call('contentBody.bulkAsyncConvertContentBodyResponse', () => ({ ids: [asked] }));
}

export async function macros(one, two, site) {
  const id = '0f3a1e4c-1111-4222-8333-123456789abc';
  const value = `<ac:structured-macro ac:name="info" ac:macro-id="${id}"><ac:rich-text-body><p>Mind the gap</p></ac:rich-text-body></ac:structured-macro>`;
  let page;
  await two.call('page.createPage', () => ({ body: { spaceId: site.space, title: 'With a macro', body: { representation: 'storage', value } } }), (made) => {
    page = made.id;
  });
  const macro = () => ({ id: page, version: 1, macroId: id });
  await one.call('contentMacroBody.getMacroBodyByMacroId', macro, (answer) => equal(answer.name, 'info'));
  await one.call('contentMacroBody.getAndConvertMacroBodyByMacroId', () => ({ ...macro(), to: 'view' }), (answer) => holds(answer.value.includes('Mind the gap'), answer));
  await one.call('contentMacroBody.getAndAsyncConvertMacroBodyByMacroId', () => ({ ...macro(), to: 'view' }));
}

export async function templates(one, two, site) {
  const template = (name) => ({ name, templateType: 'page', body: { storage: { value: '<p>Fill in</p>', representation: 'storage' } }, description: 'A form', space: { key: site.key } });
  let made;
  await one.call('template.createContentTemplate', () => template('Form'), ({ templateId }) => {
    made = templateId;
  });
  await one.call('template.getContentTemplates', () => ({ spaceKey: site.key, expand: ['body'] }), ({ results }) => equal(results.map((one_) => one_.templateId), [made]));
  await one.call('template.getContentTemplate', () => ({ contentTemplateId: made }), ({ name }) => equal(name, 'Form'));
  await one.call('template.updateContentTemplate', () => ({ ...template('Formular'), templateId: made }), ({ name }) => equal(name, 'Formular'));
  await one.call('template.removeTemplate', () => ({ contentTemplateId: made }));
  await one.call('template.getBlueprintTemplates', () => ({ spaceKey: site.key }));
}

export async function drafts(one, two, site) {
  for (const [name, title] of [['publishSharedDraft', 'Shared'], ['publishLegacyDraft', 'Legacy']]) {
    let draft;
    await two.call('page.createPage', () => ({ body: { spaceId: site.space, status: 'draft', title, body: { representation: 'storage', value: '<p>draft</p>' } } }), ({ id }) => {
      draft = id;
    });
    await one.call(`content.${name}`, () => ({
      draftId: draft, body: { version: { number: 1 }, title, type: 'page', status: 'current', space: { key: site.key } },
    }), (page) => equal(page.status, 'current'));
  }
}

export async function labels(one, two, site) {
  await one.call('contentLabels.addLabelsToContent', () => ({ id: site.child, body: [{ prefix: 'global', name: 'a' }, { prefix: 'global', name: 'b' }] }), ({ results }) => equal(results.map((label) => label.name).sort(), ['a', 'b']));
  await one.call('contentLabels.removeLabelFromContent', () => ({ id: site.child, label: 'a' }));
  await one.call('contentLabels.removeLabelFromContentUsingQueryParameter', () => ({ id: site.child, name: 'b' }));
  await one.call('experimental.addLabelsToSpace', () => ({ spaceKey: site.key, body: [{ prefix: 'global', name: 'harbours' }] }));
  await one.call('experimental.getLabelsForSpace', () => ({ spaceKey: site.key }), ({ results }) => holds(results.some((label) => label.name === 'harbours'), results));
  await one.call('experimental.deleteLabelFromSpace', () => ({ spaceKey: site.key, name: 'harbours' }));
}

export async function moving(one, two, site) {
  await one.call('contentChildrenAndDescendants.copyPage', () => ({ id: site.child, copyAttachments: true, copyLabels: true, copyProperties: true, destination: { type: 'parent_page', value: site.page }, pageTitle: 'Quay, again' }), ({ id }) => {
    site.copy = id;
  });
  await one.call('contentChildrenAndDescendants.movePage', () => ({ pageId: site.copy, position: 'append', targetId: site.child }), ({ pageId }) => equal(String(pageId), site.copy));
  let task;
  await one.call('contentChildrenAndDescendants.copyPageHierarchy', () => ({ id: site.child, copyAttachments: true, destinationPageId: site.page, titleOptions: { prefix: 'Copy of ' } }), ({ id }) => {
    task = id;
  });
  await done(one, task);
  await one.call('longRunningTask.getTasks', () => ({ limit: 5 }), ({ results }) => holds(results.length >= 1, results));
}

/** Waits until a long task has ended well. */
async function done(one, id) {
  for (let round = 0; round < 50; round += 1) {
    const task = await one.call('longRunningTask.getTask', () => ({ id }));
    if (!task || task.percentageComplete === 100) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the task ${id} doesn't end`);
}

export async function ending(one, two, site) {
  let task;
  await one.call('content.archivePages', () => ({ pages: [{ id: Number(site.document) }] }), ({ id }) => {
    task = id;
  });
  await done(one, task);
  await one.call('experimental.deletePageTree', () => ({ id: site.child }), ({ id }) => {
    task = id;
  });
  await done(one, task);
  await one.call('space.deleteSpace', () => ({ spaceKey: 'ONE' }), ({ id }) => {
    task = id;
  });
  await done(one, task);
}
