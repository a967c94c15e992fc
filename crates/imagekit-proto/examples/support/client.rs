// A client for the examples in the documentation: it sends nothing, and every request gets the
// sample response of its operation. An example includes it as the module `support`.

use imagekit_proto as imagekit;

pub struct Client {
    config: imagekit::Config,
    response: Option<(u16, &'static str)>,
    requests: std::cell::RefCell<Vec<http::Request<imagekit::wire::Body>>>,
}

#[allow(dead_code, reason = "no example calls all of it")]
impl Client {
    pub fn new() -> Self {
        let config = imagekit::Config::new("private_abc").unwrap();
        Self { config, response: None, requests: Default::default() }
    }

    /// Every request gets this response instead.
    pub fn responding(status: u16, body: &'static str) -> Self {
        Self { response: Some((status, body)), ..Self::new() }
    }

    pub fn send<E: imagekit::Endpoint>(
        &self,
        endpoint: E,
    ) -> Result<imagekit::Reply<E::Output>, imagekit::Error<std::convert::Infallible>> {
        self.send_with(endpoint, imagekit::CallOptions::default())
    }

    pub fn send_with<E: imagekit::Endpoint>(
        &self,
        endpoint: E,
        options: imagekit::CallOptions,
    ) -> Result<imagekit::Reply<E::Output>, imagekit::Error<std::convert::Infallible>> {
        let id = endpoint.operation().id;
        let mut now = std::time::Duration::ZERO;
        let mut call = imagekit::Call::new(&self.config, endpoint, options, 0x5eed);
        loop {
            match call.poll(now) {
                imagekit::Step::Send(attempt) => {
                    self.requests.borrow_mut().push(attempt.request);
                    call.on_response(now, self.response(id));
                }
                imagekit::Step::Sleep(wait) => now += wait,
                imagekit::Step::Done(outcome) => return outcome,
            }
        }
    }

    fn response(&self, id: &str) -> http::Response<bytes::Bytes> {
        match self.response {
            Some((status, body)) => {
                http::Response::builder().status(status).body(body.into()).unwrap()
            }
            None => imagekit::operation::find(id).unwrap().sample_response(),
        }
    }

    /// Method and URL of the last request.
    pub fn request_line(&self) -> String {
        let requests = self.requests.borrow();
        let request = requests.last().unwrap();
        format!("{} {}", request.method(), request.uri())
    }

    /// The JSON body of the last request.
    pub fn json(&self) -> serde_json::Value {
        let requests = self.requests.borrow();
        serde_json::from_slice(requests.last().unwrap().body().as_bytes().unwrap()).unwrap()
    }
}
