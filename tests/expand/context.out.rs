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
                    name: "name",
                    key: "name",
                    content: __confkit::Content::Value(__confkit::kind_of::<String>),
                    env_segment: "NAME",
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    name: "pool",
                    key: "pool",
                    content: __confkit::Content::Nested(<Option<Pool> as __confkit::Resolve>::shape),
                    optional: true,
                    env_segment: "POOL",
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    name: "log",
                    content: __confkit::Content::Flattened(<Log as __confkit::Resolve>::shape),
                    ..__confkit::Field::EMPTY
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
            let __confkit_f0 = __confkit_cx.leaf::<String>(&__confkit_s, 0);
            let __confkit_f1 = __confkit_cx
                .give(__confkit::part::<Self, Option<Pool>>().of())
                .nested::<Option<Pool>>(&__confkit_s, 1);
            let __confkit_f2 =
                __confkit_cx.give(__confkit::part::<Self, Log>().of()).flatten::<Log>(&__confkit_s, 2);
            __confkit_cx.leave(__confkit_s);
            ::core::option::Option::Some(Self {
                name: __confkit_f0?,
                pool: __confkit_f1?,
                log: __confkit_f2?,
            })
        }
    }
    #[automatically_derived]
    impl __confkit::Config for Settings {
        type Context = App;
    }
};
