#[allow(deprecated)]
const _: () = {
    use ::confkit::__private as __confkit;
    #[automatically_derived]
    impl<'__confkit_de> __confkit::serde::Deserialize<'__confkit_de> for Port {
        fn deserialize<__ConfkitD: __confkit::serde::Deserializer<'__confkit_de>>(
            __confkit_d: __ConfkitD,
        ) -> ::core::result::Result<Self, __ConfkitD::Error> {
            ::core::result::Result::map(
                <u16 as __confkit::serde::Deserialize>::deserialize(__confkit_d),
                Self,
            )
        }
    }
    #[automatically_derived]
    impl __confkit::Newtype for Port {
        type Inner = u16;
        fn inner(&self) -> &u16 {
            &self.0
        }
    }
};
