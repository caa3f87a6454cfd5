// Keeps what is typed into a form of the desk in this browser until it is saved, and offers it when the page is opened
// again: after a closed tab, a lost login, a database that was away. Each person's own, and each opening of a page apart:
// two tabs do not overwrite one another, nor does who types on without looking at the offer. Gone at sign-out and after a
// week. Never kept: passwords, files, hidden fields.

const PREFIX = "kb-draft:";
const SIGNED_OUT = "kb-signed-out:";
const LONGEST = 7 * 24 * 3600 * 1000;
const MOST = 50;
const WAIT = 400;
const opened = Date.now();
const said = document.querySelector("meta[name=kb-person]");
const person = said?.content ?? "";

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

function own() {
  return all().filter(({ key }) => key.startsWith(`${PREFIX}${person}:`));
}

function forget(drafts) {
  drafts.forEach(({ key }) => localStorage.removeItem(key));
}

function sweep() {
  forget(all().filter(({ at }, place) => opened - at > LONGEST || place >= MOST));
}

// The answer to a save names the form that was saved.
function forgetSaved() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("kb_saved="));
  if (!cookie) return;
  const once = cookie.slice("kb_saved=".length);
  forget(own().filter(({ key, draft }) => key.endsWith(`#${once}`) || draft?.once === once));
  document.cookie = "kb_saved=; path=/admin/; max-age=0; samesite=lax";
}

// Signing out leaves nobody's words behind on a shared machine, and asks before it forgets some. Drafts of others stay:
// they may have lost their login, and are theirs to restore.
function forgetAtSignOut(form) {
  document.addEventListener("submit", (event) => {
    // Asked as an attribute: a form may have a field of the name "action".
    if (!/\/logout\/$/.test(event.target.getAttribute("action") ?? "")) return;
    form?.flush();
    if (own().length && !confirm(said.dataset.question)) {
      event.preventDefault();
      return;
    }
    forget(own());
    // Pages that are open still keep nothing from now on.
    localStorage.setItem(`${SIGNED_OUT}${person}`, Date.now());
  });
}

function isSignedOut() {
  return Number(localStorage.getItem(`${SIGNED_OUT}${person}`)) >= opened;
}

// The page, with what a new row begins with, without what only leads back to a list.
function place() {
  const found = new URLSearchParams(location.search);
  [...found.keys()].filter((name) => name.startsWith("_")).forEach((name) => found.delete(name));
  found.sort();
  return `${location.pathname}?${found}`;
}

class Form {
  constructor(form, about) {
    this.form = form;
    this.about = about;
    this.start = `${PREFIX}${person}:${place()}#`;
    this.key = this.start + (form.elements._once?.value ?? "");
    this.stored = this.read();
    this.versions = this.readVersions();
    this.names = new Set();
    this.timer = 0;
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

  // What a field is called; beside the parent with the kind of its row and the place.
  title(name) {
    const one = [...this.form.elements].find((control) => control.name === name);
    const label = one?.labels?.[0]?.textContent.trim().replace(/:$/, "") || name;
    const kind = one?.closest(".inline-group")?.querySelector("h2")?.textContent.trim();
    const row = /-(\d+)-[^-]+$/.exec(name);
    return kind && row ? `${kind} ${Number(row[1]) + 1}: ${label}` : label;
  }

  keep() {
    if (isSignedOut()) return;
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
    const draft = { at: new Date().toISOString(), versions: this.versions, rows: this.rows(), fields };
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

  // What waits to be kept is kept now.
  flush() {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = 0;
    this.keep();
  }

  watch() {
    const later = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.flush(), WAIT);
    };
    this.form.addEventListener("input", later);
    this.form.addEventListener("change", later);
    // Fields with a search tell their changes by jQuery alone.
    window.django?.jQuery?.(this.form).on("change", later);
    this.form.addEventListener("submit", () => this.keep());
    window.addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
  }

  // Drafts of this page from other openings, the newest first.
  drafts() {
    return own().filter(({ key, draft }) => key !== this.key && key.startsWith(this.start) && draft?.fields);
  }

  // What of a draft is not on the page.
  missing(draft) {
    const now = this.read();
    return Object.entries(draft.fields).filter(([name, field]) => {
      const here = this.nameHere(draft, name);
      return here === null || String(now[here] ?? "") !== String(field.values);
    });
  }

  isChanged(draft) {
    return Object.entries(draft.versions).some(([name, version]) => (this.versions[name] ?? version) !== version);
  }

