//! Generates documents in which each thing has a unique word, so that a loss can be traced.
//!
//! A word's first letter tells what it belongs to: `t` a text, `l` a link's target, `p` a picture,
//! `f` a file, `k` a task, `m` a macro.

use proptest::prelude::*;

/// A piece of a document before its words are assigned.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Text,
    Blank,
    Break,
    Emoji,
    Day,
    Mention,
    Marked(&'static str, Vec<Piece>),
    Styled(&'static str, Vec<Piece>),
    /// A target outside any link.
    Target,
    Link(u8, Vec<Piece>),
    Picture(u8),
    File(u8),
    Embedded(u8),
    Macro(u8, Vec<Piece>),
    Around(&'static str, Vec<Piece>),
    List(&'static str, Vec<Vec<Piece>>),
    Table(Vec<Vec<Piece>>),
    Tasks(Vec<Vec<Piece>>),
    Layout(Vec<Vec<Piece>>),
    Code,
}

/// Styles that become marks, or undo some.
const STYLES: [&str; 8] = [
    "color: red;",
    "font-weight: 700",
    "font-weight: normal",
    "font-style: italic; color: blue",
    "text-decoration: underline line-through",
    "vertical-align: super",
    "background: yellow",
    "margin-left: 9px",
];

/// Generates the content of a link, which can't contain another link.
fn within_link() -> BoxedStrategy<Piece> {
    let leaf = prop_oneof![
        6 => Just(Piece::Text),
        2 => Just(Piece::Blank),
        1 => Just(Piece::Emoji),
        1 => prop::sample::select(vec![0_u8, 1, 2, 3, 6, 7]).prop_map(Piece::Picture),
        1 => (0..2_u8).prop_map(Piece::File),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        let marks = prop::sample::select(vec!["strong", "em", "code", "span"]);
        (marks, prop::collection::vec(inner, 1..3))
            .prop_map(|(name, inside)| Piece::Marked(name, inside))
    })
    .boxed()
}

fn link() -> BoxedStrategy<Piece> {
    (0..11_u8, prop::collection::vec(within_link(), 0..3))
        .prop_map(|(kind, inside)| Piece::Link(kind, inside))
        .boxed()
}

fn within_text() -> BoxedStrategy<Piece> {
    let leaf = prop_oneof![
        6 => Just(Piece::Text),
        2 => Just(Piece::Blank),
        1 => Just(Piece::Break),
        1 => Just(Piece::Emoji),
        1 => Just(Piece::Day),
        1 => Just(Piece::Mention),
        1 => (0..8_u8).prop_map(Piece::Picture),
        1 => (0..2_u8).prop_map(Piece::File),
        1 => (0..7_u8).prop_map(Piece::Embedded),
        1 => Just(Piece::Target),
        3 => link(),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let inside = prop::collection::vec(inner, 1..4);
        let marks = vec![
            "strong", "em", "u", "code", "sub", "del", "span", "kbd", "samp", "var", "cite", "ins",
            "mark", "small", "abbr", "q",
        ];
        prop_oneof![
            (prop::sample::select(marks), inside.clone())
                .prop_map(|(name, inside)| Piece::Marked(name, inside)),
            (prop::sample::select(STYLES.to_vec()), inside.clone())
                .prop_map(|(style, inside)| Piece::Styled(style, inside)),
            (0..6_u8, inside).prop_map(|(kind, inside)| Piece::Macro(kind, inside)),
        ]
    })
    .boxed()
}

fn block() -> BoxedStrategy<Piece> {
    let line = prop::collection::vec(within_text(), 0..5);
    let leaf = prop_oneof![
        4 => line.clone().prop_map(|inside| Piece::Around("p", inside)),
        1 => line.clone().prop_map(|inside| Piece::Around("h2", inside)),
        1 => line.clone().prop_map(|inside| Piece::Around("pre", inside)),
        1 => within_text(),
        1 => Just(Piece::Code),
        1 => Just(Piece::Around("hr", Vec::new())),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let inside = prop::collection::vec(inner, 0..4);
        let several = prop::collection::vec(inside.clone(), 1..4);
        let holders = vec![
            "div",
            "section",
            "details",
            "figure",
            "option",
            "pre",
            "blockquote",
            "p",
            "span",
            "strong",
            "h3",
            "li",
            "dl",
            "td",
        ];
        prop_oneof![
            (prop::sample::select(holders), inside.clone())
                .prop_map(|(name, inside)| Piece::Around(name, inside)),
            (
                prop::sample::select(vec!["ul", "ol", "dl"]),
                several.clone()
            )
                .prop_map(|(name, items)| Piece::List(name, items)),
            several.clone().prop_map(Piece::Table),
            several.clone().prop_map(Piece::Tasks),
            several.prop_map(Piece::Layout),
            (0..8_u8, inside).prop_map(|(kind, inside)| Piece::Macro(kind, inside)),
        ]
    })
    .boxed()
}

