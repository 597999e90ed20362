// Comments under a page, and on its words.

import { equal, holds } from './calls.mjs';

const words = (value) => ({ representation: 'storage', value: `<p>${value}</p>` });

export async function footer(one, two, site) {
  await two.call('comment.createFooterComment', () => ({ pageId: site.page, body: words('When?') }), (comment) => {
    equal(comment.pageId, site.page);
    site.said = comment.id;
  });
  await two.call('comment.createFooterComment', () => ({ parentCommentId: site.said, body: words('At nine.') }), (comment) => {
    site.answered = comment.id;
  });
  await two.call('comment.createFooterComment', () => ({ blogPostId: site.post, body: words('Oh!') }));
  const id = () => ({ id: site.said });
  await two.call('comment.getFooterCommentById', () => ({ commentId: site.said, bodyFormat: 'storage', includeProperties: true, includeOperations: true, includeLikes: true, includeVersions: true }), (comment) => equal(comment.body.storage.value, '<p>When?</p>'));
  await two.call('comment.getFooterCommentChildren', id, ({ results }) => equal(results.map((comment) => comment.id), [site.answered]));
  await two.call('comment.getFooterComments', () => ({ limit: 1, bodyFormat: 'storage' }), ({ results }) => equal(results.length, 1));
  await two.call('comment.getPageFooterComments', () => ({ id: site.page, bodyFormat: 'storage' }), ({ results }) => equal(results.map((comment) => comment.id), [site.said]));
  await two.call('comment.getBlogPostFooterComments', () => ({ id: site.post }), ({ results }) => equal(results.length, 1));
  await two.call('comment.updateFooterComment', () => ({ commentId: site.said, body: { version: { number: 2 }, body: words('When, please?') } }), (comment) => equal(comment.version.number, 2));
  await two.call('operation.getFooterCommentOperations', id);
  await two.call('like.getFooterLikeCount', id, ({ count }) => equal(count, 0));
  await two.call('like.getFooterLikeUsers', id, ({ results }) => equal(results, []));
  await two.call('version.getFooterCommentVersions', id, ({ results }) => equal(results.length, 2));
  await two.call('version.getFooterCommentVersionDetails', () => ({ ...id(), versionNumber: 1 }), (version) => equal(version.number, 1));
  await properties(two, () => ({ commentId: site.said }));
  await two.call('comment.deleteFooterComment', () => ({ commentId: site.answered }));
}

async function properties(two, of) {
  let made;
  await two.call('contentProperties.createCommentProperty', () => ({ ...of(), key: 'mood', value: 'good' }), (property) => {
    made = property.id;
  });
  const one = () => ({ ...of(), propertyId: made });
  await two.call('contentProperties.getCommentContentProperties', of, ({ results }) => equal(results.length, 1));
  await two.call('contentProperties.getCommentContentPropertiesById', one, ({ value }) => equal(value, 'good'));
  await two.call('contentProperties.updateCommentPropertyById', () => ({ ...one(), key: 'mood', value: 'better', version: { number: 2 } }), ({ version }) => equal(version.number, 2));
  await two.call('contentProperties.deleteCommentPropertyById', one);
}

export async function inline(one, two, site) {
  if (!two.serves('comment.createInlineComment')) return two.wait('/inline-comments');
  const on = (selection) => ({ textSelection: selection, textSelectionMatchCount: 1, textSelectionMatchIndex: 0 });
  await two.call('comment.createInlineComment', () => ({ pageId: site.page, body: words('Which?'), inlineCommentProperties: on('Other words') }), (comment) => {
    equal(comment.resolutionStatus, 'open');
    site.remark = comment.id;
  });
  await two.call('comment.createInlineComment', () => ({ blogPostId: site.post, body: words('New?'), inlineCommentProperties: on('newer') }));
  await two.call('comment.createInlineComment', () => ({ parentCommentId: site.remark, body: words('These.') }), (comment) => {
    site.reply = comment.id;
  });
  const id = () => ({ id: site.remark });
  await two.call('comment.getInlineCommentById', () => ({ commentId: site.remark, bodyFormat: 'storage', includeProperties: true, includeOperations: true, includeLikes: true, includeVersions: true }), (comment) => holds(comment.properties.inlineOriginalSelection === 'Other words', comment));
  await two.call('comment.getInlineCommentChildren', id, ({ results }) => equal(results.map((comment) => comment.id), [site.reply]));
  await two.call('comment.getInlineComments', () => ({ limit: 1 }), ({ results }) => equal(results.length, 1));
  await two.call('comment.getPageInlineComments', () => ({ id: site.page, bodyFormat: 'storage', resolutionStatus: ['open'] }), ({ results }) => equal(results.map((comment) => comment.id), [site.remark]));
  await two.call('comment.getBlogPostInlineComments', () => ({ id: site.post }), ({ results }) => equal(results.length, 1));
  await two.call('comment.updateInlineComment', () => ({ commentId: site.remark, version: { number: 2 }, body: words('Which ones?'), resolved: true }), (comment) => equal(comment.resolutionStatus, 'resolved'));
  await two.call('operation.getInlineCommentOperations', id);
  await two.call('like.getInlineLikeCount', id, ({ count }) => equal(count, 0));
  await two.call('like.getInlineLikeUsers', id, ({ results }) => equal(results, []));
  await two.call('version.getInlineCommentVersions', id, ({ results }) => equal(results.length, 2));
  await two.call('version.getInlineCommentVersionDetails', () => ({ ...id(), versionNumber: 1 }), (version) => equal(version.number, 1));
  await two.call('comment.deleteInlineComment', () => ({ commentId: site.reply }));
  return undefined;
}
