//! One level of blocks while it is being read.

use serde_json::{Map, Value};

use super::{fold, make};

/// The blocks of one level, and the running text that will become the next paragraph.
#[derive(Default)]
pub(super) struct Level {
    pub(super) blocks: Vec<Value>,
    /// The text to which blocks are appended, if they are written at once.
    pub(super) written: Option<String>,
    pub(super) running: Vec<Value>,
}

impl Level {
    pub(super) fn push(&mut self, block: Value) {
        self.flush();
        self.complete(block);
    }

    pub(super) fn append(&mut self, blocks: Vec<Value>) {
        self.flush();
        for block in blocks {
            self.complete(block);
        }
    }

    fn complete(&mut self, block: Value) {
        match &mut self.written {
            Some(text) => fold::push(text, &block),
            None => self.blocks.push(block),
        }
    }

    /// Returns whether the last node that was read is running text.
    pub(super) fn is_in_text(&self) -> bool {
        self.running.last().is_some_and(fold::is_in_text)
    }

    /// Returns the running text, if nothing else was read.
    pub(super) fn into_running(self) -> Vec<Value> {
        self.running
    }

    /// Appends nodes, each as running text or as a block.
    pub(super) fn append_any(&mut self, nodes: Vec<Value>) {
        for node in nodes {
            match fold::is_in_text(&node) {
                true => self.running.push(node),
                false => self.push(node),
            }
        }
    }

    /// Appends the running text of one block. Other content splits it: `block` makes a block of the
    /// text before and of the text after it, if it is worth one.
    pub(super) fn push_split(
        &mut self,
        running: Vec<Value>,
        block: &dyn Fn(Vec<Value>) -> Option<Value>,
    ) {
        let mut run = Vec::new();
        let push_run = |level: &mut Self, run: &mut Vec<Value>| {
            let run = std::mem::take(run);
            let made = (!run.is_empty()).then(|| block(run)).flatten();
            made.into_iter().for_each(|block| level.push(block));
        };
        for node in running {
            if fold::is_in_text(&node) {
                run.push(node);
            } else {
                push_run(self, &mut run);
                self.push(node);
            }
        }
        push_run(self, &mut run);
    }

    pub(super) fn flush(&mut self) {
        let mut run = Vec::new();
        for node in std::mem::take(&mut self.running) {
            if fold::is_in_text(&node) {
                run.push(node);
            } else {
                self.paragraph(std::mem::take(&mut run));
                self.complete(node);
            }
        }
        self.paragraph(run);
    }

    pub(super) fn paragraph(&mut self, run: Vec<Value>) {
        if !is_blank(&run) {
            self.complete(make("paragraph", Map::new(), Some(run)));
        }
    }

    pub(super) fn finish(mut self) -> Vec<Value> {
        self.flush();
        self.blocks
    }
}

fn is_blank(run: &[Value]) -> bool {
    run.iter().all(|node| {
        node.get("text")
            .and_then(Value::as_str)
            .is_some_and(|text| text.trim().is_empty())
    })
}
