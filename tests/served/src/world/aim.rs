//! The things that a request can be about.

use super::who::{Audience, Who};

/// The kind of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A space.
    Space,
    /// A page.
    Page,
    /// A blog post.
    BlogPost,
    /// A folder.
    Folder,
    /// An attachment.
    Attachment,
    /// A comment.
    Comment,
    /// An account.
    Account,
    /// A group.
    Group,
    /// A long task.
    LongTask,
    /// A template.
    Template,
}

/// A thing on a site, with all the values that name it and the things attached to it: these go into
/// a route's path, query and body.
#[derive(Debug, Clone)]
pub struct Aim {
    /// The name of the thing in the scene.
    pub name: String,
    /// The kind of the thing.
    pub kind: Kind,
    /// The people who see it, by a manual reading of the law.
    pub audience: Audience,
    /// The people who see its former versions.
    pub past: Audience,
    /// Whether the thing itself has a view restriction: administrators of the space know that much
    /// (law 2.19).
    pub restricted: bool,
    /// The id of its space.
    pub space: String,
    /// The key of its space.
    pub key: String,
    /// The id of the page, blog post or folder, or of the page that the thing is attached to.
    pub page: String,
    /// The title of that page.
    pub title: String,
    /// The id of an attachment.
    pub attachment: String,
    /// The file name of that attachment.
    pub file: String,
    /// The id of a comment.
    pub comment: String,
    /// The id of an account.
    pub account: String,
    /// The e-mail address of that account.
    pub email: String,
    /// The id of a group.
    pub group: String,
    /// The name of that group.
    pub group_name: String,
    /// A label that nothing else has.
    pub label: String,
    /// The id of that label.
    pub label_id: String,
    /// The id of a property.
    pub property: String,
    /// The id of a long task.
    pub task: String,
    /// The id of a template.
    pub template: String,
    /// The id of a task in a page.
    pub to_do: String,
}

impl Aim {
    /// Makes a thing whose other values are still empty.
    pub fn new(name: impl Into<String>, kind: Kind, audience: Audience) -> Self {
        Self {
            name: name.into(),
            kind,
            audience,
            past: audience,
            restricted: false,
            space: String::new(),
            key: String::new(),
            page: String::new(),
            title: String::new(),
            attachment: String::new(),
            file: String::new(),
            comment: String::new(),
            account: String::new(),
            email: String::new(),
            group: String::new(),
            group_name: String::new(),
            label: String::new(),
            label_id: String::new(),
            property: String::new(),
            task: String::new(),
            template: String::new(),
            to_do: String::new(),
        }
    }

    /// Returns whether a person sees it.
    pub fn seen_by(&self, who: Who) -> bool {
        self.audience.has(who)
    }

    /// Returns whether a person who doesn't see it may know by the law that it exists: the declared
    /// exceptions of law 7.4, for people who administer DOCS.
    pub fn known_to(&self, who: Who) -> bool {
        self.restricted && matches!(who, Who::Ada | Who::Sam | Who::Sid)
    }

    /// Returns all values that name it or the things attached to it.
    pub fn values(&self) -> [&str; 17] {
        [
            &self.space,
            &self.key,
            &self.page,
            &self.title,
            &self.attachment,
            &self.file,
            &self.comment,
            &self.account,
            &self.email,
            &self.group,
            &self.group_name,
            &self.label,
            &self.label_id,
            &self.property,
            &self.task,
            &self.template,
            &self.to_do,
        ]
    }

    /// Returns the thing as if it had never existed: with values of the same shape and length that
    /// nothing has. With `beside`, the values of its space stay: a page that never existed, in a
    /// space that is seen.
    #[must_use]
    pub fn never_was(&self, beside: bool) -> Self {
        let twin = |value: &str| {
            if beside {
                value.to_owned()
            } else {
                other(value)
            }
        };
        // An attachment or comment of a page that is seen never existed; the page stays.
        let hangs = matches!(self.kind, Kind::Attachment | Kind::Comment);
        let page = |value: &str| {
            if hangs {
                value.to_owned()
            } else {
                other(value)
            }
        };
        Self {
            name: format!("never-been twin of {}", self.name),
            space: twin(&self.space),
            key: twin(&self.key),
            page: page(&self.page),
            title: page(&self.title),
            attachment: other(&self.attachment),
            file: other(&self.file),
            comment: other(&self.comment),
            account: other(&self.account),
            email: other(&self.email),
            group: other(&self.group),
            group_name: other(&self.group_name),
            label: other(&self.label),
            label_id: other(&self.label_id),
            property: other(&self.property),
            task: other(&self.task),
            template: other(&self.template),
            to_do: other(&self.to_do),
            ..self.clone()
        }
    }

    /// Replaces everything in a text that names this thing by the kind of name that it is.
    pub fn blind(&self, text: &str) -> String {
        let names = [
            "<space>",
            "<key>",
            "<page>",
            "<title>",
            "<attachment>",
            "<file>",
            "<comment>",
            "<account>",
            "<email>",
            "<group>",
            "<group name>",
            "<label>",
            "<label id>",
            "<property>",
            "<task>",
            "<template>",
            "<to do>",
        ];
        let code = short_code(&self.page);
        let mut pairs: Vec<(&str, &str)> = self.values().into_iter().zip(names).collect();
        pairs.push((&code, "<short code>"));
        // The key of a personal space, as forms send it.
        let in_form = self.key.replace('~', "%7E");
        pairs.push((&in_form, "<key>"));
        // The longest comes first, because a value may be part of another.
        pairs.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
        let mut text = text.to_owned();
        for (value, name) in pairs {
            if !value.is_empty() {
                text = text.replace(value, name);
                text = text.replace(&crate::table::segment(value), name);
            }
        }
        text
    }
}

/// Returns the code of a page's short link; `None` if there is no page.
pub fn short_code(page: &str) -> String {
    let link = page.parse().map(narthex_site::address::short_link);
    link.map_or_else(
        |_| String::new(),
        |link| link.rsplit('/').next().unwrap_or_default().to_owned(),
    )
}

/// Returns a value of the same shape and length that nothing has.
fn other(value: &str) -> String {
    let last = value.len().saturating_sub(7);
    let turned = |(at, c): (usize, char)| match c {
        // The first digits stay, so that it is an id of the same length.
        '0'..='9' if at >= last => char::from(b'0' + (c as u8 - b'0' + 5) % 10),
        'a'..='y' | 'A'..='Y' if at >= last => char::from(c as u8 + 1),
        c => c,
    };
    value.char_indices().map(turned).collect()
}
