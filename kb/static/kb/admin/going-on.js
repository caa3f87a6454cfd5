// An act over many rows goes on by itself; without this there is a button.
document.querySelector("form.going-on")?.requestSubmit();
