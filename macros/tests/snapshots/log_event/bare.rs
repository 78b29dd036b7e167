fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new();
        if let ::core::option::Option::Some(__storyline_pass) = __STORYLINE_SITE
            .wants(
                ::storyline::__private::Level::Critical,
                const {
                    &::storyline::__private::Entry::<
                        _,
                        0,
                    >::new(
                        ::core::concat!(
                            "eC out_of_memory\n@", ::core::module_path!(), "\n",
                            ::core::line!(), "\n", ::core::file!()
                        ),
                    )
                },
            )
        {
            ::storyline::__private::emit(
                &__STORYLINE_SITE,
                __storyline_pass,
                ::storyline::__private::Level::Critical,
                0u8,
                (),
            );
        }
    }
}
