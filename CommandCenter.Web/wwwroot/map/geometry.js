// Plain geometry on GeoJSON in degrees; areas are small, so degrees are treated as a plane with longitudes shortened.
const polygons = geometry => geometry.type === 'MultiPolygon' ? geometry.coordinates : [geometry.coordinates];

/** [[west, south], [east, north]] of all features. */
export function bounds(features) {
  const box = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (const { geometry } of features) {
    for (const [outer] of polygons(geometry)) {
      for (const [lon, lat] of outer) {
        box[0][0] = Math.min(box[0][0], lon);
        box[0][1] = Math.min(box[0][1], lat);
        box[1][0] = Math.max(box[1][0], lon);
        box[1][1] = Math.max(box[1][1], lat);
      }
    }
  }
  return box;
}

/** The point, on a lattice over the area, that lies farthest inside: where a name has most room. */
export function labelPoint(geometry) {
  const [[west, south], [east, north]] = bounds([{ geometry }]);
  const shorten = Math.cos((south + north) / 2 * Math.PI / 180);
  let best = [(west + east) / 2, (south + north) / 2];
  let room = -Infinity;
  const steps = 18;
  for (let i = 1; i < steps; i++) {
    for (let j = 1; j < steps; j++) {
      const point = [west + (east - west) * i / steps, south + (north - south) * j / steps];
      const inside = depth(point, geometry, shorten);
      if (inside > room) [room, best] = [inside, point];
    }
  }
  return best;
}

// Distance to the nearest edge, negative outside.
function depth([x, y], geometry, shorten) {
  let inside = false, nearest = Infinity;
  for (const rings of polygons(geometry)) {
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [ax, ay] = ring[i], [bx, by] = ring[j];
        if (ay > y !== by > y && x < (bx - ax) * (y - ay) / (by - ay) + ax) inside = !inside;
        const dx = (bx - ax) * shorten, dy = by - ay, px = (x - ax) * shorten, py = y - ay;
        const along = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
        nearest = Math.min(nearest, Math.hypot(px - along * dx, py - along * dy));
      }
    }
  }
  return inside ? nearest : -nearest;
}
