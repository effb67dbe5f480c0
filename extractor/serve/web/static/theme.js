// Before anything is painted: the theme that the reader chose last.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("govfacts-theme");
  } catch {
    // storage is closed to this page: the system's theme holds
  }
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
  document.documentElement.classList.add("scripted");
})();
