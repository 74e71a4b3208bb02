// Which pins and clusters stand for the open incidents, and the shape of a pin. Shape and colour say the urgency, the
// character inside says the category.
const svg = 'http://www.w3.org/2000/svg';
const shapes = {
  critical: 'M16 1.5 30.5 16 16 30.5 1.5 16Z',
  urgent: 'M16 1.5 29 12V29H3V12Z',
  normal: 'M16 4a12 12 0 1 0 0 24a12 12 0 1 0 0-24Z',
  complex: 'M5 5H27V27H5Z',
};

/** An svg of 32 units; `size` is a class name. */
export function pinShape(urgency, glyph, size = '') {
  const pin = document.createElementNS(svg, 'svg');
  pin.setAttribute('viewBox', '0 0 32 32');
  pin.setAttribute('class', `shape ${urgency} ${size}`);
  const shape = document.createElementNS(svg, 'path');
  shape.setAttribute('d', shapes[urgency] ?? shapes.normal);
  pin.append(shape);
  if (glyph) {
    const text = document.createElementNS(svg, 'text');
    text.setAttribute('x', '16');
    text.setAttribute('y', urgency === 'urgent' ? '24.5' : '21.8');
    text.textContent = glyph;
    pin.append(text);
  }
  return pin;
}

export const clusterRadius = (count, unit) => unit * Math.min(28, 14 + 2 * Math.log2(count));

/**
 * Gathers what lies close together. Every critical incident keeps a pin of its own. The lattice is fixed on the screen, so a
 * cluster stays where it is while its number changes.
 * @param points [{ incident, x, y }] in pixels
 * @param unit pixels per design pixel
 * @returns [{ key, x, y, incident } | { key, x, y, count, urgent, radius }]
 */
export function gather(points, unit) {
  const cell = 92 * unit, height = cell * Math.sqrt(3) / 2;
  const groups = new Map();
  const alone = [];
  for (const point of points) {
    if (point.incident.urgency === 'critical') {
      alone.push(point);
      continue;
    }
    const row = Math.round(point.y / height);
    const column = Math.round(point.x / cell - (row % 2 ? 0.5 : 0));
    const key = `${column}:${row}`;
    const group = groups.get(key) ?? { key, x: 0, y: 0, members: [] };
    group.members.push(point);
    groups.set(key, group);
  }
  const clusters = [...groups.values()].map(centred).sort((a, b) => b.members.length - a.members.length || (a.key < b.key ? -1 : 1));
  const kept = [];
  for (const cluster of clusters) {
    const near = kept.find(other => Math.hypot(other.x - cluster.x, other.y - cluster.y) < reach(other, unit) + reach(cluster, unit));
    if (near) near.members.push(...cluster.members); // stays at its place: only its number grows
    else kept.push(cluster);
  }
  for (const cluster of kept) stepAside(cluster, alone, unit);
  return [
    ...kept.map(({ key, x, y, members }) => members.length === 1
      ? { key: `i${members[0].incident.id}`, x, y, incident: members[0].incident }
      : { key: `c${key}`, x, y, count: members.length, urgent: members.filter(m => m.incident.urgency === 'urgent').length, radius: clusterRadius(members.length, unit) }),
    ...alone.map(({ incident, x, y }) => ({ key: `i${incident.id}`, x, y, incident })),
  ];
}

function centred(group) {
  for (const { x, y } of group.members) {
    group.x += x / group.members.length;
    group.y += y / group.members.length;
  }
  return group;
}

// A critical pin marks its point and is never covered, nor covers a number: what only stands for many gives way.
function stepAside(cluster, pins, unit) {
  if (cluster.members.length === 1) return;
  for (let i = 0; i < 4; i++) {
    const near = pins.find(pin => Math.hypot(pin.x - cluster.x, pin.y - cluster.y) < reach(cluster, unit) + 17 * unit);
    if (!near) return;
    const away = Math.atan2(cluster.y - near.y, cluster.x - near.x || 0.01);
    cluster.x = near.x + Math.cos(away) * (reach(cluster, unit) + 18 * unit);
    cluster.y = near.y + Math.sin(away) * (reach(cluster, unit) + 18 * unit);
  }
}

const reach = (cluster, unit) => cluster.members.length === 1 ? 15 * unit : clusterRadius(cluster.members.length, unit) + 2 * unit;
