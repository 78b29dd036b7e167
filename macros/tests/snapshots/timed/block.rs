fn expansion() {
    {
        static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new()
            .slow(50000000u64);
        ::storyline::__private::OnExit::of_block(
                if let ::core::option::Option::Some(__storyline_pass) = (&__STORYLINE_PLAN)
                    .wants(
                        ::storyline::__private::Level::Error,
                        const {
                            &::storyline::__private::Entry::<
                                _,
                                2,
                            >::new(
                                ::core::concat!(
                                    "bIEE-WI db_fetch\n!slow = 50ms\nvuser_id\n@",
                                    ::core::module_path!(), "\n", ::core::line!(), "\n",
                                    ::core::file!()
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
            )
            .end(
                match ::storyline::__private::unreturned() {
                    ::core::option::Option::Some(()) => ::storyline::__private::absent(),
                    ::core::option::Option::None => fetch(user_id).await?,
                },
                |__storyline_value| {
                    ::storyline::__private::judge(__storyline_value)
                        .__storyline_classifier()
                },
            )
    }
}
