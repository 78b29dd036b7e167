fn expansion() {
    {
        static __STORYLINE_GATE: ::storyline::__private::Gate = ::storyline::__private::Gate::once();
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::with(
            &::storyline::__private::SiteOptions {
                gate: ::core::option::Option::Some(&__STORYLINE_GATE),
                ..::storyline::__private::SiteOptions::NONE
            },
        );
        if let ::core::option::Option::Some(__storyline_pass) = (&__STORYLINE_SITE)
            .wants(
                ::storyline::__private::Level::Info,
                const {
                    &::storyline::__private::Entry::<
                        _,
                        2,
                    >::new(
                        ::core::concat!(
                            "eI row_read\n!once\nva\n%b\n@", ::core::module_path!(),
                            "\n", ::core::line!(), "\n", ::core::file!()
                        ),
                    )
                },
            )
        {
            if let ::core::option::Option::Some(__storyline_held) = (&__STORYLINE_GATE)
                .pass()
            {
                match (&(f().await), &b) {
                    (__storyline_0, __storyline_1) => {
                        ::storyline::__private::emit(
                            &__STORYLINE_SITE,
                            __storyline_pass,
                            ::storyline::__private::Level::Info,
                            (
                                ::storyline::__private::capture(__storyline_0),
                                (
                                    ::storyline::__private::capture_display(__storyline_1),
                                    (__storyline_held, ()),
                                ),
                            ),
                        )
                    }
                };
            }
        }
    }
}
