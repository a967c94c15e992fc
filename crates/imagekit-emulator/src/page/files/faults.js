// Faults to switch on and off, and the rate limit.

import { control } from "./api.js";
import { announce, byId, element, failure } from "./dom.js";
import { plural } from "./format.js";

/** The kinds of faults, by the text that the emulator reads. */
const KINDS = [
  { id: "limit", title: "Rate limit", about: "429, and when to ask again", amount: { label: "Reset after (ms)", value: 1500 }, text: (amount) => `429; reset=${amount}` },
  { id: "unavailable", title: "Unavailable", about: "503, not acted on", text: () => "503" },
  { id: "error", title: "Server error", about: "500, not acted on", text: () => "500" },
  { id: "delay", title: "Slow response", about: "The response comes later", amount: { label: "Delay (ms)", value: 2000 }, text: (amount) => `delay=${amount}` },
  { id: "drop", title: "Lost request", about: "The connection ends, not acted on", text: () => "drop" },
  { id: "drop-after", title: "Lost response", about: "Acted on, then the connection ends", text: () => "drop-after" },
  { id: "own", title: "Your own", about: "Status, headers and body", own: true, text: () => null },
];

const TIMES = [["1", "The next request"], ["3", "3 requests"], ["10", "10 requests"], ["", "All, until switched off"]];

let kind = KINDS[0];
let started = false;
let shownLimit = "";
let onChange = () => {};

/** Builds the section once; `changed` runs after each change. */
export async function startFaults(changed) {
  onChange = changed;
  if (started) return;
  started = true;
  const section = byId("faults");
  section.replaceChildren(
    element("div", { class: "toolbar" }, element("h1", {}, "Faults and rate limit")),
    element("div", { class: "panels" },
      element("div", { class: "panel" }, element("h2", {}, "Switch on a fault"), faultForm()),
      element("div", { class: "stack" },
        element("div", { class: "panel" },
          element("header", {}, element("h2", {}, "Switched on"),
            element("button", { type: "button", class: "compact", id: "faults-clear", hidden: true, onclick: () => change("DELETE", "/faults", "All faults are switched off") }, "Switch off all")),
          element("div", { id: "fault-list" })),
        element("div", { class: "panel" }, element("h2", {}, "Rate limit"), limitForm()))),
  );
  try {
    const operations = await control("GET", "/operations");
    byId("fault-operation").append(...operations.map((id) => element("option", { value: id }, id)));
  } catch {
    started = false;
  }
}

/** Shows the faults and the limit that the emulator has now. */
export function showFaults({ faults, rateLimit }) {
  const count = byId("fault-count");
  count.hidden = faults.length === 0;
  count.textContent = faults.length;
  count.setAttribute("aria-label", `${faults.length} switched on`);
  const list = byId("fault-list");
  if (!list) return;
  byId("faults-clear").hidden = faults.length === 0;
  const key = JSON.stringify(faults);
  if (list.dataset.key !== key) {
    list.dataset.key = key;
    list.replaceChildren(faults.length === 0
      ? element("p", { class: "muted" }, "None: every request gets its usual response.")
      : element("ul", { class: "fault-list" }, faults.map(line)));
  }
  showLimit(rateLimit);
}

function line(fault) {
  const where = fault.operation ?? (fault.path ? `paths below ${fault.path}` : "any request");
  const times = fault.times === null ? "until switched off" : `${plural(fault.times, "request")} left`;
  return element("li", {},
    element("div", { class: "text" }, element("code", {}, fault.fault), element("span", { class: "muted" }, `${where}, ${times}`)),
    element("button", { type: "button", class: "compact", "aria-label": `Switch off ${fault.fault}, ${where}`, onclick: () => change("DELETE", `/faults?number=${fault.number}`, "The fault is switched off") }, "Switch off"));
}

function faultForm() {
  const amount = element("input", { type: "number", min: 0, step: 100, id: "fault-amount" });
  const amountField = element("label", { class: "field" }, element("span"), amount);
  const own = element("input", { type: "text", id: "fault-own", spellcheck: "false", autocomplete: "off", ".value": "502; content-type=text/html; body=<h1>Bad gateway</h1>" });
  const ownField = element("label", { class: "field" }, "Fault", own);
  const asText = element("code");
  const operation = element("select", { id: "fault-operation" }, element("option", { value: "" }, "Any request"));
  const times = element("select", { id: "fault-times" }, TIMES.map(([value, text]) => element("option", { value }, text)));
  const text = () => (kind.own ? own.value : kind.text(amount.value || 0));
  const refresh = () => {
    amountField.hidden = !kind.amount;
    ownField.hidden = !kind.own;
    asText.textContent = `x-emulator-fault: ${text()}`;
  };
  const choose = (chosen) => {
    kind = chosen;
    if (kind.amount) {
      amountField.firstChild.textContent = kind.amount.label;
      amount.value = kind.amount.value;
    }
    refresh();
  };
  amount.addEventListener("input", refresh);
  own.addEventListener("input", refresh);
  const kinds = KINDS.map((each) => element("label", { class: "kind" },
    element("input", { type: "radio", name: "kind", value: each.id, checked: each === kind, onchange: () => choose(each) }),
    element("span", {}, each.title, element("small", {}, each.about))));
  choose(kind);
  const form = element("form", {},
    element("fieldset", { class: "kinds" }, element("legend", {}, "What happens"), kinds),
    amountField, ownField,
    element("div", { class: "pair" },
      element("label", { class: "field" }, "To which operation", operation),
      element("label", { class: "field" }, "How often", times)),
    element("p", { class: "as-text" }, "A client asks for the same by a header: ", asText),
    element("div", {}, element("button", { class: "primary", type: "submit" }, "Switch on")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const count = times.value === "" ? null : Number(times.value);
    change("POST", "/faults", "The fault is switched on", { fault: text(), operation: operation.value, times: count }, form);
  });
  return form;
}

function limitForm() {
  const mode = element("select", { id: "limit-mode" },
    element("option", { value: "announced" }, "Announced in headers only"),
    element("option", { value: "enforced" }, "Enforced: 429 beyond it"),
    element("option", { value: "off" }, "Off"));
  const number = (id) => element("input", { type: "number", min: 1, id, required: true });
  const pair = element("div", { class: "pair" },
    element("label", { class: "field" }, "Requests", number("limit-requests")),
    element("label", { class: "field" }, "In so many ms", number("limit-interval")));
  mode.addEventListener("change", () => { pair.hidden = mode.value === "off"; });
  const form = element("form", {},
    element("p", { class: "muted" }, "Each operation has a limit of its own; uploads have none."),
    element("label", { class: "field" }, "Mode", mode), pair,
    element("div", {}, element("button", { type: "submit" }, "Set the limit")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = { mode: mode.value, limit: Number(byId("limit-requests").value), interval: Number(byId("limit-interval").value) };
    change("PUT", "/rate-limit", "The rate limit is set", body, form);
  });
  return form;
}

/** Fills the form, unless the user has changed it since. */
function showLimit(limit) {
  const key = JSON.stringify(limit);
  if (key === shownLimit) return;
  shownLimit = key;
  byId("limit-mode").value = limit.mode;
  byId("limit-requests").value = limit.limit;
  byId("limit-interval").value = limit.interval;
  byId("limit-mode").dispatchEvent(new Event("change"));
}

async function change(method, path, done, body, form) {
  form?.querySelector(".message")?.remove();
  try {
    await control(method, path, body);
    announce(done);
    onChange();
  } catch (error) {
    (form ?? byId("fault-list")).append(failure(error));
  }
}
