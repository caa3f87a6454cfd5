// Which words of an article are selected, and where a place of its text stands on the page.
// The server counts Unicode code points of the text; the browser counts UTF-16 in text nodes, with signs of ours between.
// Each block (`.words`) says with which code points of the text it begins and ends; between two blocks stand newlines.

const blocksOf = (root) => [...root.querySelectorAll(".words[data-start]")];

// The text nodes of a block, without what only marks a place ([data-aside]).
export function textsOf(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
    return "aside" in node.dataset ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

export const textOf = (block) => textsOf(block).map((one) => one.data).join("");

export function codePoints(text) {
  let count = text.length;
  for (let place = 1; place < text.length; place++) {
    const low = text.charCodeAt(place);
    if (low >= 0xdc00 && low <= 0xdfff) {
      const high = text.charCodeAt(place - 1);
      if (high >= 0xd800 && high <= 0xdbff) count--;
    }
  }
  return count;
}

// UTF-16 units from the beginning of a block to a point of the page.
export function unitsBefore(block, node, offset) {
  const point = document.createRange();
  point.setStart(node, offset);
  let count = 0;
  for (const text of textsOf(block)) {
    if (text === node) return count + offset;
    if (point.comparePoint(text, 0) >= 0) return count;
    count += text.length;
  }
  return count;
}

// The point of the page behind so many UTF-16 units of a block.
export function pointAt(block, units) {
  const texts = textsOf(block);
  for (const text of texts) {
    if (units < text.length || (units === text.length && text === texts.at(-1))) return [text, units];
    units -= text.length;
  }
  return [block, 0];
}

const startOf = (block) => Number(block.dataset.start);
const endOf = (block) => Number(block.dataset.end);

// The words from one code point of the text to another.
export function textBetween(root, start, end) {
  let found = "";
  let last = null;
  for (const block of blocksOf(root)) {
    if (last !== null) found += "\n".repeat(Math.max(0, Math.min(startOf(block), end) - Math.max(last, start)));
    last = endOf(block);
    if (last <= start || startOf(block) >= end) continue;
    const letters = [...textOf(block)];
    found += letters.slice(Math.max(0, start - startOf(block)), end - startOf(block)).join("");
  }
  return found;
}

const CONTEXT = 32;

// What of a range lies in the text: { start, end, exact, prefix, suffix, block }, or null. Words outside are left out.
export function wordsOf(root, range) {
  if (!range || range.collapsed || !range.intersectsNode(root)) return null;
  const touched = blocksOf(root).filter((block) => range.intersectsNode(block));
  if (!touched.length) return null;
  const [first, last] = [touched[0], touched.at(-1)];
  // Half of a letter takes the whole of it along.
  const at = (block, node, offset, wholeBy) => {
    const text = textOf(block);
    const units = unitsBefore(block, node, offset);
    const isWithin = /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(Math.max(0, units - 1), units + 1));
    return startOf(block) + codePoints(text.slice(0, isWithin ? units + wholeBy : units));
  };
  let start = first.contains(range.startContainer) ? at(first, range.startContainer, range.startOffset, -1) : startOf(first);
  let end = last.contains(range.endContainer) ? at(last, range.endContainer, range.endOffset, 1) : endOf(last);
  // White space at the ends is nobody's words.
  const exact = textBetween(root, start, end);
  start += codePoints(exact.slice(0, exact.length - exact.trimStart().length));
  end -= codePoints(exact.slice(exact.trimEnd().length));
  if (start >= end) return null;
  const block = blocksOf(root).find((one) => startOf(one) <= start && start < endOf(one)) ?? first;
  return {
    start,
    end,
    exact: exact.trim(),
    prefix: textBetween(root, Math.max(0, start - CONTEXT), start),
    suffix: textBetween(root, end, end + CONTEXT),
    block,
  };
}

// A range round the words from one code point to another, as far as they stand on the page.
export function rangeOf(root, start, end) {
  const touched = blocksOf(root).filter((block) => startOf(block) < end && endOf(block) > start);
  if (!touched.length) return null;
  const point = (block, place) => {
    const letters = [...textOf(block)];
    return pointAt(block, letters.slice(0, Math.max(0, place - startOf(block))).join("").length);
  };
  const range = document.createRange();
  range.setStart(...point(touched[0], start));
  range.setEnd(...point(touched.at(-1), Math.min(end, endOf(touched.at(-1)))));
  return range;
}
