//! What a request can be about.

use super::who::{Audience, Who};

/// What something is.
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

/// Something on a site with all that names it, and what hangs on it: the values
/// that go into a route.
#[derive(Debug, Clone)]
pub struct Aim {
    /// Its name in the scene.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Who sees it, as the law is read by hand.
    pub audience: Audience,
    /// Who sees its past.
    pub past: Audience,
    /// Whether viewing is restricted on itself: administrators of the space know
    /// that much (law 2.19).
    pub restricted: bool,
    /// The id of its space.
    pub space: String,
    /// The key of its space.
    pub key: String,
    /// The page's, blog post's or folder's id, or that of the page it hangs on.
    pub page: String,
    /// That one's title.
    pub title: String,
    /// The id of an attachment.
    pub attachment: String,
    /// That one's file name.
    pub file: String,
    /// The id of a comment.
    pub comment: String,
    /// The id of an account.
    pub account: String,
    /// That one's e-mail address.
    pub email: String,
    /// The id of a group.
    pub group: String,
    /// That one's name.
    pub group_name: String,
    /// A label that it has and nothing else.
    pub label: String,
    /// That one's id.
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
    /// Nothing yet.
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

    /// Whether somebody sees it.
    pub fn seen_by(&self, who: Who) -> bool {
        self.audience.has(who)
    }

    /// Whether somebody who doesn't see it may know by the law that it is there:
    /// the declared exceptions of law 7.4, for who administers DOCS.
    pub fn known_to(&self, who: Who) -> bool {
        self.restricted && matches!(who, Who::Ada | Who::Sam | Who::Sid)
    }

    /// All values that name it or what hangs on it.
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

    /// The same as if it had never been: values of the same shape and length that
    /// nothing has. With `beside`, what names its space stays: a page that never
    /// was in a space that is seen.
    #[must_use]
    pub fn never_was(&self, beside: bool) -> Self {
        let twin = |value: &str| {
            if beside {
                value.to_owned()
            } else {
                other(value)
            }
        };
        // What hangs on a page that is seen never was there; the page stays.
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

    /// A text in which all that names this is replaced by what it is.
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
        // The longest first, for a value may be part of another.
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

/// The code of a page's short link; none where there is no page.
pub fn short_code(page: &str) -> String {
    let link = page.parse().map(narthex_site::address::short_link);
    link.map_or_else(
        |_| String::new(),
        |link| link.rsplit('/').next().unwrap_or_default().to_owned(),
    )
}

/// A value of the same shape and length that nothing has.
fn other(value: &str) -> String {
    let last = value.len().saturating_sub(7);
    let turned = |(at, c): (usize, char)| match c {
        // The first digits stay, so that it is an id and as long.
        '0'..='9' if at >= last => char::from(b'0' + (c as u8 - b'0' + 5) % 10),
        'a'..='y' | 'A'..='Y' if at >= last => char::from(c as u8 + 1),
        c => c,
    };
    value.char_indices().map(turned).collect()
}
