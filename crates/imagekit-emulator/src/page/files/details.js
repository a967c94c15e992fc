// The drawer with a file's details, versions and metadata.

import { operation } from "./api.js";
import { announce, ask, byId, element, failure, icon } from "./dom.js";
import { bytes, date } from "./format.js";
import { fields, group } from "./metadata.js";
import { thumbnail } from "./preview.js";

/** Fields that are shown elsewhere in the drawer, or that say what an address says. */
const ELSEWHERE = ["name", "tags", "AITags", "customMetadata", "embeddedMetadata", "versionInfo", "thumbnail", "url", "description"];

/** The groups of `exif`, in the order of the table. */
const EXIF = { image: "Image", exif: "Exif", gps: "GPS", interoperability: "Interoperability", thumbnail: "Thumbnail", makernote: "Maker note" };

const open = { id: null, turn: 0, shown: "" };
let callbacks = {};

/** `leave` closes the drawer by the page's address; `upload` uploads files as versions of a file. */
export function startDetails(given) {
  callbacks = given;
  const dialog = byId("details");
  dialog.addEventListener("close", () => {
    if (open.id === null) return;
    // The card that opened the drawer may have been replaced meanwhile.
    document.querySelector(`[href="#/file/${CSS.escape(open.id)}"]`)?.focus({ preventScroll: true });
    callbacks.leave();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

export const openFile = () => open.id;

/** Shows the file with this id; null closes the drawer. */
export async function showFile(id) {
  const dialog = byId("details");
  if (id === null) {
    open.id = null;
    open.turn += 1;
    if (dialog.open) dialog.close();
    return;
  }
  if (open.id !== id) {
    open.id = id;
    open.shown = "";
    dialog.replaceChildren(head("Loading…"));
    dialog.scrollTop = 0;
  }
  if (!dialog.open) dialog.showModal();
  await refresh();
}

/** Loads the shown file once more. */
export async function refresh() {
  if (open.id === null) return;
  const turn = ++open.turn;
  const path = `/v1/files/${open.id}`;
  const dialog = byId("details");
  try {
    const [file, versions] = await Promise.all([operation("GET", `${path}/details`), operation("GET", `${path}/versions`)]);
    const metadata = file.fileType === "image" ? await operation("GET", `${path}/metadata`).catch(() => null) : null;
    if (turn !== open.turn) return;
    // What is the same stays, and with it what the user is about to click on.
    const shown = JSON.stringify([file, versions, metadata]);
    if (shown === open.shown) return;
    open.shown = shown;
    const top = dialog.scrollTop;
    const closed = new Set([...dialog.querySelectorAll("details:not([open]) summary")].map((summary) => summary.firstChild.data));
    dialog.replaceChildren(head(file.name), content(file, versions, metadata));
    dialog.querySelectorAll("details").forEach((group) => {
      if (closed.has(group.querySelector("summary").firstChild.data)) group.open = false;
    });
    dialog.scrollTop = top;
  } catch (error) {
    open.shown = "";
    if (turn === open.turn) dialog.replaceChildren(head("File"), element("div", { class: "content" }, failure(error, refresh)));
  }
}

function head(title) {
  return element("header", {}, element("h2", { id: "details-title" }, title),
    element("button", { type: "button", class: "quiet square", "aria-label": "Close", onclick: () => byId("details").close() }, icon("close")));
}

function content(file, versions, metadata) {
  return element("div", { class: "content" },
    picture(file),
    actions(file),
    tags(file),
    versionList(file, versions),
    section("Custom metadata", fields(file.customMetadata)),
    exif(metadata),
    section("Details", fields(ownFields(file), { dates: ["createdAt", "updatedAt"] })),
    section("Embedded metadata", fields(file.embeddedMetadata)));
}

const section = (title, ...body) => body.some(Boolean)
  && element("section", { "aria-label": title }, element("h3", {}, title), ...body);

function picture(file) {
  const about = [file.width && `${file.width} × ${file.height}`, bytes(file.size), file.mime].filter(Boolean).join(" · ");
  return element("section", {},
    element("figure", { class: "picture" }, thumbnail(file, 1200)),
    element("div", { class: "badges" },
      element("span", { class: "badge" }, about),
      element("span", { class: "badge accent" }, file.versionInfo.name),
      file.isPrivateFile && element("span", { class: "badge warn" }, "private"),
      file.isPublished === false && element("span", { class: "badge warn" }, "draft")),
    file.description && element("p", {}, file.description));
}

function actions(file) {
  return element("div", { class: "actions" },
    element("button", { type: "button", onclick: (event) => copy(event.currentTarget, file.url) }, icon("copy"), "Copy URL"),
    element("button", { type: "button", class: "danger", onclick: () => remove(file) }, icon("trash"), "Delete"));
}

async function copy(button, text) {
  try {
    await navigator.clipboard.writeText(text);
    announce("The URL was copied");
    const label = button.lastChild;
    label.data = "Copied";
    setTimeout(() => { label.data = "Copy URL"; }, 1500);
  } catch {
    await ask({ title: "URL of the file", label: "URL", value: text, action: "Done" });
  }
}

async function remove(file) {
  const text = `${file.filePath} and all of its versions are deleted.`;
  if (!await ask({ title: "Delete this file?", text, action: "Delete", danger: true })) return;
  try {
    await operation("DELETE", `/v1/files/${file.fileId}`);
    announce(`${file.name} was deleted`);
    callbacks.changed();
    byId("details").close();
  } catch (error) {
    complain(error);
  }
}

function tags(file) {
  const own = (file.tags ?? []).map((tag) => element("span", { class: "badge accent" }, tag));
  const found = (file.AITags ?? []).map(({ name, confidence }) => element("span", { class: "badge" }, `${name} ${Math.round(confidence)} %`));
  const all = [...own, ...found];
  return all.length > 0 && section("Tags", element("div", { class: "badges" }, all));
}

function ownFields(file) {
  return { ...Object.fromEntries(Object.entries(file).filter(([name]) => !ELSEWHERE.includes(name))), url: file.url };
}

function versionList(file, versions) {
  const items = versions.map((version) => {
    const current = version.type === "file";
    const name = version.versionInfo.name;
    return element("li", { class: current && "current" },
      thumbnail(version, 160),
      element("div", { class: "text" }, element("strong", {}, name),
        element("span", { class: "muted" }, `${bytes(version.size)} · ${date(version.updatedAt)}`)),
      current
        ? element("span", { class: "badge accent" }, icon("check"), "current")
        : element("button", { type: "button", class: "compact", "aria-label": `Make ${name} current`, onclick: (event) => restore(event.currentTarget, file, version) }, "Make current"));
  });
  return section("Versions", element("ol", { class: "versions" }, items), newVersion(file));
}

/** A place for files that become the next version. */
function newVersion(file) {
  const input = element("input", { type: "file", hidden: true, id: "version-file", onchange: (event) => callbacks.upload([...event.target.files].slice(0, 1), file) });
  const zone = element("div", { class: "drop-zone", "data-version-of": file.filePath },
    "Drop a file here for a new version, or ",
    element("button", { type: "button", class: "compact", onclick: () => input.click() }, "choose one"), input);
  zone.addEventListener("dragover", () => zone.classList.add("over"));
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    zone.classList.remove("over");
    window.dispatchEvent(new Event("drop-done"));
    callbacks.upload([...event.dataTransfer.files].slice(0, 1), file);
  });
  return zone;
}

async function restore(button, file, version) {
  button.disabled = true;
  try {
    await operation("PUT", `/v1/files/${file.fileId}/versions/${version.versionInfo.id}/restore`);
    announce(`${version.versionInfo.name} is current`);
    callbacks.changed();
    await refresh();
  } catch (error) {
    complain(error);
    button.disabled = false;
  }
}

function exif(metadata) {
  if (!metadata) return null;
  const { exif: groups = {}, ...image } = metadata;
  const tables = Object.entries(EXIF).map(([name, title]) => group(title, groups[name], name !== "makernote" && name !== "thumbnail"));
  return section("EXIF and image", ...tables, group("Image file", image, true));
}

function complain(error) {
  const content = byId("details").querySelector(".content");
  content?.querySelector(".message")?.remove();
  content?.prepend(failure(error));
  byId("details").scrollTop = 0;
}
