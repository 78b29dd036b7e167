//! What is read, what is refused and in which words, and that it is said once.

use super::*;

fn problems(text: &str) -> Vec<String> {
    Policy::of(text).problems
}

#[test]
fn names_are_read_in_every_spelling() {
    let policy = Policy::of(
        "# names of this package\n\
         [secrets]\n\
         forbid = [\"member_number\", 'payrollId', \"STAFF-NOTE\"]\n\
         allow = [\n  { name = \"sessionId\", reason = \"a public number of a talk\" },\n]\n",
    );
    assert_eq!(policy.problems, [""; 0]);
    assert_eq!(policy.forbid, ["member number", "payroll id", "staff note"]);
    assert_eq!(policy.allow, ["session id"]);

    let tables = "[[secrets.allow]]\nname = \"pin\"\nreason = \"of a chip on the board\"\n";
    assert_eq!(Policy::of(tables).allow, ["pin"]);
    for empty in ["", "# nothing\n", "[secrets]\n", "secrets.forbid = []"] {
        assert_eq!(problems(empty), [""; 0], "{empty}");
    }
}

#[test]
fn every_mistake_names_its_line_and_what_to_write() {
    for (text, expected) in [
        ("[secrets]\nforbid = [\"a\"\n", "storyline.toml:"),
        (
            "[secrets]\nforbid = [member]\n",
            "storyline.toml:2: this is no TOML: ",
        ),
        (
            "[secrets]\nforbid = []\nforbid = []\n",
            "storyline.toml:3: this is no TOML: duplicate key",
        ),
        (
            "\n[secret]\n",
            "storyline.toml:2: nothing is called `secret` here; did you mean `secrets`?",
        ),
        (
            "secrets = 5\n",
            "storyline.toml:1: `secrets` is a table: write `[secrets]`",
        ),
        (
            "[secrets]\n\nforbidden = []\n",
            "storyline.toml:3: nothing is called `forbidden` here; did you mean `forbid`? write `forbid = [",
        ),
        (
            "[secrets]\nforbid = \"a\"\n",
            "storyline.toml:2: `forbid` is a list of names: write `forbid = [",
        ),
        (
            "[secrets]\nforbid = [\n\"a\",\n7]\n",
            "storyline.toml:4: what is forbidden is a name, in quotes",
        ),
        (
            "[secrets]\nforbid = [\"-\"]\n",
            "storyline.toml:2: this name has no letters",
        ),
        (
            "[secrets]\nforbid = [\"a_b\", \"aB\"]\n",
            "storyline.toml:2: `aB` stands here twice",
        ),
        (
            "[secrets]\nallow = { name = \"a\" }\n",
            "storyline.toml:2: `allow` is a list of names with reasons",
        ),
        (
            "[secrets]\nallow = [\"pin\"]\n",
            "storyline.toml:2: `pin` needs a reason: write `{ name = \"pin\", reason = \"<reason>\" }`",
        ),
        (
            "[secrets]\nallow = [{ name = \"pin\" }]\n",
            "storyline.toml:2: `pin` needs a reason",
        ),
        (
            "[secrets]\nallow = [{ name = \"pin\", reason = \" \" }]\n",
            "storyline.toml:2: `pin` needs a reason",
        ),
        (
            "[secrets]\nallow = [{ name = \"pin\", reason = \"ok\" }]\n",
            "storyline.toml:2: this reason is too short",
        ),
        (
            "[secrets]\nallow = [{ name = \"pin\", reason = \"<reason>\" }]\n",
            "storyline.toml:2: `<reason>` is no reason: write the reason",
        ),
        (
            "[secrets]\nallow = [{ reason = \"of a chip\" }]\n",
            "storyline.toml:2: a name is missing: write `allow = [{ name",
        ),
        (
            "[secrets]\nallow = [{ name = 7, reason = \"of a chip\" }]\n",
            "storyline.toml:2: `name` is text",
        ),
        (
            "[secrets]\nallow = [7]\n",
            "storyline.toml:2: what is allowed is a name and its reason",
        ),
        (
            "[[secrets.allow]]\nname = \"pin\"\nreason = \"of a chip\"\nwhy = \"x\"\n",
            "storyline.toml:4: nothing is called `why` here; write `allow = [",
        ),
        (
            "[secrets]\nforbid = [\"user_pin\"]\nallow = [{ name = \"userPin\", reason = \"of a chip\" }]\n",
            "storyline.toml:3: `userPin` is both forbidden and allowed",
        ),
    ] {
        let found = problems(text);
        assert!(!found.is_empty(), "{text}");
        assert!(
            found[0].starts_with(expected),
            "{text}\n{found:?}\n{expected}"
        );
    }
}

