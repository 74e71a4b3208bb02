// What MapLibre is told to draw. Colours are the tokens of the style sheet; live values arrive as feature state.
export const token = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export const ramp = () => [0, 1, 2, 3, 4].map(step => token(`ramp-${step}`));

/** Colour by open incidents; `breaks` are the lower ends of classes 1 to 4. */
export function fillColor(breaks) {
  const colours = ramp();
  return ['step', ['coalesce', ['feature-state', 'open'], 0], colours[0], ...breaks.flatMap((from, i) => [from, colours[i + 1]])];
}

/** Colour by the class of a town; -1 where nothing is known. */
const classColor = () => ['match', ['coalesce', ['feature-state', 'class'], -1], ...ramp().flatMap((colour, i) => [i, colour]), token('unknown')];

export function areaStyle(cells, towns, county, water) {
  const unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const source = data => ({ type: 'geojson', data, tolerance: 0.2, maxzoom: 14 });
  const line = (id, source, color, width, opacity = 1) => ({
    id, source, type: 'line',
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': color, 'line-width': typeof width === 'number' ? width * unit : ['*', unit, width], 'line-opacity': opacity },
  });
  return {
    version: 8,
    transition: { duration: 0, delay: 0 },
    sources: { cells: source(cells), towns: source(towns), county: source(county), water: source(water) },
    layers: [
      { id: 'background', type: 'background', paint: { 'background-color': token('background') } },
      { id: 'cells', source: 'cells', type: 'fill', paint: { 'fill-color': fillColor([1, 2, 3, 4]), 'fill-antialias': false } },
      { id: 'town-fill', source: 'towns', type: 'fill', layout: { visibility: 'none' }, paint: { 'fill-color': classColor(), 'fill-antialias': false } },
      line('cell-lines', 'cells', token('background'), 0.9, 0.75),
      line('water-bed', 'water', token('background'), ['match', ['get', 'rank'], 1, 7, 4], 0.5),
      line('water', 'water', token('water'), ['match', ['get', 'rank'], 1, 3.5, 2]),
      { ...line('rejected', 'cells', token('red'), 1.6), filter: ['==', ['get', 'rejected'], true] }, // only in the preview of an upload
      line('town-lines', 'towns', token('text'), 1.4, 0.5),
      line('county-line', 'county', token('text'), 2.2),
    ],
  };
}
