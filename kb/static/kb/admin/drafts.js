// Keeps what is typed into a form of the desk in this browser until it is saved, and offers it when the page is opened
// again: after a closed tab, a lost login, a database that was away. Each person's own; gone at sign-out and after a week.
// Never kept: passwords, files, hidden fields.

const PREFIX = "kb-draft:";
const LONGEST = 7 * 24 * 3600 * 1000;
const MOST = 50;
const WAIT = 400;

function all() {
  const found = [];
  for (let i = 0; i < localStorage.length; i++) {
    const key = localStorage.key(i);
    if (!key.startsWith(PREFIX)) continue;
    let draft = null;
    try {
      draft = JSON.parse(localStorage.getItem(key));
    } catch {
      // Not ours to read: it goes with the old ones.
    }
    found.push({ key, draft, at: Date.parse(draft?.at ?? "") || 0 });
  }
  return found.sort((one, other) => other.at - one.at);
}

function forget(which) {
  all().filter(which).forEach(({ key }) => localStorage.removeItem(key));
}

function sweep() {
  const now = Date.now();
  all().forEach(({ key, at }, place) => {
    if (now - at > LONGEST || place >= MOST) localStorage.removeItem(key);
  });
}

// The answer to a save names the form that was saved.
function forgetSaved() {
  const said = document.cookie.split("; ").find((one) => one.startsWith("kb_saved="));
  if (!said) return;
  const once = said.slice("kb_saved=".length);
  forget(({ draft }) => draft?.once === once);
  document.cookie = "kb_saved=; path=/admin/; max-age=0; samesite=lax";
}

function forgetAtSignOut() {
  document.addEventListener("submit", (event) => {
    if (/\/logout\/$/.test(new URL(event.target.action, location).pathname)) forget(() => true);
  });
}

class Form {
  constructor(form, about) {
    this.form = form;
    this.about = about;
    this.key = `${PREFIX}${about.dataset.user}:${location.pathname}`;
    this.stored = this.read();
    this.versions = this.readVersions();
    this.names = new Set();
  }

  controls() {
    return [...this.form.elements].filter(
      (one) =>
        one.name &&
        !one.name.startsWith("_") &&
        !one.name.includes("__prefix__") &&
        !/^(asked|choice|both)-/.test(one.name) &&
        !["hidden", "password", "file", "submit", "button", "reset", "image", "fieldset"].includes(one.type),
    );
  }

  read() {
    const values = {};
    for (const one of this.controls()) {
      const list = (values[one.name] ??= []);
      if (one.type === "checkbox" || one.type === "radio") {
        if (one.checked) list.push(one.value);
      } else if (one.tagName === "SELECT") {
        list.push(...[...one.selectedOptions].map((option) => option.value));
      } else {
        list.push(one.value);
      }
    }
    return values;
  }

  readVersions() {
    const versions = {};
    for (const one of this.form.elements) {
      if (one.name === "version" || one.name.endsWith("-SEEN")) versions[one.name] = one.value;
    }
    return versions;
  }

  // The keys of the rows beside the parent, by the place at which they stand: "citations-1" is row 12.
  rows() {
    const rows = {};
    for (const one of this.form.elements) {
      const found = /^(.+-\d+)-id$/.exec(one.name);
      if (found) rows[found[1]] = one.value;
    }
    return rows;
  }

  labels(name) {
    const labels = {};
    for (const one of this.form.elements) {
      if (one.name === name && one.tagName === "SELECT") {
        for (const option of one.selectedOptions) labels[option.value] = option.text;
      }
    }
    return labels;
  }

  title(name) {
    const one = [...this.form.elements].find((control) => control.name === name);
    const label = one?.labels?.[0]?.textContent.trim().replace(/:$/, "");
    return label || name;
  }

  keep(extra = {}) {
    const now = this.read();
    const fields = {};
    for (const [name, values] of Object.entries(now)) {
      const before = this.stored[name];
      const isNew = before === undefined && values.some((value) => value !== "");
      if (this.names.has(name) || isNew || (before && String(before) !== String(values))) {
        fields[name] = { values, labels: this.labels(name), title: this.title(name) };
      }
    }
    if (!Object.keys(fields).length) {
      localStorage.removeItem(this.key);
      return;
    }
    const draft = {
      at: new Date().toISOString(),
      once: this.form.elements._once?.value ?? "",
      versions: this.versions,
      rows: this.rows(),
      fields,
      ...extra,
    };
    try {
      localStorage.setItem(this.key, JSON.stringify(draft));
    } catch {
      // Full: the oldest one goes, and if that is not enough the page is as it would be without us.
      const oldest = all().filter(({ key }) => key !== this.key).at(-1);
      if (!oldest) return;
      localStorage.removeItem(oldest.key);
      try {
        localStorage.setItem(this.key, JSON.stringify(draft));
      } catch {
        return;
      }
    }
  }

