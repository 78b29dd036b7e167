//! Tokens as lists in lists, so that they can be changed in place and printed back.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A token, or a group with what is in it.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Leaf(TokenTree),
    Group(Delimiter, List),
}

/// Nodes beside each other.
pub(super) type List = Vec<Node>;

pub(super) fn of_stream(stream: TokenStream) -> List {
    stream
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => Node::Group(group.delimiter(), of_stream(group.stream())),
            leaf => Node::Leaf(leaf),
        })
        .collect()
}

pub(super) fn to_stream(list: &[Node]) -> TokenStream {
    list.iter()
        .map(|node| match node {
            Node::Leaf(leaf) => leaf.clone(),
            Node::Group(delimiter, inner) => Group::new(*delimiter, to_stream(inner)).into(),
        })
        .collect()
}

/// How many tokens there are, a group counting as one more than what is in it.
pub(super) fn size(list: &[Node]) -> usize {
    list.iter()
        .map(|node| match node {
            Node::Leaf(_) => 1,
            Node::Group(_, inner) => 1 + size(inner),
        })
        .sum()
}

/// The tokens as text in which a group without delimiters is seen: `⟦a⟧`.
pub(super) fn show(list: &[Node]) -> String {
    let shown: Vec<String> = list
        .iter()
        .map(|node| match node {
            Node::Leaf(leaf) => leaf.to_string(),
            Node::Group(kind, inner) => {
                let (open, close) = match kind {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("⟦", "⟧"),
                };
                format!("{open}{}{close}", show(inner))
            }
        })
        .collect();
    shown.join(" ")
}
