fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new();
        let __storyline_level = ::storyline::__private::level(pick(&x));
        ::storyline::__private::emit_variables(
            &__STORYLINE_SITE,
            __storyline_level,
            const {
                &::storyline::__private::Entry::<
                    _,
                    1,
                >::new(
                    ::core::concat!(
                        "e- request_done\nvstatus\n@", ::core::module_path!(), "\n",
                        ::core::line!(), "\n", ::core::file!()
                    ),
                )
            },
            (::storyline::__private::variable(&status), ()),
        );
    }
}
