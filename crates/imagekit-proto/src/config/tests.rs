use super::*;

const API: &str = "https://api.imagekit.io";
const UPLOAD: &str = "https://upload.imagekit.io";

fn bases(config: &Config) -> [String; 2] {
    [Server::Api, Server::Upload].map(|server| format!("{:?}", config.base(server)))
}

#[test]
fn the_service_is_the_default() {
    let config = Config::without_key();
    assert_eq!(bases(&config), [API, UPLOAD]);
    for (server, url) in [(Server::Api, API), (Server::Upload, UPLOAD)] {
        let (ours, parsed) = (config.base(server), BaseUrl::parse(url).unwrap());
        assert_eq!(ours.scheme(), parsed.scheme());
        assert_eq!(ours.authority(), parsed.authority());
        assert_eq!(ours.prefix(), parsed.prefix());
        assert!(!config.is_loopback(server));
    }
}

#[test]
fn headers_carry_the_key_and_the_user_agent() {
    let keyless = Config::without_key();
    assert!(keyless.private_key().is_none());
    assert!(!keyless.headers().contains_key(AUTHORIZATION));
    assert_eq!(keyless.headers()[ACCEPT], "application/json");
    assert_eq!(keyless.headers()[USER_AGENT], OWN_USER_AGENT);

    let config = Config::new("private_abc").unwrap().with_user_agent("shop/2 (x)").unwrap();
    assert_eq!(config.private_key().unwrap().expose(), "private_abc");
    assert_eq!(config.headers()[AUTHORIZATION], "Basic cHJpdmF0ZV9hYmM6");
    let user_agent = config.headers()[USER_AGENT].to_str().unwrap();
    assert_eq!(user_agent, format!("shop/2 (x) {OWN_USER_AGENT}"));
    for product in ["", " ", "a ", " a", "a\tb", "a\nb", "\u{e9}", "a\0", "\u{7f}"] {
        let error = Config::without_key().with_user_agent(product).unwrap_err();
        assert_eq!(error, ConfigError::InvalidUserAgent);
    }
}

#[test]
fn a_changed_clone_leaves_the_original_alone() {
    let config = Config::without_key();
    let local = config.clone().with_api_url("http://localhost:1").unwrap();
    let local = local.with_upload_url("http://[::1]:2/u").unwrap();
    assert_eq!(bases(&local), ["http://localhost:1", "http://[::1]:2/u"]);
    assert!(local.is_loopback(Server::Api) && local.is_loopback(Server::Upload));
    assert_eq!(bases(&config), [API, UPLOAD]);
}

#[test]
fn variables() {
    let from = |variables: &[(&str, &str)]| {
        let find = |name| variables.iter().find(|(key, _)| *key == name);
        Config::from_variables(|name| find(name).map(|(_, value)| value.into()))
    };
    let key = ("IMAGEKIT_PRIVATE_KEY", "private_abc");
    let (api, upload) =
        (("IMAGEKIT_API_URL", "http://[::1]:1"), ("IMAGEKIT_UPLOAD_URL", "http://[::1]:2"));
    let config = from(&[key]).unwrap();
    assert_eq!(config.private_key().unwrap().expose(), "private_abc");
    assert_eq!(bases(&config), [API, UPLOAD]);
    let config = from(&[key, api, upload]).unwrap();
    assert_eq!(bases(&config), [api.1, upload.1]);

    assert_eq!(from(&[api]).unwrap_err(), ConfigError::MissingVariable { name: key.0 });
    assert_eq!(from(&[(key.0, "")]).unwrap_err(), ConfigError::EmptyKey);
    assert!(matches!(from(&[key, (api.0, "")]), Err(ConfigError::InvalidUrl { .. })));
    assert!(matches!(from(&[key, (upload.0, "")]), Err(ConfigError::InvalidUrl { .. })));
}

#[cfg(unix)]
#[test]
fn a_base_url_that_is_not_unicode_is_refused() {
    use std::os::unix::ffi::OsStringExt as _;

    let error = Config::from_variables(|name| match name {
        "IMAGEKIT_PRIVATE_KEY" => Some("private_abc".into()),
        _ => Some(OsString::from_vec(vec![0xff])),
    });
    assert_eq!(error.unwrap_err(), ConfigError::NotUnicode { name: "IMAGEKIT_API_URL" });
}

#[test]
fn debug_prints_servers_and_no_key() {
    let text = format!("{:?}", Config::new("private_test_key").unwrap());
    assert!(!text.contains("private_test_key") && !text.contains("cHJpdm"), "{text}");
    assert!(text.contains("[secret]") && text.contains(OWN_USER_AGENT), "{text}");
    assert!(text.contains(API) && text.contains(UPLOAD), "{text}");
}
