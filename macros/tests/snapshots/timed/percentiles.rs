fn charge(user_id: u64) -> u64 {
    static __STORYLINE_SAMPLES: ::storyline::__private::Samples = ::storyline::__private::Samples::new();
    static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::counting(
            &::storyline::__private::SiteOptions {
                samples: ::core::option::Option::Some(&__STORYLINE_SAMPLES),
                ..::storyline::__private::SiteOptions::NONE
            },
        )
        .level(::storyline::__private::Level::Debug);
    let __storyline_guard = ::storyline::__private::OnUnwind::new(
        if let ::core::option::Option::Some(__storyline_pass) = (&__STORYLINE_PLAN)
            .wants(
                ::storyline::__private::Level::Error,
                const {
                    &::storyline::__private::Entry::<
                        _,
                        2,
                    >::new(
                        ::core::concat!(
                            "tDEE-- charge\n!percentiles\nvuser_id\n@",
                            ::core::module_path!(), "\n", ::core::line!(), "\n",
                            ::core::file!()
                        ),
                    )
                },
            )
        {
            ::storyline::__private::Begun::with_fields(
                &__STORYLINE_PLAN,
                __storyline_pass,
                &(::storyline::__private::capture(&user_id), ()),
            )
        } else if ::storyline::__private::Level::Error.is_compiled() {
            ::storyline::__private::Begun::sampled(&__STORYLINE_PLAN)
        } else {
            ::storyline::__private::Begun::off()
        },
    );
    let __storyline_value = ::storyline::__private::run(
        (user_id,),
        move |(user_id,)| -> u64 {
            ::storyline::__private::used(&user_id);
            match () {
                () => user_id,
            }
        },
    );
    __storyline_guard
        .end(
            &__storyline_value,
            ::storyline::__private::judge(&__storyline_value).__storyline_classifier(),
        );
    return __storyline_value;
}
