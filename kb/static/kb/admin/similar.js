// Similar claims while one is written. Without this module a button opens the same list in a page of its own.
const PAUSE = 500;
const place = document.getElementById("similar");
const text = document.getElementById("id_text");

if (place && text) {
    const button = place.querySelector("button");
    const said = place.querySelector("[aria-live]");
    const list = place.querySelector(".similar-found");
    let timer = 0;
    let asking = null;
    let asked = null;

    async function look() {
        clearTimeout(timer);
        const language = document.getElementById("id_language");
        const question = new URLSearchParams({part: "1", text: text.value, language: language ? language.value : ""});
        if (question.toString() === asked) {
            return;
        }
        asked = question.toString();
        if (asking) {
            asking.abort();
        }
        asking = new AbortController();
        try {
            const token = text.form.querySelector("[name=csrfmiddlewaretoken]").value;
            const answer = await fetch(button.formAction, {
                method: "POST", body: question, signal: asking.signal, redirect: "error", headers: {"X-CSRFToken": token},
            });
            if (!answer.ok) {
                throw new Error(answer.status);
            }
            const part = new DOMParser().parseFromString(await answer.text(), "text/html");
            const found = part.querySelector(".similar-list");
            said.textContent = part.querySelector(".similar-said").textContent;
            list.replaceChildren(...(found ? [document.adoptNode(found)] : []));
        } catch (error) {
            if (error.name !== "AbortError") {
                asked = null;
                list.replaceChildren();
                said.textContent = place.dataset.failed;
            }
        }
    }

    text.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(look, PAUSE);
    });
    button.addEventListener("click", (event) => {
        event.preventDefault();
        asked = null;
        look();
    });
    if (text.value) {
        look();
    }
}
