// Uploads as a browser makes them: signed by the backend, sent to the upload API.

import { control, parsed } from "./api.js";
import { announce, byId, element, icon } from "./dom.js";
import { bytes, plural } from "./format.js";

/** How many uploads run at once. */
const AT_ONCE = 3;

const queue = [];
let running = 0;
let items = [];
let onDone = () => {};

export function startUploads(done) {
  onDone = done;
  const progress = (event) => {
    if (items.some((item) => item.state === "waiting" || item.state === "running")) event.preventDefault();
  };
  window.addEventListener("beforeunload", progress);
}

/** Uploads files into a folder, under their own names or all under `name`. */
export function upload(files, folder, name = null) {
  if (!items.some((item) => item.state === "waiting" || item.state === "running" || item.state === "failed")) items = [];
  for (const file of files) {
    const item = { file, folder, name: name ?? file.name, state: "waiting", sent: 0, message: "" };
    items.push(item);
    queue.push(item);
  }
  show();
  next();
}

function next() {
  while (running < AT_ONCE && queue.length > 0) {
    const item = queue.shift();
    if (item.state !== "waiting") continue;
    running += 1;
    run(item).finally(() => {
      running -= 1;
      show();
      next();
    });
  }
}

async function run(item) {
  item.state = "running";
  item.sent = 0;
  show();
  try {
    const signature = await control("POST", "/signature");
    if (item.state !== "running") return;
    await send(item, signature);
    item.state = "done";
    announce(`${item.name} is uploaded`);
    onDone();
  } catch (error) {
    if (item.state === "cancelled") return;
    item.state = "failed";
    item.message = error.message;
    announce(`${item.name} is not uploaded: ${error.message}`);
  }
}

/** Posts the form; only this kind of request tells how far it is. */
function send(item, signature) {
  const form = new FormData();
  form.append("fileName", item.name);
  form.append("folder", item.folder);
  form.append("useUniqueFileName", "false");
  for (const [name, value] of Object.entries(signature)) form.append(name, value);
  form.append("file", item.file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    item.request = request;
    request.upload.addEventListener("progress", (event) => {
      item.sent = event.lengthComputable ? event.loaded / event.total : 0;
      update(item);
    });
    request.addEventListener("load", () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body);
      else reject(new Error(body?.message ? `${body.message} (${request.status})` : `The response is ${request.status}.`));
    });
    request.addEventListener("error", () => reject(new Error("The connection ended before the response.")));
    request.addEventListener("abort", () => reject(new Error("Cancelled.")));
    request.open("POST", "/api/v1/files/upload");
    request.send(form);
  });
}

function cancel(item) {
  item.state = "cancelled";
  item.request?.abort();
  items = items.filter((other) => other !== item);
  show();
}

function again(item) {
  item.state = "waiting";
  queue.push(item);
  show();
  next();
}

function show() {
  const section = byId("uploads");
  section.hidden = items.length === 0;
  const active = items.filter((item) => item.state === "waiting" || item.state === "running").length;
  const failed = items.filter((item) => item.state === "failed").length;
  const title = active > 0 ? `Uploading ${plural(active, "file")}` : failed > 0 ? `${plural(failed, "upload")} failed` : `${plural(items.length, "file")} uploaded`;
  const close = element("button", { type: "button", class: "quiet square compact", "aria-label": "Close the list of uploads", disabled: active > 0, onclick: () => { items = []; show(); } }, icon("close"));
  section.replaceChildren(element("header", {}, element("h2", {}, title), close), element("ul", {}, items.map(line)));
}

function line(item) {
  const active = item.state === "waiting" || item.state === "running";
  const button = active
    ? element("button", { type: "button", class: "compact", "aria-label": `Cancel ${item.name}`, onclick: () => cancel(item) }, "Cancel")
    : item.state === "failed" && element("button", { type: "button", class: "compact", "aria-label": `Upload ${item.name} again`, onclick: () => again(item) }, "Try again");
  item.bar = active && element("progress", { max: 1, value: item.sent, "aria-label": `Progress of ${item.name}` });
  item.label = element("span", { class: "state" }, words(item));
  return element("li", { class: item.state }, element("span", { class: "name", title: item.name }, item.name), button || element("span"), item.bar || null, item.label);
}

function update(item) {
  if (item.bar) item.bar.value = item.sent;
  if (item.label) item.label.textContent = words(item);
}

function words(item) {
  if (item.state === "waiting") return "Waiting";
  if (item.state === "running") return item.sent < 1 ? `${Math.round(item.sent * 100)} % of ${bytes(item.file.size)}` : "Reading the file…";
  return item.state === "done" ? `Uploaded, ${bytes(item.file.size)}` : item.message;
}
