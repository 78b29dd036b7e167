fn charge(&self, user_id: u64, amount: u64) -> Result<u64, Declined> {
    #![allow(unused)]
    static __STORYLINE_PLAN: my::storyline::__private::Plan = my::storyline::__private::Plan::new()
        .highest(my::storyline::__private::Level::Critical)
        .level(my::storyline::__private::Level::Debug)
        .err_level(my::storyline::__private::Level::Warning)
        .panic_level(my::storyline::__private::Level::Critical)
        .slow_level(my::storyline::__private::Level::Error)
        .slow(500000000u64)
        .only(true, true, true, false);
    let __storyline_guard = my::storyline::__private::OnUnwind::new(
        if let ::core::option::Option::Some(__storyline_pass) = (&__STORYLINE_PLAN)
            .wants(
                my::storyline::__private::Level::Critical,
                const {
                    &my::storyline::__private::Entry::<
                        _,
                        3,
                    >::new(
                        ::core::concat!(
                            "t-WC-E charge_card\n>payments\n!slow = 500ms\n!err(debug)\n!ok_if = is_fine\n!start\n:dependency=stripe\nvuser_id\nvamount\n@",
                            ::core::module_path!(), "\n", ::core::line!(), "\n",
                            ::core::file!()
                        ),
                    )
                },
            )
        {
            my::storyline::__private::Begun::with_fields(
                    &__STORYLINE_PLAN,
                    __storyline_pass,
                    &(
                        my::storyline::__private::capture(&user_id),
                        (my::storyline::__private::capture(&(amount * 2)), ()),
                    ),
                )
                .announced()
        } else {
            my::storyline::__private::Begun::off()
        },
    );
    let __storyline_value = my::storyline::__private::run(
        (user_id, amount),
        move |(user_id, amount)| -> Result<u64, Declined> {
            my::storyline::__private::used(&user_id);
            my::storyline::__private::used(&amount);
            match () {
                () => Ok(amount),
            }
        },
    );
    __storyline_guard
        .end(
            &__storyline_value,
            my::storyline::__private::decided(|__storyline_judged| my::storyline::__private::ok_if(
                __storyline_judged,
                is_fine,
                my::storyline::__private::judge_as_debug(__storyline_judged)
                    .__storyline_classifier()
                    .outcome(__storyline_judged),
            )),
        );
    return __storyline_value;
}
