//! The annotated item: a function, or an `impl` block, trait or inline module that holds functions.
//! What is no function stays the tokens it was.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Path, Token, Visibility};

pub(crate) use super::function::{Body, Function};
use super::function::{function_head, peek_word};
use super::ours::Ours;
use crate::input;

/// What the attribute stands on.
pub(crate) enum Item {
    Function(Box<Function>),
    Container(Container),
}

/// An `impl` block, a trait or an inline module.
pub(crate) struct Container {
    /// The trait that an `impl` block is of.
    pub(crate) implemented: Option<Ident>,
    /// Everything in front of the braces.
    pub(crate) head: TokenStream,
    pub(crate) braces: Group,
    pub(crate) members: Vec<Member>,
}

/// One thing in a container.
pub(crate) enum Member {
    /// A function, and what of ours stood on it.
    Function(Box<Function>, Ours),
    /// A block of functions, likewise.
    Container(Container, Ours),
    /// Anything else, untouched.
    Other(TokenStream),
}

/// Reads the annotated item, or says why it is none that can be timed. `krate` is what `crate = path` says.
pub(crate) fn parse(tokens: TokenStream, krate: Option<&Path>) -> syn::Result<Item> {
    let parser = |input: ParseStream<'_>| {
        let fork = input.fork();
        if let Ok(kind) = fork.call(container_keyword) {
            let slice: TokenStream = input.parse()?;
            return match parse_container(kind, slice, krate)? {
                Ok(container) => Ok(Item::Container(container)),
                Err(slice) => Err(syn::Error::new_spanned(
                    slice,
                    match kind {
                        "mod" => {
                            "`#[timed]` cannot see into a module that stands in another file: put it inside, on \
                             the functions and `impl` blocks"
                        }
                        _ => "nothing stands in this that could be timed: remove `#[timed]`",
                    },
                )),
            };
        }
        if input.fork().call(function_head).is_ok() {
            return input.parse().map(|it| Item::Function(Box::new(it)));
        }
        Err(refuse(input))
    };
    input::read_around_block(tokens, parser)
}

/// Consumes attributes, visibility and qualifiers up to `impl`, `trait` or `mod`.
fn container_keyword(input: ParseStream<'_>) -> syn::Result<&'static str> {
    input.call(Attribute::parse_outer)?;
    input.parse::<Visibility>()?;
    if peek_word(input, "default") {
        input.parse::<Ident>()?;
    }
    input.parse::<Option<Token![unsafe]>>()?;
    if peek_word(input, "auto") {
        input.parse::<Ident>()?;
    }
    if input.parse::<Option<Token![impl]>>()?.is_some() {
        Ok("impl")
    } else if input.parse::<Option<Token![trait]>>()?.is_some() {
        Ok("trait")
    } else if input.parse::<Option<Token![mod]>>()?.is_some() {
        Ok("mod")
    } else {
        Err(input.error("no container"))
    }
}

fn refuse(input: ParseStream<'_>) -> syn::Error {
    let _ = input.call(Attribute::parse_outer);
    let _ = input.parse::<Visibility>();
    let goes = "`#[timed]` goes on a function, an `impl` block, a trait or an inline module";
    match input.cursor().token_tree() {
        Some((TokenTree::Ident(word), _)) => {
            let what = word.to_string();
            let what = match what.as_str() {
                "let" | "if" | "match" | "loop" | "while" | "for" => {
                    return syn::Error::new(
                        word.span(),
                        format!(
                            "{goes}; for a piece of code write `timed_block!(\"name\", {{ ... }})`"
                        ),
                    );
                }
                "struct" | "enum" | "union" | "static" | "const" | "type" | "use" | "extern" => {
                    what
                }
                _ => return syn::Error::new(word.span(), goes),
            };
            syn::Error::new(word.span(), format!("{goes}, not on `{what}`"))
        }
        Some((token, _)) => syn::Error::new(token.span(), goes),
        None => input.error(goes),
    }
}

/// The tokens of a container, or the same tokens when it has no braces.
fn parse_container(
    keyword: &str,
    slice: TokenStream,
    krate: Option<&Path>,
) -> syn::Result<Result<Container, TokenStream>> {
    let mut head: Vec<TokenTree> = slice.clone().into_iter().collect();
    let Some(TokenTree::Group(braces)) = head.pop() else {
        return Ok(Err(slice));
    };
    if braces.delimiter() != Delimiter::Brace {
        return Ok(Err(slice));
    }
    let head: TokenStream = head.into_iter().collect();
    let implemented = match keyword {
        "impl" => implemented(&head, &braces)?,
        _ => None,
    };
    let members = input::read_unchecked(braces.stream(), |input: ParseStream<'_>| {
        parse_members(input, krate)
    })?;
    Ok(Ok(Container {
        implemented,
        head,
        braces,
        members,
    }))
}

