// The classes of the choropleth and their legend.
import { ramp, token } from './style.js';
import { pinShape } from './pins.js';

// Steps a person can read; the first that leaves few areas above its top is taken.
const steps = [[1, 2, 3, 4], [1, 3, 5, 8], [1, 5, 10, 15], [1, 5, 10, 20], [1, 10, 20, 40], [1, 20, 50, 100], [1, 50, 100, 200], [1, 100, 250, 500], [1, 200, 500, 1000], [1, 1000, 2500, 5000]];

/** Lower ends of classes 1 to 4. Stays with `present` until it serves clearly badly, so that the map does not flicker. */
export function breaksFor(counts, present) {
  const above = top => counts.filter(count => count >= top).length / counts.length;
  if (present && above(present[3]) <= 0.2 && (present === steps[0] || above(present[2]) >= 0.02)) return present;
  return steps.find(step => above(step[3]) <= 0.1) ?? steps.at(-1);
}

export function drawLegend(map, breaks) {
  const { textLegend, textCritical, textUrgent, textNormal, textComplex, textSeveral } = map.dataset;
  const legend = begin(map);
  const labels = ['0', ...breaks.map((from, i) => i === 3 ? `≥${from}` : breaks[i + 1] - 1 > from ? `${from}–${breaks[i + 1] - 1}` : `${from}`)];
  legend.append(classes(textLegend, ramp().map((colour, i) => [colour, labels[i]])));
  const kinds = element('div', 'kinds');
  for (const [urgency, text] of [['critical', textCritical], ['urgent', textUrgent], ['normal', textNormal], ['complex', textComplex]]) {
    const kind = element('span', 'kind');
    kind.append(pinShape(urgency, '', 'key'), element('b', '', text));
    kinds.append(kind);
  }
  const several = element('span', 'kind');
  several.append(element('i', 'several', '12'), element('b', '', textSeveral));
  kinds.append(several);
  legend.append(kinds);
}

/** The legend of a scene that colours towns; what is not known has its own place in it, where a town has that colour. */
export function drawTownLegend(map, { title, classes: labels, towns }) {
  const steps = ramp().map((colour, i) => [colour, labels[i] ?? '']);
  const unknown = [...towns.values()].some(town => town.class === null);
  begin(map).append(classes(title, unknown ? [...steps, [token('unknown'), map.dataset.textUnknown]] : steps));
}

function begin(map) {
  map.querySelector('.legend')?.remove();
  const legend = element('div', 'legend');
  map.append(legend);
  return legend;
}

function classes(title, steps) {
  const all = element('div', 'classes');
  all.append(element('span', 'title', title));
  for (const [colour, label] of steps) {
    const step = element('span', 'step');
    const swatch = element('i', '');
    swatch.style.background = colour;
    step.append(swatch, element('b', '', label));
    all.append(step);
  }
  return all;
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
