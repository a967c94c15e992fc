// The login of an emulator with a private key of its own.

import { control } from "./api.js";
import { ask } from "./dom.js";

let asking = false;

/** Asks for the key whenever a response says that it is needed; `then` runs after a login. */
export function startLogin(then) {
  window.addEventListener("login-needed", async () => {
    if (asking) return;
    asking = true;
    let text = "This emulator has a private key of its own.";
    for (;;) {
      const key = await ask({ title: "Log in", label: "Private key", text, action: "Log in", type: "password" });
      if (key === null) break;
      try {
        await openSession(key);
        asking = false;
        then();
        return;
      } catch (error) {
        text = error.message;
      }
    }
    asking = false;
  });
}

function openSession(key) {
  const credentials = btoa(String.fromCharCode(...new TextEncoder().encode(`${key}:`)));
  return control("POST", "/session", undefined, { authorization: `Basic ${credentials}` });
}
