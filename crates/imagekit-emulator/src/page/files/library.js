// The grid of the library: one folder, or what a search finds.

import { operation } from "./api.js";
import { announce, ask, byId, element, failure, icon } from "./dom.js";
import { bytes, plural } from "./format.js";
import { thumbnail } from "./preview.js";

const PAGE = 60;

const view = { folder: "/", search: "", files: [], folders: [], complete: true, loading: 0, shown: "" };

export const currentFolder = () => view.folder;

export function startLibrary(onUpload) {
  byId("search").addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  let timer;
  byId("query").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 250);
  });
  byId("sort").addEventListener("change", () => load());
  byId("new-folder").addEventListener("click", newFolder);
  byId("choose").addEventListener("click", () => byId("files").click());
  byId("files").addEventListener("change", (event) => {
    onUpload([...event.target.files]);
    event.target.value = "";
  });
}

/** The address of a folder within the page. */
export const folderAddress = (path) => `#/library${path.split("/").map(encodeURIComponent).join("/")}`;

/** Shows a folder. */
export function openFolder(path) {
  const changed = path !== view.folder;
  view.folder = path;
  if (changed && view.search) {
    view.search = "";
    byId("query").value = "";
  }
  showBreadcrumb();
  return load(changed);
}

/** Loads what is shown once more, as many files as are shown. */
export const reload = () => load(false);

function search() {
  const text = byId("query").value.trim();
  if (text === view.search) return;
  view.search = text;
  load(true);
}

/** The API's query as it is, or a name in quotes or without. */
function query(text) {
  if (/[:=<>]|\b(HAS|IN|EXISTS)\b/.test(text)) return text;
  const plain = text.replaceAll('"', "").replaceAll("\\", "");
  return `name HAS "${plain}" OR tags IN ["${plain}"]`;
}

async function load(fresh = true) {
  const turn = ++view.loading;
  const listing = byId("listing");
  listing.setAttribute("aria-busy", "true");
  if (fresh || listing.childElementCount === 0) replace(waiting());
  try {
    const count = fresh ? PAGE : Math.max(PAGE, view.files.length);
    const { files, folders, complete } = await page(0, Math.min(count, 1000));
    if (turn !== view.loading) return;
    Object.assign(view, { files, folders, complete });
    show();
    if (view.search) announce(`${plural(files.length, "file")} found`);
  } catch (error) {
    if (turn === view.loading) replace(failure(error, () => load()));
  } finally {
    if (turn === view.loading) listing.setAttribute("aria-busy", "false");
  }
}

async function page(skip, limit) {
  const list = (parameters) => operation("GET", `/v1/files?${new URLSearchParams(parameters)}`);
  const sort = byId("sort").value;
  if (view.search) {
    const items = await list({ searchQuery: query(view.search), sort, skip, limit });
    const folders = items.filter((item) => item.type === "folder");
    return { files: items.filter((item) => item.type !== "folder"), folders, complete: items.length < limit };
  }
  const path = view.folder;
  const [folders, files] = await Promise.all([
    skip === 0 ? list({ type: "folder", path, sort: "ASC_NAME", limit: 1000 }) : [],
    list({ path, sort, skip, limit }),
  ]);
  return { files, folders, complete: files.length < limit };
}

async function more(event) {
  const button = event.currentTarget;
  button.disabled = true;
  try {
    const turn = view.loading;
    const { files, complete } = await page(view.files.length, PAGE);
    if (turn !== view.loading) return;
    view.files.push(...files);
    view.complete = complete;
    show();
  } catch (error) {
    button.replaceWith(failure(error, () => load(false)));
  }
}

/** Shows something else than files and folders. */
function replace(...parts) {
  view.shown = "";
  byId("listing").replaceChildren(...parts);
}

