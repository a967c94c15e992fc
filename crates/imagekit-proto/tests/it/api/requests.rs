//! Requests: their JSON form and the request they build say the same.

use std::fmt::Debug;

use imagekit_proto::api::accounts::{GetAccountUsage, origins, url_endpoints, usage_analytics};
use imagekit_proto::api::{
    assets, cache, custom_metadata_fields, files, folders, named_transformations, saved_extensions,
    upload,
};
use imagekit_proto::{Config, Endpoint, RequestContext, operation};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::edits::{apply, edits, lost};

/// What is to be known of a request type: reads an input, and if it is one, checks that its JSON
/// form reads as the same value and builds the same request. Gives that form.
type Check = fn(&Value) -> Result<Value, String>;

fn check<E>(input: &Value) -> Result<Value, String>
where
    E: Endpoint + Serialize + DeserializeOwned + PartialEq + Debug,
{
    let endpoint: E = serde_json::from_value(input.clone()).map_err(|error| error.to_string())?;
    let form = serde_json::to_value(&endpoint).unwrap();
    let again: E = serde_json::from_value(form.clone()).unwrap();
    assert_eq!(again, endpoint);

    let config = Config::new("private_key").unwrap();
    let with = RequestContext::new(&config, 7);
    for (first, second) in [
        (endpoint.build(&with), again.build(&with)),
        (
            (&endpoint).build(&with.skip_limit_checks(true)),
            (&again).build(&with.skip_limit_checks(true)),
        ),
    ] {
        match (first, second) {
            (Ok(first), Ok(second)) => {
                assert_eq!(first.method(), second.method());
                assert_eq!(first.uri(), second.uri());
                assert_eq!(first.headers(), second.headers());
                assert_eq!(first.body().as_bytes(), second.body().as_bytes());
            }
            (first, second) => assert_eq!(first.err(), second.err()),
        }
    }
    Ok(form)
}

#[rustfmt::skip]
const TYPES: &[(&str, Check)] = &[
    ("upload-file", check::<upload::UploadFile>),
    ("upload-file-v2", check::<upload::UploadFileV2>),
    ("get-file-details", check::<files::GetFileDetails>),
    ("update-file-details", check::<files::UpdateFileDetails>),
    ("list-and-search-assets", check::<assets::ListAndSearchAssets>),
    ("delete-file", check::<files::DeleteFile>),
    ("delete-multiple-files", check::<files::DeleteMultipleFiles>),
    ("copy-file", check::<files::CopyFile>),
    ("move-file", check::<files::MoveFile>),
    ("rename-file", check::<files::RenameFile>),
    ("list-file-versions", check::<files::ListFileVersions>),
    ("get-file-version-details", check::<files::GetFileVersionDetails>),
    ("delete-file-version", check::<files::DeleteFileVersion>),
    ("restore-file-version", check::<files::RestoreFileVersion>),
    ("add-tags-bulk", check::<files::AddTagsBulk>),
    ("remove-tags-bulk", check::<files::RemoveTagsBulk>),
    ("remove-ai-tags-bulk", check::<files::RemoveAiTagsBulk>),
    ("create-folder", check::<folders::CreateFolder>),
    ("delete-folder", check::<folders::DeleteFolder>),
    ("copy-folder", check::<folders::CopyFolder>),
    ("move-folder", check::<folders::MoveFolder>),
    ("rename-folder", check::<folders::RenameFolder>),
    ("bulk-job-status", check::<folders::BulkJobStatus>),
    ("purge-cache", check::<cache::PurgeCache>),
    ("purge-status", check::<cache::PurgeStatus>),
    ("get-uploaded-file-metadata", check::<files::GetUploadedFileMetadata>),
    ("get-metadata-from-url", check::<files::GetMetadataFromUrl>),
    ("create-new-field", check::<custom_metadata_fields::CreateCustomMetadataField>),
    ("list-all-fields", check::<custom_metadata_fields::ListCustomMetadataFields>),
    ("update-existing-field", check::<custom_metadata_fields::UpdateCustomMetadataField>),
    ("delete-a-field", check::<custom_metadata_fields::DeleteCustomMetadataField>),
    ("list-extensions", check::<saved_extensions::ListSavedExtensions>),
    ("create-extension", check::<saved_extensions::CreateSavedExtension>),
    ("get-extension", check::<saved_extensions::GetSavedExtension>),
    ("update-extension", check::<saved_extensions::UpdateSavedExtension>),
    ("delete-extension", check::<saved_extensions::DeleteSavedExtension>),
    ("list-named-transformations", check::<named_transformations::ListNamedTransformations>),
    ("create-named-transformation", check::<named_transformations::CreateNamedTransformation>),
    ("get-named-transformation", check::<named_transformations::GetNamedTransformation>),
    ("update-named-transformation", check::<named_transformations::UpdateNamedTransformation>),
    ("delete-named-transformation", check::<named_transformations::DeleteNamedTransformation>),
    ("get-usage", check::<GetAccountUsage>),
    ("get-usage-analytics", check::<usage_analytics::GetUsageAnalytics>),
    ("list-origins", check::<origins::ListOrigins>),
    ("create-origin", check::<origins::CreateOrigin>),
    ("get-origin", check::<origins::GetOrigin>),
    ("update-origin", check::<origins::UpdateOrigin>),
    ("delete-origin", check::<origins::DeleteOrigin>),
    ("list-url-endpoints", check::<url_endpoints::ListUrlEndpoints>),
    ("create-url-endpoint", check::<url_endpoints::CreateUrlEndpoint>),
    ("get-url-endpoint", check::<url_endpoints::GetUrlEndpoint>),
    ("update-url-endpoint", check::<url_endpoints::UpdateUrlEndpoint>),
    ("delete-url-endpoint", check::<url_endpoints::DeleteUrlEndpoint>),
];

