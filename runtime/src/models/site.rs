//! Two threads come to one call site first, together.

use loom::thread::spawn;

use crate::level::Level;
use crate::models::wake::{join, sleep_unless};
use crate::registry;
use crate::samples::Samples;
use crate::site::{Meta, STEP, Site, SiteOptions};
use crate::wake;

/// Wanted before anything is set up.
const LEVEL: Level = Level::Warning;

/// A record bears the number of its site, and what stands before a first record describes that number.
fn has_its_number(is_decided: fn(&'static Site) -> bool) {
    static SITE: Site = Site::with(STEP);

    loom::model(move || {
        let call = move || {
            assert!(is_decided(&SITE));
            assert_eq!(SITE.id(), 1);
        };
        let other = spawn(call);
        call();
        other.join().expect("the other");
        let mut sites = Vec::new();
        registry::sites_from(0, &mut sites);
        assert_eq!(sites.len(), 1, "it has one number");
    });
}

#[test]
fn who_finds_a_site_wanted_finds_its_number() {
    has_its_number(|site| site.wants_known(LEVEL));
}

/// As behind the call of an expansion.
#[test]
fn who_lets_a_record_pass_finds_its_number() {
    has_its_number(|site| {
        let level = LEVEL.number();
        site.passes(level) || level >= registry::decide_known(site)
    });
}

/// As a structure inside of a record does.
#[test]
fn who_finds_a_site_decided_finds_its_number() {
    has_its_number(|site| !site.is_undecided() || registry::decide_known(site) <= LEVEL.number());
}

/// What is counted wakes nobody, so the first site whose calls count must: of two threads that come to it first
/// together, one does.
#[test]
fn the_first_calls_that_count_are_not_left_to_a_sleeper() {
    static SAMPLES: Samples = Samples::new();
    static META: Meta = Meta {
        samples: Some(&SAMPLES),
        ..Meta::STEP
    };
    static OPTIONS: SiteOptions = SiteOptions {
        meta: Some(&META),
        ..SiteOptions::NONE
    };
    static SITE: Site = Site::with(&OPTIONS);

    loom::model(|| {
        let call = || assert!(SITE.wants_known(LEVEL));
        let caller = spawn(call);
        let sleeper = spawn(|| {
            wake::become_backend();
            while !registry::has_samples() {
                sleep_unless(registry::has_samples);
            }
        });
        call();
        join([caller, sleeper]);
    });
}
