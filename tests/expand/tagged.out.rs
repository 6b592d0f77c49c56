#[allow(deprecated)]
const _: () = {
    use ::confkit::__private as __confkit;
    #[automatically_derived]
    impl<T> __confkit::Resolve for Store<T>
    where
        T: __confkit::Config<Context = ()>,
    {
        type Needs = <Self as __confkit::Config>::Context;
        const METADATA: &'static __confkit::Metadata = &__confkit::Metadata {
            name: "Store",
            fields: &[
                __confkit::Field {
                    name: "type",
                    key: "type",
                    content: __confkit::Content::Value(|| {
                        __confkit::kind_of_names(
                            &["memory", "disk", "s3"],
                            &["Forgets all at the end.", "", ""],
                        )
                    }),
                    env_segment: "TYPE",
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    content: __confkit::Content::Flattened(<T as __confkit::Resolve>::shape),
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    content: __confkit::Content::Flattened(|| {
                        __confkit::Shape::Section(Self::METADATA.variant(2))
                    }),
                    ..__confkit::Field::EMPTY
                },
            ],
            variants: ::core::option::Option::Some(&__confkit::Variants {
                tagging: __confkit::Tagging::Internal { tag: "type" },
                list: &[
                    __confkit::Variant {
                        key: "memory",
                        metadata: &__confkit::Metadata {
                            name: "Memory",
                            docs: "Forgets all at the end.",
                            fields: &[],
                            ..__confkit::Metadata::EMPTY
                        },
                        ..__confkit::Variant::EMPTY
                    },
                    __confkit::Variant {
                        key: "disk",
                        holds: __confkit::Holds::Section,
                        metadata: &__confkit::Metadata {
                            name: "Disk",
                            fields: &[__confkit::Field {
                                name: "Disk",
                                content: __confkit::Content::Nested(<T as __confkit::Resolve>::shape),
                                env_segment: "DISK",
                                ..__confkit::Field::EMPTY
                            }],
                            ..__confkit::Metadata::EMPTY
                        },
                        ..__confkit::Variant::EMPTY
                    },
                    __confkit::Variant {
                        key: "s3",
                        holds: __confkit::Holds::Fields,
                        metadata: &__confkit::Metadata {
                            name: "S3",
                            fields: &[
                                __confkit::Field {
                                    name: "bucket",
                                    key: "bucket",
                                    content: __confkit::Content::Value(__confkit::kind_of::<String>),
                                    env_segment: "BUCKET",
                                    ..__confkit::Field::EMPTY
                                },
                                __confkit::Field {
                                    name: "retries",
                                    key: "retries",
                                    content: __confkit::Content::Value(__confkit::kind_of::<u8>),
                                    default: __confkit::FieldDefault::Text("3"),
                                    env_segment: "RETRIES",
                                    rules: &[__confkit::Rule {
                                        kind: __confkit::RuleKind::Range {
                                            min: ::core::option::Option::Some("1"),
                                            max: ::core::option::Option::Some("9"),
                                            exclusive_min: false,
                                            exclusive_max: false,
                                        },
                                        ..__confkit::Rule::EMPTY
                                    }],
                                    ..__confkit::Field::EMPTY
                                },
                            ],
                            ..__confkit::Metadata::EMPTY
                        },
                        ..__confkit::Variant::EMPTY
                    },
                ],
            }),
            ..__confkit::Metadata::EMPTY
        };
        fn shape() -> __confkit::Shape {
            __confkit::Shape::Section(Self::METADATA)
        }
        fn resolve(
            __confkit_cx: &mut __confkit::Cx<'_>,
            __confkit_at: __confkit::At,
        ) -> ::core::option::Option<Self> {
            __confkit_cx.variant(__confkit_at, Self::METADATA, |__confkit_cx, __confkit_at, __confkit_v| {
                match __confkit_v {
                    0 => __confkit_cx.unit(__confkit_at).map(|()| Self::Memory),
                    1 => {
                        let __confkit_s = __confkit_cx.alone(__confkit_at, Self::METADATA.variant(1));
                        let __confkit_f0 = __confkit_cx.nested::<T>(&__confkit_s, 0);
                        __confkit_cx.leave(__confkit_s);
                        ::core::option::Option::Some(Self::Disk(__confkit_f0?))
                    }
                    _ => {
                        let __confkit_s = __confkit_cx.enter(__confkit_at, Self::METADATA.variant(2));
                        let __confkit_f0 = __confkit_cx.leaf::<String>(&__confkit_s, 0);
                        let __confkit_f1 = __confkit_cx.leaf::<u8>(&__confkit_s, 1);
                        __confkit_cx.range(
                            __confkit_s.on(1, 0),
                            __confkit_f1.as_ref(),
                            ::core::option::Option::Some(1),
                            ::core::option::Option::Some(9),
                        );
                        __confkit_cx.leave(__confkit_s);
                        ::core::option::Option::Some(Self::S3 {
                            bucket: __confkit_f0?,
                            retries: __confkit_f1?,
                        })
                    }
                }
            })
        }
    }
    #[automatically_derived]
    impl<T> __confkit::Config for Store<T>
    where
        T: __confkit::Config<Context = ()>,
    {
        type Context = ();
    }
};
