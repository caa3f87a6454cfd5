// Keys for the tray of lost marks. Without this module every button is a plain form button.
const SWITCH = "kb-orphan-keys";

const all = () => [...document.querySelectorAll(".orphan")];
const current = () => document.activeElement.closest(".orphan") || document.querySelector(".orphan.is-current");

function go(one) {
    if (!one) {
        return;
    }
    document.querySelectorAll(".orphan.is-current").forEach((other) => other.classList.remove("is-current"));
    one.classList.add("is-current");
    one.focus({preventScroll: true});
    one.scrollIntoView({block: "nearest"});
}

const keys = document.querySelector(".orphans .keys");
const on = document.getElementById("keys-on");

if (keys) {
    keys.hidden = false;
    on.checked = localStorage.getItem(SWITCH) !== "off";
    on.addEventListener("change", () => localStorage.setItem(SWITCH, on.checked ? "on" : "off"));
    go(all()[0]);
}

document.addEventListener("focusin", (event) => {
    const one = event.target.closest(".orphan");
    if (one && !one.classList.contains("is-current")) {
        document.querySelectorAll(".orphan.is-current").forEach((other) => other.classList.remove("is-current"));
        one.classList.add("is-current");
    }
});

document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape" && typing) {
        go(typing.closest(".orphan"));
        return;
    }
    if (typing || !on || !on.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat) {
        return;
    }
    if (event.key === "j" || event.key === "k") {
        const some = all();
        const place = some.indexOf(current());
        go(some[place + (event.key === "j" ? 1 : -1)]);
        event.preventDefault();
        return;
    }
    const target = current()?.querySelector(`[aria-keyshortcuts="${CSS.escape(event.key)}"]`);
    if (target) {
        event.preventDefault();
        if (target.matches("input")) {
            target.focus();
        } else {
            target.click();
        }
    }
});
