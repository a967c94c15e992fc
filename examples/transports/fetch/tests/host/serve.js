// Does the jobs that the test hands out at `origin`, several at once, until there are no more.
export async function serve(page, origin) {
    const stops = new Map();
    const work = async (job) => {
        if (job.calls) return page.calls(job.calls, job.key, job.sendsOnce);
        const stop = new Promise((stop) => stops.set(job.id, stop));
        const body = await (await fetch(`${origin}/body/${job.id}`)).arrayBuffer();
        return page.attempt(JSON.stringify(job), new Uint8Array(body), stop);
    };
    for (;;) {
        const job = await (await fetch(`${origin}/job`)).json();
        if (job.end) return;
        if (job.stop) {
            stops.get(job.stop)?.();
            continue;
        }
        work(job)
            .then((result) => result ?? "null", (error) => `failed: ${error}`)
            .then((body) => fetch(`${origin}/done/${job.id}`, { method: "POST", body }));
    }
}
