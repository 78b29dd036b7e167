//! The crates: exact versions whose published packages hold their tests.

/// A crate that is annotated and tested.
#[derive(Debug)]
pub(crate) struct Crate {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// What `cargo test` is told beside.
    pub(crate) arguments: &'static [&'static str],
    /// What its tests need that depends on the crate itself: cargo publishes it without.
    pub(crate) circle: &'static [(&'static str, &'static str)],
    /// How much its own tests try, and the like.
    pub(crate) environment: &'static [(&'static str, &'static str)],
    /// Tests, by a part of their name, that cannot pass as they are published: they are run in no way.
    pub(crate) skipped: &'static [Skipped],
    /// Tests, by a part of their name, that make so many calls that a log of each would be too large: they run with
    /// logging off alone.
    pub(crate) long: &'static [&'static str],
    /// Functions that cannot be timed, with the reason.
    pub(crate) left: &'static [Left],
}

/// Tests that need what the published package has not.
#[derive(Debug)]
pub(crate) struct Skipped {
    pub(crate) test: &'static str,
    pub(crate) reason: &'static str,
}

/// A function, or `*` for all, of a file that is left out by hand.
#[derive(Debug)]
pub(crate) struct Left {
    pub(crate) path: &'static str,
    pub(crate) function: &'static str,
    pub(crate) reason: &'static str,
}

const fn plain(
    name: &'static str,
    version: &'static str,
    arguments: &'static [&'static str],
) -> Crate {
    Crate {
        name,
        version,
        arguments,
        circle: &[],
        environment: &[],
        skipped: &[],
        long: &[],
        left: &[],
    }
}

/// A function of an allocator that serves the whole process, and the log with it.
const fn allocator(path: &'static str, function: &'static str) -> Left {
    let reason = "a part of the process's allocator: of its calls from inside a record the log keeps a count alone";
    Left {
        path,
        function,
        reason,
    }
}

/// All of them, small ones first.
pub(crate) const CRATES: &[Crate] = &[
    plain("semver", "1.0.28", &[]),
    plain("itoa", "1.0.19", &[]),
    Crate {
        // Every character in every place of a request.
        long: &["test_all_utf8_char_in_paths"],
        ..plain("httparse", "1.10.1", &[])
    },
    plain("smallvec", "1.16.6", &[]),
    plain("arrayvec", "0.7.8", &[]),
    plain("slab", "0.4.12", &[]),
    Crate {
        // Every way to advance in every length: millions of buffers.
        long: &["advance_bytes_mut_remaining_capacity"],
        left: &[
            allocator("tests/test_bytes_odd_alloc.rs", "alloc"),
            allocator("tests/test_bytes_odd_alloc.rs", "dealloc"),
            allocator("tests/test_bytes_vec_alloc.rs", "alloc"),
            allocator("tests/test_bytes_vec_alloc.rs", "dealloc"),
            allocator("tests/test_bytes_vec_alloc.rs", "insert"),
            allocator("tests/test_bytes_vec_alloc.rs", "remove"),
            allocator("tests/test_bytes_vec_alloc.rs", "invalid_ptr"),
        ],
        ..plain("bytes", "1.12.2", &[])
    },
    Crate {
        environment: &[("QUICKCHECK_TESTS", "20")],
        ..plain("indexmap", "2.14.2", &[])
    },
    Crate {
        // Thousands of keys, each looked for after each insertion, and all with the same hash in some of the tests.
        long: &[
            "test_lots_of_insertions",
            "zero",
            "max",
            "hashmap_reserve_survives_panicking_build_hasher",
            "test_hashset_insert_remove",
        ],
        ..plain("hashbrown", "0.17.2", &[])
    },
    plain("url", "2.5.8", &[]),
    plain("uuid", "1.29.3", &["--features", "v1,v3,v4,v5,v6,v7,v8"]),
    Crate {
        environment: &[("QUICKCHECK_TESTS", "10")],
        left: &[Left {
            path: "src/extensions.rs",
            function: "test_extensions",
            reason: "it compares the `type_name` of a type declared in its body, which now says `{{closure}}`, too",
        }],
        ..plain("http", "1.5.0", &[])
    },
    Crate {
        circle: &[("futures", "0.3.34"), ("futures-test", "0.3.34")],
        ..plain("futures-channel", "0.3.34", &[])
    },
    plain("async-channel", "2.5.0", &[]),
    plain("async-lock", "3.5.0", &[]),
    plain("tokio-stream", "0.1.19", &["--all-features"]),
    plain("tokio-util", "0.7.20", &["--all-features"]),
    plain("tower", "0.5.3", &["--all-features"]),
    Crate {
        // A hundred times thousands of headers.
        long: &["hpack::test::fuzz::hpack_fuzz"],
        skipped: &[Skipped {
            test: "hpack::test::fixture::",
            reason: "reads the folder `fixtures`, which the package is without",
        }],
        ..plain("h2", "0.4.20", &[])
    },
    plain("hyper", "1.12.0", &["--features", "full"]),
];

/// Those that a quick run takes.
pub(crate) const QUICK: &[&str] = &["semver", "itoa"];
