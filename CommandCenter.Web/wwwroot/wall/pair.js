// A wall has no keyboard: the form goes by itself once somebody can see the page. The secret does not stay in the address.
const form = document.querySelector('[data-pair]');
history.replaceState(null, '', location.pathname);
const go = () => { if (document.visibilityState === 'visible') setTimeout(() => form.requestSubmit(), 3000); };
go();
document.addEventListener('visibilitychange', go, { once: true });
