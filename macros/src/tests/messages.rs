//! The messages in what a door gives: each is a `compile_error!` of ours.

use proc_macro2::{Span, TokenStream, TokenTree};

/// A `compile_error!` of ours.
pub(super) struct Message {
    pub(super) text: String,
    pub(super) start: Span,
    pub(super) end: Span,
    /// There is a `#[cfg(...)]` in front of it.
    pub(super) is_conditional: bool,
}

/// Takes our messages out of a stream.
pub(super) fn without_messages(stream: TokenStream, messages: &mut Vec<Message>) -> TokenStream {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut rest = Vec::with_capacity(tokens.len());
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        if let Some(mut message) = message_at(&tokens[index..]) {
            while is_condition(&rest) {
                message.is_conditional = true;
                rest.truncate(rest.len() - 2);
            }
            messages.push(message);
            index += MESSAGE_TOKENS;
            continue;
        }
        rest.push(match token {
            TokenTree::Group(group) => {
                let inner = without_messages(group.stream(), messages);
                let mut group = proc_macro2::Group::new(group.delimiter(), inner);
                group.set_span(token.span());
                TokenTree::Group(group)
            }
            leaf => leaf.clone(),
        });
        index += 1;
    }
    rest.into_iter().collect()
}

/// `:: core :: compile_error ! { "..." }`
const MESSAGE_TOKENS: usize = 8;

fn message_at(tokens: &[TokenTree]) -> Option<Message> {
    let [
        first,
        _,
        TokenTree::Ident(core),
        _,
        _,
        TokenTree::Ident(name),
        _,
        TokenTree::Group(braces),
        ..,
    ] = tokens
    else {
        return None;
    };
    if core != "core" || name != "compile_error" {
        return None;
    }
    let text: syn::LitStr = syn::parse2(braces.stream()).ok()?;
    Some(Message {
        text: text.value(),
        start: first.span(),
        end: braces.span(),
        is_conditional: false,
    })
}

/// Whether the tokens end with `#[cfg(...)]`.
fn is_condition(tokens: &[TokenTree]) -> bool {
    let [.., TokenTree::Punct(mark), TokenTree::Group(group)] = tokens else {
        return false;
    };
    let first = group.stream().into_iter().next();
    mark.as_char() == '#' && matches!(first, Some(TokenTree::Ident(word)) if word == "cfg")
}
