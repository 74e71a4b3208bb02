// <cc-map>: the one caller of MapLibre. MapLibre draws the areas; pins, labels and pulses are few and lie above as elements,
// sharp and cheap: what is reported moves no pixel of the canvas.
import { feed } from '../live.js';
import { areaStyle, fillColor } from '../map/style.js';
import { bounds, labelPoint } from '../map/geometry.js';
import { breaksFor, drawLegend, drawTownLegend } from '../map/legend.js';
import { sceneValues, whenScenesChange } from '../map/values.js';
import { Overlay } from '../map/overlay.js';

const coloursEvery = 1000; // ms; repainting the canvas is what costs, in software rendering most of all
const pinsEvery = 400;
const retryEvery = 5000;
const fetchTimeout = 30_000;
const patience = 20_000; // until the first picture; doubled with each try, for a machine that is only slow must not be set back for ever

let library;
function maplibre() {
  return library ??= import('../lib/maplibre-gl/maplibre-gl.mjs').then(gl => {
    gl.setWorkerUrl(new URL('../lib/maplibre-gl/maplibre-gl-worker.mjs', import.meta.url).href);
    gl.setWorkerCount(1);
    return gl;
  });
}

async function features(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(fetchTimeout) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return (await answer.json()).features;
}

class GridMap extends HTMLElement {
  static observedAttributes = ['data-url', 'data-area', 'data-level'];

  connectedCallback() { this.start(); }

  disconnectedCallback() { this.stop(); }

  attributeChangedCallback(_, before, after) {
    if (this.gone === false && before !== after) this.start();
  }

  stop() {
    this.gone = true;
    clearTimeout(this.retry);
    clearTimeout(this.watch);
    this.unsubscribe?.();
    this.leaveScenes?.();
    this.observer?.disconnect();
    this.map?.remove();
    this.map = null;
    delete this.dataset.ready;
    this.replaceChildren();
  }

  async start() {
    if (this.gone === false) this.stop();
    this.gone = false;
    const run = this.run = {};
    try {
      const [gl, areas, water] = await Promise.all([maplibre(), this.load(), this.water()]);
      if (this.run !== run || this.gone) return;
      // A wall opened the moment its areas came in may have asked an instant too early: it asks again.
      if (areas.length === 0) return this.dataset.url ? this.again(this.dataset.textNodata) : this.say(this.dataset.textNodata);
      this.draw(gl, areas, water);
    } catch (error) {
      console.warn('map', error);
      if (this.run === run && !this.gone) this.again(this.dataset.textFailed);
    }
  }

  async load() {
    if (this.dataset.url) return features(this.dataset.url);
    const within = this.dataset.area ? `&within=${encodeURIComponent(this.dataset.area)}` : '';
    const levels = [...new Set(['county', 'town', this.dataset.level])];
    return (await Promise.all(levels.map(level => features(`/api/v1/areas?level=${level}${within}`)))).flat();
  }

  // An ornament: a map without it is still a map.
  async water() {
    return this.dataset.water && !this.dataset.url ? features(this.dataset.water).catch(() => []) : [];
  }

  draw(gl, areas, water) {
    const of = level => ({ type: 'FeatureCollection', features: areas.filter(area => area.properties.level === level) });
    const level = ['grid', 'village', 'town'].find(candidate => of(candidate).features.length > 0) ?? 'county';
    this.cells = of(level).features;
    this.towns = of('town').features;
    this.box = bounds(areas);
    const frame = document.createElement('div');
    frame.className = 'frame';
    this.replaceChildren(frame);
    try {
      this.map = new gl.Map({
        container: frame,
        style: areaStyle(of(level), of('town'), of('county'), { type: 'FeatureCollection', features: water }),
        bounds: this.box,
        fitBoundsOptions: { padding: this.padding() },
        interactive: this.dataset.interactive === 'true',
        dragRotate: false,
        pitchWithRotate: false,
        attributionControl: false,
        renderWorldCopies: false,
        fadeDuration: 0,
        pixelRatio: 1,
        canvasContextAttributes: { antialias: false, powerPreference: 'low-power' },
        locale: { 'Map.Title': this.getAttribute('aria-label') },
      });
    } catch (error) {
      console.warn('map', error);
      return this.again(this.dataset.textNowebgl);
    }
    // A lost context takes images, colours and states with it: begin again, with a canvas that is alive.
    this.map.on('webglcontextlost', () => this.again(this.dataset.textFailed, 1000));
    this.map.on('error', event => console.warn('map', event.error));
    // A map that never comes to its first picture says nothing of it: begin again.
    this.tries = Math.min(4, (this.tries ?? -1) + 1);
    this.watch = setTimeout(() => this.again(this.dataset.textFailed), patience * 2 ** this.tries);
    this.map.once('load', () => this.loaded());
    this.observer = new ResizeObserver(() => {
      if (!this.map) return;
      this.map.resize();
      if (this.dataset.interactive !== 'true') this.map.fitBounds(this.box, { padding: this.padding(), animate: false });
      this.overlay?.moved();
    });
    this.observer.observe(this);
  }

