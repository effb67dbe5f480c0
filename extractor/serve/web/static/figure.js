// Draws each chart from the table beneath it: the numbers are the same by construction.
(() => {
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const charts = [];

  const short = (value, language) => {
    const scales = language === "zh" ? [[1e12, "万亿"], [1e8, "亿"], [1e4, "万"]] : [[1e12, "tn"], [1e9, "bn"], [1e6, "m"], [1e3, "k"]];
    const found = scales.find(([size]) => Math.abs(value) >= size);
    const rounded = (number) => number.toLocaleString("en", { maximumFractionDigits: 1 });
    return found ? rounded(value / found[0]) + found[1] : rounded(value);
  };

  const read = (place) =>
    [...document.querySelectorAll(`#${place.dataset.table} tbody tr`)].map((row) => ({
      label: row.querySelector("[data-label]").dataset.label,
      value: Number(row.querySelector("[data-value]").dataset.value),
      href: row.querySelector("a").href,
    }));

  // Years without a number are years too: an axis of time leaves none out.
  const fill = (rows) => {
    const years = rows.map((row) => Number(row.label));
    if (!rows.length || years.some(Number.isNaN)) return rows;
    const known = new Map(rows.map((row) => [row.label, row]));
    const all = [];
    for (let year = Math.min(...years); year <= Math.max(...years) && all.length < 500; year += 1) {
      all.push(known.get(String(year)) ?? { label: String(year), value: null, href: "" });
    }
    return all;
  };

  const draw = (place) => {
    const kind = place.dataset.chart;
    const flat = kind === "bars";
    const rows = flat ? read(place) : fill(read(place));
    const log = place.dataset.logged === "yes";
    const canvas = document.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    place.replaceChildren(canvas);
    place.classList.add(flat ? "tall" : "low");
    place.style.height = flat ? `${Math.max(8, rows.length * 1.6 + 2)}rem` : "";
    const axis = { grid: { color: style("--line") }, border: { display: false }, ticks: { color: style("--quiet"), precision: 0, callback: (value) => (log && !/^1(\.0*)?e/.test(value.toExponential()) ? null : short(value, place.dataset.scale)) }, beginAtZero: !log, type: log ? "logarithmic" : "linear" };
    const names = { grid: { display: false }, border: { color: style("--line") }, ticks: { color: style("--ink"), autoSkip: !flat, maxRotation: 0 } };
    return new Chart(canvas, {
      type: "bar",
      data: { labels: rows.map((row) => row.label), datasets: [{ label: place.dataset.series, data: rows.map((row) => row.value), backgroundColor: style("--accent"), hoverBackgroundColor: style("--accent-strong"), borderRadius: 2, maxBarThickness: 28, minBarLength: 2 }] },
      options: {
        indexAxis: flat ? "y" : "x",
        responsive: true,
        maintainAspectRatio: false,
        animation: false,
        font: { family: style("--sans") },
        scales: flat ? { x: axis, y: names } : { x: names, y: axis },
        plugins: { legend: { display: false }, tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${item.raw.toLocaleString("en")}` } } },
        onClick: (_, hits) => {
          const row = hits.length ? rows[hits[0].index] : null;
          if (row && row.href) location.href = row.href;
        },
        onHover: (event, hits) => (event.native.target.style.cursor = hits.length ? "pointer" : "default"),
      },
    });
  };

  const drawAll = () => {
    charts.splice(0).forEach((chart) => chart.destroy());
    document.querySelectorAll("[data-chart]").forEach((place) => {
      place.hidden = false;
      charts.push(draw(place));
    });
  };
  document.querySelectorAll("[data-log]").forEach((place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "scale";
    button.textContent = place.dataset.log;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      place.dataset.logged = place.dataset.logged === "yes" ? "no" : "yes";
      button.setAttribute("aria-pressed", String(place.dataset.logged === "yes"));
      drawAll();
    });
    place.after(button);
  });
  Chart.defaults.font.family = style("--sans");
  drawAll();
  document.querySelectorAll("details.numbers").forEach((part) => (part.open = false));
  document.addEventListener("themechange", drawAll);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  addEventListener("beforeprint", () => {
    document.querySelectorAll("details.numbers").forEach((part) => (part.open = true));
    charts.forEach((chart) => chart.resize());
  });
})();
