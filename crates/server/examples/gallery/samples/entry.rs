use narthex_server::web::pages::entry::{
    LinkedAccount, LogIn, LogInForm, LogInProblem, LoggedOut, OneTimeLink, SetUp,
};
use narthex_server::web::pages::moment::Count;
use narthex_server::web::pages::refusal::{NotThere, Problem, ProblemKind};

use super::{Sample, Samples, sample};

impl<'a> Samples<'a> {
    fn log_in_form(&self, problem: Option<LogInProblem>) -> LogInForm<'a> {
        LogInForm {
            email: self.text("ines@harbour.example"),
            return_to: self.text("/wiki/spaces/HAND"),
            problem,
        }
    }

    fn problem(&self, name: &'static str, kind: ProblemKind<'a>) -> Sample {
        let chrome = self.reader(kind.heading());
        sample(name, &Problem { chrome, kind })
    }

    pub(super) fn entry(&self) -> Vec<Sample> {
        let title = "Not there";
        vec![
            sample(
                "log-in",
                &LogIn {
                    chrome: self.signed_out("Log in"),
                    log_in: self.log_in_form(None),
                },
            ),
            sample(
                "log-in-wrong",
                &LogIn {
                    chrome: self.signed_out("Log in"),
                    log_in: self.log_in_form(Some(LogInProblem::WrongCredentials)),
                },
            ),
            sample(
                "log-in-too-often",
                &LogIn {
                    chrome: self.signed_out("Log in"),
                    log_in: self.log_in_form(Some(LogInProblem::TooManyAttempts {
                        retry_after: Count(45),
                    })),
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
                },
            ),
            sample(
                "not-there",
                &NotThere {
                    chrome: self.reader(title),
                    log_in: None,
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
            self.problem("problem-413", ProblemKind::TooLarge),
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
        ]
    }
}
