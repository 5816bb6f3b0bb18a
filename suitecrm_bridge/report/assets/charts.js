/* Charts, drawn by Vega-Lite when they come into sight; without it, their numbers stand there. */
const PAPER = 1000;
const isPrinting = () => document.body.classList.contains("printing");
const LOOK = {
  background: null,
  aria: false,
  padding: 2,
  autosize: { type: "fit-x", contains: "padding" },
  font: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  view: { stroke: null },
  axis: { labelColor: "var(--muted)", titleColor: "var(--muted)", gridColor: "var(--line)", domainColor: "var(--line)", tickColor: "var(--line)", labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
  legend: { labelColor: "var(--ink)", labelFontSize: 12, symbolStrokeWidth: 2 },
  locale: {
    number: { decimal: locale.decimal, thousands: locale.thousands, grouping: [3], currency: ["", ""], percent: locale.percent },
    time: data.time,
  },
};

function charted(place, values = null) {
  const made = data.charts[place.dataset.chart];
  if (values) place.values = values;
  if (!window.charts || !place.getClientRects().length) return;
  const box = place.querySelector(".drawing");
  const across = isPrinting() ? PAPER : place.clientWidth;
  const spec = { ...made.spec, width: Math.max(220, across - 4), height: made.height * (isPrinting() ? 0.8 : 1) };
  if (place.values) spec.data = { values: place.values };
  const narrow = spec.width < 480;
  const legend = { ...LOOK.legend, columns: narrow ? 1 : 0, labelLimit: spec.width - 60 };
  const axisY = { labelLimit: Math.min(220, spec.width / 3) };
  const compiled = window.charts.compile(spec, { config: { ...LOOK, legend, axisY }, logger: quiet }).spec;
  const parsed = window.charts.parse(compiled, null, { ast: true });
  place.view?.finalize();
  box.replaceChildren();
  place.view = new window.charts.View(parsed, {
    renderer: "svg", hover: true, expr: window.charts.expressionInterpreter, tooltip: (handler, event, item, value) => tip(event, value), logger: quiet,
  });
  place.drawn = across;
  place.view.initialize(box).runAsync().then(() => named(place, box.querySelector("svg")));
}

/* One picture with one name; its numbers are a table. */
function named(place, svg) {
  if (!svg) return;
  for (const part of svg.querySelectorAll("[role], [aria-label], [aria-roledescription], [aria-hidden]")) {
    for (const name of ["role", "aria-label", "aria-roledescription", "aria-hidden"]) part.removeAttribute(name);
  }
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${place.dataset.title}. ${place.querySelector(".said").textContent}`);
}

const quiet = { level: () => quiet, warn: () => quiet, info: () => quiet, debug: () => quiet, error: (...told) => { console.error(...told); return quiet; } };

/* What stands beside the pointer. */
const box = element("div", { class: "tip", role: "status", hidden: true });
document.body.append(box);

function tip(event, value) {
  box.hidden = !value;
  if (!value) return;
  box.textContent = Object.entries(value).map(([title, text]) => (title.trim() ? `${title}: ${text}` : text)).join("\n");
  box.style.left = Math.min(event.clientX + 12, window.innerWidth - box.offsetWidth - 8) + "px";
  box.style.top = Math.max(8, event.clientY - box.offsetHeight - 8) + "px";
}

/* With the arrow keys a chart is read number by number. */
function read(place) {
  const drawing = place.querySelector(".drawing");
  const told = place.querySelector(".reading");
  let at = -1;
  drawing.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const table = place.querySelector("table");
    const rows = table ? [...table.tBodies[0].rows] : [];
    if (!rows.length) return;
    at = Math.max(0, Math.min(rows.length - 1, at + step));
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    told.textContent = [...rows[at].cells].map((cell, place_) => (place_ ? `${heads[place_]}: ` : "") + cell.textContent.trim()).join(" · ");
  });
  drawing.addEventListener("blur", () => { told.textContent = ""; });
}

function inSight() {
  for (const place of document.querySelectorAll("[data-chart]")) {
    if (place.getClientRects().length && (!place.drawn || Math.abs(place.drawn - (isPrinting() ? PAPER : place.clientWidth)) > 8)) charted(place);
  }
}
