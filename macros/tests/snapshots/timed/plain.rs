pub fn charge(user_id: u64, amount: u64) -> Result<u64, Declined> {
    static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
        &::storyline::__private::Meta {
            events: &[
                "function_complete",
                "function_failed",
                "function_cancelled",
                "function_started",
            ],
            keys: &["duration_ms", "outcome", "error", "slow", "busy_ms", "polls"],
            constants: &[("name", "charge")],
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
    ::storyline::__private::run(
        if ::storyline::__private::Level::Error.is_compiled()
            && __STORYLINE_SITE.wants(::storyline::__private::Level::Error)
        {
            ::storyline::__private::Call::begin(&__STORYLINE_PLAN)
        } else {
            ::storyline::__private::Call::off()
        },
        (user_id, amount),
        move |(user_id, mut amount)| -> Result<u64, Declined> {
            amount += user_id;
            Ok(amount)
        },
        |__storyline_value| ::storyline::__private::judge(__storyline_value).outcome(),
    )
}