fn inputs() -> Vec<(String, Value)> {
    serde_json::from_str(include_str!("inputs.json")).unwrap()
}

fn run(id: &str, input: &Value) -> Result<Value, String> {
    let (_, check) = TYPES.iter().find(|(known, _)| *known == id).unwrap();
    check(input)
}

#[test]
fn every_operation_is_checked() {
    let (types, inputs) = (TYPES.iter().map(|(id, _)| *id), inputs());
    assert!(types.eq(operation::all().iter().map(|entry| entry.operation().id)));
    for operation in operation::all() {
        assert!(inputs.iter().any(|(id, _)| id == operation.operation().id), "{operation:?}");
    }
}

#[test]
fn every_field_of_every_input_is_found_again() {
    for (id, input) in inputs() {
        let form = run(&id, &input).unwrap_or_else(|error| panic!("{id}: {error}"));
        let lost = lost(&input, Some(&form), &id);
        assert!(lost.is_empty(), "{lost:?}");
        assert_eq!(form.as_object().unwrap().len(), input.as_object().unwrap().len(), "{form}");
    }
}

#[test]
fn null_is_absent_unless_it_clears() {
    for (id, input) in inputs() {
        for key in input.as_object().unwrap().keys() {
            let (mut null, mut absent) = (input.clone(), input.clone());
            null[key] = Value::Null;
            absent.as_object_mut().unwrap().remove(key);
            match (run(&id, &null), run(&id, &absent)) {
                (Ok(form), Ok(_))
                    if id == "update-file-details"
                        && ["tags", "customCoordinates"].contains(&key.as_str()) =>
                {
                    assert!(form.get(key).unwrap().is_null());
                }
                (Ok(null), Ok(absent)) => assert_eq!(null, absent, "{id} {key}"),
                (null, absent) => {
                    assert!(null.is_err() && absent.is_err(), "{id} {key}: {null:?} {absent:?}");
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn an_input_and_its_json_form_say_the_same(
        place in any::<prop::sample::Index>(),
        edits in edits(),
    ) {
        let inputs = inputs();
        let (id, input) = place.get(&inputs);
        let input = apply(input.clone(), &edits, &[]);
        // What is no input is refused, which is as good; whatever is, must hold.
        if let Ok(form) = run(id, &input) {
            let lost = lost(&form, Some(&input), id);
            prop_assert!(lost.is_empty(), "{:?}", lost);
        }
    }

    #[test]
    fn unknown_keys_of_an_input_are_refused(
        place in any::<prop::sample::Index>(),
        key in "zz\\PC{0,8}",
        value in super::edits::anything(),
    ) {
        let inputs = inputs();
        let (id, input) = place.get(&inputs);
        let mut input = input.clone();
        input[key] = value;
        prop_assert!(run(id, &input).is_err());
    }
}
