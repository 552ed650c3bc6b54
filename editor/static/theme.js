// Light or dark before the first paint, remembered in a cookie that the server may read.
(() => {
  const root = document.documentElement;
  const forced = document.currentScript.dataset.theme;
  const kept = document.cookie.match(/(?:^|; )rh-theme=(dark|light)/);
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";

  function show(theme) {
    root.dataset.rhTheme = theme;
    if (window.Quasar) Quasar.Dark.set(theme === "dark");
    window.dispatchEvent(new CustomEvent("rh-theme", { detail: theme }));
  }

  window.rehearsalTheme = {
    current: () => root.dataset.rhTheme,
    set(theme) {
      document.cookie = `rh-theme=${theme}; path=/; max-age=31536000; samesite=lax`;
      show(theme);
    },
    toggle() {
      this.set(root.dataset.rhTheme === "dark" ? "light" : "dark");
    },
  };
  show(forced || (kept ? kept[1] : system));
  document.addEventListener("DOMContentLoaded", () => show(root.dataset.rhTheme));
})();