/// Generates a document in storage format.
pub(crate) fn storage() -> impl Strategy<Value = String> {
    prop::collection::vec(block(), 1..5).prop_map(|pieces| {
        let mut writer = Writer::default();
        writer.all(&pieces);
        writer.out
    })
}

#[derive(Default)]
struct Writer {
    out: String,
    words: usize,
    in_task: bool,
}

impl Writer {
    /// Returns a unique word.
    fn word(&mut self, of: char) -> String {
        self.words += 1;
        format!("{of}{}x", self.words)
    }

    fn text(&mut self) {
        let word = self.word(if self.in_task { 'k' } else { 't' });
        self.out.push_str(&word);
        self.out.push('.');
    }

    fn all(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            self.piece(piece);
        }
    }

    fn around(&mut self, open: &str, pieces: &[Piece], close: &str) {
        self.out.push_str(open);
        self.all(pieces);
        self.out.push_str(close);
    }

    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Text => self.text(),
            Piece::Blank => self.out.push_str("\n    "),
            Piece::Break => self.out.push_str("<br />"),
            Piece::Emoji => self.out.push_str("<ac:emoticon ac:name=\"tick\" />"),
            Piece::Day => self.out.push_str("<time datetime=\"2024-05-31\" />"),
            Piece::Mention => self
                .out
                .push_str("<ac:link><ri:user ri:account-id=\"557058:1\" /></ac:link>"),
            Piece::Marked(name, inside) => {
                self.around(&format!("<{name}>"), inside, &format!("</{name}>"));
            }
            Piece::Styled(style, inside) => {
                let names = ["span", "b", "small", "font"];
                let name = names[inside.len() % names.len()];
                self.around(
                    &format!("<{name} style=\"{style}\">"),
                    inside,
                    &format!("</{name}>"),
                );
            }
            Piece::Target => {
                let word = self.word('l');
                self.out
                    .push_str(&format!("<ri:page ri:content-title=\"{word}\" />"));
            }
            Piece::Link(kind, inside) => self.link(*kind, inside),
            Piece::Picture(kind) => self.picture(*kind),
            Piece::File(kind) => self.file(*kind),
            Piece::Embedded(kind) => self.embedded(*kind),
            Piece::Macro(kind, inside) => self.macro_(*kind, inside),
            Piece::Around("hr", _) => self.out.push_str("<hr />"),
            Piece::Around(name, inside) => {
                self.around(&format!("<{name}>"), inside, &format!("</{name}>"));
            }
            Piece::List(name, items) => {
                self.out.push_str(&format!("<{name}>"));
                for (index, item) in items.iter().enumerate() {
                    let name = match (*name, index % 2) {
                        ("dl", 0) => "dt",
                        ("dl", _) => "dd",
                        _ => "li",
                    };
                    self.around(&format!("<{name}>"), item, &format!("</{name}>"));
                }
                self.out.push_str(&format!("</{name}>"));
            }
            Piece::Table(cells) => {
                self.out.push_str("<table><caption>");
                self.text();
                self.out.push_str("</caption><tbody><tr>");
                cells
                    .iter()
                    .for_each(|cell| self.around("<td>", cell, "</td>"));
                self.out.push_str("</tr></tbody></table>");
            }
            Piece::Tasks(tasks) => self.tasks(tasks),
            Piece::Layout(cells) => {
                self.out
                    .push_str("<ac:layout><ac:layout-section ac:type=\"two_equal\">");
                cells
                    .iter()
                    .for_each(|cell| self.around("<ac:layout-cell>", cell, "</ac:layout-cell>"));
                self.out.push_str("</ac:layout-section></ac:layout>");
            }
            Piece::Code => {
                let word = self.word('t');
                self.out.push_str(&format!(
                    "<ac:structured-macro ac:name=\"code\"><ac:plain-text-body><![CDATA[{word}]]></ac:plain-text-body></ac:structured-macro>"
                ));
            }
        }
    }

    fn link(&mut self, kind: u8, inside: &[Piece]) {
        let word = self.word('l');
        if kind == 0 || kind == 9 {
            let look = match kind {
                0 => "",
                _ => " data-card-appearance=\"inline\"",
            };
            self.out
                .push_str(&format!("<a href=\"https://e.example/{word}\"{look}>"));
            self.text();
            return self.around("", inside, "</a>");
        }
        let resource = match kind {
            1 => format!("<ac:link><ri:page ri:content-title=\"{word}\" />"),
            2 => format!(
                "<ac:link ac:anchor=\"part {word}\"><ri:page ri:space-key=\"DOC\" ri:content-title=\"Other\" />"
            ),
            3 => format!("<ac:link><ri:attachment ri:filename=\"{word}.pdf\" />"),
            4 => format!("<ac:link><ri:space ri:space-key=\"{word}\" />"),
            5 => format!("<ac:link ac:anchor=\"{word}\">"),
            6 | 10 => format!(
                "<ac:link ac:card-appearance=\"inline\"><ri:page ri:content-title=\"{word}\" />"
            ),
            7 => format!("<ac:link><ri:shortcut ri:key=\"wiki\" ri:parameter=\"{word}\" />"),
            _ => format!(
                "<ac:link><ri:attachment ri:filename=\"{word}.pdf\"><ri:page ri:content-title=\"Other\" /></ri:attachment>"
            ),
        };
        self.out.push_str(&resource);
        if !inside.is_empty() && kind != 6 {
            self.around("<ac:link-body>", inside, "</ac:link-body>");
        }
        self.out.push_str("</ac:link>");
    }

    fn picture(&mut self, kind: u8) {
        let word = self.word('p');
        self.out.push_str(&match kind {
            0 => format!("<img src=\"https://e.example/{word}.png\" width=\"9\" />"),
            1 => format!("<ac:image><ri:url ri:value=\"https://e.example/{word}.png\" /></ac:image>"),
            2 => format!("<ac:image ac:width=\"120\" ac:original-width=\"200\" ac:align=\"right\"><ri:attachment ri:filename=\"{word}.png\" /></ac:image>"),
            3 => format!("<ac:image ac:height=\"250\"><ri:attachment ri:filename=\"{word}.png\"><ri:page ri:content-title=\"Other\" /></ri:attachment></ac:image>"),
            4 => format!("<a href=\"https://e.example/l{word}\"><ac:image><ri:attachment ri:filename=\"{word}.png\" /></ac:image></a>"),
            5 => format!("<ac:link><ri:page ri:content-title=\"l{word}\" /><ac:link-body><ac:image><ri:attachment ri:filename=\"{word}.png\" /></ac:image></ac:link-body></ac:link>"),
            6 => format!("<ac:image ac:thumbnail=\"true\" ac:title=\"t{word}\"><ri:attachment ri:filename=\"{word}.png\" /><ac:caption><p>t{word}c</p></ac:caption></ac:image>"),
            _ => format!("<ac:image><ri:attachment ri:filename=\"{word}.png\" /></ac:image>"),
        });
    }

    fn file(&mut self, kind: u8) {
        let word = self.word('f');
        self.out.push_str(&match kind {
            0 => format!("<ac:structured-macro ac:name=\"view-file\"><ac:parameter ac:name=\"name\"><ri:attachment ri:filename=\"{word}.pdf\" /></ac:parameter></ac:structured-macro>"),
            _ => format!("<ac:image><ri:attachment ri:filename=\"{word}.pdf\" /></ac:image>"),
        });
    }

    fn embedded(&mut self, kind: u8) {
        let word = self.word('l');
        self.out.push_str(&match kind {
            0 => format!("<object data=\"https://e.example/{word}\">t{word}.</object>"),
            1 => format!("<object data=\"data:{word}\">t{word}.</object>"),
            2 => format!("<video controls=\"\"><source src=\"https://e.example/{word}\" /><source src=\"javascript:{word}x\" />t{word}.</video>"),
            3 => format!("<audio src=\"/{word}.ogg\"></audio>"),
            4 => format!("<embed src=\"https://e.example/{word}\" width=\"9\" />"),
            5 => format!("<iframe src=\"https://e.example/{word}\">t{word}.</iframe>"),
            _ => format!("<object data=\"https://e.example/{word}\"><ac:link><ri:page ri:content-title=\"l{word}\" /></ac:link></object>"),
        });
    }

    fn macro_(&mut self, kind: u8, inside: &[Piece]) {
        let word = self.word('m');
        let (open, close) = match kind {
            0 => (
                format!(
                    "<ac:structured-macro ac:name=\"jira\"><ac:parameter ac:name=\"key\">{word}</ac:parameter>"
                ),
                "",
            ),
            1 => (
                format!(
                    "<ac:structured-macro ac:name=\"status\"><ac:parameter ac:name=\"title\">{word}</ac:parameter>"
                ),
                "",
            ),
            2 => (
                format!(
                    "<ac:structured-macro ac:name=\"include\"><ac:parameter ac:name=\"\"><ac:link><ri:page ri:space-key=\"DOC\" ri:content-title=\"{word}\" /></ac:link></ac:parameter>"
                ),
                "",
            ),
            3 => (
                format!(
                    "<ac:structured-macro ac:name=\"profile\"><ac:parameter ac:name=\"user\"><ri:user ri:account-id=\"{word}\" /></ac:parameter>"
                ),
                "",
            ),
            4 => (
                format!(
                    "<ac:structured-macro ac:name=\"{word}\"><ac:plain-text-body><![CDATA[t{word}]]></ac:plain-text-body>"
                ),
                "",
            ),
            5 => (
                format!(
                    "<ac:structured-macro ac:name=\"note\"><ac:parameter ac:name=\"title\">{word}</ac:parameter><ac:rich-text-body>"
                ),
                "</ac:rich-text-body>",
            ),
            6 => (
                format!("<ac:structured-macro ac:name=\"{word}\"><ac:rich-text-body>"),
                "</ac:rich-text-body>",
            ),
            _ => (
                format!(
                    "<ac:structured-macro ac:name=\"expand\"><ac:parameter ac:name=\"title\">{word}</ac:parameter><ac:rich-text-body><p>t{word}</p></ac:rich-text-body><ac:rich-text-body>"
                ),
                "</ac:rich-text-body>",
            ),
        };
        self.out.push_str(&open);
        if !close.is_empty() {
            self.all(inside);
        }
        self.out.push_str(close);
        self.out.push_str("</ac:structured-macro>");
    }

    fn tasks(&mut self, tasks: &[Vec<Piece>]) {
        self.out.push_str("<ac:task-list>");
        for (index, task) in tasks.iter().enumerate() {
            let id = self.word('k');
            if index == 1 {
                self.around("<li>", task, "</li>");
                continue;
            }
            if index == 2 {
                self.out
                    .push_str(&format!("<ac:task><ac:task-id>{id}</ac:task-id>"));
                let was_in_task = std::mem::replace(&mut self.in_task, true);
                self.around("", task, "</ac:task>");
                self.in_task = was_in_task;
                continue;
            }
            let status = if index == 0 { "complete" } else { "incomplete" };
            self.out.push_str(&format!(
                "<ac:task><ac:task-id>{id}</ac:task-id><ac:task-status>{status}</ac:task-status>"
            ));
            let was_in_task = std::mem::replace(&mut self.in_task, true);
            self.around("<ac:task-body>", task, "</ac:task-body></ac:task>");
            self.in_task = was_in_task;
        }
        self.out.push_str("</ac:task-list>");
    }
}
