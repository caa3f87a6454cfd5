// The reading view without leaving the page: a bar on selected words, a caret for the keyboard, keys, and drafts that
// survive a closed tab. Without this module the page is made of plain forms that do the same.

const reading = () => document.getElementById("reading");
const words = () => document.getElementById("words");
const bar = () => document.getElementById("bar");
const compose = () => document.getElementById("compose");
const said = document.getElementById("reading-said");
const { wordsOf, rangeOf, textOf, unitsBefore, pointAt } = await import(reading().dataset.offsets);

const WIDE = matchMedia("(min-width: 768px)");
const SWITCH = "kb-reading-keys";
const mayMake = () => [...bar().querySelectorAll("[data-new]")];
const say = (text) => {
  said.textContent = "";
  // A live region is read out when it changes.
  requestAnimationFrame(() => (said.textContent = text));
};

// --- the selected words

let chosen = null;
let isDragging = false;
let later = 0;

function readSelection() {
  const selection = getSelection();
  const range = selection.rangeCount ? selection.getRangeAt(0) : null;
  chosen = words().contains(selection.anchorNode) || words().contains(selection.focusNode) ? wordsOf(words(), range) : null;
  return range;
}

function showBar() {
  if (compose()?.contains(document.activeElement)) return;
  const range = readSelection();
  words().classList.toggle("is-selecting", Boolean(chosen));
  const isShown = Boolean(chosen) && mayMake().length > 0;
  bar().hidden = !isShown;
  if (!isShown) return;
  bar().style.insetBlockStart = bar().style.left = "";
  if (WIDE.matches) {
    const rects = range.getClientRects();
    const last = rects.length ? rects[rects.length - 1] : range.getBoundingClientRect();
    const frame = reading().getBoundingClientRect();
    const furthest = frame.width - bar().offsetWidth;
    bar().style.insetBlockStart = `${last.bottom - frame.top + 8}px`;
    bar().style.left = `${Math.max(0, Math.min(last.left - frame.left, furthest))}px`;
  }
  if (!caret.isOn) say(`${said.dataset.selected} ${chosen.exact.slice(0, 200)}. ${said.dataset.keys}`);
}

document.addEventListener("selectstart", (event) => {
  if (words().contains(event.target)) words().classList.add("is-selecting");
});
document.addEventListener("pointerdown", (event) => {
  isDragging = event.pointerType === "mouse" && words().contains(event.target);
});
document.addEventListener("pointerup", () => {
  isDragging = false;
  clearTimeout(later);
  later = setTimeout(showBar, 10);
});
document.addEventListener("selectionchange", () => {
  clearTimeout(later);
  if (!isDragging) later = setTimeout(showBar, 120);
});

// The words stay visible while one types elsewhere.
function keepVisible(start, end) {
  const range = rangeOf(words(), start, end);
  if (range && globalThis.CSS?.highlights) CSS.highlights.set("chosen", new Highlight(range));
}
const forgetVisible = () => globalThis.CSS?.highlights?.delete("chosen");

// --- a new card

const secret = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
const token = () => document.querySelector("#acts [name=csrfmiddlewaretoken]").value;
const place = ({ exact, start, prefix, suffix }) => ({ exact, start, prefix, suffix, revision: reading().dataset.revision });

async function begin(kind, fields = {}) {
  if (!fields.exact) readSelection();
  const what = fields.exact ? fields : chosen && place(chosen);
  if (!what || reading().hasAttribute("aria-busy")) return;
  let form;
  if (kind === "note") {
    form = document.getElementById("new-note").content.cloneNode(true).firstElementChild;
    for (const name of ["exact", "start", "prefix", "suffix", "revision"]) form.elements[name].value = what[name] ?? "";
    form.elements._once.value = secret();
    form.querySelector("blockquote").textContent = what.exact;
  } else {
    const body = new URLSearchParams({ ...what, csrfmiddlewaretoken: token(), _new: kind, part: "1" });
    const page = await ask(body);
    form = page?.getElementById("compose");
    if (!form) return fail();
  }
  show(form, Number(what.start));
  for (const [name, value] of Object.entries(fields)) fill(form, name, value);
  focusFirst(form);
}

