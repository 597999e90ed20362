// Pages, blog posts, files, folders, and what hangs on them.

import { equal, holds } from './calls.mjs';

const text = (value) => ({ representation: 'storage', value });

export async function pages(one, two, site) {
  const new_ = (title, more = {}) => ({ body: { spaceId: site.space, status: 'current', title, body: text(`<p>${title}: the words.</p>`), ...more } });
  await two.call('page.createPage', () => new_('Harbour'), (page) => {
    holds(page.parentId && page.parentType === 'page', page);
    equal(page.version.number, 1);
    site.page = page.id;
  });
  await two.call('page.createPage', () => new_('Quay', { parentId: site.page }), (page) => {
    equal(page.parentId, site.page);
    site.child = page.id;
  });
  await two.call('page.createPage', () => ({ ...new_('At the root'), rootLevel: true }), (page) => {
    site.gone = page.id;
  });
  await two.call('page.createPage', () => ({ body: { spaceId: site.space, title: 'Nested', body: { storage: text('<p>nested</p>') } } }));
  const adf = JSON.stringify({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'A document' }] }] });
  await two.call('page.createPage', () => new_('A document', { body: { representation: 'atlas_doc_format', value: adf } }), (page) => {
    site.document = page.id;
  });
  await two.call('page.getPageById', () => ({ id: site.document, bodyFormat: 'atlas_doc_format' }), (page) => {
    equal(JSON.parse(page.body.atlas_doc_format.value), JSON.parse(adf));
  });
  await two.call('page.getPageById', () => ({
    id: site.page, bodyFormat: 'storage', includeLabels: true, includeProperties: true, includeOperations: true,
    includeLikes: true, includeVersions: true, includeVersion: true, includeFavoritedByCurrentUserStatus: true, includeCollaborators: true,
    includeDirectChildren: true,
  }), (page) => equal(page.body.storage.value, '<p>Harbour: the words.</p>'));
  await two.call('page.getPages', () => ({ spaceId: [site.space], status: ['current'], sort: '-created-date', bodyFormat: 'storage', limit: 2 }), ({ results, _links }) => {
    equal(results.length, 2);
    holds(_links.next.startsWith('/wiki/api/v2/pages?'), _links);
  });
  await two.call('page.getPages', () => ({ title: 'Harbour' }), ({ results }) => equal(results.map((page) => page.id), [site.page]));
  await two.call('page.getPagesInSpace', () => ({ id: site.space, depth: 'all', limit: 50 }), ({ results }) => holds(results.length >= 5, results));
  await two.call('page.updatePage', () => ({
    id: site.page, body: { id: site.page, status: 'current', title: 'Harbour', body: text('<p>Other words.</p>'), version: { number: 2, message: 'other' } },
  }), (page) => equal(page.version.number, 2));
  await two.call('page.updatePageTitle', () => ({ id: site.page, body: { status: 'current', title: 'The harbour' } }), (page) => equal(page.title, 'The harbour'));
  await two.call('page.deletePage', () => ({ id: site.gone }));
  await two.call('page.deletePage', () => ({ id: site.gone, purge: true }));
}

export async function blogPosts(one, two, site) {
  const new_ = (title) => ({ body: { spaceId: site.space, status: 'current', title, body: text('<p>news</p>') } });
  await two.call('blogPost.createBlogPost', () => new_('News'), (post) => {
    site.post = post.id;
  });
  await two.call('blogPost.createBlogPost', () => new_('Old news'), (post) => {
    site.oldPost = post.id;
  });
  await two.call('blogPost.getBlogPostById', () => ({ id: site.post, bodyFormat: 'storage', includeLabels: true, includeProperties: true, includeOperations: true, includeLikes: true, includeVersions: true }), (post) => equal(post.body.storage.value, '<p>news</p>'));
  await two.call('blogPost.getBlogPosts', () => ({ limit: 1 }), ({ results }) => equal(results.length, 1));
  await two.call('blogPost.getBlogPostsInSpace', () => ({ id: site.space }), ({ results }) => equal(results.length, 2));
  await two.call('blogPost.updateBlogPost', () => ({
    id: site.post, body: { id: site.post, status: 'current', title: 'News', body: text('<p>newer</p>'), version: { number: 2 } },
  }), (post) => equal(post.version.number, 2));
  await two.call('blogPost.deleteBlogPost', () => ({ id: site.oldPost }));
}

const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

