use imagekit_proto::flow::{FlowStep, Machine};

/// Drives `machine` to its end, and gives each of its items to `on_item`.
fn drive<M: Machine<TransportError = std::convert::Infallible>>(
    client: &Client,
    mut machine: M,
    mut on_item: impl FnMut(M::Item),
) -> M::Output {
    let start = std::time::Instant::now();
    machine.limit_concurrency(1);
    loop {
        match machine.poll(start.elapsed()) {
            FlowStep::Send(key, endpoint) => {
                let outcome = client.send(endpoint);
                machine.on_outcome(start.elapsed(), key, outcome);
            }
            FlowStep::Sleep(wait) => std::thread::sleep(wait),
            FlowStep::Item(item) => on_item(item),
            FlowStep::Pending => return machine.finish(), // never: nothing is in flight here
            FlowStep::Done(output) => return output,
        }
    }
}
