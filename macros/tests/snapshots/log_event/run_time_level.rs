fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new();
        let __storyline_level = ::storyline::__private::level(pick(&x));
        if let ::core::option::Option::Some(__storyline_pass) = __STORYLINE_SITE
            .wants(
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
            )
        {
            ::storyline::__private::emit(
                &__STORYLINE_SITE,
                __storyline_pass,
                __storyline_level,
                0u8,
                (::storyline::__private::capture(&status), ()),
            );
        }
    }
}