function fill(form, name, value) {
  if (["exact", "start", "prefix", "suffix", "revision"].includes(name)) return;
  for (const field of [...form.elements].filter((one) => one.name === name)) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = [].concat(value).includes(field.value);
    else field.value = value;
  }
}

function show(form, start) {
  leave();
  const blocks = [...words().querySelectorAll(".words")];
  const block = blocks.findLast((one) => Number(one.dataset.start) <= start) ?? blocks[0];
  const spread = block.closest(".spread");
  let margin = spread.querySelector(".margin");
  if (!margin) {
    margin = Object.assign(document.createElement("div"), { className: "margin", dir: document.documentElement.dir });
    spread.append(margin);
  }
  margin.prepend(form);
  ready(form);
  bar().hidden = true;
  const end = start + [...(form.elements.exact?.value ?? "")].length;
  keepVisible(start, end);
  form.scrollIntoView({ block: "nearest" });
}

function focusFirst(form) {
  const kind = form.dataset.kind;
  const target =
    kind === "evidence"
      ? form.querySelector("[name=_save], [data-do=copy]")
      : (form.querySelector("input:checked") ?? form.querySelector("textarea, input:not([type=hidden]), select"));
  (target ?? form.querySelector("button"))?.focus();
}

function leave() {
  compose()?.remove();
  document.querySelector("mark.chosen")?.classList.remove("chosen");
  forgetVisible();
}

function ready(form) {
  form.querySelectorAll("[data-do=copy]").forEach((one) => (one.hidden = false));
}

// --- talking with the server

async function ask(body) {
  reading().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(location.pathname + location.search, { method: "POST", body, headers: { Accept: "text/html" } });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null;
  } finally {
    reading().removeAttribute("aria-busy");
  }
}

function fail() {
  const list = Object.assign(document.createElement("ul"), { className: "errorlist" });
  list.setAttribute("role", "alert");
  list.append(Object.assign(document.createElement("li"), { textContent: said.dataset.failed }));
  const form = compose() ?? reading();
  form.querySelector(":scope > .errorlist[role=alert]")?.remove();
  form.prepend(list);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method !== "post" || !reading().contains(form)) return;
  event.preventDefault();
  if (reading().hasAttribute("aria-busy")) return;
  const button = event.submitter ?? form.querySelector("[name=_save]");
  const page = await ask(new FormData(form, button));
  if (page === null) return fail();
  if (!page.getElementById("reading")) {
    // Signed out, or worse: the browser shows what the server says, and the server keeps what was sent.
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    HTMLFormElement.prototype.submit.call(form);
    return;
  }
  replace(page, button);
});

function replace(page, button) {
  const opened = [...document.querySelectorAll(".card details[open]")].map((one) => one.closest(".card").id);
  const wasOn = caret.isOn;
  const at = caret.state;
  const isSaving = button.name === "_save";
  const replied = button.closest(".answer");
  if (replied && page.querySelector(".messagelist .success")) draft.forget(draft.replyKey(replied));
  const isReplying = [...document.querySelectorAll(".answer")].some((one) => one !== replied && one.querySelector("textarea").value.trim());
  // A card that is being written stays, whatever is done beside it.
  const begun = !isSaving && compose();
  const once = compose()?.elements._once?.value;
  document.querySelectorAll(".messagelist").forEach((one) => one.remove());
  const list = page.querySelector(".messagelist");
  reading().replaceWith(page.getElementById("reading"));
  if (list) {
    reading().prepend(list);
    say(list.textContent.trim().replace(/\s+/g, " "));
  }
  forgetVisible();
  for (const id of opened) document.getElementById(id)?.querySelector("details")?.setAttribute("open", "");
  start();
  if (wasOn) caret.turn(true, at);
  if (compose()) {
    compose().scrollIntoView({ block: "nearest" });
    (compose().querySelector(".errorlist + *, .errorlist") ?? compose()).closest(".field")?.querySelector("input, textarea, select")?.focus();
    return;
  }
  if (document.querySelector(".quote[open] .errorlist")) {
    draft.offer();
    document.querySelector(".quote").scrollIntoView({ block: "nearest" });
    document.getElementById("quote-exact").focus({ preventScroll: true });
    return;
  }
  if (isSaving && once) draft.forget(draft.start + once);
  // What is written elsewhere on the page is offered again.
  if (isReplying) draft.offer();
  if (begun) show(begun, Number(begun.elements.start.value));
  const last = reading().dataset.last;
  const target = button.name === "_act" ? `card-${button.value.split(":")[1]}` : isSaving && last && `card-${last}`;
  const card = target && document.getElementById(target);
  if (card) go(card);
  else if (button.name !== "_undo") (wasOn ? words() : reading()).focus({ preventScroll: true });
  else reading().focus({ preventScroll: true });
}

