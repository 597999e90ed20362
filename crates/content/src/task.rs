//! Tasks in a body: reads the items of its task lists, and marks them as complete or incomplete.

use crate::adf;
use crate::carried::outer;
use crate::storage::{Document, Element, Node, Tag};
use serde_json::Value;

/// One item of a task list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskItem {
    /// Its id within the page.
    pub local_id: String,
    /// Whether it is complete.
    pub done: bool,
    /// The account id of the first person that it mentions, as written.
    pub assignee: Option<String>,
    /// The first day in its text, as written: `2026-01-31`.
    pub due: Option<String>,
    /// Whether its body is empty.
    pub blank: bool,
}

/// Returns the items of all task lists of a document, in the order of the text. Items without an
/// id, or with the id of an earlier one, are left out.
///
/// ```
/// let document = narthex_content::storage::parse(
///     "<ac:task-list><ac:task><ac:task-id>7</ac:task-id><ac:task-status>complete</ac:task-status>\
///      <ac:task-body>Sweep</ac:task-body></ac:task></ac:task-list>",
/// )?;
/// let items = narthex_content::task::items(&document);
/// assert!(items.len() == 1 && items[0].local_id == "7" && items[0].done);
/// # Ok::<(), narthex_content::storage::ParseError>(())
/// ```
#[must_use]
pub fn items(document: &Document) -> Vec<TaskItem> {
    let mut seen = std::collections::BTreeSet::new();
    tasks(document)
        .filter_map(|task| {
            let local_id = local_id(task)?;
            if !seen.insert(local_id.clone()) {
                return None;
            }
            let own = || own_elements(task);
            let mention = own().find(|element| element.tag() == Tag::RiUser);
            let day = own().find(|element| element.tag() == Tag::Time);
            let attribute = |element: Option<Element<'_>>, name: &str| {
                Some(element?.attribute(name)?.into_owned())
            };
            Some(TaskItem {
                local_id,
                done: status(task).is_some_and(|status| status.text().trim() == "complete"),
                assignee: attribute(mention, "ri:account-id"),
                due: attribute(day, "datetime"),
                blank: contents(task).all(is_blank),
            })
        })
        .collect()
}

/// Returns the body of a task in storage format, or `None` if there is no such task or it has no
/// body.
#[must_use]
pub fn body(document: &Document, id: &str) -> Option<String> {
    let task = tasks(document).find(|task| local_id(*task).as_deref() == Some(id))?;
    let body = task.child(Tag::TaskBody).map(|body| body.inner());
    let beside: String = beside_body(task).map(written).collect();
    match body {
        None if beside.is_empty() => None,
        body => Some(body.unwrap_or_default().to_owned() + &beside),
    }
}

/// Returns the document with a task marked as complete or incomplete, or `None` if there is no such
/// task.
#[must_use]
pub fn with_status(document: &Document, id: &str, done: bool) -> Option<String> {
    let task = tasks(document).find(|task| local_id(*task).as_deref() == Some(id))?;
    let text = status(task)?.inner();
    let source = document.as_str();
    let start = (text.as_ptr() as usize).checked_sub(source.as_ptr() as usize)?;
    let before = source.get(..start)?;
    let after = source.get(start.checked_add(text.len())?..)?;
    Some(format!("{before}{}{after}", word(done)))
}

/// Returns a document in ADF with a task marked as complete or incomplete, or `None` if it isn't
/// ADF or there is no such task.
#[must_use]
pub fn adf_with_status(json: &str, id: &str, done: bool) -> Option<String> {
    let state = if done { "DONE" } else { "TODO" };
    let mut is_found = false;
    let mut change = |node: &mut Value| {
        let is_here = !is_found && set_state(node, id, state);
        is_found |= is_here;
        is_here
    };
    adf::changed(json, &mut change).ok()?
}

/// Sets the state of a task in a node of ADF, and returns whether the task was found.
fn set_state(node: &mut Value, id: &str, state: &str) -> bool {
    let mut stack = vec![node];
    while let Some(node) = stack.pop() {
        let kind = node.get("type").and_then(Value::as_str);
        let is_task = matches!(kind, Some("taskItem" | "blockTaskItem"));
        if is_task
            && let Some(Value::Object(attributes)) = node.get_mut("attrs")
            && attributes.get("localId").and_then(Value::as_str) == Some(id)
        {
            attributes.insert("state".into(), state.into());
            return true;
        }
        if let Some(inside) = node.get_mut("content").and_then(Value::as_array_mut) {
            stack.extend(inside.iter_mut().rev());
        }
    }
    false
}

fn word(done: bool) -> &'static str {
    if done { "complete" } else { "incomplete" }
}

fn tasks(document: &Document) -> impl Iterator<Item = Element<'_>> {
    document.descendants().filter_map(|node| match node {
        Node::Element(element) if element.tag() == Tag::Task => Some(element),
        _ => None,
    })
}

