mod futures {
    fn open(text: &str) -> impl Future<Output = Result<(), Error>> + Send + use<'_> {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
            &::storyline::__private::Meta {
                events: &[
                    "function_complete",
                    "function_failed",
                    "function_cancelled",
                    "function_started",
                ],
                keys: &["duration_ms", "outcome", "error", "slow", "busy_ms", "polls"],
                constants: &[("name", "open")],
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
        ::storyline::__private::run_future(
            if ::storyline::__private::Level::Error.is_compiled()
                && __STORYLINE_SITE.wants(::storyline::__private::Level::Error)
            {
                ::storyline::__private::Call::begin(&__STORYLINE_PLAN)
            } else {
                ::storyline::__private::Call::off()
            },
            (text,),
            move |(text,)| {
                before();
                async move { Ok(()) }
            },
            |__storyline_value: &Result<(), Error>| {
                ::storyline::__private::judge(__storyline_value).outcome()
            },
        )
    }
    fn boxed<'a>(text: &'a str) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
            &::storyline::__private::Meta {
                events: &[
                    "function_complete",
                    "function_failed",
                    "function_cancelled",
                    "function_started",
                ],
                keys: &["duration_ms", "outcome", "error", "slow", "busy_ms", "polls"],
                constants: &[("name", "boxed")],
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
        ::storyline::__private::run_boxed(
            if ::storyline::__private::Level::Error.is_compiled()
                && __STORYLINE_SITE.wants(::storyline::__private::Level::Error)
            {
                ::storyline::__private::Call::begin(&__STORYLINE_PLAN)
            } else {
                ::storyline::__private::Call::off()
            },
            (text,),
            move |(text,)| -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
                Box::pin(async move {})
            },
            |__storyline_value: &()| {
                ::storyline::__private::judge(__storyline_value).outcome()
            },
        )
    }
}
