fn expansion() {
    {
        static __STORYLINE_GATE: ::storyline::__private::Gate = ::storyline::__private::Gate::at_most(
            5u64,
            1000000000u64,
        );
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
                        1,
                    >::new(
                        ::core::concat!(
                            "eI row_read\n>db\n!at_most(5 per 1s)\nvid\n@",
                            ::core::module_path!(), "\n", ::core::line!(), "\n",
                            ::core::file!()
                        ),
                    )
                },
            )
        {
            if let ::core::option::Option::Some(__storyline_held) = (&__STORYLINE_GATE)
                .pass()
            {
                ::storyline::__private::emit(
                    &__STORYLINE_SITE,
                    __storyline_pass,
                    ::storyline::__private::Level::Info,
                    (::storyline::__private::capture(&id), (__storyline_held, ())),
                );
            }
        }
    }
}
