//! What is found in an expression, and what is left to its author.

mod behind_calls;
mod harmless;
mod under_keys;

use super::*;

fn judged(source: &str) -> Option<String> {
    let tokens: TokenStream = source.parse().expect("the test's own tokens");
    Some(match secret_value(&tokens, Extra::default())? {
        Leak::Named(_, found) => found.words,
        Leak::Exposed(method) => method,
    })
}

/// The expressions in which this secret, or none, is not found.
fn wrong(expected: Option<&str>, sources: &[&str]) -> Vec<String> {
    sources
        .iter()
        .filter_map(|source| {
            let found = judged(source);
            (found.as_deref() != expected).then(|| format!("{source}: {found:?}"))
        })
        .collect()
}

#[test]
fn a_wrapped_secret_is_found() {
    let found = wrong(
        Some("password"),
        &[
            "password",
            "(self.password)",
            "((self.password))",
            "{&self.password}",
            "{ let n = 1; &self.password }",
            "&(l.password)",
            "&mut *password",
            "&&password",
            "crate::PASSWORD",
            "::config::db::PASSWORD",
            "Self::PASSWORD",
            "&self.password[..]",
            "&self.password[..4]",
            "self.password[0]",
            "password.as_str()",
            "self.password.as_str().to_owned()",
            "password.as_ref()",
            "password.clone()",
            "password.to_string()",
            "password.as_bytes()",
            "password.as_deref()",
            "password.borrow()",
            "password.lock().unwrap().clone()",
            "password.as_deref().unwrap_or(\"\")",
            "(&self.password).clone()",
            "(self.login).password",
            "user.password()",
            "user.password()?.as_str()",
            "fetch.password().await",
            "password as u64",
            "Some(&self.password)",
            "Ok(password.clone())",
            "Option::Some(&self.password)",
            "String::from(password)",
            "ToString::to_string(&password)",
            "(user, password)",
            "[user, &password]",
            "format!(\"{}\", self.password)",
            "format!(\"{} {:?}\", user, &self.password)",
            "format!(\"{x}\", x = password)",
            "format!(\"of {password}\")",
            "format!(\"{{}} {password:?}\")",
            "std::format!(\"{password:>8}\")",
            "format_args!(\"{}\", password.as_str())",
            "&format!(\"{}\", password)",
            "password.to_lowercase()",
            "String::from_utf8(password)",
            "String::from_utf8_lossy(&password).into_owned()",
            "core::str::from_utf8(&password).unwrap_or(\"\")",
            "Box::new(password)",
            "std::sync::Arc::new(&self.password)",
            "Box::<str>::from(password.as_str())",
            "Cow::from(&password)",
            "Cow::Borrowed(&password)",
            "io::Error::other(password)",
            "io::Error::new(kind, password.clone())",
            "vec![password]",
            "vec![password; 2]",
            "vec![user, &password]",
            "<String as From<_>>::from(password)",
            "<_ as ToString>::to_string(&password)",
            "<str as ToOwned>::to_owned(&self.password)",
            "<Box<str> as From<&str>>::from(&password)",
            "unsafe { password }",
            "unsafe { std::str::from_utf8_unchecked(&password) }",
            "if wanted { password } else { \"\" }",
            "if wanted { \"\" } else if other { \"\" } else { &self.password }",
            "if let Some(it) = user { &it.password } else { \"\" }",
            "(if wanted { &password } else { \"\" })",
            "match user { Some(it) => &it.password, None => \"\" }",
            "match user { Some(it) => { log(); &it.password } _ => \"\" }",
            "match user { Some(it) if it.fine => it.password.as_str(), _ => \"\" }",
            "loop { break password }",
            "loop { if wanted { break &password; } }",
            "'a: { if wanted { break 'a password; } \"\" }",
            "{ if wanted { log(); } password }",
            "{ for it in user { log(it) } &self.password }",
            "user.to_owned() + &password",
            "password + \"!\"",
            "\"of \".to_owned() + password.as_str() + \"!\"",
        ],
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn what_a_method_hands_out_is_a_secret_whatever_its_name() {
    let found = wrong(
        Some("expose"),
        &[
            "key.expose()",
            "self.key.expose().as_str()",
            "&login.expose()[..4]",
            "format!(\"{}\", key.expose())",
            "Some(key.expose().clone())",
        ],
    );
    assert_eq!(found, [""; 0]);
    let found = wrong(
        Some("expose_secret"),
        &[
            "login.expose_secret()",
            "ExposeSecret::expose_secret(&login)",
            "secrecy::ExposeSecret::expose_secret(&login).to_owned()",
        ],
    );
    assert_eq!(found, [""; 0]);
    let found = wrong(
        None,
        &[
            "key.expose().len()",
            "key.expose().is_empty()",
            "hash(key.expose())",
            "camera.expose(3)",
            "expose()",
            "expose",
            "self.expose",
        ],
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn what_is_nested_is_read_once() {
    let nested = |open: &str, inner: &str, close: &str| {
        format!("{}{inner}{}", open.repeat(60), close.repeat(60))
    };
    // To read each level twice would never end.
    for (open, close) in [
        ("(", ", b)"),
        ("(", ")"),
        ("(", "+ \"d\")"),
        ("a.map(|it| ", ")"),
    ] {
        assert_eq!(judged(&nested(open, "a", close)), None);
        let found = judged(&nested(open, "password", close));
        assert_eq!(found.as_deref(), Some("password"), "{open} {close}");
    }
}

#[test]
fn a_secret_is_found_by_another_name_in_a_block() {
    let found = wrong(
        Some("password"),
        &[
            "{ let it = password; it }",
            "{ let it: &str = &self.password; it.trim() }",
            "{ let mut it = password; it }",
            "{ let it = user; let other = password; other }",
            "{ let it = password; let other = it.clone(); Some(other) }",
            "{ let Some(it) = password else { return }; it }",
            "{ let Login { password: it, .. } = login; it }",
            "{ let it = if new { password } else { \"\" }; it }",
            "{ log(); if wanted { return } let it = &password; it }",
            "match password { it => it }",
            "match &self.password { Some(it) => it.as_str(), None => \"\" }",
            "match password { None => \"\", Some(ref it) if it.is_ascii() => it, _ => \"\" }",
            "match password { Ok(it) => { log(); it } Err(_) => \"\" }",
            "match login { Login { password: it, .. } => it }",
            "match login { auth::Login { password: Some(it), .. } => it, _ => \"\" }",
            "if let Some(it) = password { it } else { \"\" }",
            "if let Some(it) = &self.password { it } else { \"\" }",
            "if let Login { password: it, .. } = login { it } else { \"\" }",
            "if ready && let Some(it) = password && it.is_ascii() { it } else { \"\" }",
            "if ready { \"\" } else if let Some(it) = password { it } else { \"\" }",
            "{ let password = ask(); password }",
            "match ask() { Some(password) => password, None => \"\" }",
        ],
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_statement_may_end_with_its_block() {
    let found = wrong(
        Some("password"),
        &[
            "{ if wanted { return; } (&password) }",
            "{ if wanted { return; } else { log() } (password) }",
            "{ if let Login { id } = login { return } *password }",
            "{ while wait() {} [password][0] }",
            "{ for Row { id } in rows { log(id) } (password) }",
            "{ fn inner() {} (password) }",
            "{ {} (password) }",
            "{ { log() } match it { _ => password } }",
        ],
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_secret_is_found_behind_more_calls() {
    let found = wrong(
        Some("authorization"),
        &[
            "authorization.strip_prefix(\"Bearer \")",
            "authorization.strip_prefix(\"Bearer \").unwrap_or_default()",
            "authorization.trim_start_matches(\"Bearer \")",
            "authorization.split_at(7).1",
            "authorization.parse::<Header>()?",
            "once(authorization).collect::<String>()",
            "std::slice::from_ref(&authorization)",
            "std::fmt::format(format_args!(\"{authorization}\"))",
            "given.unwrap_or(authorization)",
            "given.or(authorization).unwrap()",
            "given.or_else(|| self.authorization.clone())",
            "given.ok().unwrap_or_else(|_| authorization)",
        ],
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn blocks_in_blocks_come_to_an_end() {
    let mut source = "v0".to_owned();
    for at in 0..60 {
        source = format!(
            "match (v{next}, v{next}) {{ v{at} => {source} }}",
            next = at + 1
        );
    }
    assert_eq!(judged(&source), None);
    let mut source = "v60".to_owned();
    for at in (0..60).rev() {
        source = format!("let v{} = (v{at}, v{at}, v{at}); {source}", at + 1);
    }
    assert_eq!(judged(&format!("{{ {source} }}")), None);
}
