//! What each mark makes of a member, in the order of the structure.

use secrecy::{ExposeSecret, SecretBox, SecretString};
use storyline::testing::capture;
use storyline::{Fields, Secret, context, info, log_event, timed};

use super::shown;

#[derive(Fields)]
struct Payment<'a> {
    #[field(rename = "amount_cents")]
    amount: u64,
    #[field(display)]
    from: std::net::SocketAddr,
    #[field(debug)]
    lines: Vec<u8>,
    #[field(serde)]
    tags: &'a [&'a str],
    #[field(error)]
    cause: Box<dyn std::error::Error>,
    #[field(redact)]
    password: &'a str,
    #[field(mask(last = 4))]
    card_number: Option<String>,
    #[field(hash)]
    token: u64,
    #[field(reveal = "the test's own")]
    pin: u16,
    #[field(skip)]
    _note: String,
    #[field(mask(last = 2))]
    word: Secret<String>,
    none: Option<u8>,
}

#[test]
fn each_mark_takes_its_member_as_in_a_call() {
    let payment = Payment {
        amount: 500,
        from: "127.0.0.1:80".parse().expect("an address"),
        lines: vec![1, 2],
        tags: &["a"],
        cause: Box::new(std::io::Error::other("disk full")),
        password: "hunter2",
        card_number: Some("4111111111111234".to_owned()),
        token: 7,
        pin: 4,
        _note: "ring twice".to_owned(),
        word: Secret::new("abcdef".to_owned()),
        none: None,
    };
    let logged = capture(|| info!("paid", ..payment));
    let hash = capture(|| info!("hashed", token: hash = 7));
    let hash = &shown(&hash)[0];
    assert_eq!(
        shown(&logged),
        [
            "amount_cents=500",
            "from=127.0.0.1:80",
            "lines=[1, 2]",
            "tags=Json(\"[\\\"a\\\"]\")",
            "cause=disk full",
            "password=[redacted]",
            "card_number=****1234",
            hash,
            "pin=4",
            "word=****ef",
            "none=null",
        ]
    );
    assert!(!logged.to_string().contains("hunter2"));
}

/// The compiler has looked at the conditions before a derive sees them.
#[derive(Fields)]
#[cfg_attr(test, fields(crate = storyline))]
#[cfg_attr(not(test), fields(crate = no_such_crate))]
struct Conditional {
    #[cfg_attr(test, field(redact))]
    password: u8,
    #[cfg_attr(not(test), field(no_such_mark))]
    #[cfg_attr(
        all(),
        cfg_attr(test, doc = "What is paid.", field(rename = "amount_cents"))
    )]
    amount: u8,
    #[cfg(not(test))]
    gone: NoSuchType,
}

#[test]
fn marks_under_a_condition() {
    let conditional = Conditional {
        password: 1,
        amount: 2,
    };
    let logged = capture(|| info!("paid", ..conditional));
    assert_eq!(shown(&logged), ["password=[redacted]", "amount_cents=2"]);
}

#[derive(Fields)]
struct Login {
    #[field(redact)]
    first: SecretString,
    #[field(mask(last = 2))]
    second: SecretBox<String>,
    #[field(hash)]
    third: Option<SecretString>,
}

#[test]
fn secrets_of_the_crate_secrecy_are_taken_by_the_marks() {
    let login = Login {
        first: SecretString::from("hunter2"),
        second: SecretBox::new(Box::new("abcdef".to_owned())),
        third: Some(SecretString::from("hunter2")),
    };
    let logged = capture(|| info!("login_tried", ..login));
    let plain = capture(|| info!("login_tried", third: hash = "hunter2"));
    let hash = &shown(&plain)[0];
    assert_eq!(shown(&logged), ["first=[redacted]", "second=****ef", hash]);
    let logged = capture(|| info!("login_tried", word: mask(last = 2) = login.second));
    assert_eq!(shown(&logged), ["word=****ef"]);
}

#[timed(fields(login: hash, first: redact = login, last: mask(last = 2) = login))]
fn log_in(login: &SecretString) -> usize {
    login.expose_secret().len()
}

#[test]
fn calls_take_secrets_of_the_crate_secrecy_by_the_marks() {
    let login = SecretString::from("hunter2");
    let hash = shown(&capture(|| info!("hashed", login: hash = "hunter2"))).remove(0);
    let logged = capture(|| {
        log_event!(INFO, "login_tried", login: hash, first: redact = login, last: mask(last = 2) = login);
    });
    let all = [hash.as_str(), "first=[redacted]", "last=****r2"];
    assert_eq!(shown(&logged), all);

    let logged = capture(|| assert_eq!(log_in(&login), 7));
    let fields = shown(&logged);
    assert!(
        all.iter().all(|it| fields.iter().any(|field| field == it)),
        "{fields:?}"
    );

    let logged = capture(|| {
        let _guard = context!(login: hash, first: redact = login, last: mask(last = 2) = login);
        info!("login_tried");
    });
    assert_eq!(shown(&logged), all);
    // Their Debug, which a structure around them may show, is theirs.
    let logged = capture(|| info!("login_tried", ?login));
    assert!(!format!("{logged}").contains("hunter2"), "{logged}");
}
