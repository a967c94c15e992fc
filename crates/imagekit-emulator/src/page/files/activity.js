// The live log of requests.

import { byId, element } from "./dom.js";
import { millis, time } from "./format.js";

/** As many as the server keeps. */
const KEPT = 500;

const lines = new Map();
const rows = new Map();
let paused = false;
let clearedAt = 0;

const OUTCOMES = { pending: "pending", left: "client left", dropped: "dropped", "cut-short": "cut short" };

export function startActivity() {
  byId("log-filter").addEventListener("input", show);
  byId("log-failed").addEventListener("change", show);
  byId("log-pause").addEventListener("click", (event) => {
    paused = !paused;
    event.currentTarget.setAttribute("aria-pressed", String(paused));
    byId("live-dot").textContent = paused ? "paused" : "live";
    byId("live-dot").classList.toggle("paused", paused);
    if (!paused) show();
  });
  byId("log-clear").addEventListener("click", () => {
    clearedAt = Math.max(0, ...lines.keys());
    show();
  });
  show();
}

/** Forgets everything: the server was started anew. */
export function resetActivity() {
  lines.clear();
  rows.clear();
  clearedAt = 0;
  show();
}

/** Adds requests, or replaces those that changed. */
export function addRequests(requests) {
  if (requests.length === 0) return;
  for (const request of requests) {
    lines.set(request.number, request);
    rows.delete(request.number);
  }
  const numbers = [...lines.keys()].sort((a, b) => a - b);
  for (const number of numbers.slice(0, Math.max(0, numbers.length - KEPT))) {
    lines.delete(number);
    rows.delete(number);
  }
  if (!paused) show();
}

function show() {
  const wanted = [...lines.values()].filter(isWanted).sort((a, b) => b.number - a.number);
  if (wanted.length === 0) {
    const filtered = [...lines.keys()].some((number) => number > clearedAt);
    byId("log").replaceChildren(element("div", { class: "empty" },
      element("h2", {}, filtered ? "No request fits" : "No requests yet"),
      element("p", {}, filtered ? "Change the filter to see others." : "Point a client at ", filtered ? null : element("code", {}, location.origin),
        filtered ? null : ", for the API and for uploads: what it asks for shows here.")));
    return;
  }
  const header = element("thead", {}, element("tr", {},
    ...["Time", "Request", "Operation", "Status"].map((name) => element("th", { scope: "col" }, name)),
    element("th", { scope: "col", class: "took" }, "Took"), element("th", { scope: "col" }, "Waits and faults")));
  const body = element("tbody", {}, wanted.map((line) => {
    if (!rows.has(line.number)) rows.set(line.number, row(line));
    return rows.get(line.number);
  }));
  byId("log").replaceChildren(element("table", { class: "log" }, header, body));
}

function isWanted(line) {
  if (line.number <= clearedAt) return false;
  if (byId("log-failed").checked && !failed(line)) return false;
  const text = byId("log-filter").value.trim().toLowerCase();
  const held = `${line.method} ${line.path}?${line.query ?? ""} ${line.operation ?? ""} ${line.status ?? ""} ${line.outcome}`;
  return held.toLowerCase().includes(text);
}

const failed = (line) => line.status >= 400 || line.outcome === "dropped" || line.outcome === "cut-short";

function row(line) {
  const waits = [
    line.fault && element("span", { class: "badge warn" }, "fault"),
    line.held !== null && element("span", { class: "badge" }, `held ${millis(line.held)}`),
    line.retryAfter !== null && element("span", { class: "badge" }, `retry after ${millis(line.retryAfter)}`),
  ].filter(Boolean);
  return element("tr", { "data-number": line.number },
    element("td", { class: "time" }, time(line.at)),
    element("td", { class: "target" }, element("span", { class: "method" }, line.method),
      element("span", { class: "path" }, decoded(line.path), line.query && element("span", { class: "query" }, `?${decoded(line.query)}`))),
    element("td", { class: "operation" }, line.operation ?? (line.method === "GET" || line.method === "HEAD" ? "delivery" : "")),
    element("td", { class: "result" }, status(line)),
    element("td", { class: "took" }, line.took === null ? "…" : millis(line.took)),
    element("td", { class: "waits-cell" }, element("div", { class: "waits" }, waits)));
}

function status(line) {
  const word = OUTCOMES[line.outcome];
  const text = [line.status, word].filter(Boolean).join(" ");
  const kind = line.outcome === "pending" ? "" : failed(line) ? "bad" : line.outcome === "left" ? "warn" : line.status >= 300 ? "" : "good";
  return element("span", { class: `badge ${kind}` }, text);
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
