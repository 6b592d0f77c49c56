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
                    name: "min",
                    key: "min",
                    content: __confkit::Content::Value(__confkit::kind_of::<f64>),
                    env_segment: "MIN",
                    rules: &[__confkit::Rule {
                        kind: __confkit::RuleKind::Range {
                            min: ::core::option::Option::Some("1"),
                            max: ::core::option::Option::Some("64"),
                            exclusive_min: false,
                            exclusive_max: false,
                        },
                        ..__confkit::Rule::EMPTY
                    }],
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    name: "max",
                    key: "max",
                    content: __confkit::Content::Value(__confkit::kind_of::<u16>),
                    default: __confkit::FieldDefault::Text("9"),
                    env_segment: "MAX",
                    rules: &[__confkit::Rule {
                        kind: __confkit::RuleKind::Range {
                            min: ::core::option::Option::None,
                            max: ::core::option::Option::Some("LIMIT"),
                            exclusive_min: false,
                            exclusive_max: true,
                        },
                        ..__confkit::Rule::EMPTY
                    }],
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    name: "name",
                    key: "name",
                    content: __confkit::Content::Value(__confkit::kind_of::<Option<String>>),
                    optional: true,
                    env_segment: "NAME",
                    rules: &[
                        __confkit::Rule {
                            kind: __confkit::RuleKind::Closure("|name| !name.contains(' ')"),
                            message: ::core::option::Option::Some("must be one word"),
                            ..__confkit::Rule::EMPTY
                        },
                        __confkit::Rule {
                            kind: __confkit::RuleKind::Length {
                                min: ::core::option::Option::None,
                                max: ::core::option::Option::Some("20"),
                                equal: ::core::option::Option::None,
                            },
                            ..__confkit::Rule::EMPTY
                        },
                        __confkit::Rule { kind: __confkit::RuleKind::NonEmpty, ..__confkit::Rule::EMPTY },
                    ],
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    name: "key",
                    key: "key",
                    content: __confkit::Content::Value(__confkit::kind_of::<Option<u8>>),
                    optional: true,
                    env_segment: "KEY",
                    required_profiles: &["production"],
                    rules: &[__confkit::Rule {
                        kind: __confkit::RuleKind::RequiredIf { field: "min", value: "2.0" },
                        ..__confkit::Rule::EMPTY
                    }],
                    ..__confkit::Field::EMPTY
                },
            ],
            checks: &[
                __confkit::Check {
                    rule: __confkit::Rule {
                        kind: __confkit::RuleKind::Check("self.min <= self.max"),
                        message: ::core::option::Option::Some("min must not be above max"),
                        ..__confkit::Rule::EMPTY
                    },
                    fields: &["min", "max"],
                },
                __confkit::Check {
                    rule: __confkit::Rule {
                        kind: __confkit::RuleKind::Check("self.is_sane()"),
                        message: ::core::option::Option::Some("settings must be sane"),
                        ..__confkit::Rule::EMPTY
                    },
                    fields: &[],
                },
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
            let __confkit_f0 = __confkit_cx.leaf::<f64>(&__confkit_s, 0);
            let __confkit_f1 = __confkit_cx.leaf::<u16>(&__confkit_s, 1);
            let __confkit_f2 = __confkit_cx.leaf::<Option<String>>(&__confkit_s, 2);
            let __confkit_f3 = __confkit_cx.leaf::<Option<u8>>(&__confkit_s, 3);
            __confkit_cx.range(
                __confkit_s.on(0, 0),
                __confkit_f0.as_ref(),
                ::core::option::Option::Some(1.0),
                ::core::option::Option::Some(64.0),
            );
            __confkit_cx.range(
                __confkit_s.on(1, 0),
                __confkit_f1.as_ref(),
                ::core::option::Option::None,
                ::core::option::Option::Some(LIMIT),
            );
            __confkit_cx.holds(
                __confkit_s.on(2, 0),
                __confkit_f2.as_ref().and_then(::core::option::Option::as_ref),
                |name| !name.contains(' '),
            );
            __confkit_cx.length(
                __confkit_s.on(2, 1),
                __confkit_f2.as_ref(),
                ::core::option::Option::None,
                ::core::option::Option::Some(20),
                ::core::option::Option::None,
            );
            __confkit_cx.non_empty(__confkit_s.on(2, 2), __confkit_f2.as_ref());
            __confkit_cx.required_if(
                __confkit_s.on(3, 0),
                __confkit_f3.as_ref().map(::core::option::Option::is_some),
                0,
                __confkit_f0.as_ref().map(|__confkit_v0| *__confkit_v0 == (2.0)),
            );
            __confkit_cx.check(
                &__confkit_s,
                0,
                match (&__confkit_f0, &__confkit_f1) {
                    (
                        ::core::option::Option::Some(__confkit_v0),
                        ::core::option::Option::Some(__confkit_v1),
                    ) => ::core::option::Option::Some(|| -> bool { (*__confkit_v0) <= (*__confkit_v1) }),
                    _ => ::core::option::Option::None,
                },
            );
            let __confkit_whole = match (__confkit_f0, __confkit_f1, __confkit_f2, __confkit_f3) {
                (
                    ::core::option::Option::Some(__confkit_f0),
                    ::core::option::Option::Some(__confkit_f1),
                    ::core::option::Option::Some(__confkit_f2),
                    ::core::option::Option::Some(__confkit_f3),
                ) => ::core::option::Option::Some(Self {
                    min: __confkit_f0,
                    max: __confkit_f1,
                    name: __confkit_f2,
                    key: __confkit_f3,
                }),
                _ => ::core::option::Option::None,
            };
            __confkit_cx.check(
                &__confkit_s,
                1,
                __confkit_whole.as_ref().map(|__confkit_this| move || -> bool { __confkit_this.is_sane() }),
            );
            __confkit_cx.leave(__confkit_s);
            __confkit_whole
        }
    }
    #[automatically_derived]
    impl __confkit::Config for Settings {
        type Context = ();
    }
};
