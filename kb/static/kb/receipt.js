// The reader's receipt: this browser keeps what the page said, and on return lists what has changed since. Nothing of it
// leaves the browser, and without this script, or without storage, the page lacks nothing but that list.

const STORED = "kb-read:";
const SWITCH = "kb-reading-is-not-remembered";
// The least recently seen pages are forgotten first.
const PAGES = 80;
const SHOWN = 12;
// With the digits of the page: browsers would write some languages with others.
const LANGUAGE = `${document.documentElement.lang}-u-nu-latn`;
// Words in common, of all words of two sentences, from which they count as one that was changed.
const ALIKE = 0.4;

const receipt = JSON.parse(document.getElementById("receipt-data").textContent);
const box = document.getElementById("receipt");
const note = document.getElementById("remembering");

// --- what the page says

const INVISIBLE = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;
const plain = (text) => text.replace(INVISIBLE, "").replace(/\s+/g, " ").trim();
const cutter = "Segmenter" in Intl ? new Intl.Segmenter(LANGUAGE, { granularity: "sentence" }) : null;

function sentencesOfPage() {
  const found = [];
  for (const block of document.querySelectorAll(".text > *")) {
    const words = block.cloneNode(true);
    for (const ours of words.querySelectorAll("a.badge, a.ref")) {
      // The space before a badge is ours as well.
      if (ours.previousSibling?.data === " ") ours.previousSibling.remove();
      ours.remove();
    }
    const text = plain(words.textContent);
    const pieces = cutter ? Array.from(cutter.segment(text), (piece) => piece.segment.trim()) : [text];
    for (const piece of pieces) if (piece) found.push({ text: piece, block });
  }
  return found;
}

// --- what changed

function changesSince(seen, now, sentences) {
  const changes = [];
  for (const [address, claim] of Object.entries(now.claims)) {
    const before = seen.claims[address];
    const row = { address, claim: claim.claim, before: before?.said, after: claim.said };
    if (!before) changes.push({ kind: "claim", ...row });
    else if (before.said !== claim.said) changes.push({ kind: "verdict", ...row });
    else if (before.as_of !== claim.as_of) changes.push({ kind: "again", ...row });
  }
  for (const [address, claim] of Object.entries(seen.claims)) {
    if (!(address in now.claims)) changes.push({ kind: "gone", address, claim: claim.claim });
  }
  for (const [address, entry] of Object.entries(now.corrections)) {
    if (!(address in seen.corrections) && entry.made_at > seen.at) changes.push({ kind: "correction", address, claim: entry.kind });
  }
  return [...changes, ...sentenceChanges(seen.sentences, sentences)];
}

function sentenceChanges(seen, sentences) {
  const was = new Set(seen);
  const is = new Set(sentences.map((one) => one.text));
  const gone = seen.filter((text) => !is.has(text));
  const changes = [];
  for (const one of sentences.filter(({ text }) => !was.has(text))) {
    const likeness = gone.map((text) => likenessOf(text, one.text));
    const best = likeness.indexOf(Math.max(...likeness));
    const isSame = best >= 0 && likeness[best] >= ALIKE;
    changes.push({ kind: isSame ? "sentence" : "added", after: one.text, block: one.block, before: isSame ? gone.splice(best, 1)[0] : "" });
  }
  return [...changes, ...gone.map((text) => ({ kind: "removed", before: text }))];
}

function likenessOf(one, other) {
  const [first, second] = [one, other].map((text) => new Set(text.toLowerCase().split(/\s+/)));
  const common = [...first].filter((word) => second.has(word)).length;
  return common / (first.size + second.size - common);
}

// --- what the reader sees of it

function show(changes, at) {
  const patterns = document.getElementById("receipt-words").content;
  const list = box.querySelector("ul");
  list.replaceChildren();
  for (const [number, change] of changes.slice(0, SHOWN).entries()) {
    const row = patterns.querySelector(`[data-kind="${change.kind}"]`).cloneNode(true);
    for (const place of row.querySelectorAll("[data-put]")) {
      place.textContent = change[place.dataset.put] ?? "";
      if (place.localName === "a") place.href = addressOf(change, number);
    }
    list.append(row);
  }
  const rest = changes.length - SHOWN;
  if (rest > 0) list.append(Object.assign(document.createElement("li"), { textContent: `+ ${rest.toLocaleString(LANGUAGE)}` }));
  const time = box.querySelector("time");
  time.dateTime = at;
  time.textContent = new Date(at).toLocaleString(LANGUAGE, { dateStyle: "long", timeStyle: "short" });
  box.hidden = false;
}

function addressOf(change, number) {
  if (!change.block) return change.address;
  change.block.id ||= `changed-${number}`;
  return `#${change.block.id}`;
}

// --- what the browser keeps

const isOff = () => localStorage.getItem(SWITCH) !== null;
const remembered = () => Object.keys(localStorage).filter((key) => key.startsWith(STORED));

function read(key) {
  try {
    const seen = JSON.parse(localStorage.getItem(key));
    return seen && seen.at && seen.claims && seen.corrections && Array.isArray(seen.sentences) ? seen : null;
  } catch {
    return null;
  }
}

function keep(key, sentences) {
  const value = { at: new Date().toISOString(), claims: receipt.claims, corrections: receipt.corrections, sentences: sentences.map((one) => one.text) };
  const byAge = remembered().filter((one) => one !== key).sort((one, other) => ((read(one)?.at ?? "") < (read(other)?.at ?? "") ? -1 : 1));
  while (byAge.length >= PAGES) localStorage.removeItem(byAge.shift());
  for (;;) {
    try {
      return localStorage.setItem(key, JSON.stringify(value));
    } catch (full) {
      if (!byAge.length) throw full;
      localStorage.removeItem(byAge.shift());
    }
  }
}

function begin() {
  // A preview of the desk is not what readers see, and is not kept.
  if (decodeURI(location.pathname) !== decodeURI(receipt.address)) return;
  const key = STORED + receipt.address;
  const sentences = sentencesOfPage();
  const remember = () => {
    if (isOff()) return;
    const seen = read(key);
    const changes = seen ? changesSince(seen, receipt, sentences) : [];
    // What changed stays listed until the reader says that it was seen.
    if (changes.length) show(changes, seen.at);
    else keep(key, sentences);
  };
  const tell = () => {
    note.hidden = false;
    for (const part of note.querySelectorAll("[data-when]")) part.hidden = (part.dataset.when === "off") !== isOff();
  };
  box.querySelector("button").addEventListener("click", () => {
    keep(key, sentences);
    box.hidden = true;
    document.getElementById("content").focus();
  });
  note.querySelector("[data-when=on] button").addEventListener("click", () => {
    for (const page of remembered()) localStorage.removeItem(page);
    localStorage.setItem(SWITCH, "");
    box.hidden = true;
    tell();
    note.querySelector("[data-when=off] button").focus();
  });
  note.querySelector("[data-when=off] button").addEventListener("click", () => {
    localStorage.removeItem(SWITCH);
    remember();
    tell();
    note.querySelector("[data-when=on] button").focus();
  });
  remember();
  tell();
}

try {
  begin();
} catch {
  // No storage, or none left: the page stays as it is.
  box.hidden = true;
}
