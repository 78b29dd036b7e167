impl<const N: usize> Store<N> {
    const LIMIT: usize = { 5 };
    const fn limit() -> usize {
        Self::LIMIT
    }
    fn skipped(&self) {}
    fn own(&self) {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new();
        static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new(
                &__STORYLINE_SITE,
            )
            .level(::storyline::__private::Level::Trace);
        return ::storyline::__private::run(
            if let ::core::option::Option::Some(__storyline_pass) = __STORYLINE_SITE
                .wants(
                    ::storyline::__private::Level::Error,
                    const {
                        &::storyline::__private::Entry::new(
                            ::core::concat!(
                                "tTEE-- own\n@", ::core::module_path!(), "\n",
                                ::core::line!(), "\n", ::core::file!()
                            ),
                        )
                    },
                )
            {
                ::storyline::__private::Call::begin(&__STORYLINE_PLAN, __storyline_pass)
            } else {
                ::storyline::__private::Call::off()
            },
            (),
            move |()| -> () {},
            |__storyline_value| {
                ::storyline::__private::judge(__storyline_value).outcome()
            },
        );
    }
}
