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
                    name: "port",
                    key: "port",
                    content: __confkit::Content::Value(__confkit::kind_of::<u16>),
                    env: __confkit::EnvName::Named("PORT"),
                    env_segment: "PORT",
                    env_aliases: &["HTTP_PORT"],
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    name: "hosts",
                    key: "hosts",
                    content: __confkit::Content::Value(__confkit::kind_of::<Vec<String>>),
                    env_segment: "HOSTS",
                    env_delimiter: ';',
                    ..__confkit::Field::EMPTY
                },
                __confkit::Field {
                    name: "token",
                    key: "token",
                    content: __confkit::Content::Value(__confkit::kind_of::<Option<Secret<String>>>),
                    optional: true,
                    env_segment: "TOKEN",
                    secret: true,
                    ..__confkit::Field::EMPTY
                },
            ],
            unknown_keys: ::core::option::Option::Some(__confkit::Unknown::Warn),
            loading: &__confkit::Loading {
                env_prefix: ::core::option::Option::Some("ORDERS"),
                files: &[
                    __confkit::DeclaredFile { path: "config/base.toml", required: true, directory: false },
                    __confkit::DeclaredFile {
                        path: "config/{profile}.toml",
                        required: false,
                        directory: false,
                    },
                    __confkit::DeclaredFile { path: "conf.d", required: false, directory: true },
                ],
                secrets_dirs: &["/run/secrets"],
                dotenv: &[".env"],
                profile_env: ::core::option::Option::Some("ORDERS_PROFILE"),
                profiles: &["dev", "production"],
                ..__confkit::Loading::NONE
            },
            ..__confkit::Metadata::EMPTY
        };
        fn shape() -> __confkit::Shape {
            __confkit::Shape::Section(Self::METADATA)
        }
        fn resolve(
            __confkit_cx: &mut __confkit::Cx<'_>,
            __confkit_at: __confkit::At,
        ) -> ::core::option::Option<Self> {
            let _: fn() = __confkit::assert_redacted::<Option<Secret<String>>>;
            let __confkit_s = __confkit_cx.enter(__confkit_at, Self::METADATA);
            let __confkit_f0 = __confkit_cx.leaf::<u16>(&__confkit_s, 0);
            let __confkit_f1 = __confkit_cx.leaf::<Vec<String>>(&__confkit_s, 1);
            let __confkit_f2 = __confkit_cx.leaf::<Option<Secret<String>>>(&__confkit_s, 2);
            __confkit_cx.leave(__confkit_s);
            ::core::option::Option::Some(Self {
                port: __confkit_f0?,
                hosts: __confkit_f1?,
                token: __confkit_f2?,
            })
        }
    }
    #[automatically_derived]
    impl __confkit::Config for Settings {
        type Context = ();
    }
};
