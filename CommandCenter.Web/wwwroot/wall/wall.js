// The header of a wall: clock, how fresh the data is, and how the link stands. And a wall that has to show other areas opens anew.
import { feed } from '../live.js';

const zone = 'Asia/Shanghai';
const lang = document.documentElement.lang;
const time = new Intl.DateTimeFormat('zh-CN', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const date = new Intl.DateTimeFormat(lang, lang === 'en'
  ? { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }
  : { timeZone: zone, month: 'long', day: 'numeric', weekday: 'long' });
const staleAfter = 10_000; // ms without a word from the server

const root = document.querySelector('[data-heal][data-area]');
if (root) {
  const live = feed(root.dataset.area);
  const part = name => document.querySelector(`[data-${name}]`);
  const [clock, day, fresh, link] = ['clock', 'date', 'fresh', 'link'].map(part);

  const show = () => {
    if (!clock) return;
    const now = new Date(live.now());
    set(clock, time.format(now));
    set(day, lang === 'en' ? date.format(now).replace(/,/g, '') : date.format(now).replace(/(日)(星期)/, '$1 $2'));
    const state = document.documentElement.dataset.circuit === 'down' && live.state !== 'connecting' ? 'down' : live.state;
    link.className = `${link.className.replace(/\b(live|behind|storeAway|down|connecting)\b/g, '').trim()} ${state}`;
    set(link.lastElementChild, link.dataset[{ live: 'textLive', behind: 'textBehind', storeAway: 'textStore', down: 'textDown', connecting: 'textConnecting' }[state]]);
    const age = live.asOf === null ? 0 : live.now() - live.asOf;
    const stale = live.asOf !== null && (age > staleAfter || state === 'storeAway' || state === 'down');
    if (live.asOf !== null) {
      set(fresh, (stale ? fresh.dataset.textStale : fresh.dataset.textAsof).replace('{0}', time.format(new Date(live.asOf))).replace('{1}', lasted(age)));
    }
    fresh.classList.toggle('stale', stale);
    root.classList.toggle('stale', stale);
    root.dataset.link = state;
  };

  live.on(({ entries }) => {
    show();
    if (entries.some(entry => entry.kind === 'areasReplaced')) openAnew();
  });
  document.addEventListener('cc:circuit', show);
  setInterval(show, 500);
  show();
}

function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function lasted(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(part => String(part).padStart(2, '0'));
  return h === '00' ? `${m}:${s}` : `${h}:${m}:${s}`;
}

// Revoked, expired, or of another area now: nothing is shown from here on, and the server says what is.
document.addEventListener('cc:refused', async () => {
  if (!root || root.hidden) return;
  root.hidden = true;
  for (;;) {
    const answer = await fetch(location.href, { cache: 'no-store' }).catch(() => null);
    if (answer?.ok) location.reload();
    await new Promise(done => setTimeout(done, answer?.ok ? 30_000 : 1000));
  }
}, { once: true });

let opening;
function openAnew() {
  clearTimeout(opening);
  opening = setTimeout(async () => {
    const answer = await fetch(location.href).catch(() => null);
    if (answer?.ok) location.reload(); else openAnew();
  }, 1500);
}
