mod stay {
    #[track_caller]
    fn caller(value: u8) -> u32 {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
            &::storyline::__private::Meta {
                events: &[
                    "function_complete",
                    "function_failed",
                    "function_cancelled",
                    "function_started",
                ],
                keys: &["duration_ms", "outcome", "error", "slow", "busy_ms", "polls"],
                constants: &[("name", "caller")],
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
        );
        let __storyline_guard = ::storyline::__private::OnExit::of_function(
            if ::storyline::__private::Level::Error.is_compiled()
                && __STORYLINE_SITE.wants(::storyline::__private::Level::Error)
            {
                ::storyline::__private::Call::begin(&__STORYLINE_PLAN)
            } else {
                ::storyline::__private::Call::off()
            },
        );
        match () {
            () => line(value),
        }
    }
    fn never() -> ! {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
            &::storyline::__private::Meta {
                events: &[
                    "function_complete",
                    "function_failed",
                    "function_cancelled",
                    "function_started",
                ],
                keys: &["duration_ms", "outcome", "error", "slow", "busy_ms", "polls"],
                constants: &[("name", "never")],
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
        );
        let __storyline_guard = ::storyline::__private::OnUnwind::new(
            if ::storyline::__private::Level::Error.is_compiled()
                && __STORYLINE_SITE.wants(::storyline::__private::Level::Error)
            {
                ::storyline::__private::Call::begin(&__STORYLINE_PLAN)
            } else {
                ::storyline::__private::Call::off()
            },
        );
        match () {
            () => exit(),
        }
    }
    async fn never_async() -> ! {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
            &::storyline::__private::Meta {
                events: &[
                    "function_complete",
                    "function_failed",
                    "function_cancelled",
                    "function_started",
                ],
                keys: &["duration_ms", "outcome", "error", "slow", "busy_ms", "polls"],
                constants: &[("name", "never_async")],
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
        );
        match ::storyline::__private::Timed::new(
                if ::storyline::__private::Level::Error.is_compiled()
                    && __STORYLINE_SITE.wants(::storyline::__private::Level::Error)
                {
                    ::storyline::__private::Call::begin(&__STORYLINE_PLAN)
                } else {
                    ::storyline::__private::Call::off()
                },
                async move {
                    match ::storyline::__private::unreturned::<
                        ::core::convert::Infallible,
                    >() {
                        ::core::option::Option::Some(__storyline_early) => {
                            return __storyline_early;
                        }
                        ::core::option::Option::None => forever().await,
                    }
                },
                |__storyline_value| {
                    ::storyline::__private::judge(__storyline_value).outcome()
                },
            )
            .await
        {}
    }
}
