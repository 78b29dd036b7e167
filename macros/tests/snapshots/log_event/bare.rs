fn expansion() {
    {
        static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new(
            &::storyline::__private::Meta {
                events: &["out_of_memory"],
                keys: &[],
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
        if ::storyline::__private::Level::Critical.is_compiled()
            && __STORYLINE_SITE.wants(::storyline::__private::Level::Critical)
        {
            ::storyline::__private::emit(
                &__STORYLINE_SITE,
                ::storyline::__private::Level::Critical,
                0u8,
                (),
            );
        }
    }
}
