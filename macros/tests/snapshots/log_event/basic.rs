fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new();
        if let ::core::option::Option::Some(__storyline_pass) = __STORYLINE_SITE
            .wants(
                ::storyline::__private::Level::Info,
                const {
                    &::storyline::__private::Entry::<
                        _,
                        2,
                    >::new(
                        ::core::concat!(
                            "eI payment_initiated\nvuser_id\nvamount\n@",
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
                ::storyline::__private::Level::Info,
                0u8,
                (
                    ::storyline::__private::capture(&user_id),
                    (::storyline::__private::capture(&500), ()),
                ),
            );
        }
    }
}
