//! The rules of a machine, one function each. All are judged, whatever the others found.

use proc_macro2::Span;
use quote::ToTokens;
use syn::Item;
use syn::spanned::Spanned;

use super::model::{Model, StateModel, Target, resolve};
use super::names;
use crate::diag::Errors;
use crate::{conditional, suggest};

/// Judges all rules.
pub(crate) fn check(model: &Model<'_>, errors: &mut Errors) {
    check_empty(model, errors);
    check_name(model, errors);
    check_initial(model, errors);
    for state in &model.states {
        check_cfg(state, errors);
        check_targets(state, model, errors);
        check_duplicate_targets(state, errors);
        check_terminal(state, errors);
        check_dead_end(state, errors);
    }
    check_same_names(model, errors);
    check_reachable(model, errors);
}

fn check_empty(model: &Model<'_>, errors: &mut Errors) {
    if model.states.is_empty() {
        let ident = &model.item.ident;
        errors.push(
            ident.span(),
            format!("`{ident}` has no variants, and each state is one: add the states"),
        );
    }
}

fn check_name(model: &Model<'_>, errors: &mut Errors) {
    let Some(name) = &model.args.name else { return };
    if !names::is_plain(&model.name) {
        errors.push(
            name.span(),
            format!(
                "a machine's name is written in lower case, with `_`, `-` or `.` between words: `name = \"{}\"`",
                names::plain(&model.name)
            ),
        );
    }
}

fn check_initial(model: &Model<'_>, errors: &mut Errors) {
    let known = model.idents();
    if known.is_empty() {
        return;
    }
    match &model.args.initial {
        Some(initial) if resolve(initial, &known).is_state() => {}
        Some(initial) => errors.push(initial.span(), no_state(&initial.to_string(), model)),
        None if model.args.initial_given => {}
        // Which one it is was said in the wrong place.
        None if model.states.iter().any(StateModel::says_initial) => {}
        None => {
            let first = known.first().map_or("Created", String::as_str);
            let ident = &model.item.ident;
            errors.push(
                model.args.end.unwrap_or_else(|| ident.span()),
                format!(
                    "`{ident}` must say which of its states a machine begins in: write `#[state_machine(initial = {first})]`"
                ),
            );
        }
    }
}

impl Target {
    fn is_state(self) -> bool {
        matches!(self, Self::State(_))
    }
}

fn no_state(name: &str, model: &Model<'_>) -> String {
    let known = model.idents();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let hint = suggest::hint(name, known.iter().copied());
    let list = if hint.is_empty() && !known.is_empty() {
        format!("; its states are {}", suggest::listed(&known))
    } else {
        hint
    };
    format!("`{name}` is not a state of `{}`{list}", model.item.ident)
}

/// Attributes are read before the compiler takes off what is configured away.
fn check_cfg(state: &StateModel<'_>, errors: &mut Errors) {
    conditional::retain(&mut state.variant.attrs.clone(), &mut |_, meta| {
        if meta.path().is_ident("cfg") {
            errors.push_spanned(
                meta,
                "a state cannot depend on `#[cfg]`: the table is judged as a whole; put the `#[cfg]` on the enum, or keep the state in every build",
            );
        }
        true
    });
}

fn check_targets(state: &StateModel<'_>, model: &Model<'_>, errors: &mut Errors) {
    for edge in &state.edges {
        if !edge.target.is_state() {
            errors.push(edge.ident.span(), no_state(&edge.ident.to_string(), model));
        }
    }
}

fn check_duplicate_targets(state: &StateModel<'_>, errors: &mut Errors) {
    for (index, edge) in state.edges.iter().enumerate() {
        if state.edges[..index].iter().any(|it| it.ident == edge.ident) {
            errors.push(
                edge.ident.span(),
                format!(
                    "the edge from `{}` to `{}` is given twice; remove one",
                    state.ident(),
                    edge.ident
                ),
            );
        }
    }
}

fn check_terminal(state: &StateModel<'_>, errors: &mut Errors) {
    if let (Some(terminal), Some(_)) = (state.terminal, state.to) {
        errors.push(
            terminal,
            format!(
                "nothing follows a terminal state, yet `{}` has a `#[to(...)]`; remove one of the two",
                state.ident()
            ),
        );
    }
}

