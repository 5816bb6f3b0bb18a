/* What is chosen above changes the figures, the map and the revenue by month. */
const period = document.getElementById("period");

const wanted = (row) =>
  row[0] === chosen.product &&
  (!chosen.segment || row[1] === chosen.segment) &&
  (!chosen.country || row[2] === chosen.country) &&
  (!chosen.owner || row[3] === chosen.owner);

const isChosen = () => Boolean(chosen.segment || chosen.country || chosen.owner || chosen.product);

function sums() {
  const found = { customers: 0, buyers: 0, leaving: 0, revenue: 0, stake: 0, cells: {} };
  for (const row of of().cells) {
    if (!wanted(row)) continue;
    const [recency, frequency, customers, buyers, leaving, revenue, stake] = row.slice(4);
    found.customers += customers;
    found.buyers += buyers;
    found.leaving += leaving;
    found.revenue += revenue;
    found.stake += stake;
    const cell = (found.cells[recency + "-" + frequency] ||= [0, 0]);
    cell[0] += customers;
    cell[1] += revenue;
  }
  return found;
}

/* Revenue by month, in hundredths, of whole months. */
function monthly() {
  const months = new Map(of().month_names.map((name) => [name, 0]));
  for (const row of of().months) {
    if (!wanted(row)) continue;
    row[4].forEach((cents, at) => months.set(of().month_names[at], months.get(of().month_names[at]) + cents));
  }
  return months;
}

const before = (iso, months) => {
  const [year, month_] = iso.split("-").map(Number);
  const at = year * 12 + month_ - 1 - months;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}-01`;
};

function revenueRows() {
  const found = monthly();
  const now = data.month;
  const rows = [];
  for (let ago = Number(period.value); ago >= 1; ago -= 1) {
    const iso = before(now, ago);
    rows.push([iso, found.get(iso) ?? null, found.get(before(iso, 12)) ?? null]);
  }
  return rows;
}

function drawRevenue() {
  const place = document.getElementById(`${chosen.entity}-revenue`);
  if (!place) return;
  const rows = revenueRows();
  const [now, earlier] = data.charts[place.dataset.chart].spec.usermeta.series;
  const values = rows.flatMap(([iso, one, other]) =>
    [[now, one], [earlier, other]]
      .filter(([, cents]) => cents !== null)
      .map(([series, cents]) => ({ month: iso, series, value: cents / 100, label: month(iso), shown: money(cents) })));
  charted(place, values);
  const total = (at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0);
  const known = rows.some((row) => row[2] !== null);
  place.querySelector(".said").textContent = filled(known ? words.revenue_both : words.revenue_one, {
    number: number(rows.length), value: signed(total(1)), before: signed(total(2)),
  });
  const lines = rows.map(([iso, one, other]) => element("tr", {},
    element("th", { scope: "row" }, month(iso)), element("td", { class: "n" }, money(one)), element("td", { class: "n" }, money(other))));
  place.querySelector("tbody").replaceChildren(...lines);
}

function drawMap() {
  const place = document.getElementById(`${chosen.entity}-map`);
  if (!place) return;
  const found = sums().cells;
  for (const button of place.querySelectorAll("[data-cell]")) {
    const [customers, revenue] = found[button.dataset.cell] || [0, 0];
    button.closest("td").classList.toggle("none", !customers);
    button.disabled = !customers;
    button.querySelector(".many").textContent = filled(customers === 1 ? words.customer : words.customers, { number: number(customers) });
    button.querySelector(".sum").textContent = number(revenue / 100);
    const here = chosen.cell && chosen.cell.join("-") === button.dataset.cell;
    button.setAttribute("aria-pressed", String(Boolean(here)));
  }
}

function drawFigures() {
  const found = isChosen() ? sums() : null;
  const box = document.querySelector(`[data-entity="${chosen.entity}"] .headlines`);
  if (!box) return;
  const year = () => {
    const months = monthly();
    let sum = 0;
    for (let ago = 1; ago <= 12; ago += 1) sum += months.get(before(data.month, ago)) ?? 0;
    return sum;
  };
  const now = { revenue: () => signed(year()) };
  for (const figure of box.children) {
    const key = figure.dataset.figure;
    const value = figure.querySelector(".value");
    value.dataset.whole ??= value.textContent;
    value.textContent = found && now[key] ? now[key]() : value.dataset.whole;
    figure.querySelector(".change").hidden = Boolean(found);
    figure.classList.toggle("whole", Boolean(found) && !now[key]);
  }
}

function redrawn() {
  document.body.classList.toggle("filtered", isChosen() || Boolean(chosen.cell));
  drawRevenue();
  drawMap();
  drawFigures();
  places.forEach((one) => one.draw());
  const cell = document.getElementById("cell");
  cell.hidden = !chosen.cell;
  if (chosen.cell) cell.querySelector("span").textContent = filled(words.cell, { recency: chosen.cell[0], frequency: chosen.cell[1] });
}
