//! What the server does with a request, chosen at random.

use super::random::Random;
use std::time::Duration;

/// Stands in a response for the id that the request is about, and is as long.
pub const ID: &str = "IDIDIDIDIDIDIDIDIDIDIDID";

/// What the server does with one request.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How much of the body it reads first; all of it if there is none.
    pub reads: Option<usize>,
    pub acts: Vec<Act>,
    /// The response, if the acts send a whole one.
    pub says: Option<Says>,
    /// Whether the acts send a status line that refuses the request: what follows may be broken.
    pub refuses: bool,
    /// The name in the body of the response, found in no other plan.
    pub name: String,
}

/// A whole response.
#[derive(Clone, Copy, Debug)]
pub struct Says {
    pub status: u16,
    /// Whether every client has to accept it.
    pub is_proper: bool,
    /// The wait that it asks for.
    pub hint: Option<Duration>,
}

/// One action of the server.
#[derive(Clone, Debug)]
pub enum Act {
    Send(Vec<u8>),
    /// Sends these bytes one at a time.
    Dribble(Vec<u8>),
    Sleep(Duration),
    /// Reads what is left of the request.
    Drain,
    /// Waits until the client closes.
    Hold,
    /// Sends nothing more, and reads until the client closes.
    Finish,
    Reset,
}

/// What the server does with a new connection before its first request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Greeting {
    None,
    Reset,
    /// Reads this much and resets the connection.
    ResetAfter(usize),
    Close,
}

/// What the server does with a connection after a response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Idle {
    Keep,
    CloseAfter(Duration),
    /// Sends a 408 and closes.
    TimeoutAfter(Duration),
}

const STATUSES: [u16; 40] = [
    200, 200, 200, 200, 200, 200, 201, 202, 204, 207, 429, 429, 429, 429, 503, 503, 503, 500, 502,
    504, 408, 408, 400, 401, 403, 404, 404, 409, 413, 301, 302, 307, 500, 501, 505, 520, 599, 600,
    999, 299,
];

impl Greeting {
    pub fn random(random: &mut Random) -> Self {
        match random.below(40) {
            0 => Self::Reset,
            1 => Self::ResetAfter(1 + random.below(100)),
            2 => Self::Close,
            _ => Self::None,
        }
    }
}

impl Idle {
    pub fn random(random: &mut Random) -> Self {
        let after = Duration::from_millis(random.below(12) as u64);
        match random.below(8) {
            0 => Self::CloseAfter(after),
            1 => Self::TimeoutAfter(after),
            _ => Self::Keep,
        }
    }
}

impl Plan {
    /// A plan that says yes.
    pub fn fine(serial: usize) -> Self {
        let name = name(serial);
        let body = body(&name);
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
        Self {
            reads: None,
            acts: vec![Act::Send((head + &body).into_bytes())],
            says: Some(Says { status: 200, is_proper: true, hint: None }),
            refuses: false,
            name,
        }
    }

    /// A plan that says yes before it has the request, and reads no more of it.
    pub fn early(random: &mut Random, serial: usize) -> Self {
        let mut plan = Self { reads: Some(0), ..Self::fine(serial) };
        plan.acts.push(random.choose(&[Act::Hold, Act::Finish, Act::Reset]));
        plan
    }

    pub fn random(random: &mut Random, serial: usize) -> Self {
        let mut plan = Self { name: name(serial), ..Self::fine(serial) };
        let response = Response::random(random, &plan.name);
        let bytes = response.bytes.clone();
        plan.refuses = response.refuses;
        plan.says = response.says;
        plan.acts = Vec::new();
        if random.chance(12) {
            plan.acts.push(Act::Sleep(Duration::from_millis(random.below(90) as u64)));
        }
        match random.below(20) {
            // Cut off somewhere.
            0..=3 => {
                let cut = random.below(bytes.len());
                plan.acts.push(Act::Send(bytes[..cut].to_vec()));
                plan.acts.push(random.choose(&[Act::Finish, Act::Reset, Act::Hold]));
                // Without a length its end is where the connection ends.
                let is_whole = response.is_unbounded || cut >= response.len;
                let says = response.says.filter(|_| is_whole);
                plan.says = says.map(|says| Says { is_proper: false, ..says });
                plan.refuses = plan.refuses && cut > "HTTP/1.1 404".len();
            }
            // In pieces.
            4..=5 => {
                let cut = random.below(bytes.len());
                let pause = Duration::from_millis(random.below(40) as u64);
                plan.acts.push(Act::Send(bytes[..cut].to_vec()));
                plan.acts.push(Act::Sleep(pause));
                plan.acts.push(Act::Send(bytes[cut..].to_vec()));
            }
            6 if bytes.len() < 400 => plan.acts.push(Act::Dribble(bytes)),
            // No response at all.
            7 => {
                plan.acts.push(random.choose(&[Act::Finish, Act::Reset, Act::Hold]));
                plan.says = None;
                plan.refuses = false;
            }
            8 => {
                let len = random.below(200);
                plan.acts.push(Act::Send(random.bytes(len)));
                plan.acts.push(random.choose(&[Act::Finish, Act::Reset, Act::Hold]));
                plan.says = None;
                plan.refuses = false;
            }
            _ => plan.acts.push(Act::Send(bytes)),
        }
        plan.acts.extend(response.then);
        if random.chance(20) {
            let len = 1usize << random.below(21);
            plan.reads = Some(random.choose(&[0, len]));
            plan.acts.push(random.choose(&[
                Act::Drain,
                Act::Drain,
                Act::Hold,
                Act::Finish,
                Act::Reset,
            ]));
        }
        plan
    }
}

fn name(serial: usize) -> String {
    format!("plan-{serial}")
}

