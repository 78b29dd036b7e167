fn expansion() {
    {
        static __STORYLINE_GATE: ::storyline::__private::Gate = ::storyline::__private::Gate::once();
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
            &::storyline::__private::Meta {
                events: &["row_read"],
                keys: &["a", "b", "suppressed"],
                constants: &[],
                template: &[],
                target: ::core::module_path!(),
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
                match (&(f().await), &b) {
                    (__storyline_0, __storyline_1) => {
                        ::storyline::__private::emit(
                            &__STORYLINE_SITE,
                            ::storyline::__private::Level::Info,
                            0u8,
                            (
                                ::storyline::__private::capture(__storyline_0),
                                (
                                    ::storyline::__private::capture_display(__storyline_1),
                                    (__storyline_held, ()),
                                ),
                            ),
                        )
                    }
                };
            }
        }
    }
}
