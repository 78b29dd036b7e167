fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new();
        ::storyline::__private::emit_variables(
            &__STORYLINE_SITE,
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
            (
                ::storyline::__private::variable(&user_id),
                (::storyline::__private::variable(&500), ()),
            ),
        );
    }
}
