//! What must come out of a door, whatever went in: code that stands where the call stood, or messages
//! that point at something the user wrote.

use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};

use super::ruler::Ruler;
use crate::tests::calls::Call;
use crate::tests::doors::{Door, Kind};
use crate::tests::messages::{Message, without_messages};
use crate::tests::tree;
use crate::timed::ours::Ours;
use crate::{nesting, state_machine};

/// What came out of a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Code.
    Taken,
    /// Messages.
    Refused,
}

/// Calls the door and judges what it gives; what is wrong comes back as a sentence.
pub(super) fn judge(call: &Call, ruler: &Ruler) -> Result<Verdict, String> {
    let mut next = 0;
    let arguments = ruler.lay(tree::to_stream(&call.arguments), &mut next);
    let item = ruler.lay(tree::to_stream(&call.item), &mut next);
    let door = call.door;
    let called = catch_unwind(AssertUnwindSafe(|| {
        door.call(arguments.clone(), item.clone())
    }));
    let output = called.map_err(|_| "the door panicked".to_owned())?;
    let mut messages = Vec::new();
    let code = without_messages(output.clone(), &mut messages);
    // Of nothing there is no place but the call; and the compiler takes no attribute without an item.
    let is_nothing = match door.kind {
        Kind::Attribute(_) | Kind::Derive(_) => item.is_empty(),
        Kind::Call(_) | Kind::CallOnBlock(_) => next == 0,
    };
    for message in messages.iter().filter(|_| !is_nothing) {
        judge_message(message, next)?;
    }
    let passed_on = match door.kind {
        Kind::Call(_) => None,
        Kind::CallOnBlock(_) => Some(arguments),
        Kind::Attribute(_) | Kind::Derive(_) => Some(item.clone()),
    };
    judge_code(door, &output, passed_on)?;
    // What is wrong under a condition stands beside what is right without it.
    if messages.iter().all(|it| it.is_conditional) {
        return Ok(Verdict::Taken);
    }
    match door.kind {
        Kind::Attribute(_) => judge_survival(code, item)?,
        Kind::Derive(_) => judge_implementation(&code, item)?,
        Kind::Call(_) | Kind::CallOnBlock(_) => {}
    }
    Ok(Verdict::Refused)
}

fn judge_message(message: &Message, tokens: usize) -> Result<(), String> {
    let text = message.text.as_str();
    if text.trim().is_empty() {
        return Err("a message without words".to_owned());
    }
    let places = (Ruler::covered(message.start), Ruler::covered(message.end));
    let (Some(start), Some(end)) = places else {
        return Err(format!("a message at none of the user's tokens: {text}"));
    };
    if start.start > end.end || end.end > tokens {
        return Err(format!(
            "a message at places {start:?} to {end:?} of {tokens}: {text}"
        ));
    }
    Ok(())
}

/// The code must be what the position takes, unless what the door passes on unread is not even that.
fn judge_code(
    door: Door,
    code: &TokenStream,
    passed_on: Option<TokenStream>,
) -> Result<(), String> {
    let is_fine = match door.kind {
        Kind::Call(_) => is_expression(code.clone()),
        Kind::CallOnBlock(_) => {
            is_expression(code.clone()) || passed_on.is_some_and(|it| !has_fine_block(it))
        }
        Kind::Attribute(_) | Kind::Derive(_) => {
            are_items(code.clone()) || passed_on.is_some_and(|it| !are_items(it))
        }
    };
    if is_fine {
        Ok(())
    } else {
        Err(format!("the code is not what may stand there: {code}"))
    }
}

/// After a mistake the annotated item is what it was, but for the attributes that are ours to read.
fn judge_survival(code: TokenStream, item: TokenStream) -> Result<(), String> {
    if !are_items(item.clone()) {
        return Ok(());
    }
    // A type in a group, `$type::Item`, is printed as `<Type>::Item`: read without its group it is another one.
    if printed(&code).contains(&printed(&item)) {
        return Ok(());
    }
    let (before, after) = (normal(item), normal(code));
    if after.contains(&before) {
        Ok(())
    } else {
        Err(format!(
            "the item did not survive:\n--- before\n{before}\n--- after\n{after}"
        ))
    }
}

