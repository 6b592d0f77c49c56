//! What compiles: the corrected twins of `ui/`, and shapes that a type may have.
//! `cargo xtask bless` updates this list.

#![allow(dead_code, unreachable_pub, reason = "compiling is the test")]

#[path = "conflict/always_required.rs"]
mod conflict_always_required;
#[path = "conflict/arg_help.rs"]
mod conflict_arg_help;
#[path = "conflict/arg_skip.rs"]
mod conflict_arg_skip;
#[path = "conflict/dotenv_without_variables.rs"]
mod conflict_dotenv_without_variables;
#[path = "conflict/env_skip_and_alias.rs"]
mod conflict_env_skip_and_alias;
#[path = "conflict/flatten_and_reader.rs"]
mod conflict_flatten_and_reader;
#[path = "conflict/flatten_and_rename.rs"]
mod conflict_flatten_and_rename;
#[path = "conflict/flattened_names.rs"]
mod conflict_flattened_names;
#[path = "conflict/flattened_option.rs"]
mod conflict_flattened_option;
#[path = "conflict/flattened_values.rs"]
mod conflict_flattened_values;
#[path = "conflict/group_and_required.rs"]
mod conflict_group_and_required;
#[path = "conflict/group_and_requires.rs"]
mod conflict_group_and_requires;
#[path = "conflict/group_of_one.rs"]
mod conflict_group_of_one;
#[path = "conflict/keys_of_a_section.rs"]
mod conflict_keys_of_a_section;
#[path = "conflict/merge_by_key_and_function.rs"]
mod conflict_merge_by_key_and_function;
#[path = "conflict/merge_of_flattened.rs"]
mod conflict_merge_of_flattened;
#[path = "conflict/merge_of_map.rs"]
mod conflict_merge_of_map;
#[path = "conflict/merge_of_section.rs"]
mod conflict_merge_of_section;
#[path = "conflict/merge_of_text.rs"]
mod conflict_merge_of_text;
#[path = "conflict/merge_of_value.rs"]
mod conflict_merge_of_value;
#[path = "conflict/merge_of_values_by_key.rs"]
mod conflict_merge_of_values_by_key;
#[path = "conflict/message_shows_secret.rs"]
mod conflict_message_shows_secret;
#[path = "conflict/migrations_without_version.rs"]
mod conflict_migrations_without_version;
#[path = "conflict/nested_and_arg.rs"]
mod conflict_nested_and_arg;
#[path = "conflict/nested_and_env.rs"]
mod conflict_nested_and_env;
#[path = "conflict/nested_and_parse.rs"]
mod conflict_nested_and_parse;
#[path = "conflict/nested_and_secret.rs"]
mod conflict_nested_and_secret;
#[path = "conflict/nested_and_serde_with.rs"]
mod conflict_nested_and_serde_with;
#[path = "conflict/nested_and_with.rs"]
mod conflict_nested_and_with;
#[path = "conflict/nested_literal.rs"]
mod conflict_nested_literal;
#[path = "conflict/never_absent.rs"]
mod conflict_never_absent;
#[path = "conflict/option_and_default.rs"]
mod conflict_option_and_default;
#[path = "conflict/option_and_none.rs"]
mod conflict_option_and_none;
#[path = "conflict/option_and_some.rs"]
mod conflict_option_and_some;
#[path = "conflict/parse_and_delimiter.rs"]
mod conflict_parse_and_delimiter;
#[path = "conflict/parse_and_list.rs"]
mod conflict_parse_and_list;
#[path = "conflict/refined_lenient.rs"]
mod conflict_refined_lenient;
#[path = "conflict/refined_list.rs"]
mod conflict_refined_list;
#[path = "conflict/refined_value.rs"]
mod conflict_refined_value;
#[path = "conflict/renames_of_flattened.rs"]
mod conflict_renames_of_flattened;
#[path = "conflict/required_if_and_default.rs"]
mod conflict_required_if_and_default;
#[path = "conflict/required_if_and_function.rs"]
mod conflict_required_if_and_function;
#[path = "conflict/required_if_without_option.rs"]
mod conflict_required_if_without_option;
#[path = "conflict/required_rule.rs"]
mod conflict_required_rule;
#[path = "conflict/required_section.rs"]
mod conflict_required_section;
#[path = "conflict/requires_and_excludes.rs"]
mod conflict_requires_and_excludes;
#[path = "conflict/requires_without_option.rs"]
mod conflict_requires_without_option;
#[path = "conflict/secret_default.rs"]
mod conflict_secret_default;
#[path = "conflict/serde_flatten_and_with.rs"]
mod conflict_serde_flatten_and_with;
#[path = "conflict/serde_rename.rs"]
mod conflict_serde_rename;
#[path = "conflict/serde_rename_all.rs"]
mod conflict_serde_rename_all;
#[path = "conflict/serde_rename_of_variant.rs"]
mod conflict_serde_rename_of_variant;
#[path = "conflict/skip_and_env.rs"]
mod conflict_skip_and_env;
#[path = "conflict/two_defaults.rs"]
mod conflict_two_defaults;
#[path = "conflict/two_readers.rs"]
mod conflict_two_readers;
#[path = "conflict/version_key_without_version.rs"]
mod conflict_version_key_without_version;
#[path = "conflict/version_of_file_and_field.rs"]
mod conflict_version_of_file_and_field;
#[path = "duplicate/alias.rs"]
mod duplicate_alias;
#[path = "duplicate/alias_of_variant.rs"]
mod duplicate_alias_of_variant;
#[path = "duplicate/arg.rs"]
mod duplicate_arg;
#[path = "duplicate/arg_derived.rs"]
mod duplicate_arg_derived;
#[path = "duplicate/arg_negated.rs"]
mod duplicate_arg_negated;
#[path = "duplicate/arg_word.rs"]
mod duplicate_arg_word;
#[path = "duplicate/file_key.rs"]
mod duplicate_file_key;
#[path = "duplicate/key.rs"]
mod duplicate_key;
#[path = "duplicate/many_mistakes.rs"]
mod duplicate_many_mistakes;
#[path = "duplicate/merge.rs"]
mod duplicate_merge;
#[path = "duplicate/message.rs"]
mod duplicate_message;
#[path = "duplicate/named_field.rs"]
mod duplicate_named_field;
#[path = "duplicate/one_of.rs"]
mod duplicate_one_of;
#[path = "duplicate/other_variant.rs"]
mod duplicate_other_variant;
#[path = "duplicate/own_alias.rs"]
mod duplicate_own_alias;
#[path = "duplicate/own_variable.rs"]
mod duplicate_own_variable;
#[path = "duplicate/profile.rs"]
mod duplicate_profile;
#[path = "duplicate/relaxed_keys.rs"]
mod duplicate_relaxed_keys;
#[path = "duplicate/renamed_from_other_key.rs"]
mod duplicate_renamed_from_other_key;
#[path = "duplicate/renamed_from_own_key.rs"]
mod duplicate_renamed_from_own_key;
#[path = "duplicate/rest.rs"]
mod duplicate_rest;
#[path = "duplicate/rule_argument.rs"]
mod duplicate_rule_argument;
#[path = "duplicate/secret_file_variable.rs"]
mod duplicate_secret_file_variable;
#[path = "duplicate/variable.rs"]
mod duplicate_variable;
#[path = "duplicate/variant.rs"]
mod duplicate_variant;
#[path = "limits/default_element.rs"]
mod limits_default_element;
#[path = "limits/default_length.rs"]
mod limits_default_length;
#[path = "limits/default_no_address.rs"]
mod limits_default_no_address;
#[path = "limits/default_not_allowed.rs"]
mod limits_default_not_allowed;
#[path = "limits/default_not_readable.rs"]
mod limits_default_not_readable;
#[path = "limits/default_not_whole.rs"]
mod limits_default_not_whole;
#[path = "limits/default_of_address.rs"]
mod limits_default_of_address;
#[path = "limits/default_of_value.rs"]
mod limits_default_of_value;
#[path = "limits/default_on_open_end.rs"]
mod limits_default_on_open_end;
#[path = "limits/default_outside_range.rs"]
mod limits_default_outside_range;
#[path = "limits/default_outside_type.rs"]
mod limits_default_outside_type;
#[path = "limits/default_too_long.rs"]
mod limits_default_too_long;
#[path = "limits/default_with_control.rs"]
mod limits_default_with_control;
#[path = "limits/default_with_part.rs"]
mod limits_default_with_part;
#[path = "limits/default_without_part.rs"]
mod limits_default_without_part;
#[path = "limits/default_without_unit.rs"]
mod limits_default_without_unit;
#[path = "limits/default_zero.rs"]
mod limits_default_zero;
#[path = "limits/each_of_value.rs"]
mod limits_each_of_value;
#[path = "limits/element.rs"]
mod limits_element;
#[path = "limits/empty_length.rs"]
mod limits_empty_length;
#[path = "limits/empty_range.rs"]
mod limits_empty_range;
#[path = "limits/fraction_of_integer.rs"]
mod limits_fraction_of_integer;
#[path = "limits/keys_of_list.rs"]
mod limits_keys_of_list;
#[path = "limits/length_not_whole.rs"]
mod limits_length_not_whole;
#[path = "limits/length_of_address.rs"]
mod limits_length_of_address;
#[path = "limits/length_of_flattened.rs"]
mod limits_length_of_flattened;
#[path = "limits/length_of_number.rs"]
mod limits_length_of_number;
#[path = "limits/limit_outside_type.rs"]
mod limits_limit_outside_type;
#[path = "limits/list_for_scalar.rs"]
mod limits_list_for_scalar;
#[path = "limits/one_of_outside_type.rs"]
mod limits_one_of_outside_type;
#[path = "limits/one_of_type.rs"]
mod limits_one_of_type;
#[path = "limits/range_of_bool.rs"]
mod limits_range_of_bool;
#[path = "limits/range_of_section.rs"]
mod limits_range_of_section;
#[path = "limits/range_of_text.rs"]
mod limits_range_of_text;
#[path = "limits/text_rule_of_list.rs"]
mod limits_text_rule_of_list;
#[path = "limits/text_rule_of_number.rs"]
mod limits_text_rule_of_number;
#[path = "limits/text_rule_of_section.rs"]
mod limits_text_rule_of_section;
#[path = "malformed/arg.rs"]
mod malformed_arg;
#[path = "malformed/arg_names.rs"]
mod malformed_arg_names;
#[path = "malformed/args.rs"]
mod malformed_args;
#[path = "malformed/bound.rs"]
mod malformed_bound;
#[path = "malformed/context.rs"]
mod malformed_context;
#[path = "malformed/delimiter.rs"]
mod malformed_delimiter;
#[path = "malformed/deprecated.rs"]
mod malformed_deprecated;
#[path = "malformed/empty_name.rs"]
mod malformed_empty_name;
#[path = "malformed/empty_prefix.rs"]
mod malformed_empty_prefix;
#[path = "malformed/exact_length.rs"]
mod malformed_exact_length;
#[path = "malformed/function_is_closure.rs"]
mod malformed_function_is_closure;
#[path = "malformed/function_is_qualified.rs"]
mod malformed_function_is_qualified;
#[path = "malformed/inline_rule.rs"]
mod malformed_inline_rule;
#[path = "malformed/inline_rule_among_others.rs"]
mod malformed_inline_rule_among_others;
#[path = "malformed/inline_rule_is_call.rs"]
mod malformed_inline_rule_is_call;
#[path = "malformed/inline_rule_without_message.rs"]
mod malformed_inline_rule_without_message;
#[path = "malformed/json_schema.rs"]
mod malformed_json_schema;
#[path = "malformed/letter_of_empty_key.rs"]
mod malformed_letter_of_empty_key;
#[path = "malformed/merge.rs"]
mod malformed_merge;
#[path = "malformed/no_rule.rs"]
mod malformed_no_rule;
#[path = "malformed/no_value.rs"]
mod malformed_no_value;
#[path = "malformed/not_a_key.rs"]
mod malformed_not_a_key;
#[path = "malformed/not_a_list.rs"]
mod malformed_not_a_list;
#[path = "malformed/not_a_rule.rs"]
mod malformed_not_a_rule;
#[path = "malformed/one_of_mixed.rs"]
mod malformed_one_of_mixed;
#[path = "malformed/open_length.rs"]
mod malformed_open_length;
#[path = "malformed/placeholder.rs"]
mod malformed_placeholder;
#[path = "malformed/profile_name.rs"]
mod malformed_profile_name;
#[path = "malformed/range_without_limit.rs"]
mod malformed_range_without_limit;
#[path = "malformed/required_alone.rs"]
mod malformed_required_alone;
#[path = "malformed/rule_argument.rs"]
mod malformed_rule_argument;
#[path = "malformed/rule_form.rs"]
mod malformed_rule_form;
#[path = "malformed/rule_forms.rs"]
mod malformed_rule_forms;
#[path = "malformed/rule_with_message.rs"]
mod malformed_rule_with_message;
#[path = "malformed/rule_without_argument.rs"]
mod malformed_rule_without_argument;
#[path = "malformed/serde_path.rs"]
mod malformed_serde_path;
#[path = "malformed/term_text.rs"]
mod malformed_term_text;
#[path = "malformed/two_limits.rs"]
mod malformed_two_limits;
#[path = "malformed/unit.rs"]
mod malformed_unit;
#[path = "malformed/validate_on_struct.rs"]
mod malformed_validate_on_struct;
#[path = "malformed/variable_name.rs"]
mod malformed_variable_name;
#[path = "malformed/version_text.rs"]
mod malformed_version_text;
#[path = "malformed/version_zero.rs"]
mod malformed_version_zero;
#[path = "malformed/warn_value.rs"]
mod malformed_warn_value;
#[path = "malformed/word_with_message.rs"]
mod malformed_word_with_message;
#[path = "malformed/wrong_condition.rs"]
mod malformed_wrong_condition;
#[path = "malformed/wrong_form.rs"]
mod malformed_wrong_form;
#[path = "malformed/wrong_form_on_struct.rs"]
mod malformed_wrong_form_on_struct;
#[path = "malformed/wrong_section.rs"]
mod malformed_wrong_section;
#[path = "malformed/wrong_value.rs"]
mod malformed_wrong_value;
#[path = "misplaced/args.rs"]
mod misplaced_args;
#[path = "misplaced/container_key_on_field.rs"]
mod misplaced_container_key_on_field;
#[path = "misplaced/context.rs"]
mod misplaced_context;
#[path = "misplaced/converted.rs"]
mod misplaced_converted;
#[path = "misplaced/converted_enum.rs"]
mod misplaced_converted_enum;
#[path = "misplaced/field_key_on_container.rs"]
mod misplaced_field_key_on_container;
#[path = "misplaced/field_key_on_variant.rs"]
mod misplaced_field_key_on_variant;
#[path = "misplaced/nested_and_converted.rs"]
mod misplaced_nested_and_converted;
#[path = "misplaced/nested_prefix_on_newtype.rs"]
mod misplaced_nested_prefix_on_newtype;
#[path = "misplaced/newtype.rs"]
mod misplaced_newtype;
#[path = "misplaced/plain_secret_on_newtype.rs"]
mod misplaced_plain_secret_on_newtype;
#[path = "misplaced/relaxed_keys.rs"]
mod misplaced_relaxed_keys;
#[path = "misplaced/serde_on_newtype.rs"]
mod misplaced_serde_on_newtype;
#[path = "misplaced/source_key_on_enum.rs"]
mod misplaced_source_key_on_enum;
#[path = "misplaced/term.rs"]
mod misplaced_term;
#[path = "misplaced/validate_on_container.rs"]
mod misplaced_validate_on_container;
#[path = "misplaced/validate_on_variant.rs"]
mod misplaced_validate_on_variant;
#[path = "reference/check.rs"]
mod reference_check;
#[path = "reference/check_without_self.rs"]
mod reference_check_without_self;
#[path = "reference/context.rs"]
mod reference_context;
#[path = "reference/itself.rs"]
mod reference_itself;
#[path = "reference/other_fields.rs"]
mod reference_other_fields;
#[path = "reference/placeholder.rs"]
mod reference_placeholder;
#[path = "reference/required_if.rs"]
mod reference_required_if;
#[path = "reference/when.rs"]
mod reference_when;
#[path = "reference/when_of_whole.rs"]
mod reference_when_of_whole;
#[path = "reference/when_without_self.rs"]
mod reference_when_without_self;
#[path = "shapes/generics.rs"]
mod shapes_generics;
#[path = "shapes/in_function.rs"]
mod shapes_in_function;
#[path = "shapes/macro_rules.rs"]
mod shapes_macro_rules;
#[path = "shapes/missing_docs.rs"]
mod shapes_missing_docs;
#[path = "shapes/no_prelude.rs"]
mod shapes_no_prelude;
#[path = "shapes/private.rs"]
mod shapes_private;
#[path = "shapes/recursive.rs"]
mod shapes_recursive;
#[path = "shapes/renamed_crate.rs"]
mod shapes_renamed_crate;
#[path = "shapes/rules_without_prelude.rs"]
mod shapes_rules_without_prelude;
#[path = "shapes/serde.rs"]
mod shapes_serde;
#[path = "shapes/shadowed_prelude.rs"]
mod shapes_shadowed_prelude;
#[path = "shapes/validator.rs"]
mod shapes_validator;
#[path = "shapes/variants.rs"]
mod shapes_variants;
#[path = "unimplemented/contains.rs"]
mod unimplemented_contains;
#[path = "unimplemented/context_of_holder.rs"]
mod unimplemented_context_of_holder;
#[path = "unimplemented/context_of_load.rs"]
mod unimplemented_context_of_load;
#[path = "unimplemented/context_part.rs"]
mod unimplemented_context_part;
#[path = "unimplemented/each.rs"]
mod unimplemented_each;
#[path = "unimplemented/keys.rs"]
mod unimplemented_keys;
#[path = "unimplemented/leaf.rs"]
mod unimplemented_leaf;
#[path = "unimplemented/length.rs"]
mod unimplemented_length;
#[path = "unimplemented/lenient_alias.rs"]
mod unimplemented_lenient_alias;
#[path = "unimplemented/loaded.rs"]
mod unimplemented_loaded;
#[path = "unimplemented/nested.rs"]
mod unimplemented_nested;
#[path = "unimplemented/range.rs"]
mod unimplemented_range;
#[path = "unimplemented/range_of_own_type.rs"]
mod unimplemented_range_of_own_type;
#[path = "unimplemented/secret.rs"]
mod unimplemented_secret;
#[path = "unimplemented/secret_comparison.rs"]
mod unimplemented_secret_comparison;
#[path = "unimplemented/text_rule.rs"]
mod unimplemented_text_rule;
#[path = "unknown-key/arg.rs"]
mod unknown_key_arg;
#[path = "unknown-key/beside_context.rs"]
mod unknown_key_beside_context;
#[path = "unknown-key/container.rs"]
mod unknown_key_container;
#[path = "unknown-key/field.rs"]
mod unknown_key_field;
#[path = "unknown-key/merge.rs"]
mod unknown_key_merge;
#[path = "unknown-key/nothing_near.rs"]
mod unknown_key_nothing_near;
#[path = "unknown-key/policy.rs"]
mod unknown_key_policy;
#[path = "unknown-key/rename_all.rs"]
mod unknown_key_rename_all;
#[path = "unknown-key/renames.rs"]
mod unknown_key_renames;
#[path = "unknown-key/rule.rs"]
mod unknown_key_rule;
#[path = "unknown-key/rule_argument.rs"]
mod unknown_key_rule_argument;
#[path = "unknown-key/term.rs"]
mod unknown_key_term;
#[path = "unknown-key/validate_attribute.rs"]
mod unknown_key_validate_attribute;
#[path = "unknown-key/variant.rs"]
mod unknown_key_variant;
#[path = "unsupported/borrowed.rs"]
mod unsupported_borrowed;
#[path = "unsupported/borrowed_newtype.rs"]
mod unsupported_borrowed_newtype;
#[path = "unsupported/empty_enum.rs"]
mod unsupported_empty_enum;
#[path = "unsupported/flattened_list.rs"]
mod unsupported_flattened_list;
#[path = "unsupported/lenient_flattened.rs"]
mod unsupported_lenient_flattened;
#[path = "unsupported/lenient_value.rs"]
mod unsupported_lenient_value;
#[path = "unsupported/lifetime.rs"]
mod unsupported_lifetime;
#[path = "unsupported/renamed_from_path.rs"]
mod unsupported_renamed_from_path;
#[path = "unsupported/serde_key.rs"]
mod unsupported_serde_key;
#[path = "unsupported/transparent.rs"]
mod unsupported_transparent;
#[path = "unsupported/tuple_struct.rs"]
mod unsupported_tuple_struct;
#[path = "unsupported/union.rs"]
mod unsupported_union;
#[path = "unsupported/unit_struct.rs"]
mod unsupported_unit_struct;
#[path = "variant/content_without_tag.rs"]
mod variant_content_without_tag;
#[path = "variant/every_variant_skipped.rs"]
mod variant_every_variant_skipped;
#[path = "variant/fields_of_a_unit.rs"]
mod variant_fields_of_a_unit;
#[path = "variant/key_on_value.rs"]
mod variant_key_on_value;
#[path = "variant/names_of_a_value.rs"]
mod variant_names_of_a_value;
#[path = "variant/other_with_data.rs"]
mod variant_other_with_data;
#[path = "variant/other_without_names.rs"]
mod variant_other_without_names;
#[path = "variant/policy_without_data.rs"]
mod variant_policy_without_data;
#[path = "variant/prefix_without_key.rs"]
mod variant_prefix_without_key;
#[path = "variant/relaxed_without_data.rs"]
mod variant_relaxed_without_data;
#[path = "variant/rules_inside.rs"]
mod variant_rules_inside;
#[path = "variant/several_values.rs"]
mod variant_several_values;
#[path = "variant/tag_and_untagged.rs"]
mod variant_tag_and_untagged;
#[path = "variant/tag_is_content.rs"]
mod variant_tag_is_content;
#[path = "variant/tag_is_field.rs"]
mod variant_tag_is_field;
#[path = "variant/tag_on_struct.rs"]
mod variant_tag_on_struct;
#[path = "variant/two_spellings.rs"]
mod variant_two_spellings;
#[path = "variant/value_beside_tag.rs"]
mod variant_value_beside_tag;