// --- from card to card

const openCards = () => [...document.querySelectorAll(".card.is-open")];
const current = () => document.activeElement.closest?.(".card") ?? document.querySelector(".card.is-current");

function go(card) {
  document.querySelectorAll(".card.is-current, mark.is-shown").forEach((one) => one.classList.remove("is-current", "is-shown"));
  card.classList.add("is-current");
  card.querySelector("details")?.setAttribute("open", "");
  document.getElementById(card.id.replace(/^card-/, "words-"))?.classList.add("is-shown");
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = openCards();
  if (!all.length) return;
  const here = current();
  if (!here) return go(all[by > 0 ? 0 : all.length - 1]);
  const follows = (one) => here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  const next = by > 0 ? all.find((one) => one !== here && follows(one)) : all.findLast((one) => one !== here && !follows(one));
  if (next) go(next);
}

function toWords(card) {
  const mark = document.getElementById(card.id.replace(/^card-/, "words-"));
  if (!mark) return;
  document.querySelectorAll("mark.is-shown").forEach((one) => one.classList.remove("is-shown"));
  mark.classList.add("is-shown");
  mark.scrollIntoView({ block: "center" });
  mark.querySelector("a")?.focus({ preventScroll: true });
  if (caret.isOn) caret.toMark(mark);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (link && reading().contains(link)) {
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    if (target.matches(".card, .reply")) go(target.closest(".card"));
    else toWords(link.closest(".card"));
    return;
  }
  const mark = event.target.closest(".words mark");
  if (mark && !event.target.closest("a, button") && getSelection().isCollapsed && !caret.isOn) {
    const card = document.getElementById((mark.id || mark.dataset.of || "").replace(/^words-/, "card-"));
    if (card) go(card);
    return;
  }
  const button = event.target.closest("[data-do], [data-new]");
  if (!button || !reading().contains(button)) return;
  if (button.dataset.new) begin(button.dataset.new);
  else if (button.dataset.do === "leave") (event.preventDefault(), draft.forget(), leave(), words().focus({ preventScroll: true }));
  else if (button.dataset.do === "copy") copy(button);
  else if (button.dataset.do === "reply") (event.preventDefault(), answer(button));
});
// The bar does not take the selection away.
document.addEventListener("pointerdown", (event) => {
  if (event.target.closest("#bar")) event.preventDefault();
});

async function copy(button) {
  const area = document.getElementById("copied");
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
  } catch {
    document.execCommand("copy");
  }
  say(button.textContent);
}

function answer(link) {
  const box = document.getElementById("new-reply").content.cloneNode(true).firstElementChild;
  box.querySelector("button").value = link.dataset.value;
  link.closest(".does").before(box);
  link.remove();
  const area = box.querySelector("textarea");
  area.focus();
  return area;
}

// --- keys

