#[allow(deprecated)]
const _: () = {
    use ::confkit::__private as __confkit;
    #[automatically_derived]
    impl<T> __confkit::Resolve for Settings<T>
    where
        T: __confkit::Config<Context = ()>,
    {
        type Needs = <Self as __confkit::Config>::Context;
        const METADATA: &'static __confkit::Metadata = &__confkit::Metadata {
            name: "Settings",
            fields: &[
                __confkit::Field {
                    name: "database",
                    key: "database",
                    content: __confkit::Content::Nested(<T as __confkit::Resolve>::shape),
                    env_segment: "DB",
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    name: "replicas",
                    key: "replicas",
                    content: __confkit::Content::Nested(<Vec<Database> as __confkit::Resolve>::shape),
                    default: __confkit::FieldDefault::Expression {
                        source: "Default::default()",
                        shown: || {
                            #[allow(unused_imports)]
                            use __confkit::{ShownByNothing as _, ShownBySerialize as _};
                            let __confkit_value: Vec<Database> = ::core::default::Default::default();
                            (&__confkit::Shown(&__confkit_value)).shown()
                        },
                    },
                    env_segment: "REPLICAS",
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    name: "pool",
                    content: __confkit::Content::Flattened(<Pool as __confkit::Resolve>::shape),
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    name: "labels",
                    content: __confkit::Content::Rest(__confkit::kind_of::<BTreeMap<String, String>>),
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
            let __confkit_f0 = __confkit_cx.nested::<T>(&__confkit_s, 0);
            let __confkit_f1 =
                __confkit_cx.nested_or::<Vec<Database>>(&__confkit_s, 1, ::core::default::Default::default);
            let __confkit_f2 = __confkit_cx.flatten::<Pool>(&__confkit_s, 2);
            let __confkit_f3 = __confkit_cx.rest::<BTreeMap<String, String>>(&__confkit_s, 3);
            __confkit_cx.leave(__confkit_s);
            ::core::option::Option::Some(Self {
                database: __confkit_f0?,
                replicas: __confkit_f1?,
                pool: __confkit_f2?,
                labels: __confkit_f3?,
            })
        }
    }
    #[automatically_derived]
    impl<T> __confkit::Config for Settings<T>
    where
        T: __confkit::Config<Context = ()>,
    {
        type Context = ();
    }
};
