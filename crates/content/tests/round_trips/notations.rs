//! Generates documents in wiki markup and Markdown in which each thing has a unique word, as
//! [`super::generated`] does for storage format.

use proptest::prelude::*;

/// The notation of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    Wiki,
    Markdown,
}

/// A document, and the words in it that readers must see.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) text: String,
    pub(crate) words: Vec<String>,
}

#[derive(Clone, Debug)]
enum Piece {
    Word,
    /// A word beside signs that may be read as markup.
    Odd(u8),
    Marked(u8, Vec<Piece>),
    Monospace(u8),
    Link(u8, Vec<Piece>),
    Picture(u8),
    Macro(u8),
}

#[derive(Clone, Debug)]
enum Block {
    Paragraph(Vec<Vec<Piece>>),
    Heading(u8, Vec<Piece>),
    List(bool, Vec<Item>),
    Table(Vec<Vec<Cell>>),
    Code,
    Around(u8, Vec<Block>),
    Tasks(Vec<(bool, bool, Vec<Piece>)>),
    Rule,
}

/// An item of a list: its text, lines that continue it, whether code follows, and the list in it.
#[derive(Clone, Debug)]
struct Item {
    text: Vec<Piece>,
    more: Vec<Vec<Piece>>,
    has_code: bool,
    inside: Option<(bool, Vec<Item>)>,
}

/// A cell of a table: its text, and the items of the list in it.
#[derive(Clone, Debug)]
struct Cell {
    text: Vec<Piece>,
    items: Vec<Vec<Piece>>,
}

fn text() -> BoxedStrategy<Vec<Piece>> {
    let leaf = prop_oneof![
        5 => Just(Piece::Word),
        2 => (0..10_u8).prop_map(Piece::Odd),
        1 => (0..4_u8).prop_map(Piece::Monospace),
        1 => (0..4_u8).prop_map(Piece::Picture),
        1 => (0..3_u8).prop_map(Piece::Macro),
    ];
    let piece = leaf.prop_recursive(3, 10, 3, |inner| {
        let inside = prop::collection::vec(inner, 1..3);
        prop_oneof![
            ((0..5_u8), inside.clone()).prop_map(|(kind, inside)| Piece::Marked(kind, inside)),
            ((0..7_u8), inside).prop_map(|(kind, inside)| Piece::Link(kind, inside)),
        ]
    });
    prop::collection::vec(piece, 1..4).boxed()
}

fn item(depth: u8) -> BoxedStrategy<Item> {
    let inside = match depth {
        0 => Just(None).boxed(),
        _ => prop::option::weighted(
            0.3,
            (any::<bool>(), prop::collection::vec(item(depth - 1), 1..3)),
        )
        .boxed(),
    };
    (
        text(),
        prop::collection::vec(text(), 0..2),
        prop::bool::weighted(0.2),
        inside,
    )
        .prop_map(|(text, more, has_code, inside)| Item {
            text,
            more,
            has_code,
            inside,
        })
        .boxed()
}

fn block() -> BoxedStrategy<Block> {
    let cell = (text(), prop::collection::vec(text(), 0..3))
        .prop_map(|(text, items)| Cell { text, items });
    let row = prop::collection::vec(cell, 2..3);
    let task = (any::<bool>(), prop::bool::weighted(0.8), text());
    let leaf = prop_oneof![
        3 => prop::collection::vec(text(), 1..3).prop_map(Block::Paragraph),
        1 => (1..7_u8, text()).prop_map(|(level, text)| Block::Heading(level, text)),
        2 => (any::<bool>(), prop::collection::vec(item(2), 1..4)).prop_map(|(is_numbered, items)| Block::List(is_numbered, items)),
        1 => prop::collection::vec(row, 1..4).prop_map(Block::Table),
        1 => prop::collection::vec(task, 1..4).prop_map(Block::Tasks),
        1 => Just(Block::Code),
        1 => Just(Block::Rule),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        (0..4_u8, prop::collection::vec(inner, 1..3))
            .prop_map(|(kind, inside)| Block::Around(kind, inside))
    })
    .boxed()
}

