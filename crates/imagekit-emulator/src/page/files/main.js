// The page: its sections, what is dropped on it, and the state of the emulator, read once a second.

import { addRequests, resetActivity, startActivity } from "./activity.js";
import { control } from "./api.js";
import { openFile, refresh as refreshFile, showFile, startDetails } from "./details.js";
import { byId, element } from "./dom.js";
import { showFaults, startFaults } from "./faults.js";
import { bytes, plural } from "./format.js";
import { currentFolder, folderAddress, openFolder, reload, startLibrary } from "./library.js";
import { startLogin } from "./login.js";
import { setStarted } from "./preview.js";
import { startTheme } from "./theme.js";
import { startUploads, upload } from "./uploads.js";

const POLL = 1000;
const seen = { started: null, revision: 0, files: null, bytes: null };
let timer;
let polling = false;

function route() {
  const [, section, ...rest] = location.hash.split("/").map(decode);
  const shown = ["requests", "faults"].includes(section) ? section : "library";
  for (const name of ["library", "requests", "faults"]) byId(name).hidden = name !== shown;
  for (const link of document.querySelectorAll("[data-section]")) {
    if (link.dataset.section === shown) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (section === "file") {
    if (byId("listing").childElementCount === 0) openFolder("/");
    showFile(rest[0] ?? "");
    return;
  }
  showFile(null);
  if (shown === "library") openFolder(`/${rest.filter(Boolean).join("/")}`);
  if (shown === "faults") startFaults(poll).then(poll);
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads the state; a library that changed is loaded once more. */
async function poll() {
  if (polling) return;
  polling = true;
  clearTimeout(timer);
  try {
    const state = await control("GET", `/state?after=${seen.revision}`);
    byId("offline").hidden = true;
    if (seen.started !== null && seen.started !== state.started) {
      Object.assign(seen, { revision: 0, started: state.started });
      resetActivity();
      polling = false;
      poll();
      reload();
      return;
    }
    const changed = seen.started !== null
      && (seen.files !== state.files || seen.bytes !== state.bytes || state.requests.some(changes));
    Object.assign(seen, { started: state.started, revision: state.revision, files: state.files, bytes: state.bytes });
    setStarted(state.started);
    addRequests(state.requests);
    showFaults(state);
    showStatus(state);
    if (changed) reloadAll();
  } catch (error) {
    byId("offline").hidden = error.status !== undefined;
  } finally {
    polling = false;
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(poll, POLL);
  }
}

/** Whether a request may have changed the library. */
const changes = (line) => line.outcome !== "pending" && !["GET", "HEAD", "OPTIONS"].includes(line.method) && (line.status ?? 0) < 400;

function reloadAll() {
  reload();
  refreshFile();
}

function showStatus(state) {
  byId("status").replaceChildren(
    element("span", {}, `${plural(state.files, "file")}, ${bytes(state.bytes)}`),
    element("span", {}, "API and uploads ", element("code", {}, location.origin)),
    element("span", {}, "URL endpoint ", element("code", {}, state.urlEndpoint)),
    element("span", {}, `imagekit-emulator ${state.version}`));
}

function startDrops() {
  const hint = byId("drop-hint");
  let depth = 0;
  const end = () => {
    depth = 0;
    hint.hidden = true;
  };
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  window.addEventListener("drop-done", end);
  window.addEventListener("dragenter", (event) => {
    if (!holdsFiles(event)) return;
    depth += 1;
    byId("drop-text").textContent = `Drop to upload to ${currentFolder()}`;
    hint.hidden = openFile() !== null;
  });
  window.addEventListener("dragleave", () => {
    depth -= 1;
    if (depth <= 0) end();
  });
  window.addEventListener("dragover", (event) => {
    if (holdsFiles(event)) event.preventDefault();
  });
  window.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    end();
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.());
    const files = [...event.dataTransfer.files].filter((_, at) => !entries[at]?.isDirectory);
    if (location.hash.startsWith("#/requests") || location.hash.startsWith("#/faults")) location.hash = folderAddress(currentFolder());
    if (files.length > 0) upload(files, currentFolder());
  });
}

function uploadVersion(files, file) {
  const folder = file.filePath.slice(0, file.filePath.lastIndexOf("/")) || "/";
  if (files.length > 0) upload(files, folder, file.name);
}

startTheme();
startLogin(() => {
  poll();
  route();
});
startActivity();
startUploads(poll);
startLibrary((files) => upload(files, currentFolder()));
startDetails({
  leave: () => { location.hash = folderAddress(currentFolder()); },
  changed: reload,
  upload: uploadVersion,
});
startDrops();
window.addEventListener("hashchange", route);
document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });
await poll();
route();
