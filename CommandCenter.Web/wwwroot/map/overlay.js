// Pins, clusters, names and pulses: elements above the canvas.
import { gather, pinShape } from './pins.js';

const pulsesAtOnce = 6;

export class Overlay {
  constructor(host, map, names) {
    this.map = map;
    this.glyphs = new Map((host.dataset.glyphs ?? '').split(',').filter(Boolean).map(pair => pair.split(':')));
    this.pins = new Map();
    this.layer = document.createElement('div');
    this.layer.className = 'overlay';
    host.querySelector('.frame').append(this.layer);
    this.names = names.map(name => {
      const label = document.createElement('b');
      label.className = 'name';
      label.textContent = name.name;
      this.layer.append(label);
      return { ...name, label };
    });
    this.incidents = [];
  }

  get unit() { return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16; }

  project(incident) { return this.map.project([incident.lon, incident.lat]); }

  moved() {
    if (this.map.getContainer().closest('.by-town')) this.place([], this.unit); else this.arrange(this.incidents);
  }

  arrange(incidents) {
    this.incidents = incidents;
    const unit = this.unit;
    const { width, height } = this.layer.getBoundingClientRect();
    const points = incidents.map(incident => ({ incident, ...xy(this.project(incident)) }))
      .filter(({ x, y }) => x > 0 && y > 0 && x < width && y < height);
    const shown = gather(points, unit);
    const gone = new Set(this.pins.keys());
    for (const mark of shown) {
      gone.delete(mark.key);
      this.show(mark);
    }
    for (const key of gone) {
      this.pins.get(key).remove();
      this.pins.delete(key);
    }
    this.place(shown, unit);
  }

  show(mark) {
    let pin = this.pins.get(mark.key);
    if (!pin) {
      pin = document.createElement('span');
      this.pins.set(mark.key, pin);
      this.layer.append(pin);
    }
    pin.style.transform = `translate(${Math.round(mark.x)}px, ${Math.round(mark.y)}px) translate(-50%, -50%)`;
    const look = mark.incident ? `${mark.incident.urgency}:${mark.incident.category}` : `${mark.count}:${mark.urgent > 0}`;
    if (pin.dataset.look === look) return;
    pin.dataset.look = look;
    if (mark.incident) {
      pin.className = `pin ${mark.incident.urgency}`;
      pin.dataset.incident = mark.incident.id;
      pin.replaceChildren(pinShape(mark.incident.urgency, this.glyphs.get(mark.incident.category.slice(0, 2)) ?? ''));
    } else {
      pin.className = mark.urgent > 0 ? 'cluster urgent' : 'cluster';
      pin.style.width = pin.style.height = `${Math.round(2 * mark.radius)}px`;
      pin.dataset.count = mark.count;
      pin.replaceChildren(document.createTextNode(mark.count));
    }
  }

  // A name stands where its area has most room, or as near as it finds a place beside pins and other names. It keeps a place
  // that is still free, so that names do not wander.
  place(marks, unit) {
    const taken = marks.map(({ x, y, radius }) => {
      const r = (radius ?? 15 * unit) + 2 * unit;
      return { left: x - r, right: x + r, top: y - r, bottom: y + r };
    });
    for (const name of this.names) {
      const size = name.size?.unit === unit ? name.size : name.size = { unit, width: name.label.offsetWidth, height: name.label.offsetHeight };
      const { x, y } = this.map.project(name.at);
      const box = ([dx, dy]) => ({ left: x + dx - size.width / 2, right: x + dx + size.width / 2, top: y + dy - size.height / 2, bottom: y + dy + size.height / 2 });
      const free = offset => !taken.some(other => overlap(box(offset), other));
      const scaled = name.offset?.map(part => part * unit);
      if (!scaled || !free(scaled)) name.offset = offsets.find(offset => free(offset.map(part => part * unit))) ?? offsets[0];
      const offset = name.offset.map(part => part * unit);
      taken.push(box(offset));
      name.label.style.transform = `translate(${Math.round(x + offset[0])}px, ${Math.round(y + offset[1])}px) translate(-50%, -50%)`;
    }
  }

  /** Writes a value under each name, and no pins; null: names and pins as before. */
  values(of) {
    for (const name of this.names) {
      name.label.replaceChildren(name.name);
      if (of) {
        const value = document.createElement('i');
        value.textContent = of(name.code);
        name.label.append(value);
      }
      name.size = name.offset = null;
    }
    if (of) {
      const shown = this.incidents;
      this.arrange([]);
      this.incidents = shown;
    } else {
      this.arrange(this.incidents);
    }
  }

  /** One ring that opens and fades, once. Under a flood only some: the map stays calm. */
  pulse(incident) {
    if (document.hidden || this.layer.querySelectorAll('.pulse').length >= pulsesAtOnce) return;
    const { x, y } = this.project(incident);
    const ring = document.createElement('i');
    ring.className = `pulse ${incident.urgency}`;
    ring.style.left = `${x}px`;
    ring.style.top = `${y}px`;
    ring.addEventListener('animationend', () => ring.remove());
    this.layer.append(ring);
  }
}

// Where a name may stand around its best point: nearest first, sideways before far away.
const offsets = [];
for (const radius of [0, 14, 26, 38, 50, 64, 80, 98, 120]) {
  for (let turn = 0; turn < (radius ? 16 : 1); turn++) {
    const angle = turn * Math.PI / 8 + Math.PI / 2;
    offsets.push([Math.round(1.3 * radius * Math.cos(angle)), Math.round(radius * Math.sin(angle))]);
  }
}

const xy = ({ x, y }) => ({ x, y });
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
