//! What is found in an expression, and what is left to its author.

use super::*;

fn judged(source: &str) -> Option<String> {
    let tokens: TokenStream = source.parse().expect("the test's own tokens");
    secret_value(&tokens, Extra::default()).map(|(_, found)| found.words)
}

#[test]
fn a_wrapped_secret_is_found() {
    for source in [
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
        "self.password.expose()",
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
    ] {
        assert_eq!(judged(source).as_deref(), Some("password"), "{source}");
    }
}

#[test]
fn what_is_done_with_a_secret_passes() {
    for source in [
        "password.len()",
        "password.is_empty()",
        "password.is_some()",
        "password.as_ref().map(|it| it.len())",
        "(password.len())",
        "hash(password)",
        "hash(&self.password)",
        "Digest::of(&password)",
        "Secret::new(password)",
        "self.hash(password)",
        "!password",
        "password == other",
        "self.check_password()",
        "verify_otp()",
        "user.has_password()",
        "passwords_seen",
        "Token::Plus",
        "Token::If(3)",
        "token::Kind::Plus",
        "Password::MIN_LEN",
        "Some(password.len())",
        "format!(\"{}\", password.len())",
        "format!(\"password {}\", user)",
        "format!(\"{{password}}\")",
        "format!(\"{password}\", password = stars(&password))",
        "format!(\"{0} {user:>1$}\", user, 3)",
        "if c { 1 } else { 2 }",
        "\"password\"",
        "[0; 4]",
        "vec![1]",
        "-1",
        "()",
        "",
    ] {
        assert_eq!(judged(source), None, "{source}");
    }
}
