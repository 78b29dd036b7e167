//! What a place and a target may be. The place is read, and assigned to later, so it must mean the
//! same both times; the target of a checked step must show its variant.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, Path};

use super::args::Args;
use super::keys::RESERVED;
use crate::diag::Errors;
use crate::judge;
use crate::secret::CheckedField;
use crate::source::{shown, source_like};

/// A call that can be printed.
pub(crate) struct StepModel {
    pub(crate) place: TokenStream,
    pub(crate) next: TokenStream,
    pub(crate) edge: Option<Edge>,
    pub(crate) fields: Vec<CheckedField>,
}

/// The variants that a checked step goes from and to.
pub(crate) struct Edge {
    pub(crate) begin: Ident,
    pub(crate) end: Ident,
    /// `Order::Created`, by the example of the target. `None` where that is a single word.
    pub(crate) begin_path: Option<TokenStream>,
}

/// Judges a call.
pub(crate) fn check(args: Args, errors: &mut Errors) -> Option<StepModel> {
    let borrowed = borrowed(&args);
    let place_fine = check_place(&args.place, &borrowed, errors);
    let edge = match args.from.as_ref().zip(args.target.as_ref()) {
        None => Some(None),
        Some((from, target)) => check_target(target, &args, errors).map(|(path, end)| {
            Some(Edge {
                begin: from.clone(),
                end,
                begin_path: beside(&path, from),
            })
        }),
    };
    let fields = judge::check(args.fields, &[&RESERVED], errors);
    let edge = edge?;
    place_fine.then(|| StepModel {
        place: args.place_tokens,
        next: args.next,
        edge,
        fields,
    })
}

/// A variable, a field, an element, or what one of them leads to.
fn check_place(place: &Expr, borrowed: &str, errors: &mut Errors) -> bool {
    match bare(place) {
        Expr::Path(it) if !keeps_no_state(&it.path) => true,
        Expr::Field(it) => check_place(&it.base, borrowed, errors),
        Expr::Index(it) => {
            let index = check_index(&it.index, errors);
            check_place(&it.expr, borrowed, errors) && index
        }
        Expr::Unary(it) if matches!(it.op, syn::UnOp::Deref(_)) => {
            check_place(&it.expr, borrowed, errors)
        }
        Expr::Reference(it) => {
            errors.push_spanned(
                place,
                format!(
                    "the place itself comes before the arrow, not a reference to it: write `{} => ...`",
                    source_like(&it.expr.to_token_stream())
                ),
            );
            false
        }
        other => {
            errors.push_spanned(other, not_a_place(other, borrowed));
            false
        }
    }
}

/// A variant, or a constant of a type: what is assigned there would be gone at once.
fn keeps_no_state(path: &Path) -> bool {
    let is_type = |word: &Ident| {
        let word = word.to_string();
        word == "Self" || word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase)
    };
    path.segments.iter().any(|it| is_type(&it.ident))
}

/// Whatever computes an index without calling anything gives the same one twice.
fn check_index(index: &Expr, errors: &mut Errors) -> bool {
    match bare(index) {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Field(it) => check_index(&it.base, errors),
        Expr::Index(it) => check_index(&it.expr, errors) & check_index(&it.index, errors),
        Expr::Unary(it) => check_index(&it.expr, errors),
        Expr::Cast(it) => check_index(&it.expr, errors),
        Expr::Reference(it) => check_index(&it.expr, errors),
        Expr::Binary(it) => check_index(&it.left, errors) & check_index(&it.right, errors),
        other => {
            errors.push_spanned(
                other,
                format!(
                    "the index is used when the state is read and again when the next one is assigned, so it must not call anything; bind it first: `let index = {};`",
                    source_like(&other.to_token_stream())
                ),
            );
            false
        }
    }
}

/// What to do before a place that borrows a variable is bound: a field that takes something of the same variable
/// could no longer do so.
fn borrowed(args: &Args) -> String {
    let root = |tokens: &TokenStream| {
        let mut tokens = tokens.clone().into_iter();
        tokens.find_map(|token| match token {
            TokenTree::Ident(word) => Some(word),
            _ => None,
        })
    };
    let Some(variable) = root(&args.place_tokens) else {
        return String::new();
    };
    let mut fields = args.fields.iter();
    let Some(field) = fields.find(|it| root(&it.value).is_some_and(|it| it == variable)) else {
        return String::new();
    };
    let key = field.key.rsplit('.').next().unwrap_or_default();
    format!(
        " after what the fields take of `{variable}`, such as `let {key} = {};`",
        shown(&field.value, "...")
    )
}

fn not_a_place(expr: &Expr, borrowed: &str) -> String {
    let text = shown(&expr.to_token_stream(), "...");
    match expr {
        Expr::Call(_) | Expr::MethodCall(_) | Expr::Macro(_) | Expr::Await(_) | Expr::Try(_) => {
            // A guard is borrowed by who assigns through it, a reference is not.
            let is_guard = [".lock()", ".write()", ".borrow_mut()"]
                .iter()
                .any(|call| text.contains(call));
            let binding = if is_guard {
                "let mut state"
            } else {
                "let state"
            };
            format!(
                "the place is read first and assigned to last, so it must not call anything: write `state => ...`, and bind it before the step: `{binding} = {text};`{borrowed}"
            )
        }
        _ if text == "..." => {
            "this is not a place that a state can be assigned to, such as `order.state`".to_owned()
        }
        _ => format!(
            "`{text}` is not a place that a state can be assigned to, such as `order.state`"
        ),
    }
}

/// The variant that a target shows: `Order::Paid`, `Order::Paid(..)`, `Order::Paid { .. }`.
fn check_target(target: &Expr, args: &Args, errors: &mut Errors) -> Option<(Path, Ident)> {
    let path = match bare(target) {
        Expr::Path(it) => Some(&it.path),
        Expr::Struct(it) => Some(&it.path),
        Expr::Call(it) => match bare(&it.func) {
            Expr::Path(it) => Some(&it.path),
            _ => None,
        },
        _ => None,
    };
    if let Some((path, variant)) = path.and_then(|path| Some((path, variant_of(path)?))) {
        return Some((path.clone(), variant));
    }
    errors.push_spanned(
        &args.next,
        format!(
            "a step from a state that is named is judged when the program is compiled, so its next state is written \
             `Enum::Variant`; to judge it when it runs, write `{} => {}`",
            source_like(&args.place_tokens),
            shown(&args.next, "...")
        ),
    );
    None
}

/// The last name of a path, when it can be that of a variant.
fn variant_of(path: &Path) -> Option<Ident> {
    let last = path.segments.last()?;
    let qualified = path.segments.len() > 1;
    let text = last.ident.to_string();
    if matches!(text.as_str(), "self" | "Self" | "super" | "crate") {
        return None;
    }
    let imported = text.starts_with(char::is_uppercase);
    (last.arguments.is_none() && (qualified || imported)).then(|| last.ident.clone())
}

/// Another variant of the same enum.
fn beside(path: &Path, variant: &Ident) -> Option<TokenStream> {
    let mut path = path.clone();
    path.segments.last_mut()?.ident = variant.clone();
    (path.segments.len() > 1).then(|| path.to_token_stream())
}

/// Without the parentheses that a person or a macro put around it.
fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(it) => bare(&it.expr),
        Expr::Group(it) => bare(&it.expr),
        other => other,
    }
}
