//! The content engine: parses the bodies of pages, comments and blog posts, and renders them to
//! HTML.
//!
//! It is pure: no input or output, no clock, no state, and no knowledge of accounts or rights.
//! Where the output depends on the viewer, it leaves a [`hole`](hole::Hole) for the caller to fill.
//!
//! ```
//! use narthex_content::{hole::Hole, storage, view::{Renderer, ViewKind}};
//!
//! let body = storage::parse(r#"<p>See <ac:link><ri:page ri:content-title="Roadmap" /></ac:link>.</p>"#)?;
//! let template = Renderer::default().render(&body, ViewKind::View);
//! let html = template.fill(&mut |hole, slot| match hole {
//!     Hole::Link(_) => slot.link("/wiki/spaces/DOC/pages/7/Roadmap", "Roadmap"),
//!     _ => {}
//! });
//! assert_eq!(html.as_str(), r#"<p>See <a class="nx-link" href="/wiki/spaces/DOC/pages/7/Roadmap">Roadmap</a>.</p>"#);
//! # Ok::<(), storage::ParseError>(())
//! ```
//!
//! # What a page may do
//! Output is built from lists of allowed elements and attributes; no markup of the source is
//! copied. No script, event handler, form or style sheet gets through. Of `style`, only colours,
//! borders, alignment, indentation and width get through, with values of a known form. Addresses
//! are relative or `http`, `https`, `mailto`, `tel`. Nothing is loaded from another host unless the
//! site's [`Policy`](view::Policy) lists it: until then, pictures and frames from elsewhere are
//! links, because loading them tells that host who reads which page. Confluence loads them; a site
//! that wants the same sets `Hosts::Any`.
//!
//! # Classes
//! The vocabulary that a style sheet can rely on. Every class of our own begins with `nx-`, and no
//! id that content can create does.
//!
//! | class | on |
//! |---|---|
//! | `nx-panel` with `-info` (blue), `-note` (yellow), `-tip` (green), `-warning` (red), `-purple`, `-custom`; inside: `nx-panel-icon`, `nx-panel-title`, `nx-panel-body` | `div` |
//! | `nx-expand` > `summary`, `nx-expand-body` | `details` |
//! | `nx-toc`, with `nx-toc-flat` or `nx-toc-plain` | `nav` > `ul` |
//! | `nx-status` with `-grey`, `-red`, `-yellow`, `-green`, `-blue`, `-purple` | `span` |
//! | `nx-code`, with `nx-code-numbered`, `data-language`; inside: `nx-code-title`, `pre` > `code`; in a numbered one each line: `nx-line` with its number as `data-line` | `div`, `span` |
//! | `nx-hl-comment`, `-string`, `-number`, `-keyword`, `-call`, `-variable`, `-property`, `-tag`, `-inserted`, `-deleted` | `span` in code |
//! | `nx-noformat` | `pre` |
//! | `nx-anchor` | empty `span` with an id |
//! | `nx-details` (page properties), `nx-details-summary` | `div`, `table` |
//! | `nx-layout`, `nx-layout-section` with `nx-layout-single`, `-two-equal`, `-left-sidebar`, `-right-sidebar`, `-three-equal`, `-two-sidebars`, `-four-equal`, `-five-equal`; `nx-layout-cell` | `div` |
//! | `nx-columns`, `nx-columns-border`; `nx-column` | `div` |
//! | `nx-decisions` | `ul` |
//! | `nx-tasks`; `nx-task`, `nx-task-done` with `data-task`; inside: `input`, `nx-task-body` | `ul`, `li` |
//! | `nx-table-wrap` > `nx-table`, with `nx-table-wide`, `nx-table-full`, `nx-table-numbered`; its first column: `nx-row-number` | `div` > `table`, `td` |
//! | `nx-image`, with `nx-image-left`, `-center`, `-right`, `-border`; `nx-image-absent` | `img`, `span` |
//! | `nx-figure`, `nx-caption` | `figure`, `figcaption` |
//! | `nx-link`, `nx-link-absent`, `nx-file` | `a`, `span`, `a` |
//! | `nx-mention`, `nx-mention-hidden` | `a` or `span` |
//! | `nx-include`, `nx-absent` | `div` |
//! | `nx-children`, `nx-pagetree`, `nx-recent`, `nx-labelled`; below: `nx-nested`; `nx-note` | `ul`, `span` |
//! | `nx-attachments`, `nx-gallery` | `table`, `div` |
//! | `nx-jira` | `a` or `span` |
//! | `nx-embed` | `iframe` |
//! | `nx-emoji`, with `-red`, `-green`, `-blue` (coloured stars), `-off` (a bulb that is off) | `span` |
//! | `nx-math` | `span` |
//! | `nx-time` | `time` |
//! | `nx-comment-mark` with `data-ref`; beside it Confluence's own `inline-comment-marker` | `span` |
//! | `nx-center` | `div` |
//! | `wysiwyg-macro`, `wysiwyg-macro-body`, `editor-inline-macro`, `text-placeholder` (only [`ViewKind::Editor`](view::ViewKind::Editor)) | Confluence's own names |
//! | `nx-kept` (content that HTML has no element for), `nx-macro-part` (one of several bodies of a macro), `nx-row-added` (a row around cells that had none); only [`ViewKind::Editor`](view::ViewKind::Editor) | `span` or `div`, `div`, `tr` |
//! | `nx-macro`, `nx-macro-name`, `nx-macro-body` (an unknown macro, or a body that its macro doesn't take) | `div` or `span` |
//!
//! In [`ViewKind::Editor`](view::ViewKind::Editor), elements carry the markup that they stand for
//! as text in `data-nx-storage`, and in `data-nx-shown` a value that tells whether somebody has
//! changed them since.
//!
//! Where an author chose a background and no colour for the text on it, the text gets a readable
//! colour, and the element has `data-on="light"` or `data-on="dark"`: style its content as in a
//! theme of that kind.

pub mod adf;
mod carried;
mod colour;
mod colour_names;
mod css;
pub mod editor;
mod embedded;
mod escape;
mod figure;
mod highlight;
pub mod hole;
pub mod markdown;
pub mod passage;
mod reference;
pub mod slot;
pub mod storage;
pub mod task;
pub mod template;
pub mod text;
mod url;
pub mod uses;
pub mod view;
pub mod wiki;