fn check_dead_end(state: &StateModel<'_>, errors: &mut Errors) {
    if state.is_dead_end() && !state.unread {
        errors.push(
            state.ident().span(),
            format!(
                "no way leads out of `{}`: write `#[to(...)]` with the states that may follow, or `#[terminal]` if none may",
                state.ident()
            ),
        );
    }
}

fn check_same_names(model: &Model<'_>, errors: &mut Errors) {
    for (index, state) in model.states.iter().enumerate() {
        let twin = model.states[..index]
            .iter()
            .find(|it| it.name == state.name && it.ident() != state.ident());
        if let Some(twin) = twin {
            errors.push(
                state.ident().span(),
                format!(
                    "`{}` and `{}` are both called `{}` in records; rename one",
                    twin.ident(),
                    state.ident(),
                    state.name
                ),
            );
        }
    }
}

/// Walks from the initial state. Where a name is wrong the walk takes what was probably meant; if
/// that cannot be said, it would only produce errors that go away with the first one.
fn check_reachable(model: &Model<'_>, errors: &mut Errors) {
    let Some(initial) = model.initial else { return };
    let lost = model
        .states
        .iter()
        .flat_map(|state| &state.edges)
        .any(|edge| edge.target == Target::Unknown);
    let unknown = |state: &StateModel<'_>| state.unread || state.is_dead_end();
    if lost || model.states.iter().any(unknown) {
        return;
    }
    let mut reached = vec![false; model.states.len()];
    walk(initial, model, &mut reached);
    let beginning = model.states[initial].ident();
    for (state, behind) in islands(model, &reached) {
        let behind: Vec<String> = (0..reached.len())
            .filter(|it| *it != state && behind[*it] && !reached[*it])
            .map(|it| model.states[it].ident().to_string())
            .collect();
        let behind: Vec<&str> = behind.iter().map(String::as_str).collect();
        let ident = model.states[state].ident();
        let too = if behind.is_empty() {
            String::new()
        } else {
            format!(", nor can what follows it, {}", suggest::listed(&behind))
        };
        errors.push(
            ident.span(),
            format!(
                "`{ident}` cannot be reached from `{beginning}`{too}: add it to the `#[to(...)]` of a state that can, or remove it"
            ),
        );
    }
}

/// Marks a state and all that may come after it.
fn walk(first: usize, model: &Model<'_>, reached: &mut [bool]) {
    let mut open = vec![first];
    while let Some(index) = open.pop() {
        if !core::mem::replace(&mut reached[index], true) {
            let edges = model.states[index].edges.iter();
            open.extend(edges.filter_map(|edge| edge.target.state()));
        }
    }
}

/// One state for each group that is not reached, and what may come after it: with a way to these, there is one to
/// all.
fn islands(model: &Model<'_>, reached: &[bool]) -> Vec<(usize, Vec<bool>)> {
    let mut found: Vec<(usize, Vec<bool>)> = Vec::new();
    for index in 0..reached.len() {
        if reached[index] || found.iter().any(|(_, behind)| behind[index]) {
            continue;
        }
        let mut behind = vec![false; reached.len()];
        walk(index, model, &mut behind);
        found.retain(|(it, _)| !behind[*it]);
        found.push((index, behind));
    }
    found
}

/// What to say about an item of another kind.
pub(crate) fn not_an_enum(item: &Item) -> String {
    let what = match item {
        Item::Struct(_) => "a struct",
        Item::Fn(_) => "a function",
        Item::Impl(_) => "an `impl` block",
        Item::Mod(_) => "a module",
        Item::Trait(_) => "a trait",
        Item::Type(_) => "an alias",
        Item::Union(_) => "a union",
        _ => "something else",
    };
    format!("`#[state_machine]` goes on an enum, whose variants are the states; this is {what}")
}

/// The name of an item, else the whole of it.
pub(crate) fn span_of(item: &Item) -> Span {
    match item {
        Item::Struct(it) => it.ident.span(),
        Item::Fn(it) => it.sig.ident.span(),
        Item::Mod(it) => it.ident.span(),
        Item::Trait(it) => it.ident.span(),
        Item::Type(it) => it.ident.span(),
        Item::Union(it) => it.ident.span(),
        Item::Impl(it) => it.impl_token.span(),
        other => other.to_token_stream().span(),
    }
}