const keysAreOn = () => document.getElementById("keys-on")?.checked ?? true;

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && typing) {
    const send = event.target.closest(".compose")?.querySelector("[name=_save]") ?? event.target.closest(".answer")?.querySelector("button");
    if (send) (event.preventDefault(), send.click());
    return;
  }
  if (event.key === "Escape") {
    if (compose()) {
      const { start } = Object.fromEntries(new FormData(compose()));
      draft.forget();
      leave();
      (caret.isOn || start ? words() : reading()).focus({ preventScroll: true });
    } else if (caret.isOn) caret.turn(false);
    else getSelection().removeAllRanges();
    return;
  }
  if (typing || !(reading().contains(event.target) || event.target === document.body)) return;
  if (caret.isOn && caret.pressed(event)) return event.preventDefault();
  if (!keysAreOn() || event.ctrlKey || event.altKey || event.metaKey || !/^[a-z]$/.test(event.key)) return;
  if (key(event.key)) event.preventDefault();
});

function key(letter) {
  if (letter === "j" || letter === "k") return step(letter === "j" ? 1 : -1), true;
  if (letter === "v") return caret.turn(!caret.isOn), true;
  if (letter === "t" && current()) return toWords(current()), true;
  const make = mayMake().find((one) => one.getAttribute("aria-keyshortcuts") === letter);
  if (make) {
    readSelection();
    if (!chosen) return false;
    begin(make.dataset.new);
    return true;
  }
  const scope = letter === "u" ? reading() : current();
  const target = scope?.querySelector(`[aria-keyshortcuts="${letter}"]`);
  if (!target) return false;
  target.click();
  return true;
}

// --- selecting by the keyboard alone

class Caret {
  isOn = false;
  // Block and UTF-16 offset of the ends of the selection.
  anchor = null;
  focus = null;

  blocks = () => [...words().querySelectorAll(".words[data-start]")].filter((one) => textOf(one));
  get state() {
    return this.focus && { at: Number(this.focus.block.dataset.start), offset: this.focus.offset };
  }

  turn(on, at = null) {
    this.isOn = on;
    const toggle = document.getElementById("caret-switch");
    toggle.setAttribute("aria-pressed", String(on));
    if (!on) {
      words().setAttribute("role", "group");
      document.getElementById("caret").hidden = true;
      say(said.dataset.caretOff);
      toggle.focus({ preventScroll: true });
      return;
    }
    words().setAttribute("role", "application");
    this.anchor = this.focus = (at && this.placeAt(at)) ?? this.fromSelection() ?? this.firstVisible();
    words().focus({ preventScroll: true });
    if (this.focus) this.show();
    if (!at) say(said.dataset.caretOn);
  }

  placeAt({ at, offset }) {
    const block = this.blocks().find((one) => Number(one.dataset.start) === at);
    return block && { block, offset: Math.min(offset, textOf(block).length) };
  }

  fromSelection() {
    const { focusNode, focusOffset } = getSelection();
    const block = this.blocks().find((one) => one.contains(focusNode));
    return block && { block, offset: unitsBefore(block, focusNode, focusOffset) };
  }

  firstVisible() {
    const blocks = this.blocks();
    const block = blocks.find((one) => one.getBoundingClientRect().bottom > 40) ?? blocks[0];
    return block && { block, offset: 0 };
  }

  toMark(mark) {
    const block = mark.closest(".words");
    this.anchor = this.focus = { block, offset: unitsBefore(block, mark, 0) };
    words().focus({ preventScroll: true });
    this.show();
  }

  pressed(event) {
    const arrow = /^Arrow(Left|Right|Up|Down)$/.exec(event.key)?.[1];
    if (!this.focus || (!arrow && event.key !== "Home" && event.key !== "End")) return false;
    const isWide = event.ctrlKey || event.altKey || event.metaKey;
    let moved;
    if (!arrow) moved = { block: this.focus.block, offset: event.key === "Home" ? 0 : textOf(this.focus.block).length };
    else if (arrow === "Up" || arrow === "Down") moved = isWide ? this.block(arrow === "Down", event.shiftKey) : this.sentence(arrow === "Down", event.shiftKey);
    else {
      const isForward = (arrow === "Right") === (this.direction() === "ltr");
      moved = isWide ? this.word(isForward) : this.letter(isForward);
    }
    const before = this.focus;
    this.focus = moved ?? this.focus;
    if (!event.shiftKey) this.anchor = this.focus;
    this.show();
    this.tell(before);
    return true;
  }

