//! Secrets that calls and indices lead to.

use super::{judged, wrong};

#[test]
fn a_secret_is_found_behind_calls_and_indices() {
    let found = wrong(
        Some("password"),
        &[
            "users[0].password",
            "users[0].password.as_str()",
            "&self.users[index].login.password[..4]",
            "self.user().password",
            "user.login(id)?.password",
            "cfg.get().db.password.clone()",
            "config::get().db.password",
            "cfg.read().await.password.as_deref()",
            "self.users.first().unwrap().password",
            "(&self.users)[0].password",
            "{ &self.users }[0].password",
            "user.get_password()",
            "user.try_get_password()?",
            "user.current_password()",
            "self.user().password()",
            "get_password()",
            "auth::get_password(user)",
            "client.fetch_password(&user).await?",
            "prompt_password(\"?\").unwrap()",
            "get::<Password>()",
            "req.extensions().get::<Password>()",
            "req.extensions().get::<app::Password>().unwrap().0",
            "map.get::<Arc<Password>>()",
            "password.0",
            "Some(password).unwrap().0",
            "password.iter().rev().collect::<String>()",
            "password.chars().take(4).collect::<Vec<_>>()",
            "password.ok_or(Missing)?",
            "password.first().copied()",
            "user.map(|it| it.password)",
            "user.as_ref().map(|it| it.password.as_str()).unwrap_or(\"\")",
            "users.iter().map(|it| &it.password).collect::<Vec<_>>()",
            "users.iter().map(User::password).collect::<Vec<_>>()",
            "password.map(|it| it.as_str())",
            "password.and_then(|it| it.to_str().ok())",
            "password.map(|it: &str| it.to_owned())",
            "password.map_or(\"\", |it| it.as_str())",
            "password.map_or_else(|| \"\", |it| it.as_str())",
            "password.map(String::as_str)",
            "password.as_ref().map(ToString::to_string)",
            "Some::<&str>(password)",
            "Ok::<_, ()>(&password).unwrap()",
        ],
    );
    assert_eq!(found, [""; 0]);
    let found = wrong(
        Some("card_number"),
        &[
            "cards[0].number",
            "self.cards.first().unwrap().number",
            "order.card().number",
            "order.card().number()",
            "cards.get(0)?.number.clone()",
            "(&self.card).number",
        ],
    );
    assert_eq!(found, [""; 0]);
    for (source, words) in [
        ("request.headers()", "request_headers"),
        ("request.headers().clone()", "request_headers"),
        ("response.body().as_str()", "response_body"),
        ("session.id()", "session_id"),
    ] {
        assert_eq!(judged(source).as_deref(), Some(words), "{source}");
    }
}
