// WCAG 2.2 §1.4.3 for every visible text node: [texts looked at, [[ratio, text, colours], …] below 4.5 : 1].
const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

function parse(colour) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}

function over(top, bottom) {
  return [0, 1, 2].map(i => top[i] * top[3] + bottom[i] * (1 - top[3])).concat([1]);
}

function luminance(colour) {
  const [r, g, b] = colour.slice(0, 3).map(v => v / 255).map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

// Painted from the root to the element: backgrounds over each other, opacity mixing in what was there before.
function paint(element) {
  const chain = [];
  for (let e = element; e; e = e.parentElement) chain.unshift(e);
  let behind = parse(getComputedStyle(document.documentElement).colorScheme.includes('dark') &&
    matchMedia('(prefers-color-scheme: dark)').matches ? '#121212' : '#ffffff');
  let opacity = 1;
  for (const e of chain) {
    const style = getComputedStyle(e);
    opacity *= Number(style.opacity);
    const own = parse(style.backgroundColor);
    behind = over([own[0], own[1], own[2], own[3] * opacity], behind);
  }
  const ink = parse(getComputedStyle(element).color);
  return [over([ink[0], ink[1], ink[2], ink[3] * opacity], behind), behind];
}

const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const weak = [];
let seen = 0;
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement;
  if (!node.data.trim() || !element.checkVisibility({ opacityProperty: false, visibilityProperty: true })) continue;
  seen += 1;
  const [ink, ground] = paint(element);
  const found = ratio(ink, ground);
  if (found < 4.5) weak.push([Math.round(found * 100) / 100, node.data.trim().slice(0, 60), `${ink.slice(0, 3).map(Math.round)} on ${ground.slice(0, 3).map(Math.round)}`]);
}
return [seen, weak];
