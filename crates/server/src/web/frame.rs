//! Everything around a page that its handler doesn't say itself: the layout's values, the response
//! that a template becomes, and the pages of failures.

use crate::app::App;
use crate::call::{Ask, Call};
use crate::failure::Failure;
use crate::observe::Told;
use crate::route::{Answer, Flavour};
use crate::web::headers::describe_html;
use crate::web::notice;
use crate::web::pages::Text;
use crate::web::pages::chrome::{Chrome, Notice, Person};
use crate::web::pages::entry::{LogIn, LogInForm};
use crate::web::pages::moment::{Count, Moment, Size};
use crate::web::pages::refusal::{NotThere, Problem, ProblemKind};
use askama::Template;
use axum::body::Body;
use axum::response::Response;
use http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{StatusCode, Uri};
use jiff::Timestamp;
use narthex_access::{Millis, View};
use narthex_store::DbError;
use std::sync::Arc;

/// The person who is signed in, in the form that a failure's page needs after the request has been
/// consumed.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn {
    name: Arc<str>,
    email: Arc<str>,
    administers_site: bool,
}

impl SignedIn {
    /// Takes the person from a view, if somebody is signed in.
    pub(crate) fn of(view: &View) -> Option<Self> {
        let row = view.own_account()?.row();
        Some(Self {
            name: row.name.clone(),
            email: row.email.clone(),
            administers_site: view.subject().is_site_admin(),
        })
    }

    fn person(&self) -> Person<'_> {
        Person {
            name: (*self.name).into(),
            email: (*self.email).into(),
            administers_site: self.administers_site,
        }
    }
}

/// Returns the person who is signed in.
pub(crate) fn person(view: &View) -> Option<Person<'_>> {
    let row = view.own_account()?.row();
    Some(Person {
        name: (*row.name).into(),
        email: (*row.email).into(),
        administers_site: view.subject().is_site_admin(),
    })
}

/// Makes the layout around a page that a view shows. Without a notice of its own, the page shows
/// the one that the last form left for it.
pub(crate) fn chrome<'a>(
    call: &'a Call,
    title: impl Into<Text<'a>>,
    notice: Option<Notice<'a>>,
) -> Chrome<'a> {
    Chrome {
        title: title.into(),
        assets: call.app.assets.paths(),
        person: person(&call.view),
        here: here(&call.ask.uri),
        indexable: call.view.switches().indexing,
        notice: notice.or_else(|| notice::arrived(call)),
    }
}

/// Makes the layout around a page that is shown before the caller is authenticated.
pub(crate) fn open_chrome<'a>(ask: &'a Ask, title: impl Into<Text<'a>>) -> Chrome<'a> {
    Chrome {
        title: title.into(),
        assets: ask.app.assets.paths(),
        person: None,
        here: here(&ask.uri),
        indexable: false,
        notice: None,
    }
}

/// Returns the path and query of a request.
fn here(uri: &Uri) -> Text<'_> {
    uri.path_and_query()
        .map_or("/", |here| here.as_str())
        .into()
}

/// Returns an instant in the form in which pages show it.
pub(crate) fn moment(at: Millis) -> Moment {
    Moment(Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// Makes a 200 with a page.
pub(crate) fn page(template: &impl Template) -> Answer {
    page_with(StatusCode::OK, template)
}

/// Makes a response with a page under another status.
pub(crate) fn page_with(status: StatusCode, template: &impl Template) -> Answer {
    let html = template.render().map_err(|error| {
        tracing::error!(%error, "a template can't be rendered");
        Failure::Fault
    })?;
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    describe_html(response.headers_mut());
    Ok(response)
}

/// Renders the page of a failure in the layout, with the log-in form where nobody is signed in and
/// logging in could help.
pub(crate) fn refused(app: &App, failure: &Failure, told: &Told, request_id: &str) -> Response {
    let (uri, who) = (&told.uri, told.signed_in.as_ref());
    let plain = failure.answer(Flavour::Html);
    let chrome = |title: &'static str| Chrome {
        title: title.into(),
        assets: app.assets.paths(),
        person: who.map(SignedIn::person),
        here: here(uri),
        indexable: false,
        notice: None,
    };
    let typed = told.typed.as_ref();
    let typed = typed.and_then(|typed| typed.shown(here(uri), failure, who.is_some()));
    let elsewhere = typed.as_ref().is_some_and(|typed| typed.logs_in_elsewhere);
    let log_in = || LogInForm {
        email: "".into(),
        return_to: here(uri),
        problem: None,
        elsewhere,
    };
    let drawn = match failure {
        Failure::Absent => page_with(
            plain.status(),
            &NotThere {
                chrome: chrome("Not there"),
                log_in: who.is_none().then(log_in),
                typed,
            },
        ),
        Failure::Unauthorized | Failure::StaleSession { .. } => page_with(
            plain.status(),
            &LogIn {
                chrome: chrome("Log in"),
                log_in: log_in(),
                typed,
            },
        ),
        other => {
            let kind = kind(other, request_id);
            page_with(
                plain.status(),
                &Problem {
                    chrome: chrome(kind.heading()),
                    kind,
                    typed,
                },
            )
        }
    };
    match drawn {
        Ok(mut response) => {
            for (name, value) in plain.headers() {
                // A challenge would make browsers show a dialog of their own over the log-in form;
                // only a program that sent a wrong credential gets it.
                let fits = told.by_program || name != WWW_AUTHENTICATE;
                if name != CONTENT_TYPE && fits {
                    response.headers_mut().insert(name, value.clone());
                }
            }
            response
        }
        Err(_) => plain,
    }
}

fn kind<'a>(failure: &'a Failure, request_id: &'a str) -> ProblemKind<'a> {
    match failure {
        Failure::Forbidden(reason) => ProblemKind::Forbidden {
            reason: notice::sentence(reason).into(),
        },
        Failure::ForeignRequest => ProblemKind::ForeignForm,
        Failure::Conflict(reason) => ProblemKind::Conflict {
            reason: notice::sentence(reason).into(),
        },
        Failure::TooLarge(_) | Failure::TooLargeForUnknown => {
            let most = failure.most_bytes().unwrap_or_default();
            ProblemKind::TooLarge {
                most: Size(u64::try_from(most).unwrap_or(u64::MAX)),
                log_in_helps: matches!(failure, Failure::TooLargeForUnknown),
            }
        }
        Failure::TooMany(seconds) => ProblemKind::TooManyRequests {
            retry_after: Count(*seconds),
        },
        Failure::Storage(DbError::DiskFull(_)) => ProblemKind::StorageFull,
        Failure::Storage(_) | Failure::Busy => ProblemKind::Unavailable,
        Failure::Fault => ProblemKind::Failed {
            request_id: request_id.into(),
        },
        other => ProblemKind::BadRequest {
            reason: notice::sentence(&other.facts(Flavour::Html).message).into(),
        },
    }
}
