const _: () = {
    static __STORYLINE_SITE: ::storyline::__private::Site = ::storyline::__private::Site::new();
    pub struct __StorylineFields;
    impl ::storyline::__private::Structure for __StorylineFields {
        const TEXT: &'static ::core::primitive::str = ::core::concat!(
            "f Order\nvid\nvtype\n%a\n?b\njc\ned\nge\nxpassword\nmcard_number\nhtoken\nrpin\n?amount_cents\n@",
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
    impl ::storyline::__private::Fields for Order
    where
        u64: ::storyline::__private::Member,
        Kind: ::storyline::__private::Member,
        E: ::storyline::__private::FieldsMember,
        String: ::storyline::__private::Member,
    {
        type Wire<'__storyline> = ::storyline::__private::Group<
            __StorylineFields,
            (
                <u64 as ::storyline::__private::Member>::Wire<'__storyline>,
                (
                    <Kind as ::storyline::__private::Member>::Wire<'__storyline>,
                    (
                        ::storyline::__private::Text,
                        (
                            ::storyline::__private::Text,
                            (
                                ::storyline::__private::Text,
                                (
                                    ::storyline::__private::Text,
                                    (
                                        <E as ::storyline::__private::FieldsMember>::Wire<
                                            '__storyline,
                                        >,
                                        (
                                            &'static ::core::primitive::str,
                                            (
                                                ::core::option::Option<::storyline::__private::Text>,
                                                (
                                                    ::core::option::Option<::storyline::__private::Text>,
                                                    (
                                                        <String as ::storyline::__private::Member>::Wire<
                                                            '__storyline,
                                                        >,
                                                        (::storyline::__private::Text, ()),
                                                    ),
                                                ),
                                            ),
                                        ),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            ),
        >
        where
            Self: '__storyline;
        const WEAK: &'static [(
            &'static ::core::primitive::str,
            &'static ::core::primitive::str,
        )] = &[("id", "id")];
        #[inline]
        fn capture_fields(&self) -> Self::Wire<'_> {
            ::storyline::__private::group(
                &__STORYLINE_SITE,
                const {
                    &::storyline::__private::Entry::<
                        _,
                        12,
                        1,
                    >::with_structures(
                        <__StorylineFields as ::storyline::__private::Structure>::TEXT,
                    )
                },
                (
                    ::storyline::__private::Member::take_member(&self.id),
                    (
                        ::storyline::__private::Member::take_member(&self.r#type),
                        (
                            ::storyline::__private::DisplayMember::take_member(&self.a),
                            (
                                ::storyline::__private::DebugMember::take_member(&self.b),
                                (
                                    ::storyline::__private::SerdeMember::take_member(&self.c),
                                    (
                                        ::storyline::__private::ErrorMember::take_member(&self.d),
                                        (
                                            ::storyline::__private::FieldsMember::take_member(&self.e),
                                            (
                                                ::storyline::__private::redact(&self.password),
                                                (
                                                    ::storyline::__private::MaskMember::take_member(
                                                        &self.card_number,
                                                        4,
                                                    ),
                                                    (
                                                        ::storyline::__private::HashMember::take_member(
                                                            &self.token,
                                                        ),
                                                        (
                                                            ::storyline::__private::Member::take_member(&self.pin),
                                                            (
                                                                ::storyline::__private::DebugMember::take_member(
                                                                    &self.amount,
                                                                ),
                                                                (),
                                                            ),
                                                        ),
                                                    ),
                                                ),
                                            ),
                                        ),
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
