//! Takes an expression apart into the steps to its value, without judging any: `users`, `[0]`, `.get(..)`, `.0`.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::is_mark;

/// One step, and how many tokens of the expression it is long together with those in front.
pub(super) struct Step<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) end: usize,
}

pub(super) enum Kind<'a> {
    /// `(..)`, `[..]` and `{ .. }` at the front.
    Group(&'a Group),
    /// A variable, a member, the last name of a path.
    Name(String),
    /// `.0`
    Part(String),
    Call(Call<'a>),
    /// `(self.make)(..)`
    CallOfValue,
    /// `format!(..)`
    Macro(String, &'a Group),
    /// `[..]`
    Index(&'a Group),
}

/// A call, and what it is made with.
pub(super) struct Call<'a> {
    pub(super) name: String,
    /// `.name(..)`, and not `path::name(..)`.
    pub(super) is_method: bool,
    /// The tokens up to its name.
    pub(super) path: &'a [TokenTree],
    /// Those between `::<` and `>`.
    pub(super) types: &'a [TokenTree],
    pub(super) arguments: TokenStream,
}

/// A name of which it is not known yet whether it is called.
struct Open<'a> {
    name: String,
    is_method: bool,
    end: usize,
    types: &'a [TokenTree],
}

/// The steps of an expression; `None` where it consists of something else.
pub(super) fn take_apart(tokens: &[TokenTree]) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    let mut open: Option<Open<'_>> = None;
    let mut at = match tokens {
        [TokenTree::Group(group), ..] => {
            steps.push(Step {
                kind: Kind::Group(group),
                end: 1,
            });
            1
        }
        [TokenTree::Ident(name), ..] => {
            open = Some(Open::new(name.to_string(), false, 1));
            1
        }
        [first, second, ..] if is_mark(first, ':') && is_mark(second, ':') => 0,
        // `<str as ToOwned>::to_owned`
        [first, ..] if is_mark(first, '<') => angles(tokens)?,
        _ => return None,
    };
    while let Some(token) = tokens.get(at) {
        let mark = match token {
            TokenTree::Punct(mark) => mark.as_char(),
            _ => ' ',
        };
        let before = at;
        at += 1;
        match (mark, token, &tokens[at..]) {
            ('?', ..) => {}
            ('.', _, [TokenTree::Ident(member), ..]) => {
                at += 1;
                if member != "await" {
                    close(&mut open, &mut steps);
                    open = Some(Open::new(member.to_string(), true, at));
                }
            }
            ('.', _, [TokenTree::Literal(index), ..]) => {
                close(&mut open, &mut steps);
                at += 1;
                steps.push(Step {
                    kind: Kind::Part(index.to_string()),
                    end: at,
                });
            }
            (':', _, [second, less, ..]) if is_mark(second, ':') && is_mark(less, '<') => {
                let length = angles(&tokens[at + 1..])?;
                if let Some(open) = &mut open {
                    open.types = &tokens[at + 2..at + length];
                }
                at += 1 + length;
            }
            // What stands in front of `::` is a place and no value: `Token::Plus` is none.
            (':', _, [second, TokenTree::Ident(name), ..]) if is_mark(second, ':') => {
                at += 2;
                open = Some(Open::new(name.to_string(), false, at));
            }
            ('!', _, [TokenTree::Group(group), ..]) => {
                at += 1;
                steps.push(Step {
                    kind: Kind::Macro(open.take()?.name, group),
                    end: at,
                });
            }
            (_, TokenTree::Group(group), _) => {
                let kind = match group.delimiter() {
                    Delimiter::Parenthesis => match open.take() {
                        Some(open) => Kind::Call(Call {
                            path: &tokens[..open.end],
                            name: open.name,
                            is_method: open.is_method,
                            types: open.types,
                            arguments: group.stream(),
                        }),
                        None => Kind::CallOfValue,
                    },
                    Delimiter::Bracket => Kind::Index(group),
                    _ => return None,
                };
                if matches!(kind, Kind::Index(_)) {
                    close(&mut open, &mut steps);
                }
                steps.push(Step {
                    kind,
                    end: before + 1,
                });
            }
            _ => return None,
        }
    }
    close(&mut open, &mut steps);
    Some(steps)
}

impl Open<'_> {
    fn new(name: String, is_method: bool, end: usize) -> Self {
        Self {
            name,
            is_method,
            end,
            types: &[],
        }
    }
}

/// A name that was not called is a value.
fn close(open: &mut Option<Open<'_>>, steps: &mut Vec<Step<'_>>) {
    if let Some(open) = open.take() {
        steps.push(Step {
            kind: Kind::Name(open.name),
            end: open.end,
        });
    }
}

/// How many tokens `<..>` at the front is long.
fn angles(tokens: &[TokenTree]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        if is_mark(token, '<') {
            depth += 1;
        } else if is_mark(token, '>') && !is_mark(&tokens[at.checked_sub(1)?], '-') {
            depth -= 1;
            if depth == 0 {
                return Some(at + 1);
            }
        }
    }
    None
}
