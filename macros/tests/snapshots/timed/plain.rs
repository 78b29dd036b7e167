pub fn charge(user_id: u64, amount: u64) -> Result<u64, Declined> {
    static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new();
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
                            "tIEE-- charge\n@", ::core::module_path!(), "\n",
                            ::core::line!(), "\n", ::core::file!()
                        ),
                    )
                },
            )
        } else {
            ::storyline::__private::Begun::off()
        },
    );
    let __storyline_value = ::storyline::__private::run(
        (user_id, amount),
        move |(user_id, mut amount)| -> Result<u64, Declined> {
            amount += user_id;
            Ok(amount)
        },
    );
    __storyline_guard
        .end(
            &__storyline_value,
            ::storyline::__private::judge(&__storyline_value).__storyline_classifier(),
        );
    return __storyline_value;
}
