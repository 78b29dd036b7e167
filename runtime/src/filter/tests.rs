//! Lists of directives, and what is wrong with some.

use super::*;

const INFO: u8 = Level::Info.number();

fn read(text: &str) -> Filter {
    Filter::parse(text, INFO, BareWord::Refused).expect(text)
}

fn refused(text: &str) -> DirectiveError {
    Filter::parse(text, INFO, BareWord::Refused).expect_err(text)
}

#[test]
fn the_closest_target_decides() {
    let filter = read("warn,app=info,app::db=debug,noisy=off");
    assert_eq!(filter.threshold("other"), 30);
    assert_eq!(filter.threshold("app"), 20);
    assert_eq!(filter.threshold("app::web::login"), 20);
    assert_eq!(filter.threshold("app::db"), 10);
    assert_eq!(filter.threshold("app::db::pool"), 10);
    assert_eq!(filter.threshold("noisy::inner"), OFF);
}

#[test]
fn a_target_is_a_path_and_not_the_start_of_a_word() {
    let filter = read("hyper=error");
    assert_eq!(filter.threshold("hyper::client"), 40);
    assert_eq!(filter.threshold("hyperactive"), INFO);
}

#[test]
fn the_last_of_two_for_one_target_wins_and_spaces_do_not_matter() {
    let filter = read(" app = debug , app=error,, ");
    assert_eq!(filter.threshold("app"), 40);
    assert_eq!(filter.threshold("x"), INFO);
    assert_eq!(read("").threshold("x"), INFO);
}

#[test]
fn mistakes_name_the_word_and_its_place() {
    let error = refused("info,hyper=lod");
    assert_eq!((error.word(), error.position()), ("lod", 11));
    let error = refused("info, inof");
    assert_eq!((error.word(), error.position()), ("inof", 6));
    assert!(error.to_string().contains("`inof=trace`"), "{error}");
    assert_eq!(refused("=info").position(), 0);
    assert_eq!(refused("app=").word(), "app=");
    assert_eq!(refused("app[span]=info").word(), "app[span]");
    assert_eq!(refused("a=b=c").word(), "b=c");
}

#[test]
fn what_is_neither_is_answered_with_what_was_meant() {
    for (text, expected) in [
        ("inf", "write `info`, or"),
        ("infoo", "write `info`, or"),
        ("wran", "write `warn`, or"),
        ("ERR", "write `error`, or"),
        ("my_crate", "everything of a target write `my_crate=trace`"),
        ("info;warn", "between commas, as in `info,my_crate=debug`"),
        ("5", "between commas, as in `info,my_crate=debug`"),
    ] {
        let told = refused(text).to_string();
        assert!(told.contains(expected), "{told}");
    }
}

#[test]
fn a_foreign_list_is_read_as_far_as_it_is_ours() {
    let parts = |text| {
        let (filter, skipped) = Filter::parse_foreign(text, INFO);
        let parts: Vec<_> = skipped.into_iter().map(|it| it.part).collect();
        (filter, parts)
    };
    let (filter, skipped) = parts("warn, tower[request]=debug ,my_app,db=debug/a,b");
    let filter = filter.expect("three were read");
    assert_eq!(filter.threshold("x"), 30);
    assert_eq!(filter.threshold("my_app"), 5);
    assert_eq!(filter.threshold("db"), 10);
    assert_eq!(filter.threshold("tower"), 30);
    assert_eq!(skipped, ["tower[request]=debug", "/a,b"]);
    let (filter, skipped) = parts("[request]=debug");
    assert_eq!((filter, skipped.len()), (None, 1));
    assert_eq!(parts("info").1, Vec::<String>::new());
}

#[test]
fn a_bare_target_is_read_where_others_read_it() {
    let filter = Filter::parse("my_app", INFO, BareWord::Target).expect("a target");
    assert_eq!(filter.threshold("my_app::x"), 5);
    assert_eq!(filter.threshold("other"), INFO);
    assert!(Filter::parse("my app", INFO, BareWord::Target).is_err());
}
