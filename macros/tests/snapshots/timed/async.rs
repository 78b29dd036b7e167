async fn charge(user_id: u64, _permit: Permit) -> Result<impl Send, Declined> {
    static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new();
    return ::storyline::__private::Timed::new(
            if let ::core::option::Option::Some(__storyline_pass) = (&__STORYLINE_PLAN)
                .wants(
                    ::storyline::__private::Level::Error,
                    const {
                        &::storyline::__private::Entry::<
                            _,
                            2,
                        >::new(
                            ::core::concat!(
                                "tIEEW- charge\nvuser_id\n@", ::core::module_path!(), "\n",
                                ::core::line!(), "\n", ::core::file!()
                            ),
                        )
                    },
                )
            {
                ::storyline::__private::Begun::with_own_fields(
                    &__STORYLINE_PLAN,
                    __storyline_pass,
                    &(::storyline::__private::capture(&user_id), ()),
                )
            } else {
                ::storyline::__private::Begun::off()
            },
            async move {
                let _permit = ::core::convert::identity(_permit);
                match ::storyline::__private::unreturned() {
                    ::core::option::Option::Some(()) => {
                        return ::storyline::__private::absent::<Result<_, Declined>>();
                    }
                    ::core::option::Option::None => {}
                }
                match () {
                    () => pay(user_id).await,
                }
            },
            |__storyline_value| {
                ::storyline::__private::judge(__storyline_value).__storyline_classifier()
            },
        )
        .await;
}
