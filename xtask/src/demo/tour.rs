//! The tour: upload, details, a new version, metadata, update, search, delete.

use super::clients::Client;
use super::show::{self, fact, fact_opt, step};
use imagekit_proto::api::assets::{Asset, ListAndSearchAssets};
use imagekit_proto::api::files::{
    DeleteFile, GetFileDetails, GetFileVersionDetails, GetUploadedFileMetadata, ListFileVersions,
    UpdateFileDetails,
};
use imagekit_proto::api::upload::{UploadFile, UploadOutcome, UploadedFile};
use imagekit_proto::search::field;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A photo on this machine.
pub struct Photo {
    path: PathBuf,
    name: String,
}

impl Photo {
    /// The photo at `path`.
    pub fn at(path: &Path) -> Result<Self, String> {
        let bytes = std::fs::metadata(path)
            .map_err(|error| format!("{}: {error}", path.display()))
            .and_then(|metadata| match metadata.is_file() {
                true => Ok(metadata.len()),
                false => Err(format!("{} is not a file", path.display())),
            })?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.ok_or_else(|| format!("{} has no name", path.display()))?;
        println!("{name}, {bytes} bytes");
        Ok(Self { path: path.to_owned(), name })
    }
}

pub struct Tour<'a> {
    pub client: &'a Client,
    pub photo: &'a Photo,
    /// The wait that the server will ask for, once.
    pub asked_break: Option<Duration>,
}

/// The folder of the uploaded file.
const FOLDER: &str = "/imagekit-rust-demo";

impl Tour<'_> {
    /// Runs all steps, and deletes the file even when one fails.
    pub fn go(&self) -> Result<(), String> {
        println!("\n── {} {}", self.client.name(), "─".repeat(60 - self.client.name().len()));
        step(1, "Upload, streamed from disk");
        let file = self.upload(&self.photo.name, true)?;
        fact("file", format_args!("{} ({})", file.file_path, file.file_id));
        fact("url", &file.url);
        fact_opt("size", show::size(file.width, file.height, file.size));

        let result = self.show(&file);
        step(8, "Delete");
        self.client.send(DeleteFile::new(&file.file_id))?;
        fact("deleted", &file.file_path);
        result
    }

    fn show(&self, file: &UploadedFile) -> Result<(), String> {
        step(2, "Details");
        self.details(&file.file_id)?;

        step(3, "A new version, by uploading over it");
        let version = self.upload(&file.name, false)?;
        fact_opt("version", version.version_info.as_ref().and_then(|info| info.name.as_ref()));

        step(4, "The first version");
        self.first_version(&file.file_id)?;

        step(5, "Metadata");
        let metadata = self.client.send(GetUploadedFileMetadata::new(&file.file_id))?;
        show::metadata(&metadata);

        step(6, "Update: set tags and a focus, then unset the focus");
        let update = UpdateFileDetails::new(&file.file_id)
            .tags(["demo", "rust"])
            .custom_coordinates("0,0,10,10");
        let updated = self.client.send(update)?;
        fact("tags", show::list(&updated.tags));
        fact("coordinates", updated.custom_coordinates.as_deref().unwrap_or("none"));
        let unset = UpdateFileDetails::new(&file.file_id).clear_custom_coordinates();
        let updated = self.client.send(unset)?;
        fact("coordinates", updated.custom_coordinates.as_deref().unwrap_or("none"));

        step(7, "Search");
        self.search(&file.name)
    }

    fn upload(&self, name: &str, unique: bool) -> Result<UploadedFile, String> {
        let upload = UploadFile::new(name).use_unique_file_name(unique).folder(FOLDER);
        let reply = self.client.upload(upload, &self.photo.path)?;
        match reply.into_value() {
            UploadOutcome::Uploaded(file) => Ok(*file),
            other => Err(format!("the upload is not done yet: {other:?}")),
        }
    }

    fn details(&self, file_id: &str) -> Result<(), String> {
        let start = Instant::now();
        let details = self.client.send(GetFileDetails::new(file_id))?;
        let took = start.elapsed();
        if let Some(asked) = self.asked_break {
            fact(
                "rate limit",
                format_args!("429, with a request to wait {} ms", asked.as_millis()),
            );
            let attempts = details.attempts;
            fact(
                "honoured",
                format_args!("done after {} ms, attempt {attempts}", took.as_millis()),
            );
        }
        show::file(&details);
        Ok(())
    }

    fn first_version(&self, file_id: &str) -> Result<(), String> {
        let versions = self.client.send(ListFileVersions::new(file_id))?;
        fact("versions", versions.len());
        let infos = versions.iter().filter_map(|version| version.version_info.as_ref());
        let first = infos.rev().find_map(|info| info.id.as_deref());
        let first = first.ok_or("the file has no versions")?;
        let version = self.client.send(GetFileVersionDetails::new(file_id, first))?;
        fact_opt("type", version.kind.as_ref());
        show::file(&version);
        Ok(())
    }

    /// Waits until the search finds the file: the service's index is updated with a delay.
    fn search(&self, name: &str) -> Result<(), String> {
        let query = field::name().eq(name).and(field::tags().one_of(["demo"]));
        let query = query.build().map_err(|error| error.to_string())?;
        fact("query", &query);
        for _ in 0..10 {
            let search = ListAndSearchAssets::new().search_query(query.to_string()).limit(10);
            let found = self.client.send(search)?;
            let file = found.iter().find_map(Asset::as_file);
            if let Some(file) = file {
                fact("found", &file.file_path);
                return Ok(());
            }
            std::thread::sleep(Duration::from_secs(1));
        }
        fact("found", "nothing yet: the index has not caught up");
        Ok(())
    }
}
