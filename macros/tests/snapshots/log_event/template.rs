fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new();
        if let ::core::option::Option::Some(__storyline_pass) = (&__STORYLINE_SITE)
            .wants(
                ::storyline::__private::Level::Warning,
                const {
                    &::storyline::__private::Entry::<
                        _,
                        4,
                    >::new(
                        ::core::concat!(
                            "eW slow_query\nvtable\n?error\nvms\nvrows\n{0\n\" took \n{2: >8.2\n\" ms {really}: \n{1\n@",
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
                ::storyline::__private::Level::Warning,
                (
                    ::storyline::__private::capture(&table),
                    (
                        ::storyline::__private::capture_debug(&error),
                        (
                            ::storyline::__private::capture(&(took.as_millis())),
                            (::storyline::__private::capture(&rows), ()),
                        ),
                    ),
                ),
            );
        }
    }
}
