//! Documented limits are checked before anything is sent, unless they are waived.

use imagekit_proto::api::accounts::GetAccountUsage;
use imagekit_proto::api::accounts::url_endpoints::{
    CreateUrlEndpoint, UpdateUrlEndpoint, UrlEndpointSettings,
};
use imagekit_proto::api::accounts::usage_analytics::GetUsageAnalytics;
use imagekit_proto::api::custom_metadata_fields::{
    CreateCustomMetadataField, CustomMetadataFieldSchema, UpdateCustomMetadataField,
};
use imagekit_proto::api::files::{Extension, SavedExtensionReference};
use imagekit_proto::api::named_transformations::{
    CreateNamedTransformation, UpdateNamedTransformation,
};
use imagekit_proto::api::saved_extensions::{CreateSavedExtension, UpdateSavedExtension};
use imagekit_proto::{BuildError, Config, Endpoint, RequestContext};

/// The field of the limit that `endpoint` breaks; `None` when it can be sent.
fn broken(endpoint: impl Endpoint) -> Option<&'static str> {
    let config = Config::new("private_key").unwrap();
    let with = RequestContext::new(&config, 7);
    let field = match endpoint.build(&with) {
        Ok(_) => None,
        Err(BuildError::Limit { field, .. }) => Some(field),
        Err(other) => panic!("{other}"),
    };
    assert!(endpoint.build(&with.skip_limit_checks(true)).is_ok());
    field
}

#[test]
fn descriptions_of_fields_have_500_characters() {
    let create = CreateCustomMetadataField::new("a", "A", CustomMetadataFieldSchema::text());
    assert_eq!(broken(create.clone().description("é".repeat(500))), None);
    assert_eq!(broken(create.description("é".repeat(501))), Some("description"));

    let update = UpdateCustomMetadataField::new("a");
    assert_eq!(broken(update.clone()), Some("label"));
    assert_eq!(broken(update.clone().extra("newKey", 1)), None);
    assert_eq!(broken(update.clone().description("")), None);
    assert_eq!(broken(update.description("é".repeat(501))), Some("description"));
}

#[test]
fn named_transformations_have_plain_names() {
    assert_eq!(broken(CreateNamedTransformation::new("Small_2", "w-1")), None);
    assert_eq!(broken(UpdateNamedTransformation::new("a")), None);
    for name in ["", "a-b", "a b", "é"] {
        assert_eq!(broken(CreateNamedTransformation::new(name, "w-1")), Some("name"), "{name}");
        assert_eq!(broken(UpdateNamedTransformation::new("a").name(name)), Some("name"), "{name}");
    }
}

#[test]
fn saved_extensions_are_told_apart_and_end_somewhere() {
    let save = |name, description| {
        CreateSavedExtension::new(name, description, Extension::AiAutoDescription)
    };
    assert_eq!(broken(save("a", "b")), None);
    assert_eq!(broken(save("", "b")), Some("name"));
    assert_eq!(broken(save("a", "")), Some("description"));
    let another = SavedExtensionReference::new("ext_1");
    assert_eq!(broken(CreateSavedExtension::new("a", "b", another.clone())), Some("config"));
    assert_eq!(broken(UpdateSavedExtension::new("ext_2").config(another)), Some("config"));
    assert_eq!(broken(UpdateSavedExtension::new("ext_2").name("")), Some("name"));
}

#[test]
fn url_endpoints_have_ten_origins() {
    let ids = |count| (0..count).map(|id| format!("origin_{id}"));
    let settings = |count| UrlEndpointSettings::new("a").origins(ids(count));
    assert_eq!(broken(CreateUrlEndpoint::new(settings(10))), None);
    assert_eq!(broken(CreateUrlEndpoint::new(settings(11))), Some("origins"));
    assert_eq!(broken(UpdateUrlEndpoint::new("id", settings(0))), None);
    assert_eq!(broken(UpdateUrlEndpoint::new("id", settings(11))), Some("origins"));
}

#[test]
fn usage_excludes_the_last_day_and_analytics_includes_it() {
    let usage = |start, end| broken(GetAccountUsage::new(start, end));
    let analytics = |start, end| broken(GetUsageAnalytics::new(start, end));
    assert_eq!(usage("2024-02-28", "2024-02-28"), Some("endDate"));
    assert_eq!(analytics("2024-02-28", "2024-02-28"), None);
    for report in [usage, analytics] {
        assert_eq!(report("2024-02-28", "2024-05-27"), None);
        assert_eq!(report("2024-02-28", "2024-05-28"), Some("endDate"));
        assert_eq!(report("2024-03-01", "2024-02-28"), Some("endDate"));
        assert_eq!(report("2024-02-30", "2024-03-01"), Some("startDate"));
        assert_eq!(report("2024-02-28", "28.2.2024"), Some("endDate"));
    }
}
