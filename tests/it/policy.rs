//! `storyline.toml` from end to end: a small package of its own, which cargo builds and which says what of names.
//! All of them share a target folder, so that only the first one compiles storyline.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::alone::Place;

const LOG: &str = r#"
fn main() {
    let member_number = 4711;
    storyline::info!("member_read", member_number);
    storyline::info!("member_read", "{member_number}");
    storyline::info!("member_read", of = member_number);
}
"#;

/// A package whose programs are these, by name.
struct Package {
    directory: Place,
}

/// What cargo said.
struct Built {
    succeeded: bool,
    messages: Vec<serde_json::Value>,
}

impl Package {
    fn new(test: &str, programs: &[(&str, &str)]) -> Self {
        let directory = Place::new(test);
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        // To cargo, packages of one name that are the root of their workspace are one package.
        let manifest = format!(
            "[package]\nname = \"{test}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
             [workspace]\n[profile.dev]\ndebug = false\n[dependencies]\nstoryline = {{ path = \"{}\" }}\n",
            root.join("runtime").display()
        );
        let package = Self { directory };
        package.write("Cargo.toml", &manifest);
        for (name, source) in programs {
            package.write(&format!("src/bin/{name}.rs"), source);
        }
        let lock = std::fs::read(root.join("Cargo.lock")).expect("the lock file");
        std::fs::write(package.directory.join("Cargo.lock"), lock).expect("a lock file");
        package
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.directory.join(name);
        std::fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        std::fs::write(path, text).expect("a file of the package");
    }

    fn policy(&self, text: &str) {
        self.write("storyline.toml", text);
    }

    fn build(&self) -> Built {
        let output = Command::new(env!("CARGO"))
            .args(["build", "--offline", "--quiet", "--message-format", "json"])
            .arg("--target-dir")
            .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("policy"))
            .current_dir(self.directory.join("."))
            .env_remove("STORYLINE_MAX_LEVEL")
            .output()
            .expect("cargo runs");
        let messages: Vec<serde_json::Value> = String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        assert!(
            !messages.is_empty(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Built {
            succeeded: output.status.success(),
            messages,
        }
    }
}

impl Built {
    fn errors(&self) -> Vec<String> {
        let errors = self.messages.iter().filter_map(|message| {
            let message = &message["message"];
            (message["level"] == "error" && !message["spans"].as_array()?.is_empty())
                .then(|| message["message"].as_str().map(str::to_owned))?
        });
        errors.collect()
    }

    /// Where the errors stand whose text has this part: a file and a line.
    fn places(&self, part: &str) -> Vec<(String, u64)> {
        let messages = self.messages.iter().map(|it| &it["message"]);
        let found =
            messages.filter(|it| it["message"].as_str().is_some_and(|it| it.contains(part)));
        let place = |message: &serde_json::Value| {
            let span = message["spans"].as_array()?.first()?;
            // Of the call that stands in the program, not of the macro that it calls.
            let mut span = span;
            while let outer @ serde_json::Value::Object(_) = &span["expansion"]["span"] {
                span = outer;
            }
            Some((
                span["file_name"].as_str()?.to_owned(),
                span["line_start"].as_u64()?,
            ))
        };
        found.filter_map(place).collect()
    }

    #[track_caller]
    fn is_fine(&self) {
        assert!(self.succeeded, "{:#?}", self.messages);
    }

    /// The programs that were compiled now.
    fn compiled(&self) -> Vec<&str> {
        let mut names: Vec<_> = self
            .messages
            .iter()
            .filter(|message| message["fresh"] == false && !message["executable"].is_null())
            .filter_map(|message| message["target"]["name"].as_str())
            .collect();
        names.sort_unstable();
        names
    }

    fn program(&self, name: &str) -> PathBuf {
        let mut messages = self.messages.iter();
        let message = messages.find(|it| it["target"]["name"] == name);
        let path = message.and_then(|it| it["executable"].as_str());
        path.expect("cargo names the program").into()
    }
}

#[test]
fn a_package_forbids_and_allows_names_of_its_own() {
    let package = Package::new("policy_names", &[("log", LOG)]);
    package.build().is_fine();

    package.write("src/bin/log.rs", &LOG.replace("4711", "4712"));
    package.policy("[secrets]\nforbid = [\"memberNumber\"]\n");
    let errors = package.build().errors();
    assert_eq!(errors.len(), 3, "{errors:#?}");
    for error in &errors {
        assert!(
            error.contains("`member_number` names a secret, says storyline.toml")
                || error.contains("`{member_number}` names a secret, says storyline.toml"),
            "{error}"
        );
    }

    package.write(
        "src/bin/log.rs",
        "fn main() { let session_id = 7; storyline::info!(\"talk_begun\", session_id); }",
    );
    let errors = package.build().errors();
    assert!(
        errors[0].contains("`session_id` names a secret: "),
        "{errors:?}"
    );
    package.policy(
        "[secrets]\nallow = [{ name = \"sessionId\", reason = \"the number of a talk\" }]\n",
    );
    package.build().is_fine();
}

#[test]
fn an_edit_is_noticed_whatever_macro_captures() {
    let package = Package::new(
        "policy_edits",
        &[
            (
                "event",
                "fn main() { let seat = 7; storyline::info!(\"seat_taken\", seat); storyline::info!(\"a_b\", seat); }",
            ),
            (
                "bound",
                "fn main() { let seat = 7; let _seat = storyline::context!(seat); }",
            ),
            (
                "timed",
                "#[storyline::timed(fields(seat))] fn take(seat: u8) -> u8 { seat } fn main() { take(7); }",
            ),
            (
                "step",
                "#[storyline::state_machine(initial = Free)] enum Place { #[to(Taken)] Free, #[terminal] Taken }
                 fn main() { let seat = 7; let mut place = Place::Free;
                 let _ = storyline::transition!(place => Place::Taken, seat); }",
            ),
        ],
    );
    package.policy("[secrets]\nforbid = []\n");
    let first = package.build();
    first.is_fine();
    let all = ["bound", "event", "step", "timed"];
    assert_eq!(first.compiled(), all);
    assert_eq!(package.build().compiled(), [""; 0], "nothing has changed");

    package.policy("[secrets]\nforbid = [\"seat\"]\n");
    let mut seen = Vec::new();
    let built = package.build();
    for message in &built.messages {
        if message["reason"] == "compiler-message" && message["message"]["level"] == "error" {
            seen.extend(message["target"]["name"].as_str());
        }
    }
    assert!(!seen.is_empty(), "the edit was not noticed");

    package.policy(
        "[secrets]\n# other words, the same names: seventeen_letters_of_canary\nforbid = []\n",
    );
    let last = package.build();
    last.is_fine();
    assert_eq!(last.compiled(), all, "an edit compiles them all again");
    let program = std::fs::read(last.program("event")).expect("a program");
    let canary = b"seventeen_letters_of_canary";
    assert!(
        !program.windows(canary.len()).any(|it| it == canary),
        "the file is in the program"
    );
}

#[test]
fn an_edit_is_noticed_though_the_first_call_is_left_out_of_the_build() {
    // What times a whole block sees its functions before anybody looks at their conditions.
    let source = "
        struct Seats;
        #[storyline::timed(fields(seat))]
        impl Seats {
            #[cfg(any())]
            fn free(seat: u8) -> u8 { seat }
        }
        fn main() {
            let (Seats, seat) = (Seats, 7);
            storyline::info!(\"seat_taken\", seat);
        }
    ";
    let package = Package::new("policy_left_out", &[("seats", source)]);
    package.policy("[secrets]\nforbid = []\n");
    package.build().is_fine();
    package.policy("[secrets]\nforbid = [\"seat\"]\n");
    let errors = package.build().errors();
    assert!(
        errors.iter().any(|it| it.contains("says storyline.toml")),
        "the edit was not noticed: {errors:?}"
    );
}

#[test]
fn mistakes_in_the_file_are_told_once_with_their_lines() {
    let package = Package::new("policy_mistakes", &[("log", LOG)]);
    package.policy(
        "[secrets]\n\
         forbid = [\"member_number\", \"pin\"]\n\
         allow = [{ name = \"pin\" }, \"otp\", { name = \"cvv\", reason = \"ok\" }]\n\
         forbiden = 1\n\
         [secret]\n",
    );
    let built = package.build();
    let told =
        "(each macro reads this package's storyline.toml; what is wrong in it is told once, here)";
    let expected = [
        "3: `pin` needs a reason: write `{ name = \"pin\", reason = \"<reason>\" }`",
        "3: `pin` is both forbidden and allowed: remove it from one of the lists",
        "3: `otp` needs a reason: write `{ name = \"otp\", reason = \"<reason>\" }`",
        "3: this reason is too short for a reader to judge: say in a few words why the value is not a secret",
        "4: nothing is called `forbiden` here; did you mean `forbid`? write `forbid = [\"member_number\"]` or \
         `allow = [{ name = \"member_number\", reason = \"<reason>\" }]`",
        "5: nothing is called `secret` here; did you mean `secrets`? the one table here is `[secrets]`",
    ];
    let expected = expected.map(|it| format!("storyline.toml:{it} {told}"));
    let errors = built.errors();
    let (mine, fields): (Vec<_>, Vec<_>) = errors.iter().partition(|it| it.contains(told));
    assert_eq!(mine, expected.each_ref());
    assert_eq!(fields.len(), 3, "what could be read counts: {fields:#?}");
    // Under the first call in the program; no macro can point into another file.
    for place in built.places(told) {
        assert_eq!(place, ("src/bin/log.rs".to_owned(), 4));
    }

    package.policy("[secrets\n");
    let errors = package.build().errors();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert!(
        errors[0].starts_with("storyline.toml:1: this is no TOML: "),
        "{errors:?}"
    );
}

/// The first call is told what is wrong with the file, and no name is refused beside it: it must be told wherever the
/// call is compiled.
#[test]
fn a_file_that_cannot_be_read_is_an_error_whatever_becomes_of_the_first_call() {
    let source = r#"
        #[storyline::timed]
        mod first {
            #[cfg_attr(any(), timed(fields(seat)))]
            pub fn never_timed(_seat: u8) {}
        }
        fn main() {
            first::never_timed(1);
            let password = "x";
            storyline::info!("seen", password);
        }
    "#;
    let package = Package::new("policy_unread", &[("seats", source)]);
    package.policy("[secrets\n");
    let errors = package.build().errors();
    assert!(
        errors.iter().any(|it| it.contains("this is no TOML")),
        "nothing was said of the file: {errors:?}"
    );
}

#[test]
fn keys_of_structures_are_judged_by_the_package_too() {
    let source = r#"
        fn main() {
            let member = std::collections::BTreeMap::from([("memberNumber", 4711), ("pin", 7), ("iban", 3)]);
            let logged = storyline::testing::capture(|| storyline::info!("member_read", member: serde));
            println!("{:?}", logged[0].as_record().field("member"));
        }
    "#;
    let package = Package::new("policy_structures", &[("keys", source)]);
    package.policy(
        "[secrets]\nforbid = [\"member_number\"]\nallow = [{ name = \"pin\", reason = \"a pin of a board\" }]\n",
    );
    let built = package.build();
    built.is_fine();
    let output = Command::new(built.program("keys"))
        .output()
        .expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout).replace('\\', "");
    assert_eq!(
        text.trim(),
        r#"Some(Json("{"iban":"[redacted]","memberNumber":"[redacted]","pin":7}"))"#
    );
}
