// Requests to the emulator. Operations of the API go through the page's own address, which needs no
// private key.

export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Sends a request to the page's address and returns the JSON of the response. */
export async function control(method, path, body, headers = {}) {
  const options = { method, headers: { ...headers } };
  if (body !== undefined) {
    options.headers["content-type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const response = await fetch(`/_emulator${path}`, options);
  const text = await response.text();
  const json = parsed(text);
  if (!response.ok) {
    if (response.status === 401) window.dispatchEvent(new Event("login-needed"));
    throw new ApiError(response.status, json?.message ?? `The response is ${response.status}.`);
  }
  return json;
}

/** Runs an operation of ImageKit's API, by its method and path. */
export const operation = (method, path, body) => control(method, `/api${path}`, body);

export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
