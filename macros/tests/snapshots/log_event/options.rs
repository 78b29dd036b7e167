fn expansion() {
    {
        static __STORYLINE_GATE: ::storyline::__private::Gate = ::storyline::__private::Gate::at_most(
            5u64,
            1000000000u64,
        );
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
            &::storyline::__private::Meta {
                events: &["row_read"],
                keys: &["id", "suppressed"],
                constants: &[],
                template: &[],
                target: "db",
                module: ::core::module_path!(),
                file: ::core::file!(),
                line: ::core::line!(),
                gate: ::core::option::Option::Some(&__STORYLINE_GATE),
                samples: ::core::option::Option::None,
            },
        );
        if ::storyline::__private::Level::Info.is_compiled()
            && __STORYLINE_SITE.wants(::storyline::__private::Level::Info)
        {
            if let ::core::option::Option::Some(__storyline_held) = __STORYLINE_GATE
                .pass()
            {
                ::storyline::__private::emit(
                    &__STORYLINE_SITE,
                    ::storyline::__private::Level::Info,
                    0u8,
                    (::storyline::__private::capture(&id), (__storyline_held, ())),
                );
            }
        }
    }
}