function show() {
  // What is the same stays, and with it what the user is about to click on.
  const shown = JSON.stringify([view.search, view.folder, view.folders, view.files, view.complete]);
  if (shown === view.shown) return;
  const parts = [];
  if (view.folders.length > 0) parts.push(element("ul", { class: "folders", "aria-label": "Folders" }, view.folders.map(folderCard)));
  if (view.files.length > 0) parts.push(element("ul", { class: "files", "aria-label": "Files" }, view.files.map(fileCard)));
  if (parts.length === 0) parts.push(nothing());
  if (!view.complete) parts.push(element("p", { class: "more" }, element("button", { type: "button", onclick: more }, "Show more")));
  const focused = document.activeElement?.getAttribute?.("href");
  replace(...parts);
  view.shown = shown;
  if (focused && document.activeElement === document.body) {
    byId("listing").querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
}

function showBreadcrumb() {
  const names = view.folder.split("/").filter(Boolean);
  const links = [{ name: "Library", path: "/" }];
  names.forEach((name, at) => links.push({ name, path: `/${names.slice(0, at + 1).join("/")}` }));
  const parts = links.flatMap(({ name, path }, at) => {
    const last = at === links.length - 1;
    const link = element("a", { href: folderAddress(path), "aria-current": last && "page" }, name);
    return at === 0 ? [link] : [element("span", { class: "slash", "aria-hidden": "true" }, "/"), link];
  });
  byId("breadcrumb").replaceChildren(...parts);
}

function folderCard(folder) {
  return element("li", {}, element("a", { class: "card folder", href: folderAddress(folder.folderPath), title: folder.folderPath },
    icon("folder"), element("span", {}, folder.name)));
}

function fileCard(file) {
  const version = file.versionInfo?.name.replace("Version ", "v");
  const folder = file.filePath.slice(0, file.filePath.lastIndexOf("/")) || "/";
  return element("li", {}, element("a", { class: "card", href: `#/file/${file.fileId}`, title: file.filePath },
    thumbnail(file, 480),
    element("div", { class: "text" },
      element("div", { class: "name" }, file.name),
      view.search && element("div", { class: "where" }, folder),
      element("div", { class: "facts" },
        element("span", {}, file.width ? `${file.width} × ${file.height}` : kind(file)),
        element("span", {}, bytes(file.size)),
        version && version !== "v1" && element("span", { class: "badge accent" }, version),
        file.isPrivateFile && element("span", { class: "badge warn" }, "private"),
        file.isPublished === false && element("span", { class: "badge" }, "draft")))));
}

/** What a file without a size in pixels is: the extension says more than no known type. */
function kind(file) {
  const extension = file.name.includes(".") ? file.name.split(".").pop().toUpperCase() : "file";
  return !file.mime || file.mime === "application/octet-stream" ? extension : file.mime.split("/").pop();
}

function nothing() {
  if (view.search) {
    return element("div", { class: "empty" }, icon("search"), element("h2", {}, "Nothing found"),
      element("p", {}, "Write part of a name, a tag, or a query of the API such as ", element("code", {}, 'size > "1mb" AND tags IN ["red"]'), "."));
  }
  return element("div", { class: "empty" }, icon("upload"), element("h2", {}, "Drop a photo here"),
    element("p", {}, "Or choose files. They are uploaded as a browser uploads them to ImageKit: with a signature, and straight to the upload API."),
    element("button", { type: "button", class: "primary", onclick: () => byId("files").click() }, "Choose files"));
}

function waiting() {
  const card = () => element("li", {}, element("div", { class: "card" }, element("div", { class: "thumb plain" }),
    element("div", { class: "text" }, element("div", { class: "line" }), element("div", { class: "line short" }))));
  return element("ul", { class: "files waiting", "aria-hidden": "true" }, Array.from({ length: 8 }, card));
}

async function newFolder() {
  const name = await ask({ title: "New folder", label: "Name", action: "Create" });
  if (name === null) return;
  try {
    await operation("POST", "/v1/folder", { folderName: name, parentFolderPath: view.folder });
    announce(`The folder ${name} was created`);
    load(false);
  } catch (error) {
    view.shown = "";
    byId("listing").prepend(failure(error));
  }
}
