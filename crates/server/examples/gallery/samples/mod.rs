//! Samples of every page, to look at and to test with.

use std::fmt::Display;

use askama::Template;
use jiff::{SignedDuration, Timestamp};
use narthex_server::web::assets::Assets;
use narthex_server::web::pages::Text;
use narthex_server::web::pages::chrome::{Chrome, Notice, NoticeKind, Person};
use narthex_server::web::pages::moment::Moment;

mod administration;
mod entry;
mod permissions;
mod reading;
mod writing;

/// The text that the hostile samples add to every text that a person could have written.
pub(crate) const HOSTILE: &str = "<script>alert(1)</script>\"'&";

/// Makes the samples, either with realistic text or with hostile text wherever people can write.
pub(crate) struct Samples<'a> {
    assets: &'a Assets,
    hostile: bool,
}

/// One rendered page.
pub(crate) struct Sample {
    /// The name of its file.
    pub(crate) name: &'static str,
    /// The name of the page's struct.
    pub(crate) page: &'static str,
    /// The HTML of the page.
    pub(crate) html: String,
}

impl<'a> Samples<'a> {
    /// Makes realistic samples or, with `hostile`, samples with hostile text wherever people can
    /// write.
    pub(crate) fn new(assets: &'a Assets, hostile: bool) -> Self {
        Self { assets, hostile }
    }

    /// Renders all pages.
    pub(crate) fn all(&self) -> Vec<Sample> {
        let mut samples = self.entry();
        samples.extend(self.reading());
        samples.extend(self.writing());
        samples.extend(self.permissions());
        samples.extend(self.administration());
        samples
    }

    /// Returns a text that a person wrote.
    fn text(&self, text: &str) -> Text<'a> {
        if self.hostile {
            Text::Owned(format!("{text}{HOSTILE}"))
        } else {
            Text::Owned(text.to_owned())
        }
    }

    /// Returns the error about a field.
    fn wrong(&self, text: &str) -> Option<Text<'a>> {
        Some(self.text(text))
    }

    fn signed_out(&self, title: &str) -> Chrome<'a> {
        Chrome {
            title: self.text(title),
            assets: self.assets.paths(),
            person: None,
            here: self.text("/wiki/spaces/HAND/pages/731?focus=1"),
            indexable: false,
            notice: None,
        }
    }

    fn reader(&self, title: &str) -> Chrome<'a> {
        Chrome {
            person: Some(Person {
                name: self.text("Ines Okafor"),
                email: self.text("ines@harbour.example"),
                administers_site: false,
            }),
            ..self.signed_out(title)
        }
    }

    fn administrator(&self, title: &str) -> Chrome<'a> {
        Chrome {
            person: Some(Person {
                name: self.text("Mara Lindqvist"),
                email: self.text("mara@harbour.example"),
                administers_site: true,
            }),
            ..self.signed_out(title)
        }
    }

    fn notice(&self, kind: NoticeKind, text: &str) -> Option<Notice<'a>> {
        Some(Notice {
            kind,
            text: self.text(text),
        })
    }

    /// Returns the instant so many hours before the day of the samples.
    fn hours_ago(&self, hours: i64) -> Moment {
        let day = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(1_780_392_480);
        Moment(day - SignedDuration::from_hours(hours))
    }
}

fn sample<P: Template + Display>(name: &'static str, page: &P) -> Sample {
    let path = std::any::type_name::<P>();
    let path = path.split_once('<').map_or(path, |(path, _)| path);
    Sample {
        name,
        page: path.rsplit("::").next().unwrap_or(path),
        html: page.to_string(),
    }
}
