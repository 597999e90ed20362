use narthex_server::web::pages::entry::{
    LinkedAccount, LogIn, LogInForm, LogInProblem, LoggedOut, OneTimeLink, SetUp,
};
use narthex_server::web::pages::moment::{Count, Size};
use narthex_server::web::pages::refusal::{
    NotThere, Problem, ProblemKind, TypedAgain, TypedAgainField,
};

use super::{Sample, Samples, sample};

impl<'a> Samples<'a> {
    fn log_in_form(&self, problem: Option<LogInProblem>) -> LogInForm<'a> {
        LogInForm {
            email: self.text("ines@harbour.example"),
            return_to: self.text("/wiki/spaces/HAND"),
            problem,
            elsewhere: false,
        }
    }

    /// Returns what was typed into the editor.
    fn typed(&self, says: &str, logs_in_elsewhere: bool, can_be_sent: bool) -> TypedAgain<'a> {
        let field = |name, label, is_long, value| TypedAgainField {
            name,
            label,
            is_long,
            value: self.text(value),
        };
        TypedAgain {
            action: self.text("/wiki/pages/edit?pageId=731"),
            says: self.text(says),
            logs_in_elsewhere,
            fields: vec![
                field("title", "Title", false, "Mooring at night"),
                field(
                    "body",
                    "Text",
                    true,
                    "<p>Two people hold the lines.</p>\n<p>Nobody stands in a loop.</p>",
                ),
            ],
            carried: vec![
                ("version", self.text("7")),
                ("parent", self.text("12")),
                ("do", self.text("publish")),
            ],
            can_be_sent,
        }
    }

    /// Returns the pages that show again what was typed.
    fn refused_forms(&self) -> Vec<Sample> {
        let ended = "It isn’t saved, and it stands in this window only. Log in above, which opens \
                     a new window; then come back to this one and send it again.";
        let gone = "It isn’t saved, and it stands on this page only. Copy it before you leave, to \
                    use it elsewhere.";
        let busy = "It may not be saved. Look first, in another window; then send it again from \
                    here if it is missing.";
        let too_long = "It isn’t saved, and it can’t be shown here, because it is longer than \
                        65.5 kB. Log in above, which opens a new window; then go back to the form \
                        in this one, where most browsers still have the text, and send it again.";
        let log_in = || LogInForm {
            elsewhere: true,
            ..self.log_in_form(None)
        };
        let forbidden = "What is archived or in the trash is read-only; restore it first.";
        vec![
            sample(
                "typed-session-ended",
                &LogIn {
                    chrome: self.signed_out("Log in"),
                    log_in: log_in(),
                    typed: Some(self.typed(ended, true, true)),
                },
            ),
            sample(
                "typed-signed-out",
                &NotThere {
                    chrome: self.signed_out("Not there"),
                    log_in: Some(log_in()),
                    typed: Some(self.typed(ended, true, true)),
                },
            ),
            sample(
                "typed-too-long",
                &NotThere {
                    chrome: self.signed_out("Not there"),
                    log_in: Some(log_in()),
                    typed: Some(TypedAgain {
                        fields: Vec::new(),
                        carried: Vec::new(),
                        ..self.typed(too_long, true, false)
                    }),
                },
            ),
            sample(
                "typed-not-there",
                &NotThere {
                    chrome: self.reader("Not there"),
                    log_in: None,
                    typed: Some(self.typed(gone, false, false)),
                },
            ),
            sample(
                "typed-read-only",
                &Problem {
                    chrome: self.reader("You may not do this"),
                    kind: ProblemKind::Forbidden {
                        reason: self.text(forbidden),
                    },
                    typed: Some(self.typed(gone, false, false)),
                },
            ),
            sample(
                "typed-unavailable",
                &Problem {
                    chrome: self.reader("Narthex can’t answer right now"),
                    kind: ProblemKind::Unavailable,
                    typed: Some(self.typed(busy, false, true)),
                },
            ),
        ]
    }

    fn problem(&self, name: &'static str, kind: ProblemKind<'a>) -> Sample {
        let chrome = self.reader(kind.heading());
        sample(
            name,
            &Problem {
                chrome,
                kind,
                typed: None,
            },
        )
    }

    pub(super) fn entry(&self) -> Vec<Sample> {
        let title = "Not there";
        let mut samples = vec![
            sample(
                "log-in",
                &LogIn {
                    chrome: self.signed_out("Log in"),
                    log_in: self.log_in_form(None),
                    typed: None,
                },
            ),
            sample(
                "log-in-wrong",
                &LogIn {
                    chrome: self.signed_out("Log in"),
                    log_in: self.log_in_form(Some(LogInProblem::WrongCredentials)),
                    typed: None,
                },
            ),
            sample(
                "log-in-too-often",
                &LogIn {
                    chrome: self.signed_out("Log in"),
                    log_in: self.log_in_form(Some(LogInProblem::TooManyAttempts {
                        retry_after: Count(45),
                    })),
                    typed: None,
                },
            ),
            sample(
                "logged-out",
                &LoggedOut {
                    chrome: self.signed_out("Logged out"),
                },
            ),
            sample(
                "one-time-link",
                &OneTimeLink {
                    chrome: self.signed_out("Choose a password"),
                    account: Some(LinkedAccount {
                        email: self.text("ines@harbour.example"),
                        password_error: self
                            .wrong("This password is too short: 9 of 12 characters."),
                        password_again_error: None,
                    }),
                },
            ),
            sample(
                "one-time-link-spent",
                &OneTimeLink {
                    chrome: self.signed_out("One-time link"),
                    account: None,
                },
            ),
            sample(
                "set-up",
                &SetUp {
                    chrome: self.signed_out("Set up"),
                    name: self.text("Mara Lindqvist"),
                    email: self.text("mara@harbour"),
                    name_error: None,
                    email_error: self
                        .wrong("This isn’t an e-mail address: what follows the @ has no dot."),
                    password_error: None,
                    password_again_error: None,
                },
            ),
            sample(
                "not-there-signed-out",
                &NotThere {
                    chrome: self.signed_out(title),
                    log_in: Some(self.log_in_form(None)),
                    typed: None,
                },
            ),
            sample(
                "not-there",
                &NotThere {
                    chrome: self.reader(title),
                    log_in: None,
                    typed: None,
                },
            ),
            self.problem(
                "problem-400",
                ProblemKind::BadRequest {
                    reason: self.text("The address has no page id."),
                },
            ),
            self.problem(
                "problem-403",
                ProblemKind::Forbidden {
                    reason: self.text("Only site administrators see the administration."),
                },
            ),
            self.problem("problem-403-foreign", ProblemKind::ForeignForm),
            self.problem(
                "problem-409",
                ProblemKind::Conflict {
                    reason: self
                        .text("Somebody published version 8 while you were editing version 7."),
                },
            ),
            self.problem(
                "problem-413",
                ProblemKind::TooLarge {
                    most: Size(16_777_216),
                    log_in_helps: false,
                },
            ),
            self.problem(
                "problem-413-signed-out",
                ProblemKind::TooLarge {
                    most: Size(65_536),
                    log_in_helps: true,
                },
            ),
            self.problem(
                "problem-429",
                ProblemKind::TooManyRequests {
                    retry_after: Count(30),
                },
            ),
            self.problem(
                "problem-500",
                ProblemKind::Failed {
                    request_id: self.text("01k2v9qj3e7w"),
                },
            ),
            self.problem("problem-503", ProblemKind::Unavailable),
            self.problem("problem-507", ProblemKind::StorageFull),
        ];
        samples.extend(self.refused_forms());
        samples
    }
}
