/* Customers: one list at a time, by what was chosen above. */
const COLUMN = Object.fromEntries(data.columns.map((name, at) => [name, at]));
const chosen = { entity: data.first, segment: "", country: "", owner: "", product: "", cell: null };

const of = () => data.entities[chosen.entity];
const get = (row, name) => row[COLUMN[name]];

function fits(row) {
  return (
    (!chosen.segment || get(row, "segment") === chosen.segment) &&
    (!chosen.country || get(row, "country") === chosen.country) &&
    (!chosen.owner || get(row, "owner") === chosen.owner) &&
    (!chosen.product || get(row, "products").includes(chosen.product)) &&
    (!chosen.cell || (get(row, "recency") === chosen.cell[0] && get(row, "frequency") === chosen.cell[1]))
  );
}

const LISTS = {
  everybody: [() => true, ["name", "segment", "action", "stake", "revenue", "last"], "stake"],
  best: [(row) => get(row, "revenue") > 0, ["name", "revenue", "purchases", "last", "segment", "reason"], "revenue"],
  left: [(row) => of().left.includes(get(row, "id")), ["name", "lost", "stake", "last", "revenue", "reason"], "stake"],
  lost: [(row) => get(row, "standing") === "lost", ["name", "lost", "stake", "last", "revenue", "reason"], "lost"],
  leaving: [(row) => ["at_risk", "lost"].includes(get(row, "standing")), ["name", "stake", "standing", "last", "revenue", "reason"], "stake"],
  keep: [(row) => get(row, "clv") > 0, ["name", "clv", "profit", "wallet", "risk", "segment"], "clv"],
  offers: [(row) => get(row, "offer"), ["name", "offer", "clv", "risk", "segment"], "clv"],
  review: [(row) => get(row, "flag"), ["name", "profit", "review", "segment"], "profit"],
};
const byAction = (action) => [(row) => get(row, "action") === action, ["name", "stake", "due", "reason", "segment", "revenue"], "stake"];
const MONEY = ["stake", "revenue", "clv", "profit", "lost"];
const KEYS = ["segment", "action", "risk", "standing"];

function link(id, name) {
  const shown = name.length > 90 ? name.slice(0, 89) + "…" : name;
  if (!of().address) return element("bdi", {}, shown);
  return element("a", { href: of().address + encodeURIComponent(id), rel: "noopener noreferrer" }, element("bdi", {}, shown));
}

function column(name) {
  const money_ = MONEY.includes(name);
  const told = (row) => {
    const value = get(row, name);
    if (name === "name") return value || words.no_name;
    if (money_) return money(value);
    if (name === "purchases") return number(value);
    if (name === "last" || name === "due") return day(value);
    if (name === "wallet") return value === null ? NONE : share(value);
    if (KEYS.includes(name)) return (data.labels[name] || {})[value] || NONE;
    return value || "";
  };
  const swatch = (row) => element("span", { class: "segment s-" + get(row, "segment") }, element("span", { class: "swatch", "aria-hidden": "true" }), told(row));
  return {
    title: words.columns[name],
    numeric: money_ || ["purchases", "last", "due", "wallet"].includes(name),
    look: ["reason", "review"].includes(name) ? "long" : null,
    text: told,
    order: (row) => (KEYS.includes(name) || name === "name" ? told(row) : get(row, name)),
    cell: name === "name" ? (row) => link(get(row, "id"), told(row)) : name === "segment" ? swatch : (row) => element("bdi", {}, told(row)),
  };
}

/* Each place with people: which list it shows, and how to draw it anew. */
const places = [...document.querySelectorAll(".people")].map((place) => {
  const choice = place.querySelector("select");
  const box = place.querySelector(".rows");
  const draw = () => {
    if (place.dataset.entity !== chosen.entity) return;
    const [only, names, first] = LISTS[choice.value] || byAction(choice.value);
    const rows = of().people.filter((row) => fits(row) && only(row));
    const columns = names.map(column);
    const at = names.indexOf(first);
    const title = choice.selectedOptions[0].textContent;
    const note = () => (of().all > of().people.length ? filled(words.first_only, { number: number(of().people.length), all: number(of().all) }) : "");
    listed(box, title, columns, () => rows, { sorted: [at, first !== "profit"], note });
  };
  choice.addEventListener("change", draw);
  return { place, choice, draw };
});
