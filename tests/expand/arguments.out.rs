#[allow(deprecated)]
const _: () = {
    use ::confkit::__private as __confkit;
    const _: () = __confkit::needs_args();
    #[automatically_derived]
    impl __confkit::Resolve for Settings {
        type Needs = <Self as __confkit::Config>::Context;
        const METADATA: &'static __confkit::Metadata = &__confkit::Metadata {
            name: "Settings",
            fields: &[
                __confkit::Field {
                    name: "port",
                    key: "port",
                    content: __confkit::Content::Value(__confkit::kind_of::<u16>),
                    env_segment: "PORT",
                    arg: __confkit::ArgName {
                        long: ::core::option::Option::Some("listen"),
                        short: ::core::option::Option::Some('p'),
                        ..__confkit::ArgName::DERIVED
                    },
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    name: "generation",
                    key: "generation",
                    content: __confkit::Content::Value(__confkit::kind_of::<u32>),
                    default: __confkit::FieldDefault::Text("1"),
                    env_segment: "GENERATION",
                    arg: __confkit::ArgName { skipped: true, ..__confkit::ArgName::DERIVED },
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    name: "pin",
                    key: "pin",
                    content: __confkit::Content::Value(__confkit::kind_of::<Option<Secret<String>>>),
                    optional: true,
                    env_segment: "PIN",
                    arg: __confkit::ArgName { secret: true, ..__confkit::ArgName::DERIVED },
                    secret: true,
                    ..__confkit::Field::EMPTY
                },
            ],
            loading: &__confkit::Loading { args: true, ..__confkit::Loading::NONE },
            ..__confkit::Metadata::EMPTY
        };
        fn shape() -> __confkit::Shape {
            __confkit::Shape::Section(Self::METADATA)
        }
        fn resolve(
            __confkit_cx: &mut __confkit::Cx<'_>,
            __confkit_at: __confkit::At,
        ) -> ::core::option::Option<Self> {
            let __confkit_s = __confkit_cx.enter(__confkit_at, Self::METADATA);
            let __confkit_f0 = __confkit_cx.leaf::<u16>(&__confkit_s, 0);
            let __confkit_f1 = __confkit_cx.leaf::<u32>(&__confkit_s, 1);
            let __confkit_f2 = __confkit_cx.leaf::<Option<Secret<String>>>(&__confkit_s, 2);
            __confkit_cx.leave(__confkit_s);
            ::core::option::Option::Some(Self {
                port: __confkit_f0?,
                generation: __confkit_f1?,
                pin: __confkit_f2?,
            })
        }
    }
    #[automatically_derived]
    impl __confkit::Config for Settings {
        type Context = ();
    }
};
