// Small images of files.

import { element, icon } from "./dom.js";

let started = 0;

/** Makes the addresses of images differ between two starts of the server. */
export function setStarted(value) {
  started = value;
}

/** A frame with a version's image, or with an icon if it has none. */
export function thumbnail(file, size) {
  const symbol = () => icon((file.mime ?? "").startsWith("video/") ? "video" : "file");
  if (file.fileType !== "image") return element("div", { class: "thumb plain" }, symbol());
  const query = new URLSearchParams({ file: file.fileId, version: file.versionInfo.id, size, of: started });
  const frame = element("div", { class: file.hasAlpha ? "thumb" : "thumb plain" });
  const failed = () => {
    frame.classList.add("plain");
    frame.replaceChildren(symbol());
  };
  frame.append(element("img", { src: `/_emulator/preview?${query}`, alt: "", loading: "lazy", decoding: "async", onerror: failed }));
  return frame;
}
