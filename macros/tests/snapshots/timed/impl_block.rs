impl<const N: usize> Store<N> {
    const LIMIT: usize = { 5 };
    const fn limit() -> usize {
        Self::LIMIT
    }
    fn skipped(&self) {}
    fn own(&self) {
        static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new()
            .level(::storyline::__private::Level::Trace);
        let __storyline_guard = ::storyline::__private::OnUnwind::new(
            if (&__STORYLINE_PLAN).may_want(::storyline::__private::Level::Error) {
                ::storyline::__private::Begun::now(
                    &__STORYLINE_PLAN,
                    const {
                        &::storyline::__private::Entry::<
                            _,
                            1,
                        >::new(
                            ::core::concat!(
                                "tTEE-- own\n@", ::core::module_path!(), "\n",
                                ::core::line!(), "\n", ::core::file!()
                            ),
                        )
                    },
                )
            } else {
                ::storyline::__private::Begun::off()
            },
        );
        let __storyline_value = ::storyline::__private::run((), move |()| -> () {});
        __storyline_guard
            .end(
                &__storyline_value,
                ::storyline::__private::judge(&__storyline_value)
                    .__storyline_classifier(),
            );
        return __storyline_value;
    }
}
