fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
            &::storyline::__private::Meta {
                events: &[
                    "function_complete",
                    "function_failed",
                    "function_cancelled",
                    "function_started",
                ],
                keys: &[
                    "duration_ms",
                    "outcome",
                    "error",
                    "slow",
                    "busy_ms",
                    "polls",
                    "user_id",
                ],
                constants: &[("name", "db_fetch")],
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
            .slow(50000000u64);
        ::storyline::__private::OnExit::of_block(
                if ::storyline::__private::Level::Error.is_compiled()
                    && __STORYLINE_SITE.wants(::storyline::__private::Level::Error)
                {
                    ::storyline::__private::Call::with_own_fields(
                        &__STORYLINE_PLAN,
                        &(::storyline::__private::capture(&user_id), ()),
                    )
                } else {
                    ::storyline::__private::Call::off()
                },
            )
            .end(
                match ::storyline::__private::unreturned() {
                    ::core::option::Option::Some(__storyline_early) => __storyline_early,
                    ::core::option::Option::None => fetch(user_id).await?,
                },
                |__storyline_value| {
                    ::storyline::__private::judge(__storyline_value).outcome()
                },
            )
    }
}
