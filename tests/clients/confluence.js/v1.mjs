// The first version of the API.

import * as administration from './v1-administration.mjs';
import * as content from './v1-content.mjs';
import * as people from './v1-people.mjs';

export const chapters = [
  people.reading, content.restrictions, content.states, content.versions, content.search, content.conversion,
  content.macros, content.templates, content.drafts, people.watching, people.relations, content.labels, content.moving,
  administration.spaces, administration.groups, administration.audit, administration.settings, content.ending,
];