  direction() {
    const [node] = pointAt(this.focus.block, this.focus.offset);
    return getComputedStyle(node.parentElement ?? this.focus.block).direction;
  }

  segments(granularity, block = this.focus.block) {
    return new Intl.Segmenter(block.lang || document.documentElement.lang, { granularity }).segment(textOf(block));
  }

  beside(isForward, atEnd = !isForward) {
    const blocks = this.blocks();
    const block = blocks[blocks.indexOf(this.focus.block) + (isForward ? 1 : -1)];
    return block && { block, offset: atEnd ? textOf(block).length : 0 };
  }

  letter(isForward) {
    const { block, offset } = this.focus;
    const found = this.segments("grapheme").containing(isForward ? offset : offset - 1);
    if (!found) return this.beside(isForward);
    return { block, offset: isForward ? found.index + found.segment.length : found.index };
  }

  word(isForward) {
    const { block } = this.focus;
    const segments = this.segments("word");
    let { offset } = this.focus;
    for (;;) {
      const found = segments.containing(isForward ? offset : offset - 1);
      if (!found) return offset === this.focus.offset ? this.beside(isForward) : { block, offset };
      offset = isForward ? found.index + found.segment.length : found.index;
      if (found.isWordLike) return { block, offset };
    }
  }

  sentence(isForward, isSelecting) {
    const { block, offset } = this.focus;
    const segments = this.segments("sentence");
    const here = segments.containing(isForward ? offset : offset - 1);
    if (!here) return this.beside(isForward, isSelecting && isForward);
    if (!isForward) return { block, offset: here.index };
    const end = here.index + here.segment.length;
    if (!isSelecting) return end < textOf(block).length ? { block, offset: end } : (this.beside(true) ?? { block, offset: end });
    const trimmed = here.index + here.segment.trimEnd().length;
    if (offset < trimmed) return { block, offset: trimmed };
    const next = segments.containing(end);
    if (!next) return this.beside(true, true);
    return { block, offset: next.index + next.segment.trimEnd().length };
  }

  block(isForward, isSelecting) {
    const { block, offset } = this.focus;
    if (isForward && isSelecting && offset < textOf(block).length) return { block, offset: textOf(block).length };
    if (!isForward && offset > 0) return { block, offset: 0 };
    return this.beside(isForward, isForward && isSelecting);
  }

  show() {
    const [node, offset] = pointAt(this.focus.block, this.focus.offset);
    getSelection().setBaseAndExtent(...pointAt(this.anchor.block, this.anchor.offset), node, offset);
    const range = document.createRange();
    const isLast = node.nodeType !== Node.TEXT_NODE || offset >= node.length;
    if (node.nodeType === Node.TEXT_NODE) {
      range.setStart(node, isLast ? Math.max(0, offset - 1) : offset);
      range.setEnd(node, isLast ? offset : offset + 1);
    } else range.selectNodeContents(node);
    const rect = range.getClientRects()[0] ?? this.focus.block.getBoundingClientRect();
    const isRight = (this.direction() === "rtl") !== isLast;
    const frame = reading().getBoundingClientRect();
    const sign = document.getElementById("caret");
    sign.hidden = false;
    sign.style.top = `${rect.top - frame.top}px`;
    sign.style.left = `${(isRight ? rect.right : rect.left) - frame.left - 1}px`;
    sign.style.height = `${rect.height}px`;
    sign.scrollIntoView({ block: "nearest" });
  }

  tell(before) {
    const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
    const found = wordsOf(words(), range);
    if (found) return say(`${said.dataset.selected} ${found.exact.slice(-200)}`);
    if (before.block === this.focus.block && Math.abs(before.offset - this.focus.offset) < 3) {
      say(textOf(this.focus.block).slice(...[before.offset, this.focus.offset].sort((one, other) => one - other)));
    } else say(textOf(this.focus.block).slice(this.focus.offset, this.focus.offset + 120));
  }
}

const caret = new Caret();

