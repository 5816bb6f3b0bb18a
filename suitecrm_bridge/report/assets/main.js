/* The menu, what is chosen, and what is printed. */
const pages = [...document.querySelectorAll("[data-page]")];
const menu = [...document.querySelectorAll("nav.menu a")];
const form = document.getElementById("filters");

function shownEntity() {
  for (const one of document.querySelectorAll("main [data-entity]")) one.hidden = one.dataset.entity !== chosen.entity;
  for (const name of ["country", "owner", "product", "segment"]) {
    const select = form.elements[name];
    const known = name === "segment" ? of().segments : of().values[name];
    select.replaceChildren(element("option", { value: "" }, words.all), ...known.map(([value, label]) => element("option", { value }, label)));
    select.closest("label").hidden = known.length < 2;
    select.value = chosen[name] = "";
  }
  chosen.cell = null;
  const ago = form.elements.ago;
  const known = of().compared;
  ago.replaceChildren(...known.map(([value, label]) => element("option", { value }, label)));
  ago.closest("label").hidden = known.length < 2;
}

function shownAgo() {
  const ago = form.elements.ago.value;
  for (const one of document.querySelectorAll("[data-ago]")) one.classList.toggle("other", one.dataset.ago !== ago);
}

/* An address: the page, the block, and the list, such as #customers:people:left. */
function follow(focus = true) {
  const [name, block, list] = decodeURIComponent(location.hash.slice(1)).split(":");
  const page = pages.find((one) => one.dataset.page === name) || pages[0];
  for (const one of pages) one.classList.toggle("other", one !== page);
  for (const one of menu) {
    if (one.hash === "#" + page.dataset.page) one.setAttribute("aria-current", "page");
    else one.removeAttribute("aria-current");
  }
  menu.find((one) => one.hasAttribute("aria-current"))?.scrollIntoView({ block: "nearest", inline: "center" });
  form.parentElement.hidden = !["overview", "customers", "value"].includes(page.dataset.page);
  const place = block && (document.getElementById(`${chosen.entity}-${block}`) || document.getElementById(block)
    || document.querySelector(`[id^="${chosen.entity}-${CSS.escape(block)}-"]:not(.other)`));
  if (place && list) {
    const found = places.find((one) => one.place === place);
    if (found && [...found.choice.options].some((one) => one.value === list)) { found.choice.value = list; found.draw(); }
  }
  if (place) {
    const closed = place.querySelector(":scope > details:not([open])");
    if (closed) closed.open = true;
    place.scrollIntoView({ block: "start" });
    if (focus) place.querySelector("h3, h2")?.focus({ preventScroll: true });
  } else window.scrollTo(0, 0);
  inSight();
}

document.body.classList.add("scripted");
if (window.innerWidth < 640) form.parentElement.open = false;
shownEntity();
shownAgo();
for (const table of document.querySelectorAll(".rows > .scroll > table.sortable")) enhanced(table);
for (const place of document.querySelectorAll("[data-chart]")) read(place);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", (event) => {
  const { name, value } = event.target;
  if (name === "ago") shownAgo();
  else if (name === "entity") { chosen.entity = value; shownEntity(); shownAgo(); redrawn(); }
  else if (name !== "period") { chosen[name] = value; redrawn(); }
  else drawRevenue();
  inSight();
});
form.addEventListener("reset", () => setTimeout(() => {
  form.elements.entity && (form.elements.entity.value = chosen.entity);
  shownEntity();
  shownAgo();
  redrawn();
  inSight();
}));
document.getElementById("cell").querySelector("button").addEventListener("click", () => { chosen.cell = null; redrawn(); });
for (const button of document.querySelectorAll("[data-cell]")) button.addEventListener("click", () => {
  const cell = button.dataset.cell.split("-").map(Number);
  const same = chosen.cell && chosen.cell.join("-") === button.dataset.cell;
  chosen.cell = same ? null : cell;
  const place = places.find((one) => one.place.dataset.entity === chosen.entity && one.place.dataset.key === "people");
  if (place && !same) place.choice.value = "everybody";
  redrawn();
  if (place && !same) { place.place.scrollIntoView({ block: "start" }); place.place.querySelector("h3").focus({ preventScroll: true }); }
});
window.addEventListener("hashchange", () => follow());
// The browser has gone to the part that the address names by then, past what can be chosen.
window.addEventListener("load", () => follow(false));
let waiting = 0;
window.addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(inSight, 150); });
const tables = [...document.querySelectorAll("details.table")];
for (const details of tables) details.addEventListener("toggle", () => {
  if (details.open && !isPrinting()) for (const other of tables) if (other !== details) other.open = false;
});
/* On paper every table is open; those beside charts stay closed, since the charts are drawn. */
let opened = [];
window.addEventListener("beforeprint", () => {
  document.body.classList.add("printing");
  opened = tables.filter((one) => !one.open && !one.closest("figure"));
  for (const one of opened) one.open = true;
  inSight();
});
window.addEventListener("afterprint", () => {
  for (const one of opened) one.open = false;
  // What has just been closed says so later, and must close nothing else.
  setTimeout(() => { document.body.classList.remove("printing"); inSight(); });
});
redrawn();
follow(false);
