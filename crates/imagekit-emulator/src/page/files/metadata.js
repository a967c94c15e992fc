// Fields and values of any object, as tables.

import { element } from "./dom.js";
import { date } from "./format.js";

/** A list of names and values; `null` when there are none. */
export function fields(object, { dates = [] } = {}) {
  const entries = Object.entries(object ?? {}).filter(([, value]) => value !== null && value !== undefined);
  if (entries.length === 0) return null;
  const rows = entries.flatMap(([name, value]) => [
    element("dt", {}, name),
    element("dd", {}, dates.includes(name) ? date(value) : shown(value)),
  ]);
  return element("dl", { class: "facts-list" }, rows);
}

/** A table that can be closed, with the number of its fields. */
export function group(title, object, open) {
  const list = fields(object);
  if (!list) return null;
  const count = list.querySelectorAll("dt").length;
  return element("details", { class: "group", open },
    element("summary", {}, title, element("span", { class: "muted" }, ` ${count}`)), list);
}

function shown(value) {
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (value?.type === "Buffer" && Array.isArray(value.data)) return hexadecimal(value.data);
  if (typeof value === "object" && value !== null) return JSON.stringify(value, null, 1);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

function hexadecimal(data) {
  const digits = data.slice(0, 24).map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return data.length > 24 ? `${digits} … (${data.length} bytes)` : digits;
}
