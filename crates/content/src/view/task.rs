//! Task lists.

use super::{ViewKind, Writer};
use crate::storage::{Children, Element, Node, Tag};

impl Writer<'_> {
    pub(super) fn task_list(&mut self, element: Element<'_>) {
        self.open("ul", "nx-tasks");
        let mut children = element.children();
        while let Some(node) = children.next() {
            match node {
                Node::Element(task) if task.tag() == Tag::Task => {
                    let mut lists = Vec::new();
                    while let Some((list, behind)) = next_list(&children) {
                        lists.push(list);
                        children = behind;
                    }
                    self.task_with(task, Tag::Ul, &lists);
                }
                Node::Element(list) if list.tag() == Tag::TaskList => self.list_alone(list),
                node => self.node(node, Tag::Ul),
            }
        }
        self.close("ul");
    }

    /// Writes a list of a list that has no task before it. An editor gets it as it is, and so gives it back.
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

    /// Writes a task, and in it the lists that follow it in its list: HTML has lists in items only.
    fn task_with(&mut self, element: Element<'_>, parent: Tag, lists: &[Element<'_>]) {
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
        self.template.push(if is_done {
            "><input type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"Done\" />"
        } else {
            "><input type=\"checkbox\" disabled=\"\" aria-label=\"Not done\" />"
        });
        if let Some(body) = element.child(Tag::TaskBody) {
            self.wrapped("div", "nx-task-body", body);
        }
        for list in lists {
            self.task_list(*list);
        }
        self.close(wrapper);
    }
}

/// The list of tasks that comes next, but for blanks, and what is behind it.
fn next_list<'d>(nodes: &Children<'d>) -> Option<(Element<'d>, Children<'d>)> {
    let is_blank = |node: &Node<'_>| matches!(node, Node::Text(text) if text.trim().is_empty());
    let mut behind = nodes.clone();
    match behind.find(|node| !is_blank(node))? {
        Node::Element(list) if list.tag() == Tag::TaskList => Some((list, behind)),
        _ => None,
    }
}
