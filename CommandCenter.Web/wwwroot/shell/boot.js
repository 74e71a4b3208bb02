// Starts Blazor, and brings a page back by itself. Blazor's own handler gives up after some minutes and never recovers from
// an exception in its circuit; a wall has nobody at the keyboard.
const onWall = document.querySelector('[data-heal]') !== null;
const notice = document.getElementById('link-notice');
const delay = ms => new Promise(done => setTimeout(done, ms));
let failed = false;   // the circuit is beyond reconnecting: only a reload helps
let rescuing = false;

async function answers(url) {
  try {
    return (await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(4000) })).ok;
  } catch {
    return false;
  }
}

function say(state) {
  document.documentElement.dataset.circuit = state;
  document.dispatchEvent(new CustomEvent('cc:circuit', { detail: state }));
  if (onWall) return; // the wall's header says it
  notice.hidden = state === 'up';
  notice.querySelector('.text').textContent = notice.dataset[state === 'back' ? 'back' : 'lost'];
  notice.querySelector('button').hidden = state !== 'back';
}

// The browser's own error page is white and stays: leave only for a page that answers. A page that keeps failing right
// after it loads is given longer and longer, up to half a minute.
async function reload() {
  const recent = JSON.parse(sessionStorage.getItem('reloads') ?? '[]').filter(at => Date.now() - at < 120_000);
  if (recent.length > 3) await delay(Math.min(30_000, 1000 * 2 ** (recent.length - 3)));
  if (!await answers(location.href)) return;
  sessionStorage.setItem('reloads', JSON.stringify([...recent, Date.now()]));
  location.reload();
  await delay(30_000);
}

// Who is let in no more is sent to sign in.
async function leadsElsewhere() {
  const answer = await fetch(location.href, { cache: 'no-store', redirect: 'manual' }).catch(() => null);
  return answer?.type === 'opaqueredirect';
}

async function reconnected() {
  try {
    return await Promise.race([Blazor.reconnect(), delay(5000)]) === true;
  } catch {
    return false;
  }
}

async function rescue() {
  if (rescuing) return;
  rescuing = true;
  say('down');
  for (;; await delay(1000)) {
    if (!await answers('healthz/live')) continue;
    if (!failed && await reconnected()) break;
    failed = true;
    if (!onWall) {
      // Nothing of this page is left to whoever was signed out. Else somebody may be in the middle of something: let them choose the moment.
      if (await leadsElsewhere()) location.assign('/sign-in?idle=true');
      return say('back');
    }
    await reload();
  }
  rescuing = false;
  beatAt = performance.now();
  say('up');
}

// The heartbeat is rendered by the circuit. Silence, while this tab was awake, means a circuit that is connected and dead.
let beat = null, beatAt = performance.now() + 10_000, lookedAt = performance.now();
setInterval(() => {
  const now = performance.now();
  const asleep = now - lookedAt > 5000;
  lookedAt = now;
  const shown = document.querySelector('[data-beat]')?.dataset.beat ?? null;
  if (shown !== beat || asleep || rescuing) {
    beat = shown;
    beatAt = Math.max(beatAt, now);
  } else if (onWall && document.querySelector('[data-beats]') && now - beatAt > 10_000) {
    failed = true;
    rescue();
  }
}, 1000);

new MutationObserver(() => { failed = true; rescue(); })
  .observe(document.getElementById('blazor-error-ui'), { attributes: true, attributeFilter: ['style'] });
notice.querySelector('button').addEventListener('click', () => location.reload());

// An error page goes back to what it stands for as soon as that answers.
if (document.querySelector('[data-heal="retry"]')) setInterval(reload, 5000);

Blazor.start({
  circuit: {
    // The circuit speaks the language of the page, also when the page's came from ?culture= and another tab chose otherwise.
    configureSignalR: hub => hub.withUrl(`_blazor?culture=${document.documentElement.lang}`).withServerTimeout(10_000).withKeepAliveInterval(3000),
    reconnectionHandler: { onConnectionDown: rescue, onConnectionUp: () => {} },
  },
}).catch(() => { failed = true; rescue(); });