export async function attachments(one, two, site) {
  const put = (id, filename, content) => ({ id, attachments: [{ filename, content }] });
  await one.call('contentAttachments.createAttachment', () => put(site.page, 'dot.png', PICTURE), ({ results }) => {
    holds(results[0].id.startsWith('att'), results);
    site.file = results[0].id;
  });
  await one.call('contentAttachments.createOrUpdateAttachments', () => put(site.page, 'dot.png', PICTURE), ({ results }) => equal(results[0].id, site.file));
  await one.call('contentAttachments.updateAttachmentData', () => ({ id: site.page, attachmentId: site.file, attachment: { filename: 'dot.png', content: PICTURE } }), (file) => equal(file.id, site.file));
  await one.call('contentAttachments.updateAttachmentProperties', () => ({
    id: site.page, attachmentId: site.file, body: { id: site.file, type: 'attachment', title: 'point.png', version: { number: 3 } },
  }), (file) => equal(file.title, 'point.png'));
  await one.call('contentAttachments.downloadAttatchment', () => ({ id: site.page, attachmentId: site.file }), (bytes) => {
    equal(Buffer.compare(Buffer.from(bytes), PICTURE), 0);
  });
  await one.call('contentAttachments.createAttachment', () => put(site.post, 'note.txt', 'a note'), ({ results }) => {
    site.note = results[0].id;
  });
  await two.call('attachment.getAttachments', () => ({ limit: 1 }), ({ results }) => equal(results.length, 1));
  await two.call('attachment.getAttachmentById', () => ({ id: site.file, includeLabels: true, includeProperties: true, includeOperations: true, includeVersions: true }), (file) => {
    equal([file.pageId, file.mediaType], [site.page, 'image/png']);
  });
  await two.call('attachment.getPageAttachments', () => ({ id: site.page, limit: 5 }), ({ results }) => equal(results.map((file) => file.id), [site.file]));
  await two.call('attachment.getBlogpostAttachments', () => ({ id: site.post }), ({ results }) => equal(results.length, 1));
  await two.call('attachment.getAttachmentThumbnailById', () => ({ id: site.file, width: 100, height: 100 }), (bytes) => holds(bytes.length > 0, 'a picture'));
  await two.call('operation.getAttachmentOperations', () => ({ id: site.file }));
  await two.call('version.getAttachmentVersions', () => ({ id: site.file }), ({ results }) => holds(results.length >= 3, results));
  await two.call('version.getAttachmentVersionDetails', () => ({ attachmentId: site.file, versionNumber: 1 }), (version) => equal(version.number, 1));
  await two.call('label.getAttachmentLabels', () => ({ id: site.file }));
  await two.call('comment.getAttachmentComments', () => ({ id: site.file }));
  await two.call('attachment.deleteAttachment', () => ({ id: site.note }));
}

export async function folders(one, two, site) {
  await two.call('folder.createFolder', () => ({ body: { spaceId: site.space, title: 'A folder', parentId: site.home } }), (folder) => {
    equal([folder.type, folder.parentId, folder.parentType], ['folder', site.home, 'page']);
    site.folder = folder.id;
  });
  const id = () => ({ id: site.folder });
  let inFolder;
  await two.call('page.createPage', () => ({ body: { spaceId: site.space, title: 'In the folder', parentId: site.folder, body: text('<p>in</p>') } }), (page) => {
    equal([page.parentId, page.parentType], [site.folder, 'folder']);
    inFolder = page.id;
  });
  await two.call('folder.getFolderById', () => ({ ...id(), includeOperations: true, includeProperties: true }), (folder) => equal(folder.title, 'A folder'));
  await two.call('ancestors.getFolderAncestors', id, ({ results }) => equal(results.map((above) => above.id), [site.home]));
  await two.call('ancestors.getPageAncestors', () => ({ id: inFolder }), ({ results }) => equal(results.map((above) => above.type), ['page', 'folder']));
  await two.call('children.getFolderDirectChildren', id, ({ results }) => equal(results.map((below) => below.id), [inFolder]));
  await two.call('children.getPageDirectChildren', () => ({ id: site.home, limit: 50 }), ({ results }) => {
    holds(results.some((below) => below.id === site.folder && below.type === 'folder'), results);
  });
  await two.call('descendants.getFolderDescendants', id, ({ results }) => equal(results.map((below) => [below.id, below.type]), [[inFolder, 'page']]));
  await two.call('operation.getFolderOperations', id, ({ operations }) => holds(operations.length > 0, operations));
  await one.call('contentChildrenAndDescendants.getContentDescendants', () => ({ id: site.home, expand: ['folder'] }), ({ folder }) => {
    equal(folder.results.map((below) => below.id), [site.folder]);
  });
  await properties_(two, 'Folder', 'createFolderProperty', 'FolderPropertyById', () => ({ folderId: site.folder, id: site.folder }));
  await two.call('folder.deleteFolder', id);
  await two.call('page.getPageById', () => ({ id: inFolder }), (page) => equal([page.parentId, page.parentType], [site.home, 'page']));
  await two.call('page.deletePage', () => ({ id: inFolder }));
}

/** The five operations of one kind's properties. */
async function properties_(two, kind, create, byId, of) {
  let made;
  await two.call(`contentProperties.${create}`, () => ({ ...of(), key: 'tide', value: { height: 3 } }), (property) => {
    made = property.id;
  });
  const one = () => ({ ...of(), propertyId: made });
  await two.call(`contentProperties.get${kind}ContentProperties`, () => ({ ...of(), key: 'tide' }), ({ results }) => equal(results.length, 1));
  await two.call(`contentProperties.get${kind}ContentPropertiesById`, one, ({ value }) => equal(value, { height: 3 }));
  await two.call(`contentProperties.update${byId}`, () => ({ ...one(), key: 'tide', value: [1], version: { number: 2 } }), ({ version }) => equal(version.number, 2));
  await two.call(`contentProperties.delete${byId}`, one);
}

