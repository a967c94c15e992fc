//! What the program prints when it listens.

use imagekit_emulator::Emulator;

use crate::options::Options;

/// The address for programs that started it, then how clients are pointed at it. A key of the
/// user's is not printed.
pub(crate) fn of(url: &str, url_endpoint: &str, options: &Options) -> String {
    let own = options.private_key.is_some();
    let key = if own { "(yours)" } else { Emulator::PRIVATE_KEY };
    let (rust, node, python, shell) = if own {
        ("key".to_owned(), "key".to_owned(), "key".to_owned(), "$IMAGEKIT_PRIVATE_KEY")
    } else {
        let quoted = format!("{key:?}");
        (quoted.clone(), quoted.clone(), quoted, key)
    };
    let library = match &options.data {
        Some(folder) => format!("in {}", folder.display()),
        None => "in memory, gone at the end; --data DIR keeps it".to_owned(),
    };
    let public = &options.public_key;
    format!(
        "listening on {url}

  private key   {key}
  public key    {public}
  URL endpoint  {url_endpoint}
  library       {library}
  web page      {url}/_emulator

  Rust     Config::new({rust})?.with_api_url({url:?})?.with_upload_url({url:?})?
  Node     new ImageKit({{ privateKey: {node}, baseURL: {url:?} }})
  Python   ImageKit(private_key={python}, base_url={url:?})
  Browser  images at {url_endpoint}/PATH, uploads to {url}/api/v1/files/upload
  curl     curl -u \"{shell}:\" {url}/v1/files

Ctrl+C stops it."
    )
}
