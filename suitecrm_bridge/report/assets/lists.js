/* Lists that are sorted, searched, turned over and saved as they are shown. */
const LINES = 20;

/* A list: `columns` are {title, numeric, text(row), order(row), cell(row)}, `rows()` the rows. */
function listed(place, name, columns, rows, { sorted = null, note = "", row: marked = null } = {}) {
  const state = { at: 0, by: sorted, wanted: "" };
  const search = element("input", { type: "search", "aria-label": words.search, placeholder: words.search });
  const save = element("button", { type: "button" }, words.save);
  const count = element("p", { class: "said", "aria-live": "polite" });
  const body = element("tbody");
  const heads = columns.map((column, place) => {
    const button = element("button", { type: "button", class: "sort" }, column.title);
    button.addEventListener("click", () => {
      const down = state.by && state.by[0] === place ? !state.by[1] : Boolean(column.numeric);
      state.by = [place, down];
      state.at = 0;
      draw();
    });
    return element("th", { scope: "col", class: column.numeric ? "n" : null }, button);
  });
  const head = element("thead", {}, element("tr", {}, ...heads));
  const table = element("table", { class: columns.length > 4 ? "list wide" : "list" }, head, body);
  const scroll = element("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": name }, table);
  const back = element("button", { type: "button" }, words.back);
  const on = element("button", { type: "button" }, words.on);
  const where = element("span", { class: "where" });
  const pager = element("div", { class: "pager" }, back, where, on);
  const tools = element("div", { class: "tools" }, search, save);
  place.replaceChildren(tools, count, scroll, pager);

  const shown = () => {
    const wanted = plain(state.wanted.trim());
    let found = rows();
    if (wanted) found = found.filter((row) => plain(columns.map((one) => one.text(row)).join(" ")).includes(wanted));
    if (state.by) {
      const [place, down] = state.by;
      const order = columns[place].order;
      found = found.map((row, at) => [order(row), at, row]);
      found.sort(([one, at], [other, then]) => compared(one, other, down) || at - then);
      found = found.map((row) => row[2]);
    }
    return found;
  };

  function draw() {
    const found = shown();
    if (state.at >= found.length) state.at = Math.max(0, Math.floor((found.length - 1) / LINES) * LINES);
    const lines = found.slice(state.at, state.at + LINES).map((row) => {
      const cells = columns.map((column, at) => {
        const cell = element(at ? "td" : "th", { scope: at ? null : "row", "data-label": at ? column.title : null, class: column.look || (column.numeric ? "n" : null) });
        cell.append(column.cell ? column.cell(row) : column.text(row));
        return cell;
      });
      return element("tr", { class: marked ? marked(row) : null }, ...cells);
    });
    body.replaceChildren(...lines);
    heads.forEach((one, at) => {
      const by = state.by && state.by[0] === at;
      one.setAttribute("aria-sort", by ? (state.by[1] ? "descending" : "ascending") : "none");
    });
    count.textContent = [filled(words.rows, { number: number(found.length) }), typeof note === "function" ? note() : note].filter(Boolean).join(" ");
    const last = Math.min(state.at + LINES, found.length);
    where.textContent = found.length ? filled(words.where, { first: number(state.at + 1), last: number(last), number: number(found.length) }) : words.nobody;
    back.disabled = state.at === 0;
    on.disabled = last >= found.length;
    pager.classList.toggle("one", found.length <= LINES);
    scroll.hidden = !found.length;
  }

  search.addEventListener("input", () => { state.wanted = search.value; state.at = 0; draw(); });
  back.addEventListener("click", () => { state.at = Math.max(0, state.at - LINES); draw(); });
  on.addEventListener("click", () => { state.at += LINES; draw(); });
  save.addEventListener("click", () => {
    const lines = shown().map((row) => columns.map((one) => one.text(row)));
    saved(name, [columns.map((one) => one.title), ...lines]);
  });
  draw();
  return draw;
}

function compared(one, other, down) {
  const [missing, lacks] = [one, other].map((value) => value === null || value === "" || value === undefined);
  if (missing || lacks) return missing - lacks;
  const order = typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), document.documentElement.lang);
  return down ? -order : order;
}

/* Tables that came with the page become such lists. */
function enhanced(table) {
  const box = table.closest(".rows");
  const headings = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells]);
  const value = (cell) => {
    const order = cell.dataset.order;
    if (order === undefined) return cell.textContent.trim();
    return order === "" ? null : isNaN(order) ? order : Number(order);
  };
  const columns = headings.map((heading, at) => ({
    title: heading.textContent.trim(),
    numeric: heading.classList.contains("n"),
    look: rows.length ? rows[0][at].className : null,
    text: (row) => row[at].textContent.trim().replace(/\s+/g, " "),
    order: (row) => value(row[at]),
    cell: (row) => { const copy = document.createDocumentFragment(); for (const child of row[at].childNodes) copy.append(child.cloneNode(true)); return copy; },
  }));
  const sums = table.tFoot;
  listed(box, box.dataset.name, columns, () => rows);
  if (sums) box.querySelector("table").append(sums);
}
