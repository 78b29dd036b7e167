//! The machine as a Mermaid diagram.

use super::model::Model;

/// Words that mean something to Mermaid at the beginning of a line.
const WORDS: [&str; 14] = [
    "state",
    "note",
    "end",
    "direction",
    "default",
    "class",
    "classdef",
    "style",
    "click",
    "scale",
    "hide",
    "as",
    "acctitle",
    "accdescr",
];

/// Prints
///
/// ```text
/// stateDiagram-v2
///     [*] --> created
///     created --> paid
///     paid --> [*]
/// ```
pub(crate) fn diagram(model: &Model<'_>) -> String {
    let mut lines = vec!["stateDiagram-v2".to_owned()];
    let id = |index: usize| {
        let name = &model.states[index].name;
        let safe = name.is_ascii() && !WORDS.contains(&name.as_str());
        if safe {
            name.clone()
        } else {
            format!("state_{index}")
        }
    };
    for (index, state) in model.states.iter().enumerate() {
        if id(index) != state.name {
            lines.push(format!("state \"{}\" as {}", state.name, id(index)));
        }
    }
    if let Some(initial) = model.initial {
        lines.push(format!("[*] --> {}", id(initial)));
    }
    for (index, state) in model.states.iter().enumerate() {
        for target in state.edges.iter().filter_map(|edge| edge.target.state()) {
            lines.push(format!("{} --> {}", id(index), id(target)));
        }
        if state.terminal.is_some() {
            lines.push(format!("{} --> [*]", id(index)));
        }
    }
    lines.join("\n    ") + "\n"
}
