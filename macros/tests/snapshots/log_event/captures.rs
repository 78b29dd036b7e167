fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
            &::storyline::__private::Meta {
                events: &["all_of_them"],
                keys: &["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "l-m"],
                constants: &[],
                template: &[],
                target: ::core::module_path!(),
                module: ::core::module_path!(),
                file: ::core::file!(),
                line: ::core::line!(),
                gate: ::core::option::Option::None,
                samples: ::core::option::Option::None,
            },
        );
        if ::storyline::__private::Level::Debug.is_compiled()
            && __STORYLINE_SITE.wants(::storyline::__private::Level::Debug)
        {
            ::storyline::__private::emit(
                &__STORYLINE_SITE,
                ::storyline::__private::Level::Debug,
                0u8,
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