  watch() {
    let timer = 0;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.keep(), WAIT);
    };
    this.form.addEventListener("input", later);
    this.form.addEventListener("change", later);
    // Fields with a search tell their changes by jQuery alone.
    window.django?.jQuery?.(this.form).on("change", later);
    this.form.addEventListener("submit", () => this.keep());
    window.addEventListener("pagehide", () => timer && this.keep());
  }

  draft() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  // What of a draft is not on the page.
  missing(draft) {
    const now = this.read();
    return Object.entries(draft.fields).filter(([name, field]) => {
      const here = this.nameHere(draft, name);
      return here === null || String(now[here] ?? "") !== String(field.values);
    });
  }

  // Where a field of a row beside the parent stands on this page; null where the row is not on it.
  nameHere(draft, name) {
    const found = /^(.+-)(\d+)-(.+)$/.exec(name);
    if (!found) return name;
    const pk = draft.rows[`${found[1]}${found[2]}`];
    if (!pk) return null;
    const here = Object.entries(this.rows()).find(([place, key]) => key === pk && place.startsWith(found[1]));
    return here ? `${here[0]}-${found[3]}` : null;
  }

  restore(draft) {
    const added = {};
    for (const [name, field] of Object.entries(draft.fields)) {
      let here = this.nameHere(draft, name);
      if (here === null) {
        const [, prefix, place, rest] = /^(.+)-(\d+)-(.+)$/.exec(name);
        added[`${prefix}-${place}`] ??= this.addRow(prefix);
        here = added[`${prefix}-${place}`] === null ? null : `${prefix}-${added[`${prefix}-${place}`]}-${rest}`;
      }
      if (here !== null) this.set(here, field);
    }
    // What was typed goes to the server with the version that its writer saw: that is how it is brought together.
    for (const one of this.form.elements) {
      if (one.name in draft.versions) one.value = draft.versions[one.name];
    }
    this.versions = draft.versions;
    this.keep();
  }

  addRow(prefix) {
    const total = this.form.elements[`${prefix}-TOTAL_FORMS`];
    const button = document.querySelector(`#${CSS.escape(prefix)}-group .add-row a`);
    if (!total || !button) return null;
    const place = total.value;
    button.closest("details")?.setAttribute("open", "");
    button.click();
    return total.value === place ? null : place;
  }

  set(name, field) {
    const controls = [...this.form.elements].filter((one) => one.name === name);
    controls.forEach((one) => {
      if (["hidden", "password", "file"].includes(one.type)) return;
      if (one.type === "checkbox" || one.type === "radio") {
        one.checked = field.values.includes(one.value);
      } else if (one.tagName === "SELECT") {
        for (const value of field.values) {
          if (![...one.options].some((option) => option.value === value)) {
            one.add(new Option(field.labels[value] ?? value, value));
          }
        }
        for (const option of one.options) option.selected = field.values.includes(option.value);
      } else {
        one.value = field.values[0] ?? "";
      }
      one.dispatchEvent(new Event("change", { bubbles: true }));
      if (one.tagName === "SELECT") window.django?.jQuery?.(one).trigger("change");
      one.closest("details")?.setAttribute("open", "");
    });
  }

  offer() {
    const draft = this.draft();
    if (!draft?.fields) return;
    if (this.about.dataset.sent) {
      // The server shows what was sent, with the reason why it is not saved: that is the draft, and it stays one.
      this.names = new Set(Object.keys(draft.fields));
      this.keep();
      return;
    }
    const missing = this.missing(draft);
    if (!missing.length) {
      localStorage.removeItem(this.key);
      return;
    }
    const offer = document.getElementById("draft-offer").content.cloneNode(true).firstElementChild;
    const fill = (name, text) => (offer.querySelector(`[data-fill=${name}]`).textContent = text);
    fill("at", new Date(draft.at).toLocaleString(document.documentElement.lang || undefined));
    fill("count", String(missing.length));
    const list = offer.querySelector("dl");
    for (const [, field] of missing) {
      const title = document.createElement("dt");
      title.textContent = field.title;
      const words = document.createElement("dd");
      words.dir = "auto";
      words.textContent = field.values.map((value) => field.labels[value] ?? value).join(", ") || "–";
      list.append(title, words);
    }
    offer.querySelector("[data-do=restore]").addEventListener("click", () => {
      this.restore(draft);
      offer.remove();
      (this.form.querySelector("input:not([type=hidden]), textarea, select") ?? this.form).focus();
    });
    offer.querySelector("[data-do=discard]").addEventListener("click", () => {
      localStorage.removeItem(this.key);
      offer.remove();
    });
    this.form.prepend(offer);
  }
}

function start() {
  forgetAtSignOut();
  forgetSaved();
  sweep();
  const about = document.getElementById("keeps");
  const form = about?.closest("form");
  if (!form) return;
  const kept = new Form(form, about);
  kept.offer();
  kept.watch();
}

try {
  localStorage.setItem(`${PREFIX}probe`, "{}");
  localStorage.removeItem(`${PREFIX}probe`);
  // Behind the scripts that build the form.
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start);
} catch {
  // A browser that keeps nothing: the page works without.
}