/// The last word of the trait in front of `for`.
fn implemented(head: &TokenStream, braces: &Group) -> syn::Result<Option<Ident>> {
    let mut none = Group::new(Delimiter::Brace, TokenStream::new());
    none.set_span(braces.span());
    let mut empty = head.clone();
    empty.append(TokenTree::Group(none));
    let block = input::read(empty, syn::ItemImpl::parse)?;
    let path = block.trait_.map(|(path, _)| path);
    Ok(path.and_then(|path| path.segments.last().map(|last| last.ident.clone())))
}

fn parse_members(input: ParseStream<'_>, krate: Option<&Path>) -> syn::Result<Vec<Member>> {
    let mut members = Vec::new();
    // Attributes of the container itself.
    let inner = input.call(Attribute::parse_inner)?;
    if !inner.is_empty() {
        let mut tokens = TokenStream::new();
        tokens.append_all(inner);
        members.push(Member::Other(tokens));
    }
    while !input.is_empty() {
        members.push(parse_member(input, krate)?);
    }
    Ok(members)
}

fn parse_member(input: ParseStream<'_>, krate: Option<&Path>) -> syn::Result<Member> {
    let slice = until_block(input);
    input::refuse_towers(input::without_last_block(slice.clone()))?;
    if input.fork().call(function_head).is_ok() {
        let mut function: Function = input.parse()?;
        let ours = Ours::take(&mut function.attributes, krate);
        return Ok(Member::Function(Box::new(function), ours));
    }
    if let Ok(keyword) = input.fork().call(container_keyword) {
        for _ in slice.clone() {
            input.parse::<TokenTree>()?;
        }
        let (ours, without) = Ours::take_from(slice.clone(), krate)?;
        return Ok(match parse_container(keyword, without, krate)? {
            Ok(container) => Member::Container(container, ours),
            Err(_) => Member::Other(slice),
        });
    }
    input::refuse_towers(slice)?;
    // syn finds where the thing ends; what is kept are the tokens.
    let begin = input.cursor();
    let fork = input.fork();
    if fork.parse::<syn::Item>().is_ok() {
        fork_to(input, &fork);
    } else {
        let fork = input.fork();
        if fork.parse::<syn::TraitItem>().is_ok() {
            fork_to(input, &fork);
        } else {
            input.parse::<syn::ImplItem>()?;
        }
    }
    let mut slice = TokenStream::new();
    let mut next = begin;
    while next != input.cursor() {
        let Some((token, rest)) = next.token_tree() else {
            break;
        };
        slice.append(token);
        next = rest;
    }
    if next != input.cursor() {
        return Err(input.error("this ends in the middle of what another macro has put together"));
    }
    Ok(Member::Other(slice))
}

/// Everything up to a semicolon, or to a block that is no argument of a type.
fn until_block(input: ParseStream<'_>) -> TokenStream {
    let mut tokens = TokenStream::new();
    let mut rest = input.cursor();
    while let Some((token, next)) = rest.token_tree() {
        let ends = match &token {
            TokenTree::Punct(mark) => mark.as_char() == ';',
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => next
                .punct()
                .is_none_or(|(mark, _)| !matches!(mark.as_char(), '>' | ',')),
            _ => false,
        };
        tokens.append(token);
        if ends {
            break;
        }
        rest = next;
    }
    tokens
}

fn fork_to(input: ParseStream<'_>, fork: ParseStream<'_>) {
    syn::parse::discouraged::Speculative::advance_to(input, fork);
}

impl Container {
    /// The container with other members.
    pub(crate) fn with(&self, members: TokenStream) -> TokenStream {
        let mut braces = Group::new(Delimiter::Brace, members);
        braces.set_span(self.braces.span());
        let mut tokens = self.head.clone();
        tokens.append(TokenTree::Group(braces));
        tokens
    }

    /// The container without our attributes on its members.
    pub(crate) fn bare(&self) -> TokenStream {
        let mut members = TokenStream::new();
        members.append_all(&self.members);
        self.with(members)
    }
}

/// Without what is ours.
impl ToTokens for Member {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Function(function, _) => function.to_tokens(tokens),
            Self::Container(container, _) => tokens.extend(container.bare()),
            Self::Other(others) => tokens.extend(others.clone()),
        }
    }
}