/// After a mistake an implementation remains for whatever has a name.
fn judge_implementation(code: &TokenStream, item: TokenStream) -> Result<(), String> {
    let has_name = nesting::too_deep(item.clone()).is_none()
        && matches!(
            syn::parse2(item),
            Ok(syn::Item::Struct(_) | syn::Item::Enum(_) | syn::Item::Union(_))
        );
    if !has_name || code.to_string().contains("Fields for") {
        Ok(())
    } else {
        Err(format!("no implementation remains: {code}"))
    }
}

/// Items as text, in the one way that the parser prints them, without our attributes.
fn normal(items: TokenStream) -> String {
    printed(&without_ours(items))
}

fn printed(items: &TokenStream) -> String {
    if nesting::too_deep(items.clone()).is_some() {
        return items.to_string();
    }
    let text = match syn::parse2::<syn::File>(items.clone()) {
        Ok(file) => file.into_token_stream().to_string(),
        Err(_) => items.to_string(),
    };
    // What the parser keeps as it was, such as a function without a body, is spaced as it was.
    text.replace(' ', "")
}

fn is_expression(code: TokenStream) -> bool {
    nesting::too_deep(code.clone()).is_some() || syn::parse2::<syn::Expr>(code).is_ok()
}

fn are_items(code: TokenStream) -> bool {
    let items = |input: ParseStream<'_>| {
        while !input.is_empty() {
            input.parse::<syn::Item>()?;
        }
        Ok(())
    };
    nesting::too_deep(code.clone()).is_some() || items.parse2(code).is_ok()
}

/// Whether what may be the block of a `timed_block!` is one that the compiler would take.
fn has_fine_block(arguments: TokenStream) -> bool {
    arguments.into_iter().all(|token| match &token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            syn::parse2::<syn::Block>(token.into()).is_ok()
        }
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            has_fine_block(group.stream())
        }
        _ => true,
    })
}

/// Takes out `#[timed(...)]`, `#[to(...)]` and `#[terminal]`, each `#[cfg_attr(...)]`, of which `timed` takes a part (its
/// own tests say which), and what nobody sees: groups without
/// delimiters, which may stand around half of an attribute.
fn without_ours(stream: TokenStream) -> TokenStream {
    let mut tokens = Vec::new();
    flatten(stream, &mut tokens);
    let mut rest = Vec::with_capacity(tokens.len());
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        if let (TokenTree::Punct(mark), Some(TokenTree::Group(group))) =
            (token, tokens.get(index + 1))
            && mark.as_char() == '#'
            && is_ours(group)
        {
            index += 2;
            continue;
        }
        if let Some(without) = without_conditional(&tokens[index..]) {
            index += 2;
            rest.extend(without);
            continue;
        }
        rest.push(match token {
            TokenTree::Group(group) => {
                proc_macro2::Group::new(group.delimiter(), without_ours(group.stream())).into()
            }
            leaf => leaf.clone(),
        });
        index += 1;
    }
    rest.into_iter().collect()
}

/// The attribute at the beginning, if it is a `cfg_attr`, without what is ours in it.
fn without_conditional(tokens: &[TokenTree]) -> Option<TokenStream> {
    let [mark @ TokenTree::Punct(_), TokenTree::Group(group), ..] = tokens else {
        return None;
    };
    let is_conditional = matches!(
        group.stream().into_iter().next(),
        Some(TokenTree::Ident(word)) if word == "cfg_attr"
    );
    let attribute = TokenStream::from_iter([mark.clone(), group.clone().into()]);
    let (_, without) = is_conditional
        .then(|| Ours::take_from(attribute, None))?
        .ok()?;
    Some(without)
}

fn flatten(stream: TokenStream, tokens: &mut Vec<TokenTree>) {
    for token in stream {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                flatten(group.stream(), tokens);
            }
            other => tokens.push(other),
        }
    }
}

fn is_ours(attribute: &proc_macro2::Group) -> bool {
    let text = attribute.stream().to_string();
    let path = text.split(['(', '[', '{', '=']).next().unwrap_or_default();
    let last = path.split([' ', ':']).rfind(|word| !word.is_empty());
    attribute.delimiter() == Delimiter::Bracket
        && last
            .is_some_and(|it| matches!(it, "timed" | "cfg_attr") || state_machine::is_our_word(it))
}

#[cfg(test)]
mod tests;
