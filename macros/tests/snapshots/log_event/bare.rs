fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new();
        ::storyline::__private::emit_variables(
            &__STORYLINE_SITE,
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
            (),
        );
    }
}
