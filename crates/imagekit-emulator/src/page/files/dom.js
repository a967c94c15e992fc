// Elements, made without ever reading text as HTML.

/** Creates an element: attributes, listeners (`onclick`), properties (`.value`), and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key.startsWith(".")) made[key.slice(1)] = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Creates an icon of the page's symbols. */
export function icon(name) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(namespace, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

export const byId = (id) => document.getElementById(id);

/** Tells screen readers what happened. */
export function announce(text) {
  byId("announcer").textContent = text;
}

/** A box with an error's message, and a button to try again. */
export function failure(error, again) {
  return element("div", { class: "message", role: "alert" }, element("span", {}, error.message),
    again && element("button", { type: "button", class: "compact", onclick: again }, "Try again"));
}

/** Asks for one text; resolves to null when cancelled. */
export function ask({ title, label, value = "", action, danger = false, text = null, type = "text" }) {
  const dialog = byId("prompt");
  return new Promise((resolve) => {
    const input = label && element("input", { type, required: true, ".value": value, autocomplete: "off", name: "answer" });
    const submit = element("button", { class: danger ? "danger" : "primary", type: "submit" }, action);
    const form = element("form", { method: "dialog", onsubmit: (event) => { event.preventDefault(); end(input ? input.value : true); } },
      element("h2", { id: "prompt-title" }, title),
      text && element("p", { class: "muted" }, text),
      input && element("label", { class: "field" }, label, input),
      element("div", { class: "buttons" },
        element("button", { type: "button", onclick: () => end(null) }, "Cancel"), submit));
    const cancel = (event) => { event.preventDefault(); end(null); };
    const end = (answer) => {
      dialog.removeEventListener("cancel", cancel);
      dialog.close();
      dialog.replaceChildren();
      resolve(answer);
    };
    dialog.addEventListener("cancel", cancel);
    dialog.replaceChildren(form);
    dialog.showModal();
    (input ?? submit).focus();
  });
}
