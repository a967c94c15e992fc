// Light and dark: the system's choice, or the one made here.

import { byId } from "./dom.js";

const KEY = "imagekit-emulator-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

const stored = localStorage.getItem(KEY);
if (stored) document.documentElement.dataset.theme = stored;

export function startTheme() {
  byId("theme").addEventListener("click", () => {
    const now = document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light");
    const next = now === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    localStorage.setItem(KEY, next);
  });
}
