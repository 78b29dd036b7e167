mod stay {
    #[track_caller]
    fn caller(value: u8) -> u32 {
        static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new();
        let __storyline_guard = ::storyline::__private::OnExit::of_function(
            if (&__STORYLINE_PLAN).may_want(::storyline::__private::Level::Error) {
                ::storyline::__private::Call::begin(
                    &__STORYLINE_PLAN,
                    const {
                        &::storyline::__private::Entry::<
                            _,
                            0,
                        >::new(
                            ::core::concat!(
                                "tIEE-- caller\n@", ::core::module_path!(), "\n",
                                ::core::line!(), "\n", ::core::file!()
                            ),
                        )
                    },
                )
            } else {
                ::storyline::__private::Call::off()
            },
        );
        match () {
            () => line(value),
        }
    }
    fn never() -> ! {
        static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new();
        let __storyline_guard = ::storyline::__private::OnUnwind::new(
            if (&__STORYLINE_PLAN).may_want(::storyline::__private::Level::Error) {
                ::storyline::__private::Call::begin(
                    &__STORYLINE_PLAN,
                    const {
                        &::storyline::__private::Entry::<
                            _,
                            0,
                        >::new(
                            ::core::concat!(
                                "tIEE-- never\n@", ::core::module_path!(), "\n",
                                ::core::line!(), "\n", ::core::file!()
                            ),
                        )
                    },
                )
            } else {
                ::storyline::__private::Call::off()
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
                    ::storyline::__private::Call::begin(
                        &__STORYLINE_PLAN,
                        const {
                            &::storyline::__private::Entry::<
                                _,
                                0,
                            >::new(
                                ::core::concat!(
                                    "tIEEW- never_async\n@", ::core::module_path!(), "\n",
                                    ::core::line!(), "\n", ::core::file!()
                                ),
                            )
                        },
                    )
                } else {
                    ::storyline::__private::Call::off()
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
                |__storyline_value| {
                    ::storyline::__private::judge(__storyline_value)
                        .__storyline_classifier()
                },
            )
            .await
        {}
    }
}
