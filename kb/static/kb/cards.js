// From a mark in the text to its card: the card opens, and the page stays where it is when the card is in sight. Without
// this script the link leads to the card, which opens by a press.

const cardOf = (hash) => document.getElementById(hash.slice(1))?.closest(".card");
const isInSight = (place) => {
  const { top, bottom } = place.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
};

function openTarget() {
  const folded = cardOf(location.hash)?.querySelector("details");
  if (folded) folded.open = true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('.text a[href^="#"]');
  const card = link && cardOf(link.hash);
  if (!card || !isInSight(card)) return;
  const [left, top] = [scrollX, scrollY];
  addEventListener("hashchange", () => scrollTo({ left, top, behavior: "instant" }), { once: true });
});
addEventListener("hashchange", openTarget);
openTarget();
