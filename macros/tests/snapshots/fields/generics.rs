const _: () = {
    static __STORYLINE_SITE: facade::storyline::__private::Site = facade::storyline::__private::Site::new();
    pub struct __StorylineFields;
    impl facade::storyline::__private::Structure for __StorylineFields {
        const TEXT: &'static ::core::primitive::str = ::core::concat!(
            "f Cart\nvitem\n?all\nxsecret\nginner\necause\nvcount\n@",
            ::core::module_path!(), "\n", ::core::line!(), "\n", ::core::file!()
        );
    }
    #[automatically_derived]
    #[allow(
        deprecated,
        private_bounds,
        trivial_bounds,
        reason = "what the structure says is said again here"
    )]
    impl<'a, T: Clone, U, const N: usize> facade::storyline::__private::Fields
    for Cart<'a, T, U, N>
    where
        U: Copy,
        &'a T: facade::storyline::__private::Member,
        [U; N]: facade::storyline::__private::DebugMember,
        Box<U>: facade::storyline::__private::FieldsMember,
        T: ::core::error::Error,
        usize: facade::storyline::__private::Member,
    {
        type Wire<'__storyline> = facade::storyline::__private::Group<
            __StorylineFields,
            (
                <&'a T as facade::storyline::__private::Member>::Wire<'__storyline>,
                (
                    facade::storyline::__private::Text,
                    (
                        &'static ::core::primitive::str,
                        (
                            <Box<
                                U,
                            > as facade::storyline::__private::FieldsMember>::Wire<
                                '__storyline,
                            >,
                            (
                                facade::storyline::__private::Text,
                                (
                                    <usize as facade::storyline::__private::Member>::Wire<
                                        '__storyline,
                                    >,
                                    (),
                                ),
                            ),
                        ),
                    ),
                ),
            ),
        >
        where
            Self: '__storyline;
        #[inline]
        fn capture_fields(&self) -> Self::Wire<'_> {
            facade::storyline::__private::group(
                &__STORYLINE_SITE,
                const {
                    &facade::storyline::__private::Entry::<
                        _,
                        6,
                        1,
                    >::with_structures(
                        <__StorylineFields as facade::storyline::__private::Structure>::TEXT,
                    )
                },
                (
                    facade::storyline::__private::Member::take_member(&self.item),
                    (
                        facade::storyline::__private::DebugMember::take_member(
                            &self.all,
                        ),
                        (
                            facade::storyline::__private::redact(&self.secret),
                            (
                                facade::storyline::__private::FieldsMember::take_member(
                                    &self.inner,
                                ),
                                (
                                    facade::storyline::__private::ErrorMember::take_member(
                                        &self.cause,
                                    ),
                                    (
                                        facade::storyline::__private::Member::take_member(
                                            &self.count,
                                        ),
                                        (),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            )
        }
    }
};
