// <cc-stream>: what was reported and what was done about it, newest on top. Text only.
import { feed } from '../live.js';
import { pinShape } from '../map/pins.js';

const steadyFor = 500; // ms between two arrivals: at 50 a second nobody reads more, and the eye keeps its place
const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

class Stream extends HTMLElement {
  connectedCallback() {
    this.sources = new Map((this.dataset.textSource ?? '').split(',').map(pair => pair.split(':')));
    this.categories = JSON.parse(this.dataset.categories); // what stands for a title that is not told
    this.shown = [];
    this.arrivedAt = -Infinity;
    this.unsubscribe = feed(this.dataset.area).on(message => {
      if (message.type === 'state' || message.type === 'pulse') return;
      this.feed = message.feed;
      if (message.type === 'snapshot') this.shown = []; // what it no longer tells must not stay on the screen
      this.soon(message.type === 'snapshot');
    });
    this.observer = new ResizeObserver(() => { if (this.feed) this.render(false); });
    this.observer.observe(this);
  }

  disconnectedCallback() {
    this.unsubscribe();
    this.observer.disconnect();
  }

  soon(anew) {
    if (this.waiting) return;
    this.waiting = setTimeout(() => {
      this.waiting = null;
      this.arrivedAt = performance.now();
      this.render(!anew);
    }, Math.max(0, this.arrivedAt + steadyFor - performance.now()));
  }

  render(calmly) {
    if (this.clientHeight === 0) return; // the other arrangement is shown
    const row = 2.2 * parseFloat(getComputedStyle(document.documentElement).fontSize);
    const room = Math.max(1, Math.floor(this.clientHeight / row));
    const { only } = this.dataset;
    // A dispute that moved on changes figures elsewhere; its parties' matter is no line for everybody to read.
    const entries = this.feed.recent.filter(({ kind }) => kind !== 'disputesChanged' && (!only || (only === 'reported') === (kind === 'reported'))).slice(0, room);
    this.dataset.position = this.feed.position;
    if (entries.length === 0) {
      this.replaceChildren(make('p', 'empty', this.dataset.textEmpty));
      return;
    }
    const known = new Map(this.shown.map(({ position, element }) => [position, element]));
    const arrived = entries.filter(entry => !known.has(entry.position)).length;
    this.shown = entries.map(entry => ({ position: entry.position, element: known.get(entry.position) ?? this.row(entry) }));
    this.replaceChildren(...this.shown.map(({ element }) => element));
    for (const { element } of this.shown) {
      element.classList.remove('arriving');
      if (calmly && arrived > 0 && arrived < room) {
        element.style.setProperty('--arrived', arrived);
        void element.offsetWidth; // starts the animation anew
        element.classList.add('arriving');
      }
    }
  }

  row({ position, at, kind, incident, actor, note, late, clock: ofClock }) {
    const row = make('div', 'row');
    row.dataset.position = position;
    row.append(make('time', '', clock.format(new Date(at))));
    if (!incident) {
      const { dataset } = this;
      const [short, long] = kind === 'unitsReplaced' ? [dataset.textUnits, dataset.textUnitsreplaced]
        : kind === 'statisticsChanged' ? [dataset.textStatistics, dataset.textStatisticschanged]
        : kind === 'safetyIndexChanged' ? [dataset.textSafety, dataset.textSafetychanged]
        : [dataset.textAreas, dataset.textReplaced];
      row.append(make('em', 'kind accepted', short), make('span', 'title', long), make('span', ''), make('span', 'who', actor));
      return row;
    }
    const texts = { reported: this.dataset.textReported, accepted: this.dataset.textAccepted, inProgress: this.dataset.textInprogress, closed: late ? this.dataset.textLate : this.dataset.textClosed, reminded: this.dataset.textReminded, supervised: this.dataset.textSupervised };
    const said = ofClock ? this.dataset[`text${ofClock === 'accept' ? 'Accept' : 'Finish'}${kind === 'supervised' ? 'past' : ''}`] : note;
    const title = make('span', 'title');
    if (['critical', 'urgent'].includes(incident.urgency)) title.append(pinShape(incident.urgency));
    // Handling says what was done, and to what.
    const about = incident.title || this.categories[incident.category] || this.categories[incident.category.slice(0, 2)] || '';
    title.append(kind !== 'reported' && said ? `${about} · ${said}` : about);
    const place = incident.gridName ? [incident.townName, incident.gridName].filter(Boolean).join(' ') : incident.lon === null ? this.dataset.textUnplaced : this.dataset.textOutside;
    row.append(
      make('em', `kind ${kind} ${late ? 'late' : ''}`, texts[kind] ?? kind), title, make('span', 'place', place),
      make('span', 'who', kind === 'closed' ? this.took(at, incident) : this.sources.get(actor) ?? actor));
    return row;
  }

  took(at, incident) {
    const minutes = Math.max(1, Math.round((Date.parse(at) - Date.parse(incident.receivedAt)) / 60000));
    if (minutes < 90) return this.dataset.textMinutes.replace('{0}', minutes);
    if (minutes < 36 * 60) return this.dataset.textHours.replace('{0}', Math.round(minutes / 60));
    return this.dataset.textDays.replace('{0}', Math.round(minutes / 1440));
  }
}

function make(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className.trim();
  if (text !== undefined) made.textContent = text;
  return made;
}

customElements.define('cc-stream', Stream);
