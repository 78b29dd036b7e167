fn charge(user_id: u64) -> u64 {
    static __STORYLINE_SAMPLES: ::storyline::__private::Samples = ::storyline::__private::Samples::new();
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
            constants: &[("name", "charge")],
            template: &[],
            target: ::core::module_path!(),
            module: ::core::module_path!(),
            file: ::core::file!(),
            line: ::core::line!(),
            gate: ::core::option::Option::None,
            samples: ::core::option::Option::Some(&__STORYLINE_SAMPLES),
        },
    );
    static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new(
            &__STORYLINE_SITE,
        )
        .level(::storyline::__private::Level::Debug)
        .percentiles();
    static __STORYLINE_SILENT: ::storyline::__private::Plan = ::storyline::__private::Plan::silent(
        &__STORYLINE_SITE,
    );
    ::storyline::__private::run(
        if ::storyline::__private::Level::Error.is_compiled()
            && __STORYLINE_SITE.wants(::storyline::__private::Level::Error)
        {
            ::storyline::__private::Call::with_fields(
                &__STORYLINE_PLAN,
                &(::storyline::__private::capture(&user_id), ()),
            )
        } else {
            ::storyline::__private::Call::sampled(&__STORYLINE_SILENT)
        },
        (user_id,),
        move |(user_id,)| -> u64 {
            ::storyline::__private::used(&user_id);
            match () {
                () => user_id,
            }
        },
        |__storyline_value| ::storyline::__private::judge(__storyline_value).outcome(),
    )
}
