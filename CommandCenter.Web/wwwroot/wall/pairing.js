// A screen that nobody let in yet: shows its code, and opens the wall as soon as it was let in.
const every = 2000; // ms
const root = document.querySelector('[data-pairing]');
const [code, left] = ['code', 'left'].map(part => root.querySelector(`[data-${part}]`));
const delay = ms => new Promise(done => setTimeout(done, ms));
const letters = text => [...text].map(letter => letter === '-' ? '' : letter).join(' '); // read one by one
let until = 0;

async function ask() {
  try {
    const answer = await fetch('/wall/pairing', { method: 'POST', cache: 'no-store', signal: AbortSignal.timeout(5000) });
    return await answer.json();
  } catch {
    return { state: 'away' };
  }
}

function show({ state, code: shown, seconds }) {
  root.dataset.state = state;
  if (state === 'waiting') {
    until = performance.now() + seconds * 1000;
    if (code.textContent !== shown) {
      code.textContent = shown;
      code.setAttribute('aria-label', letters(shown));
    }
  } else if (state === 'tooMany' || performance.now() > until) {
    code.textContent = '····-····';
    until = 0;
  }
}

function count() {
  const { state } = root.dataset;
  const seconds = Math.max(0, Math.ceil((until - performance.now()) / 1000));
  left.textContent = state === 'tooMany' ? root.dataset.textMany
    : state === 'away' ? root.dataset.textAway
    : state === 'waiting' ? root.dataset.textLeft.replace('{0}', `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`)
    : '\u00a0';
}

setInterval(count, 500);
for (;;) {
  const answer = await ask();
  if (answer.state === 'paired') {
    // A browser that keeps no cookies would go round and round.
    const before = Number(sessionStorage.getItem('paired') ?? 0);
    if (Date.now() - before < 30_000) await delay(30_000);
    sessionStorage.setItem('paired', Date.now());
    location.reload();
    await delay(30_000);
  } else {
    show(answer);
    count();
    await delay(answer.state === 'tooMany' ? 10_000 : every);
  }
}