/// Generates a document in a notation.
pub(crate) fn document(notation: Notation) -> impl Strategy<Value = Sent> {
    prop::collection::vec(block(), 1..6).prop_map(move |blocks| {
        let mut writer = Writer {
            notation,
            sent: Sent {
                text: String::new(),
                words: Vec::new(),
            },
            in_task: false,
            in_link: false,
            in_marks: Vec::new(),
            margin: String::new(),
        };
        writer.blocks(&blocks);
        writer.sent
    })
}

struct Writer {
    notation: Notation,
    sent: Sent,
    in_task: bool,
    /// Whether the writer is inside a link: links don't nest, and neither does a mark in itself.
    in_link: bool,
    in_marks: Vec<u8>,
    /// The prefix of each line of Markdown inside lists and quotes.
    margin: String,
}

impl Writer {
    fn is_wiki(&self) -> bool {
        self.notation == Notation::Wiki
    }

    fn word(&mut self, of: char) -> String {
        let word = format!("{of}{}x", self.sent.words.len() + 1);
        self.sent.words.push(word.clone());
        word
    }

    fn text_word(&mut self) -> String {
        self.word(if self.in_task { 'k' } else { 't' })
    }

    fn put(&mut self, text: &str) {
        self.sent.text.push_str(text);
    }

    fn end_line(&mut self) {
        let margin = self.margin.clone();
        self.put("\n");
        self.put(&margin);
    }

