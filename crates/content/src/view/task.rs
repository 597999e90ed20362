//! Task lists.

use super::Writer;
use crate::storage::{Element, Tag};

impl Writer<'_> {
    pub(super) fn task_list(&mut self, element: Element<'_>) {
        self.open("ul", "nx-tasks");
        self.nodes(element.children(), Tag::Ul);
        self.close("ul");
    }

    pub(super) fn task(&mut self, element: Element<'_>, parent: Tag) {
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
        self.close(wrapper);
    }
}
