fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new();
        if let ::core::option::Option::Some(__storyline_pass) = (&__STORYLINE_SITE)
            .wants(
                ::storyline::__private::Level::Debug,
                const {
                    &::storyline::__private::Entry::<
                        _,
                        11,
                    >::new(
                        ::core::concat!(
                            "eD all_of_them\n%a\n?b\n%c\n?d\nje\nef\nxg\nmh\nhi\nrj\nvl-m\n@",
                            ::core::module_path!(), "\n", ::core::line!(), "\n",
                            ::core::file!()
                        ),
                    )
                },
            )
        {
            ::storyline::__private::emit(
                &__STORYLINE_SITE,
                __storyline_pass,
                ::storyline::__private::Level::Debug,
                (
                    ::storyline::__private::capture_display(&a),
                    (
                        ::storyline::__private::capture_debug(&b),
                        (
                            ::storyline::__private::capture_display(&(x + 1)),
                            (
                                ::storyline::__private::capture_debug(&d),
                                (
                                    ::storyline::__private::capture_serde(&e),
                                    (
                                        ::storyline::__private::capture_error(&f),
                                        (
                                            ::storyline::__private::redact(&g),
                                            (
                                                ::storyline::__private::mask(&h, 4),
                                                (
                                                    ::storyline::__private::hash(&i),
                                                    (
                                                        ::storyline::__private::capture(&j.k),
                                                        (::storyline::__private::capture(&1.5), ()),
                                                    ),
                                                ),
                                            ),
                                        ),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            );
        }
    }
}
