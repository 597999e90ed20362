//! The content engine: what pages, comments and blog posts say, and how that is shown.
//!
//! Pure: no input or output, no clock, no state. It knows nothing of accounts or rights. Where what is shown depends
//! on the viewer, it leaves a [`hole`](hole::Hole) for the caller to fill.
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
//! Output is built from lists of what is allowed; nothing of the source's markup is copied. No script, no event
//! handler, no form, no style sheet; of `style` only colours, borders, alignment, indentation and width with values of a known
//! form. Addresses are relative or `http`, `https`, `mailto`, `tel`. Nothing is loaded from another host unless the
//! site's [`Policy`](view::Policy) lists it: pictures and frames from elsewhere are links until then, because loading
//! them tells that host who reads what. Confluence loads them; a site that wants the same says `Hosts::Any`.
//!
//! # Classes
//! The vocabulary that a style sheet can rely on. All begin with `nx-`, as do no ids that content can make.
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
//! | `nx-kept` (what HTML has no element for), `nx-macro-part` (one of several bodies of a macro), `nx-row-added` (a row around cells that had none); only [`ViewKind::Editor`](view::ViewKind::Editor) | `span` or `div`, `div`, `tr` |
//! | `nx-macro`, `nx-macro-name`, `nx-macro-body` (a macro that isn't known, or a body that a macro has no place for) | `div` or `span` |
//!
//! In [`ViewKind::Editor`](view::ViewKind::Editor) elements have the markup that they stand for in `data-nx-storage`, as
//! text, and in `data-nx-shown` what tells whether somebody has changed them since.
//!
//! Where an author chose a background and no colour for the text on it, the text gets one that can be read, and the
//! element says `data-on="light"` or `data-on="dark"`: what is inside it should look as in a theme of that kind.

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
