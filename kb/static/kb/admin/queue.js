// Keys for the resolver queue, and decisions without leaving the page. Without this module the page is a plain form.
const SWITCH = "kb-queue-keys";
let busy = false;
const waiting = [];

const form = () => document.getElementById("queue");
const rows = () => [...document.querySelectorAll(".resolve")];

function current() {
    return document.activeElement.closest(".resolve") || document.querySelector(".resolve.is-current");
}

function go(row) {
    if (!row) {
        return;
    }
    document.querySelectorAll(".resolve.is-current").forEach((one) => one.classList.remove("is-current"));
    row.classList.add("is-current");
    row.focus({preventScroll: true});
    row.scrollIntoView({block: "nearest"});
}

function step(by) {
    const all = rows();
    const place = all.indexOf(current());
    go(place < 0 ? all[by > 0 ? 0 : all.length - 1] : all[place + by]);
}

const CHOICE = /^[0-9]$/;

function pressed(key) {
    if (key === "j" || key === "k") {
        step(key === "j" ? 1 : -1);
        return true;
    }
    const inside = key === "u" ? document.querySelector(".messagelist") : current();
    const target = inside && inside.querySelector(`[aria-keyshortcuts="${key}"]`);
    if (!target) {
        return false;
    }
    if (key === "s") {
        target.focus();
    } else {
        target.click();
        if (CHOICE.test(key)) {
            inside.querySelector('[aria-keyshortcuts="s"]').value = "";
        }
    }
    return true;
}

function work() {
    while (waiting.length && !busy) {
        pressed(waiting.shift());
    }
}

document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select");
    if (event.key === "Escape" && typing && typing.closest(".resolve")) {
        go(typing.closest(".resolve"));
        return;
    }
    const isOff = document.getElementById("keys-on") && !document.getElementById("keys-on").checked;
    if (typing || isOff || event.ctrlKey || event.altKey || event.metaKey || !/^[a-z0-9]$/.test(event.key)) {
        return;
    }
    if (busy) {
        waiting.push(event.key);
        event.preventDefault();
    } else if (pressed(event.key)) {
        event.preventDefault();
    }
});

document.addEventListener("focusin", (event) => {
    const row = event.target.closest(".resolve");
    if (row) {
        document.querySelectorAll(".resolve.is-current").forEach((one) => one.classList.toggle("is-current", one === row));
        row.classList.add("is-current");
    }
});

// A decision is posted as the form would be; the answer takes the place of the page.
document.addEventListener("submit", async (event) => {
    if (event.target !== form() || !event.submitter) {
        return;
    }
    event.preventDefault();
    if (busy) {
        return;
    }
    busy = true;
    form().setAttribute("aria-busy", "true");
    const [target] = event.submitter.value.split(":");
    const all = rows();
    const place = all.findIndex((row) => row.id === `citation-${target}`);
    const behind = all.slice(place + 1).map((row) => row.id);
    const typed = new Map([...form().elements].filter((one) => one.name && one.type !== "hidden").map((one) => [key(one), state(one)]));
    try {
        const answer = await fetch(location.href, {
            method: "POST", body: new FormData(form(), event.submitter), headers: {Accept: "text/html"},
        });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (!answer.ok || !page.getElementById("queue")) {
            throw new Error(answer.status);
        }
        replace(page, typed, place >= 0 ? [`citation-${target}`, ...behind] : []);
    } catch {
        // Whatever went wrong, the browser shows it.
        const button = Object.assign(document.createElement("input"), {type: "hidden", name: event.submitter.name, value: event.submitter.value});
        form().append(button);
        form().submit();
        return;
    }
    busy = false;
    work();
});

const key = (field) => `${field.name}=${field.type === "radio" || field.type === "checkbox" || field.type === "submit" ? field.value : ""}`;
const state = (field) => (field.type === "radio" || field.type === "checkbox" ? field.checked : field.value);

function replace(page, typed, order) {
    const list = page.querySelector(".messagelist");
    document.querySelectorAll(".messagelist").forEach((old) => old.remove());
    document.getElementById("content-main").replaceWith(page.getElementById("content-main"));
    if (list) {
        document.getElementById("main").querySelector(".content").prepend(list);
        document.getElementById("queue-said").textContent = list.textContent.trim().replace(/\s+/g, " ");
    }
    for (const field of form().elements) {
        if (field.name && field.type !== "hidden" && field.type !== "submit" && typed.has(key(field))) {
            if (field.type === "radio" || field.type === "checkbox") {
                field.checked = typed.get(key(field));
            } else {
                field.value = typed.get(key(field));
            }
        }
    }
    ready();
    const next = order.map((id) => document.getElementById(id)).find(Boolean) || rows()[0];
    if (next) {
        go(next);
    } else {
        document.getElementById("content-main").querySelector("a").focus();
    }
}

// Names of sources are offered while one types; any name of the register may be typed in full as well.
let asked = 0;
document.addEventListener("input", async (event) => {
    const field = event.target.closest(".resolve .other input");
    if (!field) {
        return;
    }
    const mine = ++asked;
    await new Promise((done) => setTimeout(done, 200));
    if (mine !== asked || field.value.trim().length < 2) {
        return;
    }
    const answer = await fetch(`${form().dataset.names}&term=${encodeURIComponent(field.value)}`);
    if (!answer.ok || mine !== asked) {
        return;
    }
    const found = (await answer.json()).results;
    let list = document.getElementById("source-names");
    if (!list) {
        list = Object.assign(document.createElement("datalist"), {id: "source-names"});
        document.body.append(list);
    }
    list.replaceChildren(...found.map((one) => Object.assign(document.createElement("option"), {value: one.text})));
    field.setAttribute("list", list.id);
});

function ready() {
    const box = document.getElementById("keys-on");
    if (!box) {
        return;
    }
    box.closest("label").hidden = false;
    box.checked = localStorage.getItem(SWITCH) !== "off";
    box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
}

ready();
go(location.hash && document.querySelector(`.resolve${CSS.escape(location.hash).replace("\\#", "#")}`));
