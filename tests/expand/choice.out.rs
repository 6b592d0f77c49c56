#[allow(deprecated)]
const _: () = {
    use ::confkit::__private as __confkit;
    #[automatically_derived]
    impl<'__confkit_de> __confkit::serde::Deserialize<'__confkit_de> for Mode {
        fn deserialize<__ConfkitD: __confkit::serde::Deserializer<'__confkit_de>>(
            __confkit_d: __ConfkitD,
        ) -> ::core::result::Result<Self, __ConfkitD::Error> {
            __confkit::unit_enum(
                __confkit_d,
                "Mode",
                &["dev", "production"],
                &["Where it is written.", ""],
                &[("dev", 0), ("production", 1), ("prod", 1)],
                |__confkit_index| match __confkit_index {
                    0 => Self::Dev,
                    1 => Self::Production,
                    _ => Self::Unknown,
                },
                ::core::option::Option::Some(2),
            )
        }
    }
};
