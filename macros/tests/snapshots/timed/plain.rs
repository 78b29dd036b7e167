pub fn charge(user_id: u64, amount: u64) -> Result<u64, Declined> {
    static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new();
    static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new(
        &__STORYLINE_SITE,
    );
    return ::storyline::__private::run(
        if let ::core::option::Option::Some(__storyline_pass) = __STORYLINE_SITE
            .wants(
                ::storyline::__private::Level::Error,
                const {
                    &::storyline::__private::Entry::new(
                        ::core::concat!(
                            "tIEE-- charge\n@", ::core::module_path!(), "\n",
                            ::core::line!(), "\n", ::core::file!()
                        ),
                    )
                },
            )
        {
            ::storyline::__private::Call::begin(&__STORYLINE_PLAN, __storyline_pass)
        } else {
            ::storyline::__private::Call::off()
        },
        (user_id, amount),
        move |(user_id, mut amount)| -> Result<u64, Declined> {
            amount += user_id;
            Ok(amount)
        },
        |__storyline_value| ::storyline::__private::judge(__storyline_value).outcome(),
    );
}
