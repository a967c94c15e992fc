"""Errors, retries and timeouts."""

import httpx


def run(context):
    client, report, kind = context.client, context.report, context.kind

    def listed(fault, **options):
        return client.assets.list(extra_headers={"x-emulator-fault": fault}, **options)

    report.refused("400", lambda: client.assets.list(limit=0), 400, "BadRequestError")
    report.refused("403", lambda: kind.client(private_key="private_other").assets.list(), 403, "PermissionDeniedError", "cannot be authenticated")
    report.refused("404", lambda: client.files.get("0" * 24), 404, "NotFoundError")
    faults = {401: "AuthenticationError", 409: "ConflictError", 422: "UnprocessableEntityError", 429: "RateLimitError", 500: "InternalServerError", 503: "InternalServerError"}
    for status, error in faults.items():
        report.refused(f"an injected {status}", lambda: listed(str(status)), status, error)
    try:
        listed("429; reset=1500")
    except Exception as error:
        report.equal("headers of a 429", error.response.headers["x-ratelimit-reset"], "1500")
        report.matches("message of a 429", error.body["message"], "(?i)rate limit")
    raw = client.assets.with_raw_response.list(limit=1)
    report.equal("rate limit headers", all(raw.headers[f"x-ratelimit-{name}"].isdigit() for name in ["limit", "reset", "interval"]), True)
    report.matches("a request id", raw.headers["x-ik-requestid"], r"^[0-9a-f-]{36}$")
    report.refused("a connection that ends", lambda: listed("drop"), error="APIConnectionError")
    report.refused("a response that comes too late", lambda: listed("delay=3000", timeout=0.1), error="APITimeoutError")
    report.refused("a fault that is none", lambda: listed("slowly"), 400, message="x-emulator-fault")

    attempts = []

    def mark(fault):
        """Adds a fault to the first attempt only."""

        def sync(request):
            attempts.append(request.headers["x-stainless-retry-count"])
            if attempts[-1] == "0":
                request.headers["x-emulator-fault"] = fault

        async def hook(request):
            sync(request)

        transport = httpx.AsyncClient if kind.is_async else httpx.Client
        client = transport(event_hooks={"request": [hook if kind.is_async else sync]}, trust_env=False)
        return kind.client(max_retries=2, http_client=client)

    for fault in ["503; retry-after-ms=10", "429; retry-after-ms=10", "409; retry-after-ms=10", "408; retry-after-ms=10", "drop", "drop-after"]:
        attempts.clear()
        report.equal(f"a retry after {fault}", [isinstance(mark(fault).assets.list(limit=1), list), attempts[:]], [True, ["0", "1"]])
    attempts.clear()
    report.refused("no retry after 404", lambda: mark("404").assets.list(), 404)
    report.equal("one attempt", attempts, ["0"])
