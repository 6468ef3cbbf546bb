// Starts the app. The theme comes first, so that the page never flashes in the wrong colours.
try {
  document.documentElement.dataset.theme = localStorage.getItem("rubrica-theme") ?? "system";
} catch {
  // No storage, no kept theme.
}

import("./rubrica.js")
  .then(({ default: start }) => start({ module_or_path: "./rubrica_bg.wasm" }))
  .catch((error) => {
    const waiting = document.getElementById("waiting");
    if (waiting) waiting.textContent = `This browser cannot run Rubrica: ${error}`;
    throw error;
  });

// Keeps the app for use without a network. Where that is not possible, the app works with one.
if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("./sw.js").catch(() => {}));
}