  // Where a field of a row beside the parent stands on this page; null where the row is not on it.
  nameHere(draft, name) {
    const found = /^(.+-)(\d+)-(.+)$/.exec(name);
    if (!found) return name;
    const pk = draft.rows[`${found[1]}${found[2]}`];
    if (!pk) return null;
    const here = Object.entries(this.rows()).find(([at, key]) => key === pk && at.startsWith(found[1]));
    return here ? `${here[0]}-${found[3]}` : null;
  }

  restore(draft) {
    const added = {};
    const restored = [];
    for (const [name, field] of Object.entries(draft.fields)) {
      let here = this.nameHere(draft, name);
      if (here === null) {
        const [, prefix, at, rest] = /^(.+)-(\d+)-(.+)$/.exec(name);
        added[`${prefix}-${at}`] ??= this.addRow(prefix);
        here = added[`${prefix}-${at}`] === null ? null : `${prefix}-${added[`${prefix}-${at}`]}-${rest}`;
      }
      if (here !== null) restored.push(...this.set(here, field));
    }
    // What was typed goes to the server with the version that its writer saw: that is how it is brought together.
    for (const one of this.form.elements) {
      if (one.name in draft.versions) one.value = draft.versions[one.name];
    }
    this.versions = { ...this.versions, ...draft.versions };
    this.keep();
    return restored;
  }

  addRow(prefix) {
    const total = this.form.elements[`${prefix}-TOTAL_FORMS`];
    const button = document.querySelector(`#${CSS.escape(prefix)}-group .add-row a`);
    if (!total || !button) return null;
    const at = total.value;
    button.closest("details")?.setAttribute("open", "");
    button.click();
    return total.value === at ? null : at;
  }

  set(name, field) {
    const controls = [...this.form.elements].filter(
      (one) => one.name === name && !["hidden", "password", "file"].includes(one.type),
    );
    controls.forEach((one) => {
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
    return controls;
  }

  // The server shows what was sent, with the reason why it is not saved: that is the draft, and it stays one.
  takeOver(once) {
    const key = this.start + once;
    const sent = own().find((one) => one.key === key);
    if (!sent?.draft?.fields) return;
    this.names = new Set(Object.keys(sent.draft.fields));
    // Where somebody else saved meanwhile, closed without a choice: the question has to come again.
    this.versions = { ...this.versions, ...sent.draft.versions };
    this.keep();
    localStorage.removeItem(key);
  }

  // Says in the page's own words, to screen readers too, what happened.
  say(name, fill = {}) {
    const words = document.getElementById("draft-words").content.querySelector(`[data-say=${name}]`).cloneNode(true);
    for (const [part, text] of Object.entries(fill)) words.querySelector(`[data-fill=${part}]`).textContent = text;
    document.getElementById("draft-said").replaceChildren(words);
  }

  offer() {
    document.getElementById("draft-offered")?.remove();
    let draft, missing, key;
    for (const one of this.drafts()) {
      ({ key, draft } = one);
      missing = this.missing(draft);
      if (missing.length) break;
      localStorage.removeItem(key);
    }
    if (!missing?.length) return false;
    const offer = document.getElementById("draft-offer").content.cloneNode(true).firstElementChild;
    offer.querySelector("[data-fill=at]").textContent = new Date(draft.at).toLocaleString(
      document.documentElement.lang || undefined,
    );
    offer.querySelector("[data-if=changed]").hidden = !this.isChanged(draft);
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
      const restored = this.restore(draft);
      localStorage.removeItem(key);
      this.say("restored", { count: String(missing.length) });
      this.goOn(restored);
    });
    offer.querySelector("[data-do=discard]").addEventListener("click", () => {
      localStorage.removeItem(key);
      this.say("discarded");
      this.goOn(this.controls());
    });
    document.getElementById("draft-said").before(offer);
    return true;
  }

  // The next draft of this page if there is one; else the form, where the keyboard goes on.
  goOn(controls) {
    if (this.offer()) {
      document.querySelector("#draft-offered h2").focus();
      return;
    }
    const isThere = (one) => one.offsetParent !== null && !one.classList.contains("select2-hidden-accessible");
    (controls.find(isThere) ?? this.controls().find(isThere))?.focus();
  }
}

function start() {
  const about = document.getElementById("keeps");
  const form = about?.closest("form");
  const kept = form && person ? new Form(form, about) : null;
  forgetAtSignOut(kept);
  forgetSaved();
  sweep();
  if (!kept) return;
  if (about.dataset.sent) kept.takeOver(about.dataset.sent);
  else if (kept.offer()) kept.say("offered");
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
