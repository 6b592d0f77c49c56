#[allow(deprecated)]
const _: () = {
    use ::confkit::__private as __confkit;
    #[automatically_derived]
    impl __confkit::Resolve for Settings {
        type Needs = <Self as __confkit::Config>::Context;
        const METADATA: &'static __confkit::Metadata = <RawSettings as __confkit::Resolve>::METADATA;
        fn shape() -> __confkit::Shape {
            <RawSettings as __confkit::Resolve>::shape()
        }
        fn resolve(
            __confkit_cx: &mut __confkit::Cx<'_>,
            __confkit_at: __confkit::At,
        ) -> ::core::option::Option<Self> {
            let __confkit_raw = <RawSettings as __confkit::Resolve>::resolve(__confkit_cx, __confkit_at)?;
            __confkit_cx.converted(
                __confkit_at,
                <Self as ::core::convert::TryFrom<RawSettings>>::try_from(__confkit_raw),
            )
        }
    }
    #[automatically_derived]
    impl __confkit::Config for Settings {
        type Context = <RawSettings as __confkit::Resolve>::Needs;
    }
};