export async function properties(one, two, site) {
  await properties_(two, 'Page', 'createPageProperty', 'PagePropertyById', () => ({ pageId: site.page }));
  await properties_(two, 'Blogpost', 'createBlogpostProperty', 'BlogpostPropertyById', () => ({ blogpostId: site.post }));
  await properties_(two, 'Attachment', 'createAttachmentProperty', 'AttachmentPropertyById', () => ({ attachmentId: site.file }));
}

export async function around(one, two, site) {
  const page = () => ({ id: site.page });
  const child = () => ({ id: site.child });
  await two.call('ancestors.getPageAncestors', child, ({ results }) => equal(results.at(-1).id, site.page));
  await two.call('children.getChildPages', page, ({ results }) => equal(results.map((below) => below.id), [site.child]));
  await two.call('children.getPageDirectChildren', page, ({ results }) => equal(results.map((below) => below.id), [site.child]));
  await two.call('descendants.getPageDescendants', () => ({ ...page(), depth: 3, limit: 10 }), ({ results }) => equal(results.map((below) => below.id), [site.child]));
  await two.call('operation.getPageOperations', page, ({ operations }) => holds(operations.length > 0, operations));
  await two.call('operation.getBlogPostOperations', () => ({ id: site.post }));
  await two.call('like.getPageLikeCount', page, ({ count }) => equal(count, 0));
  await two.call('like.getPageLikeUsers', page, ({ results }) => equal(results, []));
  await two.call('like.getBlogPostLikeCount', () => ({ id: site.post }));
  await two.call('like.getBlogPostLikeUsers', () => ({ id: site.post }));
}

export async function versions(one, two, site) {
  await two.call('version.getPageVersions', () => ({ id: site.page, bodyFormat: 'storage', sort: '-modified-date' }), ({ results }) => holds(results.length >= 2, results));
  await two.call('version.getPageVersionDetails', () => ({ pageId: site.page, versionNumber: 1 }), (version) => equal(version.number, 1));
  await two.call('version.getBlogPostVersions', () => ({ id: site.post }), ({ results }) => equal(results.length, 2));
  await two.call('version.getBlogPostVersionDetails', () => ({ blogpostId: site.post, versionNumber: 1 }), (version) => equal(version.number, 1));
}

export async function tasks(one, two, site) {
  const list = '<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>Paint the boat</ac:task-body></ac:task></ac:task-list>';
  let page;
  await two.call('page.createPage', () => ({ body: { spaceId: site.space, title: 'To do', body: text(list) } }), ({ id }) => {
    page = id;
  });
  let task;
  await two.call('task.getTasks', () => ({ pageId: [page], bodyFormat: 'storage' }), ({ results }) => {
    equal(results.length, 1);
    task = results[0].id;
  });
  await two.call('task.getTaskById', () => ({ id: task, bodyFormat: 'storage' }), ({ status }) => equal(status, 'incomplete'));
  await two.call('task.updateTask', () => ({ id: task, body: { status: 'complete' } }), ({ status }) => equal(status, 'complete'));
}

export async function labels(one, two, site) {
  const boats = [{ prefix: 'global', name: 'boats' }];
  await one.call('contentLabels.addLabelsToContent', () => ({ id: site.page, body: boats }), ({ results }) => equal(results[0].name, 'boats'));
  await one.call('contentLabels.addLabelsToContent', () => ({ id: site.post, body: boats[0] }));
  await one.call('contentLabels.addLabelsToContent', () => ({ id: site.file, body: boats }));
  await two.call('label.getPageLabels', () => ({ id: site.page }), ({ results }) => {
    equal(results.map((label) => label.name), ['boats']);
    site.label = results[0].id;
  });
  await two.call('label.getBlogPostLabels', () => ({ id: site.post }), ({ results }) => equal(results.length, 1));
  await two.call('label.getLabels', () => ({ labelId: [site.label], limit: 5 }), ({ results }) => equal(results.map((label) => label.name), ['boats']));
  await two.call('label.getSpaceLabels', () => ({ id: site.space }));
  await two.call('label.getSpaceContentLabels', () => ({ id: site.space }), ({ results }) => equal(results.map((label) => label.name), ['boats']));
  await two.call('page.getLabelPages', () => ({ id: site.label, bodyFormat: 'storage' }), ({ results }) => equal(results.map((page) => page.id), [site.page]));
  await two.call('blogPost.getLabelBlogPosts', () => ({ id: site.label }), ({ results }) => equal(results.map((post) => post.id), [site.post]));
  await two.call('attachment.getLabelAttachments', () => ({ id: site.label }), ({ results }) => equal(results.map((file) => file.id), [site.file]));
}
