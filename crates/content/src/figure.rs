//! Extracts the text of pictures in SVG and of formulas in MathML.

use crate::storage::{Element, Node, Tag};

/// Returns the words of a picture in SVG: its texts, titles and descriptions, separated by blanks.
pub(crate) fn words_of_svg(svg: Element<'_>) -> String {
    let mut words = String::new();
    push_words(svg, &mut words);
    words
}

fn push_words(element: Element<'_>, words: &mut String) {
    const WITH_WORDS: [&str; 4] = ["text", "title", "desc", "foreignObject"];
    for part in element.elements().filter(|part| !part.tag().is_program()) {
        if WITH_WORDS
            .iter()
            .any(|name| local_name(part).eq_ignore_ascii_case(name))
        {
            for word in part.text().split_whitespace() {
                if !words.is_empty() {
                    words.push(' ');
                }
                words.push_str(word);
            }
        } else {
            push_words(part, words);
        }
    }
}

/// Returns whether an element is a formula in MathML.
pub(crate) fn is_math(element: Element<'_>) -> bool {
    element.tag() == Tag::Math || element.name().contains(':') && local_name(element) == "math"
}

/// A piece of a formula.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) script: Script,
}

/// The position of a piece of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    Line,
    Above,
    Below,
}

impl Script {
    /// Returns the element of HTML for it; pieces in the line have none.
    pub(crate) fn tag(self) -> Option<&'static str> {
        match self {
            Self::Line => None,
            Self::Above => Some("sup"),
            Self::Below => Some("sub"),
        }
    }
}

/// Returns the pieces of a formula in reading order. Anything other than raised and lowered letters
/// is written in one line: `(a+b)/c`, `√(x)`.
pub(crate) fn pieces_of_math(math: Element<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    push_pieces(math, Script::Line, &mut pieces);
    pieces
}

/// Returns a formula as plain text, `mc^2`.
pub(crate) fn words_of_math(math: Element<'_>) -> String {
    let mut words = String::new();
    for piece in pieces_of_math(math) {
        let is_long = piece.text.chars().count() > 1;
        let sign = match piece.script {
            Script::Line => "",
            Script::Above => "^",
            Script::Below => "_",
        };
        words.push_str(sign);
        match is_long && !sign.is_empty() {
            true => words.extend(["(", &piece.text, ")"]),
            false => words.push_str(&piece.text),
        }
    }
    words
}

fn push(text: &str, script: Script, out: &mut Vec<Piece>) {
    match out.last_mut() {
        Some(last) if last.script == script => last.text.push_str(text),
        _ if text.is_empty() => {}
        _ => out.push(Piece {
            text: text.to_owned(),
            script,
        }),
    }
}

fn push_pieces(element: Element<'_>, script: Script, out: &mut Vec<Piece>) {
    let name = local_name(element);
    let mut parts = element.elements();
    match name {
        "annotation" | "annotation-xml" => {}
        "semantics" => {
            if let Some(formula) = parts.next() {
                push_pieces(formula, script, out);
            }
        }
        "msup" | "msub" | "mover" | "munder" | "msubsup" | "munderover" => {
            if let Some(base) = parts.next() {
                push_pieces(base, script, out);
            }
            let places: &[Script] = match name {
                "msup" | "mover" => &[Script::Above],
                "msub" | "munder" => &[Script::Below],
                _ => &[Script::Below, Script::Above],
            };
            for (place, part) in places.iter().zip(parts) {
                if script == Script::Line {
                    push_pieces(part, *place, out);
                } else {
                    // A script of a script is written in the line of the first.
                    let sign = if *place == Script::Above { "^" } else { "_" };
                    push(sign, script, out);
                    push_grouped(part, script, out);
                }
            }
        }
        "mfrac" => {
            for (index, part) in parts.take(2).enumerate() {
                if index > 0 {
                    push("/", script, out);
                }
                push_grouped(part, script, out);
            }
        }
        "msqrt" => {
            push("\u{221a}(", script, out);
            push_inside(element, script, out);
            push(")", script, out);
        }
        "mroot" => {
            let (base, index) = (parts.next(), parts.next());
            if let Some(index) = index {
                let place = if script == Script::Line {
                    Script::Above
                } else {
                    script
                };
                push_pieces(index, place, out);
            }
            push("\u{221a}", script, out);
            if let Some(base) = base {
                push_grouped(base, script, out);
            }
        }
        "mfenced" => {
            let fence = |name: &str, otherwise: &str| {
                let given = element.attribute(name);
                given.map_or_else(|| otherwise.to_owned(), |given| given.into_owned())
            };
            push(&fence("open", "("), script, out);
            for (index, part) in parts.enumerate() {
                if index > 0 {
                    push(",", script, out);
                }
                push_pieces(part, script, out);
            }
            push(&fence("close", ")"), script, out);
        }
        "mtable" | "mtr" | "mlabeledtr" => {
            let between = if name == "mtable" { "; " } else { ", " };
            for (index, part) in parts.enumerate() {
                if index > 0 {
                    push(between, script, out);
                }
                push_pieces(part, script, out);
            }
        }
        "mspace" => push(" ", script, out),
        _ => push_inside(element, script, out),
    }
}

fn push_inside(element: Element<'_>, script: Script, out: &mut Vec<Piece>) {
    for node in element.children() {
        match node {
            Node::Element(part) if part.tag().is_program() => {}
            Node::Element(part) => push_pieces(part, script, out),
            Node::Text(raw) => push(crate::escape::decode(raw).trim(), script, out),
            Node::CData(text) => push(text.trim(), script, out),
            Node::Comment(_) | Node::Instruction(_) => {}
        }
    }
}

/// Writes a part in parentheses, unless it is a single sign.
fn push_grouped(element: Element<'_>, script: Script, out: &mut Vec<Piece>) {
    let mut inside = element;
    let is_single = loop {
        let mut parts = inside.elements();
        match (parts.next(), parts.next()) {
            (None, _) => break true,
            (Some(only), None) if local_name(inside) == "mrow" => inside = only,
            _ => break false,
        }
    };
    if !is_single {
        push("(", script, out);
    }
    push_pieces(inside, script, out);
    if !is_single {
        push(")", script, out);
    }
}

/// Returns the name of an element without its prefix.
fn local_name(element: Element<'_>) -> &str {
    element.name().rsplit(':').next().unwrap_or_default()
}
