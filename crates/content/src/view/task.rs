//! Renders task lists. The items as data are in [`task`](crate::task).

use super::{ViewKind, Writer};
use crate::storage::{Children, Element, Node, Tag};

impl Writer<'_> {
    pub(super) fn task_list(&mut self, element: Element<'_>) {
        self.begin_task_list(element);
        let mut children = element.children();
        while let Some(node) = children.next() {
            match node {
                Node::Element(task) if task.tag() == Tag::Task => {
                    let mut lists = Vec::new();
                    // For an editor, a task without a body has no element that could contain lists.
                    let takes =
                        self.kind != ViewKind::Editor || task.child(Tag::TaskBody).is_some();
                    while let Some(nodes) = up_to_list(&children).filter(|_| takes) {
                        lists.extend(children.by_ref().take(nodes));
                    }
                    self.task_with(task, Tag::Ul, &lists);
                }
                Node::Element(list) if list.tag() == Tag::TaskList => self.list_alone(list),
                node => self.node(node, Tag::Ul),
            }
        }
        self.close("ul");
    }

    /// Writes a list in a list that has no task before it. An editor receives it as it is, and so
    /// sends it back.
    fn list_alone(&mut self, list: Element<'_>) {
        if self.kind == ViewKind::Editor {
            return self.task_list(list);
        }
        self.open("li", "");
        self.task_list(list);
        self.close("li");
    }

    pub(super) fn task(&mut self, element: Element<'_>, parent: Tag) {
        self.task_with(element, parent, &[]);
    }

    /// Writes a task, and in it the lists that follow it in its list: in HTML, lists can only be
    /// inside items.
    fn task_with(&mut self, element: Element<'_>, parent: Tag, lists: &[Node<'_>]) {
        let at = self.template.html().len();
        let wrapper = if parent == Tag::Ul { "li" } else { "div" };
        let is_done = element
            .child(Tag::TaskStatus)
            .is_some_and(|status| status.text().trim() == "complete");
        self.template.push("<");
        self.template.push(wrapper);
        self.template.push(if is_done {
            " class=\"nx-task nx-task-done\""
        } else {
            " class=\"nx-task\""
        });
        if let Some(id) = element.child(Tag::TaskId) {
            self.attribute("data-task", id.text().trim());
        }
        self.carry_task(element, at);
        self.template.push(if is_done {
            "><input type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"Done\" />"
        } else {
            "><input type=\"checkbox\" disabled=\"\" aria-label=\"Not done\" />"
        });
        if let Some(body) = element.child(Tag::TaskBody) {
            self.wrapped("div", "nx-task-body", body);
        }
        self.beside_body(element);
        for node in lists {
            match node {
                Node::Element(list) => self.task_list(*list),
                // An editor sends the blanks back.
                Node::Text(blanks) if self.kind == ViewKind::Editor => self.template.push(blanks),
                _ => {}
            }
        }
        self.close(wrapper);
    }
}

impl Writer<'_> {
    /// Writes the content of a task that isn't in a body. An editor carries it in the tag.
    fn beside_body(&mut self, task: Element<'_>) {
        let mut beside = crate::task::beside_body(task).peekable();
        if self.kind == ViewKind::Editor || beside.peek().is_none() {
            return;
        }
        self.open("div", "nx-task-body");
        for node in beside {
            self.node(node, Tag::Div);
        }
        self.close("div");
    }
}

/// Returns the number of nodes up to the next list of tasks, if only blanks precede it.
fn up_to_list(nodes: &Children<'_>) -> Option<usize> {
    let is_blank = |node: &Node<'_>| matches!(node, Node::Text(text) if text.trim().is_empty());
    let (at, node) = nodes
        .clone()
        .enumerate()
        .find(|(_, node)| !is_blank(node))?;
    let is_list = matches!(node, Node::Element(list) if list.tag() == Tag::TaskList);
    is_list.then_some(at + 1)
}
