#[allow(deprecated)]
const _: () = {
    use ::confkit::__private as __confkit;
    #[automatically_derived]
    impl __confkit::Resolve for Settings {
        type Needs = <Self as __confkit::Config>::Context;
        const METADATA: &'static __confkit::Metadata = &__confkit::Metadata {
            name: "Settings",
            docs: "Settings of a small service.",
            fields: &[__confkit::Field {
                name: "port",
                key: "port",
                docs: "The port it listens on.",
                content: __confkit::Content::Value(__confkit::kind_of::<u16>),
                env_segment: "PORT",
                ..__confkit::Field::EMPTY
            }],
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
            __confkit_cx.leave(__confkit_s);
            ::core::option::Option::Some(Self { port: __confkit_f0? })
        }
    }
    #[automatically_derived]
    impl __confkit::Config for Settings {
        type Context = ();
    }
};
