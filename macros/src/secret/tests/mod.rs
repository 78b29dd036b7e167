//! A name in every position where a macro would capture it, and what is said there.

mod names;
mod pins;
mod rows;
mod words;

fn messages(source: &str) -> Vec<String> {
    use crate::diag::Errors;
    use crate::{field, judge, template};
    use proc_macro2::TokenStream;
    use syn::parse::{ParseStream, Parser};

    let mut errors = Errors::new();
    let fields = if source.starts_with('{') {
        let literal = syn::LitStr::new(source, proc_macro2::Span::call_site());
        template::parse(&literal, &[], &mut errors)
            .into_iter()
            .filter_map(|piece| match piece {
                template::Piece::Hole(hole) => Some(hole.field(&literal)),
                template::Piece::Text(_) => None,
            })
            .collect()
    } else {
        let tokens: TokenStream = source.parse().expect("the test's own tokens");
        (|input: ParseStream<'_>| Ok(field::parse_all(input, &mut errors)))
            .parse2(tokens)
            .expect("fields consume all")
    };
    let _ = judge::check(fields, &[], &mut errors);
    errors.into_messages()
}

/// A name in every position where a macro would capture it, and those that keep it out.
fn positions(name: &str) -> (Vec<String>, Vec<String>) {
    let mut captured = vec![format!("\"{name}\" = x"), format!("\"{name}\": debug = x")];
    let mut kept_out = vec![
        format!("\"{name}\": redact = x"),
        format!("\"{name}\": hash = x"),
        format!("\"{name}\": mask(last = 4) = x"),
        format!("\"{name}\": reveal(\"words of a test\") = x"),
    ];
    if !name.contains('-') {
        captured.extend([
            name.to_owned(),
            format!("%{name}"),
            format!("?{name}"),
            format!("{name} = x"),
            format!("{name} = %x"),
            format!("{name}: display = x"),
            format!("{name}: serde"),
            format!("{name}: error = x"),
            format!("order.{name}"),
            format!("self.{name}"),
            format!("%order.{name}"),
            format!("harmless = {name}"),
            format!("harmless = &order.{name}"),
            format!("harmless = (self.{name})"),
            format!("harmless = {{&self.{name}}}"),
            format!("harmless = module::{name}"),
            format!("harmless = &order.{name}[..]"),
            format!("harmless = {name}.as_str().to_owned()"),
            format!("harmless = ?Some(&order.{name})"),
            format!("harmless: debug = format!(\"{{}}\", order.{name})"),
            format!("harmless = format!(\"{{{name}:?}}\")"),
            format!("{{{name}}}"),
            format!("{{order.{name}:?}}"),
        ]);
        kept_out.extend([
            format!("{name}: redact"),
            format!("harmless: hash = {name}"),
        ]);
    }
    (captured, kept_out)
}

#[test]
fn forbidden_names_are_refused_in_every_position() {
    let mut count = 0;
    for name in names::FORBIDDEN.split_whitespace() {
        let (captured, kept_out) = positions(name);
        for source in captured {
            let messages = messages(&source);
            assert_eq!(messages.len(), 1, "{source}: {messages:?}");
            assert!(
                messages[0].contains("names a secret"),
                "{source}: {messages:?}"
            );
            count += 1;
        }
        for source in kept_out {
            assert_eq!(messages(&source), Vec::<String>::new(), "{source}");
        }
    }
    assert!(count > 2000, "{count} positions");
}

#[test]
fn harmless_names_pass_in_every_position() {
    let mut count = 0;
    for name in names::HARMLESS.split_whitespace() {
        for source in positions(name).0 {
            assert_eq!(messages(&source), Vec::<String>::new(), "{source}");
            count += 1;
        }
    }
    assert!(count > 3000, "{count} positions");
}

#[test]
fn every_macro_that_captures_refuses() {
    for name in ["password", "userToken", "card_number"] {
        let name: proc_macro2::Ident = syn::parse_str(name).expect("an identifier");
        let door = quote::quote!((::storyline));
        for expansion in [
            crate::log_event::expand(quote::quote!(#door INFO, "login_tried", #name)),
            crate::context_of::expand(quote::quote!(#door #name)),
            crate::transition::expand(quote::quote!(#door state => Next, #name)),
        ] {
            let text = expansion.to_string();
            assert!(text.contains("names a secret"), "{text}");
            assert!(!text.contains("capture"), "{text}");
        }
    }
}

#[test]
fn a_mask_is_offered_for_what_is_long_and_known_by_its_end() {
    for (name, is_offered) in [
        ("card_number", true),
        ("cardNumbers", true),
        ("order.credit_card", true),
        ("iban", true),
        ("bank_account", true),
        ("account_no", true),
        ("userAccountNumber", true),
        ("pin", false),
        ("cvv", false),
        ("card_cvv", false),
        ("ssn", false),
        ("password", false),
        ("company_password", false),
        ("api_key", false),
        ("token", false),
    ] {
        for source in [
            name.to_owned(),
            format!("harmless = {name}"),
            format!("{{{name}}}"),
        ] {
            let messages = messages(&source);
            assert_eq!(messages.len(), 1, "{source}: {messages:?}");
            assert_eq!(
                messages[0].contains("mask(last"),
                is_offered,
                "{source}: {messages:?}"
            );
        }
    }
}

#[test]
fn the_file_of_the_package_is_named_once_in_a_call() {
    let messages = messages("password, token, harmless = user.pin, x = key.expose()");
    assert_eq!(messages.len(), 4, "{messages:?}");
    for (index, message) in messages.iter().enumerate() {
        let is_named = message.contains("goes to `allow` in storyline.toml");
        assert_eq!(is_named, index == 0, "{message}");
    }
}

#[test]
fn a_secret_without_a_key_is_told_how_it_is_kept_out() {
    for (source, expected) in [
        (
            "?users[0].password",
            "`users[0].password` names a secret (`password`), whatever the key: remove it, or write `password: redact = users[0].password`, ",
        ),
        (
            "&users[0].password",
            "`users[0].password` names a secret (`password`), whatever the key: remove it, or write `password: redact = &users[0].password`, ",
        ),
        (
            "%self.user().password",
            "`self.user().password` names a secret (`password`), whatever the key: remove it, or write `password: redact = self.user().password`, ",
        ),
        (
            "user.card().number()",
            "`user.card().number()` names a secret (`card_number`), whatever the key: remove it, or write `card_number: redact = user.card().number()`, ",
        ),
        (
            "env::var(\"DB_PASSWORD\")",
            "`DB_PASSWORD` names a secret (`password`), whatever the key: remove it, or write `db_password: redact = env::var(\"DB_PASSWORD\")`",
        ),
        (
            "?headers.get(AUTHORIZATION)",
            "`AUTHORIZATION` names a secret (`authorization`), whatever the key: remove it, or write `authorization: redact = headers.get(AUTHORIZATION)`, ",
        ),
        (
            "map[\"2fa_code\"]",
            "`2fa_code` names a secret (`fa_code`), whatever the key: remove it, or write `\"2_fa_code\": redact = map[\"2fa_code\"]`, ",
        ),
        (
            "key.expose()",
            "`expose` hands out a secret: remove it, or write `expose: redact = key.expose()`, ",
        ),
        (
            "user.check_password()",
            "`user.check_password()` is an expression and needs a key: write `key = user.check_password()`",
        ),
        (
            "users[0].name",
            "`users[0].name` is an expression and needs a key: write `name = users[0].name`",
        ),
    ] {
        let messages = messages(source);
        assert_eq!(messages.len(), 1, "{source}: {messages:?}");
        assert!(messages[0].starts_with(expected), "{source}: {messages:?}");
    }
}

#[test]
fn nothing_is_refused_where_nobody_knows_what_is_allowed() {
    use std::sync::Arc;

    use crate::diag::Errors;
    use crate::policy::Policy;
    use crate::written::{Field, Mode, Origin};

    let tokens: proc_macro2::TokenStream = "pin".parse().expect("the test's own tokens");
    let field = Field {
        key: "pin".to_owned(),
        key_tokens: tokens.clone(),
        mode: Mode::Typed,
        value: tokens,
        origin: Origin::Shorthand,
    };
    for (text, refused) in [
        ("[secrets\nallow = [\"pin\"]\n", false),
        ("[secrets]\nallow = [\"pin\"]\n", false),
        ("[secrets]\nallow = [\"otp\"]\n", true),
    ] {
        let mut errors = Errors::new();
        let policy = Arc::new(Policy::of(text));
        let checked = super::check(field.clone(), &policy, &mut errors);
        assert_eq!(checked.is_none(), refused, "{text}");
        assert_eq!(errors.into_messages().len(), usize::from(refused), "{text}");
    }
}
