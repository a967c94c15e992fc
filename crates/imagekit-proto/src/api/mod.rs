//! ImageKit's operations: one file for each endpoint, its request and response types side by side.
//!
//! All operations of this version of the crate, in the order of ImageKit's documentation. The
//! idempotency is that of the plainest request: where a field changes it, the request type says so.
//!
//! <!-- operations: written by `cargo xtask docs` -->
//! | request | operation | method and path | idempotency | documentation |
//! | --- | --- | --- | --- | --- |
//! | [`UploadFile`](upload::UploadFile) | `upload-file` | `POST /api/v1/files/upload` | [`NonIdempotent`] | [page](https://imagekit.io/docs/api-reference/upload-file/upload-file) |
//! | [`UploadFileV2`](upload::UploadFileV2) | `upload-file-v2` | `POST /api/v2/files/upload` | [`NonIdempotent`] | [page](https://imagekit.io/docs/api-reference/upload-file/upload-file-v2) |
//! | [`GetFileDetails`](files::GetFileDetails) | `get-file-details` | `GET /v1/files/{fileId}/details` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/get-file-details) |
//! | [`UpdateFileDetails`](files::UpdateFileDetails) | `update-file-details` | `PATCH /v1/files/{fileId}/details` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/update-file-details) |
//! | [`ListAndSearchAssets`](assets::ListAndSearchAssets) | `list-and-search-assets` | `GET /v1/files` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/list-and-search-assets) |
//! | [`DeleteFile`](files::DeleteFile) | `delete-file` | `DELETE /v1/files/{fileId}` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/delete-file) |
//! | [`DeleteMultipleFiles`](files::DeleteMultipleFiles) | `delete-multiple-files` | `POST /v1/files/batch/deleteByFileIds` | [`NonIdempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/delete-multiple-files) |
//! | [`CopyFile`](files::CopyFile) | `copy-file` | `POST /v1/files/copy` | [`NonIdempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/copy-file) |
//! | [`MoveFile`](files::MoveFile) | `move-file` | `POST /v1/files/move` | [`NonIdempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/move-file) |
//! | [`RenameFile`](files::RenameFile) | `rename-file` | `PUT /v1/files/rename` | [`NonIdempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/rename-file) |
//! | [`ListFileVersions`](files::ListFileVersions) | `list-file-versions` | `GET /v1/files/{fileId}/versions` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/list-file-versions) |
//! | [`GetFileVersionDetails`](files::GetFileVersionDetails) | `get-file-version-details` | `GET /v1/files/{fileId}/versions/{versionId}` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/get-file-version-details) |
//! | [`DeleteFileVersion`](files::DeleteFileVersion) | `delete-file-version` | `DELETE /v1/files/{fileId}/versions/{versionId}` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/delete-file-version) |
//! | [`RestoreFileVersion`](files::RestoreFileVersion) | `restore-file-version` | `PUT /v1/files/{fileId}/versions/{versionId}/restore` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/restore-file-version) |
//! | [`AddTagsBulk`](files::AddTagsBulk) | `add-tags-bulk` | `POST /v1/files/addTags` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/add-tags-bulk) |
//! | [`RemoveTagsBulk`](files::RemoveTagsBulk) | `remove-tags-bulk` | `POST /v1/files/removeTags` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/remove-tags-bulk) |
//! | [`RemoveAiTagsBulk`](files::RemoveAiTagsBulk) | `remove-ai-tags-bulk` | `POST /v1/files/removeAITags` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/remove-ai-tags-bulk) |
//! | [`CreateFolder`](folders::CreateFolder) | `create-folder` | `POST /v1/folder` | [`NonIdempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/create-folder) |
//! | [`DeleteFolder`](folders::DeleteFolder) | `delete-folder` | `DELETE /v1/folder` | [`NonIdempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/delete-folder) |
//! | [`CopyFolder`](folders::CopyFolder) | `copy-folder` | `POST /v1/bulkJobs/copyFolder` | [`NonIdempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/copy-folder) |
//! | [`MoveFolder`](folders::MoveFolder) | `move-folder` | `POST /v1/bulkJobs/moveFolder` | [`NonIdempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/move-folder) |
//! | [`RenameFolder`](folders::RenameFolder) | `rename-folder` | `POST /v1/bulkJobs/renameFolder` | [`NonIdempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/rename-folder) |
//! | [`BulkJobStatus`](folders::BulkJobStatus) | `bulk-job-status` | `GET /v1/bulkJobs/{jobId}` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/bulk-job-status) |
//! | [`PurgeCache`](cache::PurgeCache) | `purge-cache` | `POST /v1/files/purge` | [`NonIdempotent`] | [page](https://imagekit.io/docs/api-reference/caching/purge-cache) |
//! | [`PurgeStatus`](cache::PurgeStatus) | `purge-status` | `GET /v1/files/purge/{requestId}` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/caching/purge-status) |
//! | [`GetUploadedFileMetadata`](files::GetUploadedFileMetadata) | `get-uploaded-file-metadata` | `GET /v1/files/{fileId}/metadata` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/file-metadata/get-uploaded-file-metadata) |
//! | [`GetMetadataFromUrl`](files::GetMetadataFromUrl) | `get-metadata-from-url` | `GET /v1/metadata` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/file-metadata/get-metadata-from-url) |
//! | [`CreateCustomMetadataField`](custom_metadata_fields::CreateCustomMetadataField) | `create-new-field` | `POST /v1/customMetadataFields` | [`NonIdempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/custom-metadata-fields/create-new-field) |
//! | [`ListCustomMetadataFields`](custom_metadata_fields::ListCustomMetadataFields) | `list-all-fields` | `GET /v1/customMetadataFields` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/custom-metadata-fields/list-all-fields) |
//! | [`UpdateCustomMetadataField`](custom_metadata_fields::UpdateCustomMetadataField) | `update-existing-field` | `PATCH /v1/customMetadataFields/{id}` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/custom-metadata-fields/update-existing-field) |
//! | [`DeleteCustomMetadataField`](custom_metadata_fields::DeleteCustomMetadataField) | `delete-a-field` | `DELETE /v1/customMetadataFields/{id}` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/custom-metadata-fields/delete-a-field) |
//! | [`ListSavedExtensions`](saved_extensions::ListSavedExtensions) | `list-extensions` | `GET /v1/saved-extensions` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/list-extensions) |
//! | [`CreateSavedExtension`](saved_extensions::CreateSavedExtension) | `create-extension` | `POST /v1/saved-extensions` | [`NonIdempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/create-extension) |
//! | [`GetSavedExtension`](saved_extensions::GetSavedExtension) | `get-extension` | `GET /v1/saved-extensions/{id}` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/get-extension) |
//! | [`UpdateSavedExtension`](saved_extensions::UpdateSavedExtension) | `update-extension` | `PATCH /v1/saved-extensions/{id}` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/update-extension) |
//! | [`DeleteSavedExtension`](saved_extensions::DeleteSavedExtension) | `delete-extension` | `DELETE /v1/saved-extensions/{id}` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/delete-extension) |
//! | [`ListNamedTransformations`](named_transformations::ListNamedTransformations) | `list-named-transformations` | `GET /v1/named-transformations` | [`Idempotent`] | [page](https://imagekit.io/docs/transformations#named-transformations) |
//! | [`CreateNamedTransformation`](named_transformations::CreateNamedTransformation) | `create-named-transformation` | `POST /v1/named-transformations` | [`NonIdempotent`] | [page](https://imagekit.io/docs/transformations#named-transformations) |
//! | [`GetNamedTransformation`](named_transformations::GetNamedTransformation) | `get-named-transformation` | `GET /v1/named-transformations/{id}` | [`Idempotent`] | [page](https://imagekit.io/docs/transformations#named-transformations) |
//! | [`UpdateNamedTransformation`](named_transformations::UpdateNamedTransformation) | `update-named-transformation` | `PATCH /v1/named-transformations/{id}` | [`Idempotent`] | [page](https://imagekit.io/docs/transformations#named-transformations) |
//! | [`DeleteNamedTransformation`](named_transformations::DeleteNamedTransformation) | `delete-named-transformation` | `DELETE /v1/named-transformations/{id}` | [`Idempotent`] | [page](https://imagekit.io/docs/transformations#named-transformations) |
//! | [`GetAccountUsage`](accounts::GetAccountUsage) | `get-usage` | `GET /v1/accounts/usage` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/account-management-api/get-usage) |
//! | [`GetUsageAnalytics`](accounts::usage_analytics::GetUsageAnalytics) | `get-usage-analytics` | `GET /v1/accounts/usage-analytics` | [`Idempotent`] | [page](https://imagekit.io/docs/usage-analytics) |
//! | [`ListOrigins`](accounts::origins::ListOrigins) | `list-origins` | `GET /v1/accounts/origins` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/account-management-api/origins/list-origins) |
//! | [`CreateOrigin`](accounts::origins::CreateOrigin) | `create-origin` | `POST /v1/accounts/origins` | [`NonIdempotent`] | [page](https://imagekit.io/docs/api-reference/account-management-api/origins/create-origin) |
//! | [`GetOrigin`](accounts::origins::GetOrigin) | `get-origin` | `GET /v1/accounts/origins/{id}` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/account-management-api/origins/get-origin) |
//! | [`UpdateOrigin`](accounts::origins::UpdateOrigin) | `update-origin` | `PUT /v1/accounts/origins/{id}` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/account-management-api/origins/update-origin) |
//! | [`DeleteOrigin`](accounts::origins::DeleteOrigin) | `delete-origin` | `DELETE /v1/accounts/origins/{id}` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/account-management-api/origins/delete-origin) |
//! | [`ListUrlEndpoints`](accounts::url_endpoints::ListUrlEndpoints) | `list-url-endpoints` | `GET /v1/accounts/url-endpoints` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/list-url-endpoints) |
//! | [`CreateUrlEndpoint`](accounts::url_endpoints::CreateUrlEndpoint) | `create-url-endpoint` | `POST /v1/accounts/url-endpoints` | [`NonIdempotent`] | [page](https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/create-url-endpoint) |
//! | [`GetUrlEndpoint`](accounts::url_endpoints::GetUrlEndpoint) | `get-url-endpoint` | `GET /v1/accounts/url-endpoints/{id}` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/get-url-endpoint) |
//! | [`UpdateUrlEndpoint`](accounts::url_endpoints::UpdateUrlEndpoint) | `update-url-endpoint` | `PUT /v1/accounts/url-endpoints/{id}` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/update-url-endpoint) |
//! | [`DeleteUrlEndpoint`](accounts::url_endpoints::DeleteUrlEndpoint) | `delete-url-endpoint` | `DELETE /v1/accounts/url-endpoints/{id}` | [`Idempotent`] | [page](https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/delete-url-endpoint) |
//!
//! [`Idempotent`]: crate::Idempotency::Idempotent
//!
//! [`NonIdempotent`]: crate::Idempotency::NonIdempotent
//! <!-- end of operations -->

pub mod accounts;
mod asset;
pub mod assets;
mod below;
pub mod cache;
pub mod custom_metadata_fields;
pub mod files;
pub mod folders;
pub mod named_transformations;
pub mod saved_extensions;
pub mod upload;
