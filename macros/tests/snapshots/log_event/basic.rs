fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
            &::storyline::__private::Meta {
                events: &["payment_initiated"],
                keys: &["user_id", "amount"],
                constants: &[],
                template: &[],
                target: ::core::module_path!(),
                module: ::core::module_path!(),
                file: ::core::file!(),
                line: ::core::line!(),
                gate: ::core::option::Option::None,
                samples: ::core::option::Option::None,
            },
        );
        if ::storyline::__private::Level::Info.is_compiled()
            && __STORYLINE_SITE.wants(::storyline::__private::Level::Info)
        {
            ::storyline::__private::emit(
                &__STORYLINE_SITE,
                ::storyline::__private::Level::Info,
                0u8,
                (
                    ::storyline::__private::capture(&user_id),
                    (::storyline::__private::capture(&500), ()),
                ),
            );
        }
    }
}
