/* Numbers and days as the reader's language writes them. */
const data = JSON.parse(document.getElementById("payload").textContent);
const words = data.words;
const locale = data.locale;
const NONE = "–";

const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, locale.thousands);

function number(value) {
  if (value === null || value === undefined) return NONE;
  return (value < 0 ? "-" : "") + grouped(String(Math.abs(Math.round(value))));
}

function money(cents) {
  if (cents === null || cents === undefined) return NONE;
  const whole = Math.abs(Math.round(cents));
  const units = grouped(String(Math.floor(whole / 100)));
  return (cents < 0 ? "-" : "") + units + locale.decimal + String(whole % 100).padStart(2, "0");
}

/* With the sign of the currency, where it is known. */
function signed(cents) {
  const [first, last] = data.currency;
  return (cents < 0 ? "-" : "") + first + money(Math.abs(cents)) + last;
}

function written(form, iso) {
  const [year, month, day] = iso.split("-");
  return form.replace("%Y", year).replace("%m", month).replace("%d", day);
}

const day = (iso) => (iso ? written(locale.day, iso) : NONE);
const month = (iso) => written(locale.month, iso);
const share = (part) => (100 * part).toFixed(1).replace(".", locale.decimal) + locale.percent;
const filled = (text, values) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/* A text that a spreadsheet would take for a formula is preceded by an apostrophe. */
function csv(rows) {
  const cell = (value) => {
    const text = String(value);
    const number = /^-?[\d\s\u00a0\u202f,.]+(\s?%)?$/.test(text);
    const safe = /^\s*[=+\-@\t\r\n]/.test(text) && !number && text !== NONE ? "'" + text : text;
    return '"' + safe.replaceAll('"', '""') + '"';
  };
  return "\ufeff" + rows.map((row) => row.map(cell).join(locale.between)).join("\r\n") + "\r\n";
}

function saved(name, rows) {
  const address = URL.createObjectURL(new Blob([csv(rows)], { type: "text/csv" }));
  const link = element("a", { href: address, download: name + ".csv" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