/// A body that every operation of the campaign reads as a success.
fn body(name: &str) -> String {
    format!(
        r#"{{"fileId":"{ID}","name":"{name}","filePath":"/{name}","type":"file","url":"https://ik.imagekit.io/demo/a","requestId":"{name}"}}"#
    )
}

struct Response {
    bytes: Vec<u8>,
    /// How many of the bytes complete it: there may be more than its head announces.
    len: usize,
    says: Option<Says>,
    refuses: bool,
    /// Whether nothing but the end of the connection ends it.
    is_unbounded: bool,
    then: Option<Act>,
}

impl Response {
    fn random(random: &mut Random, name: &str) -> Self {
        let status = random.choose(&STATUSES);
        let mut head = String::new();
        if random.chance(8) {
            for _ in 0..=random.below(3) {
                head += random.choose(&[
                    "HTTP/1.1 100 Continue\r\n\r\n",
                    "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n",
                ]);
            }
        }
        head += &format!("HTTP/1.1 {status} Random\r\n");
        let mut is_proper = true;
        for _ in 0..random.below(3) {
            head += "x-more: value\r\n";
        }
        if random.chance(6) {
            // Some clients refuse so many or so long headers, others do not.
            is_proper = false;
            match random.below(6) {
                0 => (0..random.choose(&[60, 150, 400]))
                    .for_each(|n| head += &format!("x-{n}: a\r\n")),
                1 => head += &format!("x-long: {}\r\n", "a".repeat(1 << (8 + random.below(11)))),
                2 => head += "no colon\r\n",
                3 => head += "x-nul: \0\r\n",
                4 => head += " folded: a\r\n",
                _ => head += "x-latin: \u{e4}\r\n",
            }
        }
        let hint = Self::hint(random, status, &mut head);
        let mut body = match random.below(12) {
            0 => String::new(),
            1 => "<html>gateway</html>".to_owned(),
            2 => "{".to_owned(),
            3 => format!(r#"{{"name":"{name}"}}"#),
            _ => body(name),
        };
        if matches!(status, 204 | 304) {
            body.clear();
        }
        let (mut then, mut is_whole, mut is_unbounded) = (None, true, false);
        let mut surplus = 0;
        let bytes = match random.below(16) {
            0..=2 => {
                head += "transfer-encoding: chunked\r\n\r\n";
                let mut bytes = head.into_bytes();
                for chunk in body.as_bytes().chunks(1 + random.below(60)) {
                    bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
                    bytes.extend_from_slice(chunk);
                    bytes.extend_from_slice(b"\r\n");
                }
                let end =
                    random.choose(&["0\r\n\r\n", "0\r\n\r\n", "0\r\nx-t: 1\r\n\r\n", "xyz\r\n"]);
                if end == "xyz\r\n" {
                    is_whole = false;
                    then = Some(Act::Finish);
                }
                bytes.extend_from_slice(end.as_bytes());
                bytes
            }
            3 => {
                is_unbounded = true;
                then = Some(Act::Finish);
                (head + "\r\n" + &body).into_bytes()
            }
            4 => {
                then = Some(Act::Finish);
                head += &format!("connection: close\r\ncontent-length: {}\r\n\r\n", body.len());
                (head + &body).into_bytes()
            }
            // Longer or shorter than it says.
            5 => {
                is_whole = false;
                then = Some(random.choose(&[Act::Finish, Act::Reset, Act::Hold]));
                let more = 1 + random.below(50);
                (format!("{head}content-length: {}\r\n\r\n{body}", body.len() + more)).into_bytes()
            }
            6 => {
                is_proper = false;
                let less = body.len().saturating_sub(1 + random.below(20));
                surplus = body.len() - less;
                (format!("{head}content-length: {less}\r\n\r\n{body}")).into_bytes()
            }
            7 => {
                is_proper = false;
                let length = format!("content-length: {}\r\n", body.len());
                let other = random.choose(&[
                    length.clone(),
                    "content-length: 3\r\n".to_owned(),
                    "content-length: many\r\n".to_owned(),
                    "transfer-encoding: chunked\r\n".to_owned(),
                    "transfer-encoding: gzip\r\n".to_owned(),
                    "content-encoding: gzip\r\n".to_owned(),
                ]);
                // Its end is then where the connection ends, whatever length it says (RFC 9112, 6.3).
                is_unbounded = other == "transfer-encoding: gzip\r\n";
                then = Some(Act::Finish);
                (head + &length + &other + "\r\n" + &body).into_bytes()
            }
            _ => (format!("{head}content-length: {}\r\n\r\n{body}", body.len())).into_bytes(),
        };
        // A 204 or 304 with a body is no response that every client reads.
        if matches!(status, 204 | 304) && then.is_some() {
            is_proper = false;
        }
        let says = is_whole.then_some(Says { status, is_proper, hint });
        let refuses = (300..500).contains(&status) && status != 408;
        let len = bytes.len() - surplus;
        Self { bytes, len, says, refuses, is_unbounded, then }
    }

    /// Adds headers about the next attempt; returns the wait that they ask for.
    fn hint(random: &mut Random, status: u16, head: &mut String) -> Option<Duration> {
        if !random.chance(40) {
            return None;
        }
        let millis = random.choose(&[0, 3, 10, 25, 45, 700]);
        let name = random.choose(&["retry-after-ms", "X-RateLimit-Reset", "Retry-After"]);
        match name {
            "Retry-After" => *head += &format!("{name}: {}\r\n", millis as f64 / 1000.0),
            name => *head += &format!("{name}: {millis}\r\n"),
        }
        let second = random.choose(&["", "retry-after-ms: -1\r\n", "retry-after-ms: soon\r\n"]);
        *head += second;
        let counts = name != "X-RateLimit-Reset" || status == 429;
        counts.then(|| Duration::from_millis(millis))
    }
}
