// Comfort: everything here also works without it.
(() => {
  const root = document.documentElement;
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);

  const theme = document.getElementById("theme");
  const showTheme = () => {
    theme.textContent = dark() ? theme.dataset.light : theme.dataset.dark;
    theme.setAttribute("aria-pressed", String(dark()));
  };
  theme.hidden = false;
  showTheme();
  theme.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try {
      localStorage.setItem("govfacts-theme", root.dataset.theme);
    } catch {
      // the choice holds for this page only
    }
    showTheme();
    document.dispatchEvent(new CustomEvent("themechange"));
  });

  const wide = matchMedia("(min-width: 60rem)");
  const unfold = () => document.querySelectorAll("[data-wide-open]").forEach((part) => {
      part.open = wide.matches;
      part.classList.add("ready");
    });
  unfold();
  wide.addEventListener("change", unfold);

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const box = document.getElementById("o-text");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // A letter stands for the button or the link that names it.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
    const part = document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
    if (!part) return;
    event.preventDefault();
    part.click();
    if (part.matches("summary") && part.parentElement.open) part.parentElement.querySelector("input:not([type=hidden]), select").focus();
  });

  // Names that begin as typed.
  const address = document.body.dataset.suggest;
  let waiting = 0;
  document.querySelectorAll("input[data-field]").forEach((input) => {
    let last = "";
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      const typed = input.value.trim();
      if (!typed || typed === last) return;
      waiting = setTimeout(async () => {
        last = typed;
        const query = new URLSearchParams({ field: input.dataset.field, prefix: typed.slice(0, 100) });
        let found = [];
        try {
          const answer = await fetch(`${address}?${query}`, { headers: { Accept: "application/json" } });
          if (answer.ok) found = (await answer.json()).suggestions;
        } catch {
          return; // the server is away: typing goes on without
        }
        const options = found.map((row) => {
          const option = document.createElement("option");
          option.value = row.label;
          option.label = `${row.label} (${row.facts.toLocaleString("en")})`;
          return option;
        });
        document.getElementById(input.getAttribute("list")).replaceChildren(...options);
      }, 150);
    });
  });

  // Facets of many results are counted when the results are there.
  const rest = document.querySelector("a[data-rest]");
  if (rest) {
    rest.parentElement.setAttribute("aria-busy", "true");
    fetch(rest.href, { headers: { Accept: "text/html" } })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
      .then((text) => {
        const counted = new DOMParser().parseFromString(text, "text/html").querySelector(".fold");
        const shown = document.querySelector(".fold");
        if (!counted || shown.contains(document.activeElement)) return;
        shown.replaceChildren(...[...counted.childNodes].map((part) => document.importNode(part, true)));
      })
      .catch(() => {}) // the link stays
      .finally(() => rest.parentElement.removeAttribute("aria-busy"));
  }

  // A form without its empty fields makes a shorter address.
  document.querySelectorAll("form.ask").forEach((form) => {
    form.addEventListener("submit", () => {
      form.querySelectorAll("input, select").forEach((part) => {
        if (!part.value || (part.name === "limit" && part.value === "20")) part.disabled = true;
      });
    });
    addEventListener("pageshow", () => form.querySelectorAll(":disabled").forEach((part) => (part.disabled = false)));
  });

  // Marks and rows light each other up.
  const light = (keys, on) =>
    keys.forEach((key) => {
      document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`).forEach((row) => row.classList.toggle("lit", on));
      document.querySelectorAll(`[data-keys~="${CSS.escape(key)}"]`).forEach((mark) => mark.classList.toggle("lit", on));
    });
  const keysOf = (part) => (part.dataset.keys ? part.dataset.keys.split(" ") : [part.dataset.key]);
  const card = document.createElement("div");
  card.className = "card";
  card.setAttribute("aria-hidden", "true");
  card.hidden = true;
  document.body.append(card);
  const showCard = (mark) => {
    const rows = keysOf(mark).map((key) => document.getElementById(`row-${key}`)).filter(Boolean);
    if (!rows.length) return;
    card.replaceChildren(
      ...rows.map((row) => {
        const copy = document.createElement("div");
        row.childNodes.forEach((child) => copy.append(child.cloneNode(true)));
        copy.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
        copy.querySelectorAll(".row-foot").forEach((part) => part.remove());
        copy.querySelectorAll("a").forEach((part) => part.replaceWith(...part.childNodes));
        return copy;
      }),
    );
    card.hidden = false;
    const at = mark.getClientRects()[0];
    const left = Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 8));
    const below = at.bottom + 6;
    const top = below + card.offsetHeight > innerHeight ? at.top - card.offsetHeight - 6 : below;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${Math.max(0, top + scrollY)}px`;
  };
  document.querySelectorAll("[data-keys], [data-key]").forEach((part) => {
    const isMark = "keys" in part.dataset;
    const enter = () => {
      light(keysOf(part), true);
      if (isMark) showCard(part);
    };
    const leave = () => {
      light(keysOf(part), false);
      card.hidden = true;
    };
    part.addEventListener("mouseenter", enter);
    part.addEventListener("mouseleave", leave);
    part.addEventListener("focusin", enter);
    part.addEventListener("focusout", leave);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") card.hidden = true;
  });
})();
