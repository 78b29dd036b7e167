mod futures {
    fn open(text: &str) -> impl Future<Output = Result<(), Error>> + Send + use<'_> {
        static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new();
        return ::storyline::__private::run_future(
            if (&__STORYLINE_PLAN).may_want(::storyline::__private::Level::Error) {
                ::storyline::__private::Begun::now(
                    &__STORYLINE_PLAN,
                    const {
                        &::storyline::__private::Entry::<
                            _,
                            1,
                        >::new(
                            ::core::concat!(
                                "tIEEW- open\n@", ::core::module_path!(), "\n",
                                ::core::line!(), "\n", ::core::file!()
                            ),
                        )
                    },
                )
            } else {
                ::storyline::__private::Begun::off()
            },
            (text,),
            move |(text,)| {
                before();
                async move { Ok(()) }
            },
            |__storyline_value: &Result<(), Error>| {
                ::storyline::__private::judge(__storyline_value).__storyline_classifier()
            },
        );
    }
    fn boxed<'a>(text: &'a str) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new();
        return ::storyline::__private::run_boxed(
            if (&__STORYLINE_PLAN).may_want(::storyline::__private::Level::Error) {
                ::storyline::__private::Begun::now(
                    &__STORYLINE_PLAN,
                    const {
                        &::storyline::__private::Entry::<
                            _,
                            1,
                        >::new(
                            ::core::concat!(
                                "tIEEW- boxed\n@", ::core::module_path!(), "\n",
                                ::core::line!(), "\n", ::core::file!()
                            ),
                        )
                    },
                )
            } else {
                ::storyline::__private::Begun::off()
            },
            (text,),
            move |(text,)| -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
                Box::pin(async move {})
            },
            |__storyline_value: &()| {
                ::storyline::__private::judge(__storyline_value).__storyline_classifier()
            },
        );
    }
}
