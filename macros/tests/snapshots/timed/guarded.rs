mod stay {
    #[track_caller]
    fn caller(value: u8) -> u32 {
        static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new();
        let __storyline_guard = ::storyline::__private::OnExit::of_function(
            if (&__STORYLINE_PLAN).may_want(::storyline::__private::Level::Error) {
                ::storyline::__private::Begun::now(
                    &__STORYLINE_PLAN,
                    const {
                        &::storyline::__private::Entry::<
                            _,
                            1,
                        >::new(
                            ::core::concat!(
                                "tIEE-- caller\n@", ::core::module_path!(), "\n",
                                ::core::line!(), "\n", ::core::file!()
                            ),
                        )
                    },
                )
            } else {
                ::storyline::__private::Begun::off()
            },
        );
        match () {
            () => line(value),
        }
    }
    fn never() -> ! {
        static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new();
        let __storyline_guard = ::storyline::__private::OnUnwind::of_never(
            if (&__STORYLINE_PLAN).may_want(::storyline::__private::Level::Error) {
                ::storyline::__private::Begun::now(
                    &__STORYLINE_PLAN,
                    const {
                        &::storyline::__private::Entry::<
                            _,
                            1,
                        >::new(
                            ::core::concat!(
                                "tIEE-- never\n@", ::core::module_path!(), "\n",
                                ::core::line!(), "\n", ::core::file!()
                            ),
                        )
                    },
                )
            } else {
                ::storyline::__private::Begun::off()
            },
        );
        match () {
            () => exit(),
        }
    }
    async fn never_async() -> ! {
        static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new();
        match ::storyline::__private::Timed::new(
                if (&__STORYLINE_PLAN).may_want(::storyline::__private::Level::Error) {
                    ::storyline::__private::Begun::now(
                        &__STORYLINE_PLAN,
                        const {
                            &::storyline::__private::Entry::<
                                _,
                                1,
                            >::new(
                                ::core::concat!(
                                    "tIEEW- never_async\n@", ::core::module_path!(), "\n",
                                    ::core::line!(), "\n", ::core::file!()
                                ),
                            )
                        },
                    )
                } else {
                    ::storyline::__private::Begun::off()
                },
                async move {
                    match ::storyline::__private::unreturned() {
                        ::core::option::Option::Some(()) => {
                            return ::storyline::__private::absent::<
                                ::core::convert::Infallible,
                            >();
                        }
                        ::core::option::Option::None => {}
                    }
                    match () {
                        () => forever().await,
                    }
                },
                |__storyline_value| ::storyline::__private::never(__storyline_value),
            )
            .await
        {}
    }
}
