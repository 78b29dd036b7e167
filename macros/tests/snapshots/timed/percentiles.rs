fn charge(user_id: u64) -> u64 {
    static __STORYLINE_SAMPLES: ::storyline::__private::Samples = ::storyline::__private::Samples::new();
    static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::with(
        &::storyline::__private::Given {
            samples: ::core::option::Option::Some(&__STORYLINE_SAMPLES),
            ..::storyline::__private::Given::NOTHING
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
    return ::storyline::__private::run(
        if let ::core::option::Option::Some(__storyline_pass) = __STORYLINE_SITE
            .wants(
                ::storyline::__private::Level::Error,
                const {
                    &::storyline::__private::Entry::new(
                        ::core::concat!(
                            "tDEE-- charge\nvuser_id\n@", ::core::module_path!(), "\n",
                            ::core::line!(), "\n", ::core::file!()
                        ),
                    )
                },
            )
        {
            ::storyline::__private::Call::with_fields(
                &__STORYLINE_PLAN,
                __storyline_pass,
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
    );
}
