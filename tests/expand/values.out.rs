#[allow(deprecated)]
const _: () = {
    use ::confkit::__private as __confkit;
    #[automatically_derived]
    impl __confkit::Resolve for Settings {
        type Needs = <Self as __confkit::Config>::Context;
        const METADATA: &'static __confkit::Metadata = &__confkit::Metadata {
            name: "Settings",
            fields: &[
                __confkit::Field {
                    name: "listen",
                    key: "listen",
                    aliases: &["bind"],
                    content: __confkit::Content::Value(__confkit::kind_of::<SocketAddr>),
                    default: __confkit::FieldDefault::Text("127.0.0.1:8080"),
                    env_segment: "LISTEN",
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    name: "weights",
                    key: "weights",
                    content: __confkit::Content::Value(__confkit::kind_of::<Vec<u16>>),
                    default: __confkit::FieldDefault::List(&["1", "2"]),
                    env_segment: "WEIGHTS",
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    name: "request_timeout",
                    key: "request-timeout",
                    content: __confkit::Content::Value(__confkit::kind_of::<Duration>),
                    default: __confkit::FieldDefault::Expression {
                        source: "Duration::from_secs(5)",
                        shown: || {
                            #[allow(unused_imports)]
                            use __confkit::{ShownByNothing as _, ShownBySerialize as _};
                            let __confkit_value: Duration = Duration::from_secs(5);
                            (&__confkit::Shown(&__confkit_value)).shown()
                        },
                    },
                    env_segment: "REQUEST_TIMEOUT",
                    hidden: true,
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    name: "retries",
                    key: "retries",
                    content: __confkit::Content::Value(__confkit::kind_of::<Option<u8>>),
                    optional: true,
                    default: __confkit::FieldDefault::Expression {
                        source: "retries()",
                        shown: || {
                            #[allow(unused_imports)]
                            use __confkit::{ShownByNothing as _, ShownBySerialize as _};
                            let __confkit_value: Option<u8> = retries();
                            (&__confkit::Shown(&__confkit_value)).shown()
                        },
                    },
                    env_segment: "RETRIES",
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    name: "colour",
                    key: "colour",
                    content: __confkit::Content::Value(__confkit::kind_of_parsed),
                    optional: true,
                    env_segment: "COLOUR",
                    example: ::core::option::Option::Some("ff0000"),
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field { name: "cache", ..__confkit::Field::EMPTY },
            ],
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
            let __confkit_f0 = __confkit_cx.leaf::<SocketAddr>(&__confkit_s, 0);
            let __confkit_f1 = __confkit_cx.leaf::<Vec<u16>>(&__confkit_s, 1);
            let __confkit_f2 = __confkit_cx.leaf_or::<Duration>(&__confkit_s, 2, || Duration::from_secs(5));
            let __confkit_f3 = __confkit_cx.leaf_or::<Option<u8>>(&__confkit_s, 3, retries);
            let __confkit_f4: ::core::option::Option<Option<Colour>> = __confkit_cx.leaf_parse(
                &__confkit_s,
                4,
                |__confkit_t| {
                    ::core::result::Result::map(parse_colour(__confkit_t), ::core::option::Option::Some)
                },
                ::core::option::Option::Some(::core::default::Default::default),
            );
            let __confkit_f5: ::core::option::Option<Cache> =
                ::core::option::Option::Some(::core::default::Default::default());
            __confkit_cx.leave(__confkit_s);
            ::core::option::Option::Some(Self {
                listen: __confkit_f0?,
                weights: __confkit_f1?,
                request_timeout: __confkit_f2?,
                retries: __confkit_f3?,
                colour: __confkit_f4?,
                cache: __confkit_f5?,
            })
        }
    }
    #[automatically_derived]
    impl __confkit::Config for Settings {
        type Context = ();
    }
};
