// Starts the app. The theme comes first, so that the page never flashes in the wrong colours.
try {
  document.documentElement.dataset.theme = localStorage.getItem("rubrica-theme") ?? "system";
} catch {
  // No storage, no kept theme.
}

const started = import("./rubrica.js")
  .then(({ default: start }) => start({ module_or_path: "./rubrica_bg.wasm" }))
  .catch((error) => {
    const waiting = document.getElementById("waiting");
    if (waiting) waiting.textContent = `This browser cannot run Rubrica: ${error}`;
    throw error;
  });

// Keeps the app for use without a network, once it runs: what only the workshop needs is fetched behind what the first
// page needs. Where keeping is not possible, the app works with a network.
if ("serviceWorker" in navigator) {
  started.then(() => navigator.serviceWorker.register("./sw.js")).catch(() => {});
}
