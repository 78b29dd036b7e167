mod futures {
    fn open(text: &str) -> impl Future<Output = Result<(), Error>> + Send + use<'_> {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new();
        static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new(
            &__STORYLINE_SITE,
        );
        return ::storyline::__private::run_future(
            if let ::core::option::Option::Some(__storyline_pass) = __STORYLINE_SITE
                .wants(
                    ::storyline::__private::Level::Error,
                    const {
                        &::storyline::__private::Entry::new(
                            ::core::concat!(
                                "tIEEW- open\n@", ::core::module_path!(), "\n",
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
            (text,),
            move |(text,)| {
                before();
                async move { Ok(()) }
            },
            |__storyline_value: &Result<(), Error>| {
                ::storyline::__private::judge(__storyline_value).outcome()
            },
        );
    }
    fn boxed<'a>(text: &'a str) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new();
        static __STORYLINE_PLAN: ::storyline::__private::Plan = ::storyline::__private::Plan::new(
            &__STORYLINE_SITE,
        );
        return ::storyline::__private::run_boxed(
            if let ::core::option::Option::Some(__storyline_pass) = __STORYLINE_SITE
                .wants(
                    ::storyline::__private::Level::Error,
                    const {
                        &::storyline::__private::Entry::new(
                            ::core::concat!(
                                "tIEEW- boxed\n@", ::core::module_path!(), "\n",
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
            (text,),
            move |(text,)| -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
                Box::pin(async move {})
            },
            |__storyline_value: &()| {
                ::storyline::__private::judge(__storyline_value).outcome()
            },
        );
    }
}
