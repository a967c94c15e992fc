//! The calls that a client makes, chosen at random.

use super::plan::{Greeting, Idle, Plan};
use super::random::Random;
use super::server::Script;
use bytes::Bytes;
use imagekit_proto::operation::{self, JsonEndpoint};
use imagekit_proto::{CallOptions, Idempotency, RetryPolicy};
use serde_json::{Value, json};
use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;

/// More than the buffers of both ends of a connection hold.
const LARGE: usize = 16 << 20;

/// One run: a server's script, and the calls of one client, one after the other.
pub struct Scenario {
    pub script: Script,
    pub calls: Vec<Called>,
}

/// One call.
pub struct Called {
    pub operation: &'static str,
    pub input: Value,
    /// What its requests name.
    pub id: String,
    pub payload: Option<Source>,
    pub max_attempts: u32,
    pub max_delay: Duration,
    /// The shortest of its timeouts.
    pub timeout: Duration,
    pub assume_idempotent: bool,
    pub options: CallOptions,
}

/// Where a payload comes from.
#[derive(Clone)]
pub struct Source {
    pub kind: SourceKind,
    pub bytes: Bytes,
    /// The announced length.
    pub length: u64,
    pub fails: bool,
    /// Held by every reader of the payload.
    pub alive: Arc<()>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SourceKind {
    Bytes,
    Once,
    Reopen,
}

impl Source {
    /// Whether its bytes are not those that were announced.
    pub fn is_broken(&self) -> bool {
        self.fails || self.length != self.bytes.len() as u64
    }

    /// Returns a reader of the payload.
    pub fn reader(&self) -> Reader {
        Reader { bytes: self.bytes.clone(), fails: self.fails, _alive: Arc::clone(&self.alive) }
    }

    /// How many readers there are.
    pub fn readers(&self) -> usize {
        Arc::strong_count(&self.alive) - 1
    }
}

/// A reader of a payload.
pub struct Reader {
    bytes: Bytes,
    fails: bool,
    _alive: Arc<()>,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.len().min(buffer.len()).min(20_000);
        buffer[..count].copy_from_slice(&self.bytes.split_to(count));
        if count == 0 && std::mem::take(&mut self.fails) {
            return Err(io::Error::other("the source failed"));
        }
        Ok(count)
    }
}

/// Operations of every method and idempotency, with the field that names what they are about.
const OPERATIONS: [(&str, &str); 8] = [
    ("get-file-details", "fileId"),
    ("delete-file", "fileId"),
    ("update-file-details", "fileId"),
    ("create-folder", "folderName"),
    ("purge-cache", "url"),
    ("upload-file", "fileName"),
    ("upload-file", "fileName"),
    ("upload-file", "fileName"),
];

impl Called {
    fn random(random: &mut Random, number: usize) -> Self {
        let (operation, names) = random.choose(&OPERATIONS);
        let id = format!("call{number}-{:018x}", random.next());
        let name =
            if names == "url" { format!("https://ik.imagekit.io/demo/{id}") } else { id.clone() };
        let mut input = json!({ names: name });
        let mut payload = None;
        match operation {
            "update-file-details" => input["tags"] = json!(["a"]),
            "create-folder" => input["parentFolderPath"] = json!("/"),
            "upload-file" => {
                input["file"] = json!({ "$file": { "name": "file.bin" } });
                if random.chance(25) {
                    input["publicKey"] = json!("public_faults");
                    input["token"] = json!("token-of-the-campaign");
                    input["expire"] = json!(2_000_000_000);
                    input["signature"] = json!("0123456789abcdef0123456789abcdef01234567");
                }
                payload = Some(Source::random(random));
            }
            _ => {}
        }
        let max_attempts = 1 + random.below(4) as u32;
        let max_delay = Duration::from_millis(random.choose(&[20, 60]));
        let assume_idempotent = random.chance(10);
        let timeout = Duration::from_millis(random.choose(&[30, 80, 200, 400]));
        let retry = RetryPolicy::default()
            .max_attempts(max_attempts)
            .base_delay(Duration::from_millis(1))
            .max_delay(max_delay);
        let mut options = CallOptions::default()
            .retry(retry)
            .attempt_timeout(timeout)
            .assume_idempotent(assume_idempotent);
        if random.chance(15) {
            options = options.attempt_timeout(Duration::from_secs(2)).idle_timeout(timeout);
        }
        if random.chance(15) {
            options = options.deadline(Duration::from_millis(random.choose(&[20, 100, 300])));
        }
        if random.chance(8) {
            options = options.max_response(random.choose(&[0, 60, 150]));
        }
        Self {
            operation,
            input,
            id,
            payload,
            max_attempts,
            max_delay,
            timeout,
            assume_idempotent,
            options,
        }
    }

    pub fn endpoint(&self) -> JsonEndpoint {
        let entry = operation::find(self.operation);
        let endpoint = entry.map(|entry| entry.endpoint(self.input.clone()));
        endpoint.and_then(Result::ok).unwrap_or_else(|| panic!("no endpoint: {}", self.input))
    }

    /// The idempotency by the documentation of [`CallOptions`].
    pub fn idempotency(&self) -> Idempotency {
        let own = match self.operation {
            "create-folder" | "purge-cache" => Idempotency::NonIdempotent,
            "upload-file" if self.input.get("token").is_some() => return Idempotency::SingleUse,
            "upload-file" => Idempotency::NonIdempotent,
            _ => Idempotency::Idempotent,
        };
        if self.assume_idempotent { Idempotency::Idempotent } else { own }
    }

    pub fn has_effect(&self) -> bool {
        self.operation != "get-file-details"
    }
}

impl Source {
    fn random(random: &mut Random) -> Self {
        let len = match random.below(20) {
            0 => 0,
            1..=9 => random.below(2000),
            10..=17 => random.below(300_000),
            18 => random.below(2 << 20),
            _ => LARGE,
        };
        let (fails, longer) = (random.chance(4), random.chance(3));
        let shorter = len > 0 && random.chance(3);
        let kind = random.choose(&[SourceKind::Bytes, SourceKind::Once, SourceKind::Reopen]);
        let length = match kind {
            SourceKind::Bytes => len as u64,
            _ if longer => len as u64 + 1,
            _ if shorter => len as u64 - 1,
            _ => len as u64,
        };
        let bytes = random.bytes(len).into();
        Self {
            kind,
            bytes,
            length,
            fails: fails && kind != SourceKind::Bytes,
            alive: Arc::default(),
        }
    }
}

impl Scenario {
    /// Returns the run of this seed.
    pub fn random(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let calls: Vec<_> =
            (0..1 + random.below(3)).map(|n| Called::random(&mut random, n)).collect();
        // What no buffer holds shows whether a success waits for the whole request.
        let is_large =
            |call: &Called| call.payload.as_ref().is_some_and(|source| source.bytes.len() >= LARGE);
        let early = if calls.iter().any(is_large) { 40 } else { 0 };
        let mut script = Script::default();
        for serial in 0..14 {
            let plan = match random.below(100) {
                percent if percent < early => Plan::early(&mut random, serial),
                75.. => Plan::fine(serial),
                _ => Plan::random(&mut random, serial),
            };
            script.plans.push(plan);
            script.greetings.push(Greeting::random(&mut random));
            script.idles.push(Idle::random(&mut random));
        }
        Self { script, calls }
    }
}
