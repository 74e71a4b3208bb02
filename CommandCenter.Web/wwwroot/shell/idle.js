// Signs out when nobody has touched any of this browser's pages for as long as the form says, and tells the server meanwhile that
// somebody works on a page that asks for nothing.
const form = document.getElementById('idle');
const limit = Number(form.dataset.minutes) * 60_000;
const key = 'cc-active-at';
const now = () => Date.now();
let told = now();

const touched = () => localStorage.setItem(key, String(now()));
touched();
for (const event of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart']) addEventListener(event, touched, { passive: true, capture: true });

async function look() {
  const last = Number(localStorage.getItem(key)) || now();
  if (now() - last >= limit) return form.submit();
  if (last > told && now() - told > Math.min(60_000, limit / 4)) {
    told = now();
    const answer = await fetch('/account/active', { method: 'POST', body: new FormData(form), redirect: 'manual' }).catch(() => null);
    if (answer && (answer.status === 401 || answer.status === 403 || answer.type === 'opaqueredirect')) location.assign('/sign-in?idle=true');
  }
}
setInterval(look, Math.min(5000, limit / 12));
// A lid that was closed for hours is opened: before anything is read.
document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
