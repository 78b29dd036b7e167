//! What is said where a name tells of a secret: why, and what to write instead.

use proc_macro2::{TokenStream, TokenTree};

use super::spelling;
use super::words::Found;
use crate::diag::Errors;
use crate::policy;
use crate::source::{shown, source_like};
use crate::written::{Field, Mode, Origin};

/// A key tells of a secret.
pub(super) fn for_key(field: &Field, found: &Found) -> String {
    let key = &field.key;
    let name = if field.origin == Origin::Hole {
        format!("the hole {}", names_secret(&format!("{{{key}}}"), found))
    } else {
        names_secret(key, found)
    };
    let instead = if matches!(field.mode, Mode::Fields) {
        of_group(field)
    } else {
        instead(field, Some(found))
    };
    format!("{name}: {instead}")
}

/// A value has the name of a secret.
pub(super) fn for_value(field: &Field, name: &str, found: &Found) -> String {
    let name = names_secret(name, found);
    format!("{name}, whatever the key: {}", instead(field, Some(found)))
}

/// A value is what a method hands out that exists to hand out a secret.
pub(super) fn for_exposed(field: &Field, method: &str) -> String {
    format!("`{method}` hands out a secret: {}", instead(field, None))
}

/// What settles a name for a whole package, in one place; said once in a call.
pub(super) fn for_package(found: &Found, errors: &Errors) -> String {
    if found.by_package || errors.mention(policy::FILE) {
        return String::new();
    }
    format!(
        "; a name that is harmless in all of this package goes to `allow` in {}",
        policy::FILE
    )
}

/// Names the words, unless they are the whole name, and who says that they are a secret's.
fn names_secret(name: &str, found: &Found) -> String {
    let words = if name.trim_matches(['{', '}']) == found.words {
        String::new()
    } else {
        format!(" (`{}`)", found.words)
    };
    let by = if found.by_package {
        format!(", says {}", policy::FILE)
    } else {
        String::new()
    };
    format!("`{name}` names a secret{words}{by}")
}

/// A prefix makes a secret's name of each key behind it.
fn of_group(field: &Field) -> String {
    let key = &field.key;
    if field.origin == Origin::Member {
        return format!(
            "its members would stand under that name; give them another: `#[field(fields, rename = \"other_{key}\")]`"
        );
    }
    format!(
        "its members would stand under that name; give them another, such as `other_{key}: fields = {}`",
        shown(&field.value, "...")
    )
}

fn instead(field: &Field, found: Option<&Found>) -> String {
    let mut ways = vec!["redact"];
    let mut part = "";
    // Where nobody has asked yet whether there is a value, only `redact` takes what there is.
    let is_result = gives_result(&field.value);
    if !is_result && found.is_some_and(is_recognised_by_its_end) {
        ways.push("mask(last = 4)");
        part = advice_for_part(&field.key);
    }
    if !is_result {
        ways.push("hash");
    }
    if field.origin == Origin::Member {
        let marks: Vec<String> = ways
            .iter()
            .map(|way| format!("`#[field({way})]`"))
            .collect();
        return format!(
            "mark it {}, `#[field(skip)]`, or `#[field(reveal = \"<reason>\")]`{part}",
            marks.join(", ")
        );
    }
    if !is_result {
        ways.push("reveal(\"<reason>\")");
    }
    let (before, key, value) = match field.origin {
        Origin::Hole => (
            "remove it, or say after the template how it is taken:",
            field.key.clone(),
            String::new(),
        ),
        Origin::Named => (
            "remove it, or write",
            source_like(&field.key_tokens),
            format!(" = {}", shown(&field.value, "...")),
        ),
        _ => (
            "remove it, or write",
            source_like(&field.key_tokens),
            String::new(),
        ),
    };
    let mut calls: Vec<String> = ways
        .iter()
        .map(|way| format!("`{key}: {way}{value}`"))
        .collect();
    if calls.len() > 1
        && let Some(last) = calls.last_mut()
    {
        *last = format!("or {last}");
    }
    format!("{before} {}{part}", calls.join(", "))
}

/// `env::var("DB_PASSWORD")`, `row.try_get("password")`: their `Result` is no value yet.
fn gives_result(value: &TokenStream) -> bool {
    let mut tokens: Vec<TokenTree> = value.clone().into_iter().collect();
    let is_call = matches!(tokens.pop(), Some(TokenTree::Group(_)));
    let mut names = tokens.iter().rev().filter_map(|it| match it {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    });
    let name = names.next().unwrap_or_default();
    is_call && (name == "var" || name == "var_os" || name.starts_with("try_"))
}

/// `card_number_last` is asked for as a part of the whole, so that no more than half of it is shown.
fn advice_for_part(key: &str) -> &'static str {
    let names_part = spelling::split(key)
        .iter()
        .any(|word| matches!(word.as_str(), "last" | "prefix" | "suffix"));
    if names_part {
        "; to show a part, give `mask` the whole value"
    } else {
        ""
    }
}

/// What people know by its last digits, and what is so long that those give nothing away. Half of a PIN would
/// be no mask.
fn is_recognised_by_its_end(found: &Found) -> bool {
    const WHOLE: &[&str] = &["iban", "pan", "fpan", "dpan", "clabe"];
    const ENDS: &[&str] = &[
        "card_number",
        "card_num",
        "card_no",
        "card_pan",
        "credit_card",
        "debit_card",
        "cardnumber",
        "cardnum",
        "cardno",
        "creditcard",
        "debitcard",
        "account_number",
        "account_num",
        "account_no",
        "accountnumber",
        "bank_account",
    ];
    let words = found.words.strip_suffix('s').unwrap_or(&found.words);
    WHOLE.contains(&words) || ENDS.iter().any(|end| words.ends_with(end))
}