    fn text(&mut self, pieces: &[Piece]) {
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                self.put(" ");
            }
            self.piece(piece);
        }
    }

    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Word => {
                let word = self.text_word();
                self.put(&word);
            }
            // A bracket would end the link.
            Piece::Odd(2 | 5) if self.in_link => self.piece(&Piece::Word),
            // The same mark would end the one around it.
            Piece::Odd(7 | 8) if !self.in_marks.is_empty() => self.piece(&Piece::Word),
            Piece::Odd(kind) => self.odd(*kind),
            Piece::Marked(kind, inside) => self.marked(*kind, inside),
            Piece::Monospace(kind) => {
                let word = self.text_word();
                let text = match (self.notation, kind) {
                    (Notation::Wiki, 0) => format!("{{{{code {word}}}}}"),
                    (Notation::Wiki, 1) => format!("{{{{git}}}} {word}"),
                    (Notation::Wiki, 2) => format!("{{{{${{{word}}}}}}}"),
                    (Notation::Wiki, _) => format!("{{{{{{}}{word}{{}}}}}}"),
                    (Notation::Markdown, 0) => format!("`{word} <b>`"),
                    (Notation::Markdown, _) => format!("`` {word} ` ``"),
                };
                self.put(&text);
            }
            Piece::Link(_, inside) if self.in_link => self.text(inside),
            Piece::Link(kind, inside) => self.link(*kind, inside),
            Piece::Picture(kind) => self.picture(*kind),
            Piece::Macro(kind) => self.line_macro(*kind),
        }
    }

    fn odd(&mut self, kind: u8) {
        let word = self.text_word();
        let text = match (self.notation, kind) {
            (_, 0) => format!("<{word}>"),
            (_, 1) => format!("List<{word}> & more"),
            (_, 2) => format!("{word}]]>"),
            (_, 3) => format!("&lt;{word}&gt;&nbsp;&check;"),
            (_, 4) => format!("a < {word} > b"),
            (Notation::Wiki, 5) => format!("\\[{word}\\] \\{{{word}\\}} [{word}|]"),
            (Notation::Wiki, 6) => format!("->{word}-> :-) {word}~"),
            (Notation::Wiki, 7) => format!("wo{{*}}{word}{{*}}rd 2^{word}^"),
            (Notation::Wiki, 8) => format!("{{_}}{word}{{_}} &#124; {word} \\\\ b"),
            (Notation::Markdown, 5) => format!("\\[{word}\\] \\<{word}"),
            (Notation::Markdown, 6) => format!("[{word}] ~{word}~ {word}!"),
            (Notation::Markdown, 7) => format!("<b>{word}</b> <br> <i>{word}"),
            (Notation::Markdown, 8) => format!("{word}\u{fffe}"),
            (_, _) => format!("({word}) :{word}: +{word} -{word}- {word}_{word}"),
        };
        self.put(&text);
    }

    fn marked(&mut self, kind: u8, inside: &[Piece]) {
        if self.in_marks.contains(&kind) {
            return self.text(inside);
        }
        let (open, close) = match (self.notation, kind) {
            (Notation::Wiki, 0) => ("*", "*"),
            (Notation::Wiki, 1) => ("_", "_"),
            (Notation::Wiki, 2) => ("+", "+"),
            (Notation::Wiki, 3) => ("{color:red}", "{color}"),
            (Notation::Wiki, _) => ("??", "??"),
            (Notation::Markdown, 0) => ("**", "**"),
            (Notation::Markdown, 1) => ("_", "_"),
            (Notation::Markdown, 2) => ("~~", "~~"),
            (Notation::Markdown, 3) => ("<sub>", "</sub>"),
            (Notation::Markdown, _) => ("***", "***"),
        };
        self.in_marks.push(kind);
        self.put(open);
        self.text(inside);
        self.put(close);
        self.in_marks.pop();
    }

    fn link(&mut self, kind: u8, inside: &[Piece]) {
        let word = self.word('l');
        self.in_link = true;
        match (self.notation, kind) {
            (Notation::Wiki, 0) => self.put(&format!("[{word}]")),
            (Notation::Wiki, 1) => self.put(&format!("https://e.example/{word}?a=1&amp;b=2")),
            (Notation::Wiki, _) => {
                let target = match kind {
                    2 => word,
                    3 => format!("KEY:{word}#part"),
                    4 => format!("https://e.example/a_{word}_b"),
                    5 => format!("^{word}.pdf"),
                    _ => format!("tel:{word}"),
                };
                self.put("[");
                match inside {
                    [Piece::Picture(kind)] => self.picture(*kind),
                    inside => {
                        let is_plain = |piece: &&Piece| !matches!(piece, Piece::Picture(_));
                        let words: Vec<Piece> = inside.iter().filter(is_plain).cloned().collect();
                        self.text(if words.is_empty() {
                            &[Piece::Word]
                        } else {
                            &words
                        });
                    }
                }
                self.put(&format!("|{target}]"));
            }
            (Notation::Markdown, 0) => self.put(&format!("<https://e.example/{word}>")),
            (Notation::Markdown, 1) => self.put(&format!("https://e.example/{word}?a=1&b=2")),
            (Notation::Markdown, _) => {
                let target = match kind {
                    2 => format!("{word}.md"),
                    3 => format!("#{word}"),
                    4 => format!("https://e.example/a_{word}_b \"a tip\""),
                    5 => format!("<{word} b.pdf>"),
                    _ => format!("mailto:{word}@e.example"),
                };
                self.put("[");
                self.text(inside);
                self.put(&format!("]({target})"));
            }
        }
        self.in_link = false;
    }

    fn picture(&mut self, kind: u8) {
        let word = self.word('p');
        let said = self.word('t');
        let text = match (self.notation, kind) {
            (Notation::Wiki, 0) => format!("!{word}.png|alt={said}!"),
            (Notation::Wiki, 1) => format!("!{word}.png|width=9,title=\"{said}\"!"),
            (Notation::Wiki, 2) => format!("!https://e.example/{word}.png|alt={said}!"),
            (Notation::Wiki, _) => format!("!Page^{word}.png|thumbnail,alt={said}!"),
            (Notation::Markdown, 0) => format!("![{said}]({word}.png)"),
            (Notation::Markdown, 1) => format!("![*{said}*](https://e.example/{word}.png)"),
            (Notation::Markdown, 2) => format!("![](images/{word}.png \"{said}\")"),
            (Notation::Markdown, _) => {
                format!("a <img src=\"https://e.example/{word}.png\" alt=\"{said}\">")
            }
        };
        self.put(&text);
    }

    fn line_macro(&mut self, kind: u8) {
        if !self.is_wiki() {
            return self.piece(&Piece::Word);
        }
        let word = self.word('m');
        self.put(&match kind {
            0 => format!("{{status:colour=Green|title={word}}}"),
            1 => format!("{{jira:key={word}}}"),
            _ => format!("/users/{{{word}}}"),
        });
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
            self.end_line();
            self.end_line();
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(lines) => {
                for (index, line) in lines.iter().enumerate() {
                    if index > 0 {
                        self.end_line();
                    }
                    self.text(line);
                }
            }
            Block::Heading(level, text) => {
                let open = match self.notation {
                    Notation::Wiki => format!("h{level}. "),
                    Notation::Markdown => format!("{} ", "#".repeat(usize::from(*level))),
                };
                self.put(&open);
                self.text(text);
            }
            Block::List(is_numbered, items) => self.list(*is_numbered, items, ""),
            Block::Table(rows) => self.table(rows),
            Block::Code => self.code(),
            Block::Around(kind, inside) => self.around(*kind, inside),
            Block::Tasks(tasks) => self.tasks(tasks),
            Block::Rule => self.put("----"),
        }
    }

    fn code(&mut self) {
        let word = self.word('t');
        match self.notation {
            Notation::Wiki => {
                let names = ["code", "csv", "markdown"];
                let name = names[self.sent.words.len() % names.len()];
                self.put(&format!(
                    "{{{name}}}\n# {word} | {{{{git}}\n\n]]>\n{{{name}}}"
                ));
            }
            Notation::Markdown => {
                self.put("```rust");
                self.end_line();
                self.put(&format!("{word} ]]> <b>"));
                self.end_line();
                self.put("```");
            }
        }
    }

    fn list(&mut self, is_numbered: bool, items: &[Item], around: &str) {
        let sign = match (self.notation, is_numbered) {
            (_, false) => "*",
            (Notation::Wiki, true) => "#",
            (Notation::Markdown, true) => "1.",
        };
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.end_line();
            }
            let marker = match self.notation {
                Notation::Wiki => format!("{around}{sign} "),
                Notation::Markdown => format!("{sign} "),
            };
            self.put(&marker);
            let margin = self.margin.len();
            if !self.is_wiki() {
                self.margin.push_str(&" ".repeat(marker.len()));
            }
            self.text(&item.text);
            for line in &item.more {
                self.end_line();
                self.text(line);
            }
            if item.has_code {
                self.end_line();
                self.code();
            }
            if let Some((is_numbered, inside)) = &item.inside {
                self.end_line();
                self.list(*is_numbered, inside, marker.trim());
            }
            self.margin.truncate(margin);
        }
    }

    fn table(&mut self, rows: &[Vec<Cell>]) {
        for (index, row) in rows.iter().enumerate() {
            if index > 0 {
                self.end_line();
            }
            let bar = if self.is_wiki() && index == 0 {
                "||"
            } else {
                "|"
            };
            for cell in row {
                self.put(bar);
                self.text(&cell.text);
                let items = if self.is_wiki() { &cell.items[..] } else { &[] };
                for item in items {
                    self.put("\n* ");
                    self.text(item);
                }
            }
            self.put(bar);
            if index == 0 && !self.is_wiki() {
                self.end_line();
                self.put(&format!("{}|", "|-".repeat(row.len())));
            }
        }
    }

    fn around(&mut self, kind: u8, inside: &[Block]) {
        if !self.is_wiki() {
            let margin = self.margin.len();
            self.margin.push_str("> ");
            self.put("> ");
            if kind < 2 {
                self.put("[!NOTE]");
                self.end_line();
            }
            self.blocks(inside);
            self.margin.truncate(margin);
            return;
        }
        let word = self.word('m');
        let (open, close) = match kind {
            0 => (format!("{{info:title={word}}}"), "{info}".to_owned()),
            1 => (format!("{{panel:title={word}}}"), "{panel}".to_owned()),
            2 => (format!("{{{word}}}"), format!("{{{word}}}")),
            _ => (format!("{{expand:{word}}}"), "{expand}".to_owned()),
        };
        self.put(&open);
        self.put("\n");
        self.blocks(inside);
        self.put(&close);
    }

    fn tasks(&mut self, tasks: &[(bool, bool, Vec<Piece>)]) {
        for (index, (is_done, is_task, text)) in tasks.iter().enumerate() {
            if index > 0 {
                self.end_line();
            }
            let is_task = *is_task && !self.is_wiki();
            self.put(match (is_task, is_done) {
                (false, _) => "- ",
                (true, true) => "- [x] ",
                (true, false) => "- [ ] ",
            });
            self.in_task = is_task;
            self.text(text);
            self.in_task = false;
        }
    }
}