  loaded() {
    clearTimeout(this.watch);
    this.tries = undefined;
    const names = this.towns.length > 0 ? this.towns : this.cells;
    this.overlay = new Overlay(this, this.map, names.map(area => ({ code: area.properties.code, name: area.properties.name, at: labelPoint(area.geometry) })));
    this.map.on('move', () => this.overlay.moved());
    this.overlay.arrange([]);
    this.states = new Map();
    if (this.dataset.live !== 'true') {
      this.dataset.ready = 'true';
      return;
    }
    this.colouredAt = this.pinnedAt = -Infinity;
    this.unsubscribe = feed(this.dataset.area).on(message => this.follow(message));
    this.leaveScenes = whenScenesChange(() => this.showScene());
    this.showScene();
  }

  // The overview shows what is open, by cells and pins; a scene of figures colours the towns and writes their values.
  showScene() {
    if (this.towns.length === 0) return;
    const scene = this.closest('.wall')?.dataset.scene;
    const values = sceneValues(scene);
    this.byTown = values !== null;
    this.classList.toggle('by-town', this.byTown);
    for (const layer of ['cells', 'cell-lines']) this.map.setLayoutProperty(layer, 'visibility', this.byTown ? 'none' : 'visible');
    this.map.setLayoutProperty('town-fill', 'visibility', this.byTown ? 'visible' : 'none');
    if (this.byTown) {
      for (const { id, properties: { code } } of this.towns) this.map.setFeatureState({ source: 'towns', id }, { class: values.towns.get(code)?.class ?? -1 });
      drawTownLegend(this, values);
    } else if (this.breaks) {
      drawLegend(this, this.breaks);
    } else {
      this.querySelector('.legend')?.remove();
    }
    this.overlay.values(this.byTown ? code => values.towns.get(code)?.text ?? '' : null);
    if (!this.byTown && this.feed) this.pin(); // what came in meanwhile
    this.dataset.scene = scene ?? '';
  }

  follow({ feed: now, entries, type }) {
    this.feed = now;
    if (type === 'snapshot' || entries.length > 0) {
      for (const { kind, incident } of entries) {
        if (kind === 'reported' && incident && incident.lon !== null) this.overlay.pulse(incident);
      }
      this.soon('pins', pinsEvery, () => this.pin());
      this.soon('colours', coloursEvery, () => this.colour());
    }
  }

  // At once when it was quiet, else at the end of the interval.
  soon(what, every, act) {
    const waits = this.waits ??= {};
    if (waits[what]) return;
    const wait = Math.max(0, (this.lastly?.[what] ?? -Infinity) + every - performance.now());
    waits[what] = setTimeout(() => {
      waits[what] = null;
      (this.lastly ??= {})[what] = performance.now();
      if (!this.gone && this.map) act();
    }, wait);
  }

  pin() {
    if (this.byTown) return;
    this.overlay.arrange([...this.feed.open.values()].filter(incident => incident.lon !== null && incident.lon !== undefined));
    this.dataset.position = this.feed.position;
  }

  colour() {
    const length = this.cells[0].properties.code.length;
    const open = new Map();
    for (const [grid, count] of this.feed.openByGrid) {
      const code = grid.slice(0, length);
      open.set(code, (open.get(code) ?? 0) + count);
    }
    const counts = this.cells.map(cell => open.get(cell.properties.code) ?? 0);
    const breaks = breaksFor(counts, this.breaks);
    if (breaks !== this.breaks) {
      this.breaks = breaks;
      this.map.setPaintProperty('cells', 'fill-color', fillColor(breaks));
      if (!this.byTown) drawLegend(this, breaks);
    }
    this.cells.forEach((cell, i) => {
      if (this.states.get(cell.id) === counts[i]) return;
      this.states.set(cell.id, counts[i]);
      this.map.setFeatureState({ source: 'cells', id: cell.id }, { open: counts[i] });
    });
    this.dataset.ready = 'true';
  }

  // Room for the legend below and for labels at the rim.
  padding() {
    const unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    return { top: 24 * unit, left: 24 * unit, right: 24 * unit, bottom: (this.dataset.live === 'true' ? 64 : 24) * unit };
  }

  say(text) {
    const line = document.createElement('p');
    line.className = 'say';
    line.textContent = text;
    this.replaceChildren(line);
  }

  again(text, after = retryEvery) {
    this.stop();
    this.gone = false;
    this.say(text);
    this.retry = setTimeout(() => this.start(), after);
  }
}

customElements.define('cc-map', GridMap);
