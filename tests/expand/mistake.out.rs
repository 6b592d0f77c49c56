::core::compile_error! { "unknown key `defualt` on a field; did you mean `default`?\nkeys of a field: `default`, `default_fn`, `nested`, `flatten`, `skip`, `with`, `parse`, `validate`, `refine`, `required_if`, `required_unless`, `required_with`, `requires`, `conflicts_with`, `required`, `merge`, `rename`, `alias`, `renamed_from`, `deprecated`, `env`, `env_alias`, `env_delimiter`, `arg`, `secret`, `example`, `unit`, `hidden`" }
#[allow(deprecated)]
const _: () = {
    use ::confkit::__private as __confkit;
    #[automatically_derived]
    impl __confkit::Resolve for Settings {
        type Needs = <Self as __confkit::Config>::Context;
        const METADATA: &'static __confkit::Metadata = &__confkit::Metadata::EMPTY;
        fn shape() -> __confkit::Shape {
            __confkit::Shape::Section(Self::METADATA)
        }
        fn resolve(_: &mut __confkit::Cx<'_>, _: __confkit::At) -> ::core::option::Option<Self> {
            ::core::option::Option::None
        }
    }
    #[automatically_derived]
    impl __confkit::Config for Settings {
        type Context = ();
    }
};
