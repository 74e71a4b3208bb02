// The one client of /hubs/live on a page. Holds what is open, resumes by position, and says how fresh it is.
import './lib/signalr/signalr.min.js';

const retryEvery = 1000;    // ms between attempts while the server is away
const silentAfter = 6000;   // the hub pulses every 2 s; three missed pulses are a dead link
const feeds = new Map();

/** The feed of an area ("" for everything); one connection per page and area. */
export function feed(area = '') {
  if (!feeds.has(area)) feeds.set(area, new Feed(area));
  return feeds.get(area);
}

class Feed {
  constructor(area) {
    this.area = area;
    this.position = null;
    this.startedAt = null;     // when the line last stood
    this.asOf = null;          // up to when what is shown is known to be all there is, server time, ms
    this.skew = 0;             // server clock minus this clock, ms
    this.state = 'connecting'; // connecting | live | behind | storeAway | down
    this.open = new Map();     // id → incident, the newest 5,000
    this.openByGrid = new Map();
    this.recent = [];          // newest first
    this.listeners = new Set();
    this.run();
    setInterval(() => { if (performance.now() - this.heardAt > silentAfter) this.lose(); }, 1000);
  }

  /** Calls back after each message with what it brought; at once with the present, if there is one. */
  on(listener) {
    this.listeners.add(listener);
    if (this.position !== null) listener({ type: 'snapshot', feed: this, entries: [] });
    return () => this.listeners.delete(listener);
  }

  now() { return Date.now() + this.skew; }

  async run() {
    this.heardAt = performance.now();
    this.hub = new signalR.HubConnectionBuilder()
      .withUrl('/hubs/live')
      .withServerTimeout(10_000)
      .withKeepAliveInterval(3000)
      .configureLogging(signalR.LogLevel.None)
      .build();
    this.hub.onclose(() => this.lose());
    try {
      await this.hub.start();
      this.startedAt = performance.now();
      this.heardAt = performance.now();
      this.hub.stream('Subscribe', { after: this.position, area: this.area || null }).subscribe({
        next: message => this.take(message),
        error: () => this.lose(),
        complete: () => this.lose(),
      });
    } catch (e) {
      if (/\b(401|403)\b/.test(e.message)) this.refused();
      this.lose();
    }
  }

  // Whoever was let in and is no more: what is held is theirs no longer.
  refused() {
    [this.open, this.openByGrid, this.recent, this.position, this.asOf] = [new Map(), new Map(), [], null, null];
    document.dispatchEvent(new CustomEvent('cc:refused'));
  }

  // Whatever broke, the way back is the same: a new connection that asks for what came after our position.
  lose() {
    if (!this.hub) return;
    const hub = this.hub;
    this.hub = null;
    this.become('down');
    hub.stop().catch(() => {});
    // A line that stood is asked for again at once: a server that lets us in no more must not go unnoticed for long.
    const stood = this.startedAt !== null && performance.now() - this.startedAt > retryEvery;
    this.startedAt = null;
    setTimeout(() => this.run(), stood ? 50 : retryEvery);
    this.heardAt = performance.now();
  }

  become(state) {
    if (this.state === state) return;
    this.state = state;
    this.tell({ type: 'state', entries: [] });
  }

  take(message) {
    this.heardAt = performance.now();
    // Up to when the node knew that it had read everything: stands still while the store is away.
    const asOf = message.asOf ? Date.parse(message.asOf) : null;
    if (asOf !== null && asOf !== this.asOf) this.skew = asOf - Date.now();
    this.asOf = asOf ?? this.asOf;
    let entries = [];
    if (message.type === 'snapshot') {
      this.open = new Map(message.open.map(incident => [incident.id, incident]));
      this.openByGrid = new Map(Object.entries(message.openByGrid));
      this.recent = message.recent;
    } else if (message.type === 'changes') {
      entries = message.entries.filter(entry => this.position === null || entry.position > this.position);
      for (const entry of entries) this.apply(entry);
      this.recent = [...entries].reverse().concat(this.recent).slice(0, 50);
    }
    this.position = message.position;
    this.state = message.state ?? (this.state === 'down' || this.state === 'connecting' ? 'live' : this.state);
    this.tell({ type: message.type, entries });
  }

  apply({ kind, incident }) {
    if (!incident) return;
    const closed = kind === 'closed';
    if (kind === 'reported' || closed) {
      const grid = incident.gridCode;
      if (grid) this.openByGrid.set(grid, Math.max(0, (this.openByGrid.get(grid) ?? 0) + (closed ? -1 : 1)));
    }
    if (closed) this.open.delete(incident.id); else this.open.set(incident.id, incident);
  }

  tell(message) {
    for (const listener of this.listeners) listener({ ...message, feed: this });
  }
}
