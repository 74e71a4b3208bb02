// Sends a file of areas to PUT /api/v1/areas: first to be checked only, then to be taken. The file is sent twice rather than
// kept on the server in between: what is taken is checked against the store of that moment, and no memory waits for a click.
import { element, problem, upload } from '../shell/upload.js';

const page = document.getElementById('areas-page');
const text = JSON.parse(page.dataset.texts);
const form = document.getElementById('areas-form');
const [cancel, take, progress, state, report, preview, previewPart, map] =
  ['cancel', 'take', 'progress', 'state', 'report', 'preview', 'preview-part', 'map'].map(id => document.getElementById(`areas-${id}`));
const english = document.documentElement.lang === 'en';
const megabytes = bytes => (bytes / 1e6).toFixed(1);
const say = (name, ...values) => text[name].replace(/\{(\d)\}/g, (_, i) => values[i]);
let checked; // the file and the choices that the report on the screen is about

function tell(kind, message) {
  state.dataset.kind = kind;
  state.textContent = message;
}

function busy(isBusy) {
  for (const control of form.elements) control.disabled = isBusy && control !== cancel;
  cancel.hidden = progress.hidden = !isBusy;
  progress.removeAttribute('value');
}

function send({ file, crs, validFrom, partial }, dryRun) {
  const query = new URLSearchParams({ crs, validFrom, partial, dryRun, culture: english ? 'en' : 'zh-CN' });
  return upload({
    method: 'PUT', address: `/api/v1/areas?${query}`, body: file, cancel,
    headers: { 'Content-Type': 'application/geo+json', RequestVerificationToken: form.elements.__RequestVerificationToken.value },
    sending: (loaded, total) => {
      progress.value = loaded / total;
      tell('', say('Sending', megabytes(loaded), megabytes(total)));
    },
    sent: () => {
      progress.removeAttribute('value');
      tell('', text[dryRun ? 'Checking' : 'Storing']);
    },
  });
}

function table(title, rows, total, ...columns) {
  if (total === 0) return;
  report.append(element('h3', `${text[title]} ${total}`));
  if (rows.length < total) report.append(element('p', say('More', rows.length, total), 'muted'));
  const list = element('div', undefined, 'list');
  list.tabIndex = 0;
  const made = element('table');
  const head = made.createTHead().insertRow();
  for (const [name] of columns) head.append(Object.assign(element('th', text[name]), { scope: 'col' }));
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const [, value] of columns) line.append(element('td', value(row)));
  }
  list.append(made);
  report.append(list);
}

function show(answer) {
  report.replaceChildren();
  table('Rejected', answer.rejected, answer.rejectedTotal,
    ['Index', row => row.index], ['Code', row => row.code], ['Reason', row => english ? row.message.en : row.message.zh]);
  table('Retired', answer.retired, answer.retiredTotal, ['Code', row => row.code], ['Name', row => row.name]);
  table('Repaired', answer.repaired, answer.repairedTotal,
    ['Index', row => row.index], ['Code', row => row.code], ['Repairs', row => row.repairs.map(name => text[name] ?? name).join(english ? ', ' : '、')]);
  report.hidden = report.childElementCount === 0;
  preview.hidden = !answer.preview;
  if (answer.preview) {
    previewPart.hidden = answer.previewIsWhole;
    const drawn = preview.querySelector('template').content.firstElementChild.cloneNode(true);
    drawn.dataset.url = answer.preview;
    map.replaceChildren(drawn);
  }
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  const choice = new FormData(form);
  const file = choice.get('file');
  take.hidden = true;
  if (!file?.size) return tell('bad', text.NoFile);
  checked = { file, crs: choice.get('crs'), validFrom: choice.get('validFrom'), partial: choice.has('partial') };
  busy(true);
  const { status, body } = await send(checked, true);
  busy(false);
  if (status === -1) return tell('', text.Canceled);
  if (status === 0) return tell('bad', text.Failed);
  if (!body?.rejected) return tell('bad', problem(body) || text.Failed);
  show(body);
  take.hidden = !body.accepted;
  if (!body.accepted) return tell('bad', say('Refused', body.rejectedTotal));
  tell('good', body.rejectedTotal > 0 ? say('CanTakePart', body.taken, body.rejectedTotal) : say('CanTake', body.taken));
});

// What the report says no longer holds once a choice is changed.
form.addEventListener('change', () => {
  take.hidden = true;
  if (checked) tell('', '');
});

take.addEventListener('click', async () => {
  take.hidden = true;
  busy(true);
  const { status, body } = await send(checked, false);
  busy(false);
  if (status === -1 || status === 0) return tell('bad', text.FailedTaking);
  if (!body?.rejected) return tell('bad', problem(body) || text.FailedTaking);
  if (!body.accepted) {
    show(body);
    return tell('bad', say('Refused', body.rejectedTotal));
  }
  tell('good', say('Taken', body.taken, body.validFrom));
  page.dataset.taken = body.taken;
});
