impl<const N: usize> Store<N> {
    const LIMIT: usize = { 5 };
    const fn limit() -> usize {
        Self::LIMIT
    }
    fn skipped(&self) {}
    fn own(&self) {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
            &::storyline::__private::Meta {
                events: &[
                    "function_complete",
                    "function_failed",
                    "function_cancelled",
                    "function_started",
                ],
                keys: &["duration_ms", "outcome", "error", "slow", "busy_ms", "polls"],
                constants: &[("name", "own")],
                template: &[],
                target: ::core::module_path!(),
                module: ::core::module_path!(),
                file: ::core::file!(),
                line: ::core::line!(),
                gate: ::core::option::Option::None,
                samples: ::core::option::Option::None,
            },
        );
        static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new(
                &__STORYLINE_SITE,
            )
            .level(::storyline::__private::Level::Trace);
        ::storyline::__private::run(
            if ::storyline::__private::Level::Error.is_compiled()
                && __STORYLINE_SITE.wants(::storyline::__private::Level::Error)
            {
                ::storyline::__private::Call::begin(&__STORYLINE_PLAN)
            } else {
                ::storyline::__private::Call::off()
            },
            (),
            move |()| -> () {},
            |__storyline_value| {
                ::storyline::__private::judge(__storyline_value).outcome()
            },
        )
    }
}