fn local_id(task: Element<'_>) -> Option<String> {
    let id = task.child(Tag::TaskId).or(task.child(Tag::TaskUuid))?;
    let id = id.text().trim().to_owned();
    (!id.is_empty() && id.chars().count() <= 255).then_some(id)
}

fn status(task: Element<'_>) -> Option<Element<'_>> {
    task.child(Tag::TaskStatus)
}

/// Returns the nodes of a task's text: those in its body, and those that stand in the task itself.
fn contents(task: Element<'_>) -> impl Iterator<Item = Node<'_>> {
    let body = task.child(Tag::TaskBody);
    let body = body.into_iter().flat_map(|body| body.children());
    body.chain(beside_body(task))
}

/// Returns the nodes of a task's text that stand in the task itself, and not in its body.
pub(crate) fn beside_body(task: Element<'_>) -> impl Iterator<Item = Node<'_>> {
    task.children().filter(|node| match node {
        Node::Element(part) => !matches!(
            part.tag(),
            Tag::TaskId | Tag::TaskUuid | Tag::TaskStatus | Tag::TaskBody
        ),
        node => !is_blank(*node),
    })
}

/// Returns whether a node is nothing but blanks.
fn is_blank(node: Node<'_>) -> bool {
    match node {
        Node::Element(_) => false,
        Node::Text(text) | Node::CData(text) => text.trim().is_empty(),
        Node::Comment(_) | Node::Instruction(_) => true,
    }
}

/// Returns a node as it is in storage format.
fn written(node: Node<'_>) -> String {
    match node {
        Node::Element(element) => outer(element),
        Node::Text(raw) => raw.to_owned(),
        Node::CData(text) => format!("<![CDATA[{text}]]>"),
        Node::Comment(_) | Node::Instruction(_) => String::new(),
    }
}

/// Returns the elements of a task's text, without those of tasks within it.
fn own_elements(task: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    let mut behind = 0;
    let all = contents(task).flat_map(|node| {
        let element = match node {
            Node::Element(element) => Some(element),
            _ => None,
        };
        let inside = element
            .into_iter()
            .flat_map(|element| element.descendants());
        std::iter::once(node).chain(inside)
    });
    all.filter_map(move |node| match node {
        Node::Element(element) if element.position() < behind => None,
        Node::Element(element) if element.tag() == Tag::TaskList => {
            behind = element.position_behind();
            None
        }
        Node::Element(element) => Some(element),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::parse;

    const LIST: &str = "<p>Before</p><ac:task-list><ac:task><ac:task-id>1</ac:task-id>\
        <ac:task-status>incomplete</ac:task-status><ac:task-body><span>Ask <ac:link>\
        <ri:user ri:account-id=\"00ab\" /></ac:link> by <time datetime=\"2026-02-03\" />\
        </span><ac:task-list><ac:task><ac:task-id>2</ac:task-id><ac:task-status>complete\
        </ac:task-status><ac:task-body>Inner &amp; done</ac:task-body></ac:task></ac:task-list>\
        </ac:task-body></ac:task></ac:task-list><p>After</p>";

    #[test]
    fn items_are_read_with_their_own_person_and_day() {
        let found = items(&parse(LIST).unwrap());
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].local_id, "1");
        assert!(!found[0].done && found[1].done && !found[0].blank);
        assert_eq!(found[0].assignee.as_deref(), Some("00ab"));
        assert_eq!(found[0].due.as_deref(), Some("2026-02-03"));
        assert_eq!(found[1].assignee, None);
    }

    #[test]
    fn a_status_is_written_in_its_place_and_nothing_else_changes() {
        let document = parse(LIST).unwrap();
        let done = with_status(&document, "1", true).unwrap();
        assert_eq!(done, LIST.replacen("incomplete", "complete", 1));
        let both = parse(&done).unwrap();
        assert!(items(&both).iter().all(|item| item.done));
        assert_eq!(with_status(&both, "1", false).as_deref(), Some(LIST));
        assert_eq!(with_status(&document, "3", true), None);
    }

    #[test]
    fn the_text_of_a_task_holds_the_tasks_within_it() {
        let document = parse(LIST).unwrap();
        assert_eq!(body(&document, "2").as_deref(), Some("Inner &amp; done"));
        let outer = body(&document, "1").unwrap();
        assert!(outer.starts_with("<span>Ask") && outer.ends_with("</ac:task-list>"));
    }

    #[test]
    fn a_status_is_written_in_adf_too() {
        let sent = r#"{"content":[{"attrs":{"localId":"l"},"content":[{"attrs":{"localId":"1","state":"TODO"},"content":[],"type":"taskItem"}],"type":"taskList"}],"type":"doc","version":1}"#;
        let done = adf_with_status(sent, "1", true).unwrap();
        assert_eq!(done, sent.replace("TODO", "DONE"));
        assert_eq!(adf_with_status(sent, "2", true), None);
        assert_eq!(adf_with_status("{", "1", true), None);
    }
}
