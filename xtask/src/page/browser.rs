//! A headless Chromium, driven through chromedriver by the WebDriver protocol.

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The longest wait for something that the page is to show.
const PATIENCE: Duration = Duration::from_secs(20);

/// What keeps the browser to itself and to this machine.
const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
];

/// A browser with one window; dropping it ends it.
pub struct Browser {
    driver: Child,
    /// Open as long as the driver may write to it.
    _output: BufReader<ChildStdout>,
    session: String,
    agent: ureq::Agent,
    profile: PathBuf,
}

impl Browser {
    /// Returns the paths of Chromium and its driver, if both are installed.
    pub fn installed() -> Option<(PathBuf, PathBuf)> {
        Some((program("chromium")?, program("chromedriver")?))
    }

    /// Starts the browser with a new profile in `folder`.
    pub fn start((chromium, chromedriver): (&Path, &Path), folder: &Path) -> Result<Self, String> {
        let profile = folder.join(format!("profile-{}", std::process::id()));
        fs::create_dir_all(&profile).map_err(|error| format!("{}: {error}", profile.display()))?;
        let mut driver = Command::new(chromedriver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{} did not start: {error}", chromedriver.display()))?;
        let output = driver.stdout.take().ok_or("chromedriver has no output")?;
        let mut output = BufReader::new(output);
        let port = port(&mut output);
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .into();
        let mut browser = Self { driver, _output: output, session: String::new(), agent, profile };
        let base = format!("http://127.0.0.1:{}", port?);
        let mut flags: Vec<String> = FLAGS.map(str::to_owned).into();
        flags.push(format!("--user-data-dir={}", browser.profile.display()));
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": { "binary": chromium, "args": flags },
        } } });
        let session = browser.post(&format!("{base}/session"), &wanted)?;
        let id = session.get("sessionId").and_then(Value::as_str).unwrap_or_default();
        browser.session = format!("{base}/session/{id}");
        Ok(browser)
    }

    /// Opens an address.
    pub fn open(&self, url: &str) -> Result<(), String> {
        self.command("url", &json!({ "url": url })).map(drop)
    }

    /// Runs the body of a function and returns its result.
    pub fn run(&self, script: &str, arguments: Value) -> Result<Value, String> {
        self.command("execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// Waits until the body of a function returns something true, and returns that.
    pub fn until(&self, what: &str, script: &str, arguments: Value) -> Result<Value, String> {
        let begun = Instant::now();
        loop {
            let found = self.run(script, arguments.clone())?;
            if !matches!(found, Value::Null | Value::Bool(false)) && found != json!("") {
                return Ok(found);
            }
            if begun.elapsed() > PATIENCE {
                let text = self.run("return document.body.innerText", json!([]))?;
                let text = text.as_str().unwrap_or_default().to_owned();
                return Err(format!("the page does not show: {what}\nIt shows:\n{text}"));
            }
            sleep(Duration::from_millis(50));
        }
    }

    /// Waits until an element shows this text, which is part of what it holds.
    pub fn shows(&self, selector: &str, text: &str) -> Result<(), String> {
        let script = "const found = [...document.querySelectorAll(arguments[0])]; \
            return found.some(each => each.checkVisibility() && each.innerText.includes(arguments[1]));";
        self.until(&format!("{text:?} in {selector}"), script, json!([selector, text])).map(drop)
    }

    /// Clicks on an element as a user does, once it is there.
    pub fn click(&self, selector: &str) -> Result<(), String> {
        let element = self.element(selector)?;
        self.command(&format!("element/{element}/click"), &json!({})).map(drop)
    }

    /// Types into an element; a file chooser takes the path of a file.
    pub fn type_into(&self, selector: &str, text: &str) -> Result<(), String> {
        let element = self.element(selector)?;
        self.command(&format!("element/{element}/value"), &json!({ "text": text })).map(drop)
    }

    /// Drops files from the disk on an element.
    pub fn drop_files(&self, selector: &str, files: &[&Path]) -> Result<(), String> {
        let script = "const found = document.querySelector(arguments[0]); \
            found.scrollIntoView({ block: 'center' }); const box = found.getBoundingClientRect(); \
            return [box.x + box.width / 2, box.y + Math.min(box.height, innerHeight) / 2];";
        self.element(selector)?;
        let place = self.run(script, json!([selector]))?;
        for kind in ["dragEnter", "dragOver", "drop"] {
            let data = json!({ "items": [], "files": files, "dragOperationsMask": 1 });
            let event = json!({ "type": kind, "x": place[0], "y": place[1], "data": data });
            self.devtools("Input.dispatchDragEvent", event)?;
        }
        Ok(())
    }

    /// Presses a key, `"Escape"` or `"Enter"`.
    pub fn press(&self, key: &str) -> Result<(), String> {
        for kind in ["keyDown", "keyUp"] {
            let code = if key == "Enter" { 13 } else { 27 };
            let text = if key == "Enter" && kind == "keyDown" { "\r" } else { "" };
            let event =
                json!({ "type": kind, "key": key, "windowsVirtualKeyCode": code, "text": text });
            self.devtools("Input.dispatchKeyEvent", event)?;
        }
        Ok(())
    }

    /// Sets the size of the page in pixels.
    pub fn resize(&self, width: u32, height: u32) -> Result<(), String> {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size)
    }

    /// Sets the system's colours, `light` or `dark`.
    pub fn prefer(&self, scheme: &str) -> Result<(), String> {
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": [feature] }))
    }

    /// Writes what the window shows as a PNG.
    pub fn picture(&self, path: &Path) -> Result<(), String> {
        let url = format!("{}/screenshot", self.session);
        let response = self.agent.get(&url).call().map_err(|error| error.to_string())?;
        let png = value(response)?;
        let png = decode(png.as_str().unwrap_or_default());
        fs::write(path, png).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Returns what the browser has complained about since the last call.
    pub fn complaints(&self) -> Result<Vec<String>, String> {
        let log = self.command("se/log", &json!({ "type": "browser" }))?;
        let lines = log.as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(lines
            .iter()
            .filter_map(|line| Some(line.get("message")?.as_str()?.to_owned()))
            .collect())
    }

    fn element(&self, selector: &str) -> Result<String, String> {
        let script = "const found = document.querySelector(arguments[0]); return Boolean(found)";
        self.until(selector, script, json!([selector]))?;
        let found = json!({ "using": "css selector", "value": selector });
        let found = self.command("element", &found)?;
        let id = found.as_object().and_then(|found| found.values().next()).and_then(Value::as_str);
        id.map(str::to_owned).ok_or_else(|| format!("{selector} is not an element"))
    }

    fn devtools(&self, name: &str, parameters: Value) -> Result<(), String> {
        self.command("goog/cdp/execute", &json!({ "cmd": name, "params": parameters })).map(drop)
    }

    fn command(&self, path: &str, body: &Value) -> Result<Value, String> {
        self.post(&format!("{}/{path}", self.session), body)
    }

    fn post(&self, url: &str, body: &Value) -> Result<Value, String> {
        let request = self.agent.post(url).header("content-type", "application/json");
        value(request.send(body.to_string()).map_err(|error| error.to_string())?)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = fs::remove_dir_all(&self.profile);
    }
}

/// The value of a WebDriver response; an error is an `Err`.
fn value(mut response: http::Response<ureq::Body>) -> Result<Value, String> {
    let body = response.body_mut().with_config().limit(64 << 20).read_to_string();
    let body: Value = serde_json::from_str(&body.map_err(|error| error.to_string())?)
        .map_err(|error| error.to_string())?;
    let value = body.get("value").cloned().unwrap_or_default();
    match value.get("error").and_then(Value::as_str) {
        None => Ok(value),
        Some(error) => {
            let message = value.get("message").and_then(Value::as_str).unwrap_or_default();
            Err(format!("{error}: {message}"))
        }
    }
}

/// Reads the port from the first lines of the driver.
fn port(output: &mut impl BufRead) -> Result<u16, String> {
    for line in output.lines() {
        let line = line.map_err(|error| error.to_string())?;
        let port = line.split("successfully on port ").nth(1);
        if let Some(port) = port.and_then(|port| port.trim_end_matches('.').parse().ok()) {
            return Ok(port);
        }
    }
    Err("chromedriver names no port".to_owned())
}

/// The program with this name in `PATH`.
fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file())
}

fn decode(base64: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(base64).unwrap_or_default()
}