#[test]
fn a_mistake_is_told_once_and_what_was_meant_counts() {
    for (text, expected) in [
        (
            "[secrets]\nallow = [\"pin\"]\n",
            "storyline.toml:2: `pin` needs a reason: write `{ name = \"pin\", reason = \"<reason>\" }`",
        ),
        (
            "[secrets]\nallow = [{ name = \"pin\", resaon = \"of a chip\" }]\n",
            "storyline.toml:2: nothing is called `resaon` here; did you mean `reason`? write `allow = [",
        ),
        (
            "[secrets]\nallow = [{ nmae = \"pin\", reason = \"of a chip\" }]\n",
            "storyline.toml:2: nothing is called `nmae` here; did you mean `name`? write `allow = [",
        ),
        (
            "[secrets]\nallow = [{ name = \"pin\", why = \"of a chip\" }]\n",
            "storyline.toml:2: nothing is called `why` here; write `allow = [",
        ),
        (
            "[secrets]\nallow = [{ name = \"pin\", reason = 7 }]\n",
            "storyline.toml:2: `reason` is text, in quotes",
        ),
        (
            "[secrets]\nalow = [{ name = \"pin\", reason = \"of a chip\" }]\n",
            "storyline.toml:2: nothing is called `alow` here; did you mean `allow`? write `forbid = [",
        ),
        (
            "[secret]\nallow = [{ name = \"pin\", reason = \"of a chip\" }]\n",
            "storyline.toml:1: nothing is called `secret` here; did you mean `secrets`? the one table",
        ),
    ] {
        let policy = Policy::of(text);
        assert_eq!(policy.problems.len(), 1, "{text}: {:?}", policy.problems);
        assert!(
            policy.problems[0].starts_with(expected),
            "{text}: {:?}",
            policy.problems
        );
        assert_eq!(policy.allow, ["pin"], "{text}");
    }
    assert!(Policy::of("[secrets\nallow = [\"pin\"]\n").is_unread);
    assert!(!Policy::of("[secrets]\nallow = [\"pin\"]\n").is_unread);
}

#[test]
fn all_mistakes_are_told_together_and_once() {
    let policy = Policy::of(
        "[secrets]\nallow = [\"b\", { name = \"c\" }]\nforbid = [1]\nother = 2\n[more]\n",
    );
    let lines: Vec<_> = policy
        .problems
        .iter()
        .filter_map(|it| it.split(':').nth(1))
        .collect();
    assert_eq!(lines, ["2", "2", "3", "4", "5"]);

    let mut errors = Errors::new();
    policy.report(&mut errors);
    policy.report(&mut errors);
    assert_eq!(errors.into_messages().len(), 5);
}

#[test]
fn a_file_is_watched_from_everywhere_and_what_is_not_there_is_not() {
    assert!(Policy::of("").watch_tokens().is_none());
    let policy = Policy {
        path: Some("/shop/storyline.toml".into()),
        ..Policy::default()
    };
    for site in 1..=2 {
        let tokens = policy.watch_tokens().map(|it| it.to_string());
        let expected = "let _ = :: core :: include_bytes ! (\"/shop/storyline.toml\") ;";
        assert_eq!(tokens.as_deref(), Some(expected), "site {site}");
    }
}

#[test]
fn the_runtime_is_told_only_where_there_is_something_to_tell() {
    let private = quote::quote!(p);
    assert!(Policy::of("").words_tokens("", &private).is_none());
    let policy = Policy::of("[secrets]\nforbid = [\"memberNumber\"]\n");
    let tokens = policy
        .words_tokens("", &private)
        .expect("words")
        .to_string();
    assert_eq!(
        tokens,
        "& p :: Words { forbid : & [\"member number\"] , allow : & [] , holder : \"\" , }"
    );
    let tokens = Policy::of("")
        .words_tokens("card", &private)
        .expect("words")
        .to_string();
    assert_eq!(
        tokens,
        "& p :: Words { forbid : & [] , allow : & [] , holder : \"card\" , }"
    );
}

#[test]
fn what_is_no_file_is_an_error_and_is_not_waited_for() {
    let folder = std::env::temp_dir().join(format!("storyline-policy-{}", std::process::id()));
    fs::create_dir_all(folder.join("folder")).expect("a folder can be made");
    let at = |name: &str| folder.join(name);
    std::os::unix::fs::symlink(at("nothing"), at("dangling")).expect("a link can be made");
    std::os::unix::fs::symlink(at("file"), at("link")).expect("a link can be made");
    std::os::unix::fs::symlink("/dev/zero", at("endless")).expect("a link can be made");
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).expect("it can be bound");
    let pipe = std::process::Command::new("mkfifo")
        .arg(at("pipe"))
        .status();
    assert!(pipe.expect("mkfifo runs").success());
    fs::write(at("file"), "secrets.forbid = [\"seat\"]").expect("a file can be written");

    for (name, expected) in [
        ("dangling", "it is a link to what is not there"),
        ("folder", "it is no file"),
        ("endless", "it is no file"),
        ("socket", "it is no file"),
        ("pipe", "it is no file"),
    ] {
        let policy = open(&at(name));
        let [problem] = &policy.problems[..] else {
            panic!("{name}: {:?}", policy.problems);
        };
        assert!(
            problem.ends_with(&format!(
                "{name} cannot be read: {expected}; mend or remove it"
            )),
            "{problem}"
        );
        assert!(policy.is_unread, "{name}");
    }
    for name in ["file", "link"] {
        assert_eq!(open(&at(name)).forbid, ["seat"], "{name}");
    }
    assert_eq!(open(&at("nothing")).problems, [""; 0]);
    assert!(!open(&at("nothing")).is_unread);
    fs::remove_dir_all(folder).expect("the folder can be removed");
}