document.addEventListener("pointerup", (event) => {
  if (caret.isOn && words().contains(event.target)) {
    const at = caret.fromSelection();
    if (at && getSelection().isCollapsed) (caret.anchor = caret.focus = at), caret.show();
    else if (at) caret.focus = at;
  }
});

// --- a card that was begun survives a closed tab: kept as drafts.js keeps forms, which forgets what was saved, sweeps old
// ones, and empties it all at sign-out

const opened = Date.now();
const person = document.querySelector("meta[name=kb-person]")?.content ?? "";

const draft = {
  start: `kb-draft:${person}:${location.pathname}?#`,
  isSignedOut: () => Number(localStorage.getItem(`kb-signed-out:${person}`)) >= opened,
  keep() {
    const form = compose();
    const once = form?.elements._once?.value;
    if (!once) return;
    const fields = Object.fromEntries([...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "_once"].includes(name)));
    const kept = { at: new Date().toISOString(), once, versions: {}, rows: {}, compose: { kind: form.dataset.kind, fields } };
    try {
      if (!this.isSignedOut()) localStorage.setItem(this.start + once, JSON.stringify(kept));
    } catch {
      // A browser that keeps nothing, or no more: the page works without.
    }
  },
  // A reply is kept by the note that it answers.
  replyKey: (box) => `${draft.start}reply-${box.querySelector("button").value.split(":")[1]}`,
  keepReply(box) {
    const body = box.querySelector("textarea").value;
    if (!body.trim()) return this.forget(this.replyKey(box));
    const fields = { card: box.closest(".card").id, body };
    const kept = { at: new Date().toISOString(), once: "", versions: {}, rows: {}, compose: { kind: "reply", fields } };
    try {
      if (!this.isSignedOut()) localStorage.setItem(this.replyKey(box), JSON.stringify(kept));
    } catch {
      // As above.
    }
  },
  // The newest one, with the key under which it is kept.
  read() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.start));
      const found = keys.map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) })).filter((one) => one.compose);
      return found.sort((one, other) => other.at.localeCompare(one.at))[0] ?? null;
    } catch {
      return null;
    }
  },
  forget(key = this.start + (compose()?.elements._once?.value ?? "")) {
    try {
      localStorage.removeItem(key);
    } catch {
      // As above.
    }
  },
  offer() {
    const found = this.read();
    const offer = document.getElementById("draft-offer")?.content.cloneNode(true).firstElementChild;
    if (!found || !offer || compose()) return;
    const { kind, fields } = found.compose;
    offer.querySelector("blockquote").textContent = fields.exact ?? "";
    offer.querySelector(".typed").textContent = fields.body ?? fields.text ?? fields.summary ?? "";
    offer.querySelector("[data-do=restore]").addEventListener("click", async () => {
      offer.remove();
      if (kind === "reply") {
        const link = document.getElementById(fields.card)?.querySelector("[data-do=reply]");
        if (!link) return;
        go(link.closest(".card"));
        answer(link).value = fields.body;
        return;
      }
      await begin(kind, fields);
      if (!compose()) return;
      this.keep();
      this.forget(found.key);
    });
    offer.querySelector("[data-do=discard]").addEventListener("click", () => {
      offer.remove();
      this.forget(found.key);
      this.offer();
    });
    words().before(offer);
  },
};
document.addEventListener("input", (event) => {
  if (event.target.closest("#compose")) draft.keep();
  const box = event.target.closest("#reading .answer");
  if (box) draft.keepReply(box);
});

// --- each time the page, or what replaced it, is there

function start() {
  document.getElementById("caret-switch").hidden = false;
  document.getElementById("caret-switch").addEventListener("click", () => caret.turn(!caret.isOn));
  words().tabIndex = 0;
  const keys = document.querySelector("#reading .keys");
  const box = document.getElementById("keys-on");
  if (box) {
    keys.hidden = false;
    box.checked = localStorage.getItem(SWITCH) !== "off";
    box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
  }
  if (compose()) ready(compose());
}

start();
draft.offer();
const target = location.hash && document.getElementById(location.hash.slice(1));
if (target?.closest?.(".card")) go(target.closest(".card"));
